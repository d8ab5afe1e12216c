"""Two questions before and after, what bodies learned, and pledges."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from commonweal.foundations.audit.models import Entry
from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.organisations.models import Membership, Organisation
from commonweal.foundations.people import actions as people
from commonweal.foundations.people.exporters import everything_of
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.once import SentTwice
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import queries
from commonweal.understand.dialogue.actions import Taking
from commonweal.understand.dialogue.models import Inkling, Insight, Pledge, Statement
from commonweal.understand.dialogue.views import learning

from .conftest import AT, House, signed_in

LATER = AT + timedelta(days=30)
BY = date(2026, 5, 1)


@pytest.fixture
def statements(house: House, monkeypatch: pytest.MonkeyPatch) -> list[Statement]:
    monkeypatch.setattr(clock, "today", AT.date)
    monkeypatch.setattr(learning, "now", lambda: AT)
    monkeypatch.setattr(learning, "today", AT.date)
    return dialogue.seed(conversation=house.conversation, statements=["One.", "Two."], by=house.cleo, at=AT)


@pytest.fixture
def council(house: House) -> Organisation:
    council = organisations.found(name="The council", kind="council", by=SYSTEM, at=AT)
    organisations.belong(
        person=house.ben, organisation=council, by=SYSTEM, at=AT, from_on=AT.date(), part=Membership.Part.OFFICER
    )
    return council


def voter(*statements: Statement) -> Taking:
    by = Taking(uuid4())
    for each in statements:
        dialogue.cast(statement=each, choice=1, by=by, at=AT)
    return by


def answer(house: House, by: Taking, understands: int | None = 3, trusts: int | None = 2, at: Any = AT) -> Inkling:
    return dialogue.answer_two_questions(
        conversation=house.conversation, by=by, at=at, understands=understands, trusts=trusts
    )


def both(house: House, statements: list[Statement], count: int, *, before: int = 2, after: int = 4) -> None:
    for _ in range(count):
        by = voter(statements[0])
        answer(house, by, understands=before, trusts=None)
        dialogue.cast(statement=statements[1], choice=1, by=by, at=AT)
        answer(house, by, understands=after, trusts=None)


# Before and after


def test_nobody_is_asked_before_their_first_vote(house: House, statements: list[Statement]) -> None:
    by = Taking(uuid4())
    with pytest.raises(dialogue.MayNotTakePart):
        answer(house, by)
    dialogue.come_in(conversation=house.conversation, by=by, at=AT)
    with pytest.raises(dialogue.NotAskedNow):
        answer(house, by)


def test_after_some_votes_it_is_before_and_after_all_it_is_after(house: House, statements: list[Statement]) -> None:
    by = voter(statements[0])
    assert answer(house, by).moment == "before"
    dialogue.cast(statement=statements[1], choice=-1, by=by, at=AT)
    assert answer(house, by).moment == "after"
    assert Inkling.objects.count() == 2


def test_the_same_moment_again_replaces_the_answer(house: House, statements: list[Statement]) -> None:
    by = voter(statements[0])
    answer(house, by, understands=1)
    answer(house, by, understands=5)
    assert Inkling.objects.get().understands == 5


def test_a_new_statement_does_not_open_the_answer_before_again(house: House, statements: list[Statement]) -> None:
    """Else somebody could make 'before' out of what they think after."""
    by = voter(statements[0])
    answer(house, by, understands=1)
    dialogue.cast(statement=statements[1], choice=1, by=by, at=AT)
    answer(house, by, understands=4)
    dialogue.seed(conversation=house.conversation, statements=["Three."], by=house.cleo, at=AT)
    assert answer(house, by, understands=5).moment == "after"
    assert Inkling.objects.get(moment="before").understands == 1


def test_when_it_is_over_only_after_is_asked_and_not_for_ever(house: House, statements: list[Statement]) -> None:
    by = voter(statements[0])
    dialogue.close(conversation=house.conversation, by=house.cleo, at=LATER)
    assert answer(house, by, at=LATER + timedelta(days=1)).moment == "after"
    with pytest.raises(dialogue.NotAskedNow):
        answer(house, by, at=LATER + queries.AFTERWARDS)


def test_an_empty_answer_is_refused_by_the_verb_and_the_database(house: House, statements: list[Statement]) -> None:
    by = voter(statements[0])
    with pytest.raises(dialogue.NothingAnswered):
        answer(house, by, understands=None, trusts=None)
    answer(house, by)
    for wrong in ({"understands": None, "trusts": None}, {"understands": 6}, {"trusts": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Inkling.objects.update(**wrong)


def test_who_answered_stands_in_no_book_that_others_read(house: House, statements: list[Statement]) -> None:
    by, entries, steps = voter(statements[0]), Entry.objects.count(), Step.objects.count()
    answer(house, by)
    assert (Entry.objects.count(), Step.objects.count()) == (entries, steps)


@pytest.mark.parametrize(("count", "is_known"), [(9, False), (10, True)])
def test_fewer_than_ten_who_answered_both_times_cannot_be_known(
    house: House, statements: list[Statement], count: int, is_known: bool
) -> None:
    both(house, statements, count)
    understands, trusts = queries.changes(house.conversation)
    assert (understands.is_known, trusts.is_known) == (is_known, False)


def test_only_the_same_people_are_compared_and_small_counts_are_hidden(
    house: House, statements: list[Statement]
) -> None:
    both(house, statements, 12)
    both(house, statements, 3, before=1, after=5)
    for _ in range(20):
        answer(house, voter(statements[0]), understands=5)
    before, after = (part.counts for part in _parts(queries.changes(house.conversation)[0]))
    assert before == (None, 10, 0, 0, 0)
    assert after == (0, 0, 0, 10, None)


def _parts(change: queries.Change) -> tuple[Any, Any]:
    assert change.before is not None and change.after is not None
    return change.before, change.after


def test_counts_show_when_it_is_over_and_not_before(house: House, statements: list[Statement]) -> None:
    """While it is open somebody could watch them move as one person answers."""
    both(house, statements, 12)
    page = f"/understand/dialogue/{house.conversation.pk}/learned/"
    assert Client().get(page).context["changes"] == []
    dialogue.close(conversation=house.conversation, by=house.cleo, at=AT)
    shown = Client().get(page)
    assert [each.is_known for each in shown.context["changes"]] == [True, False]
    assert "Cannot be known" in shown.content.decode()


def test_the_page_asks_after_voting_and_says_when_not(house: House, statements: list[Statement]) -> None:
    client, page = Client(), f"/c/{house.conversation.code}/"
    assert client.get(f"{page}questions/").context["moment"] is None
    shown = client.get(page)
    client.post(f"{page}cast/", {"token": shown.context["token"], "statement": 0, "choice": "agree"})
    assert client.get(f"{page}questions/").context["moment"] == "before"
    assert client.post(f"{page}questions/", {}).status_code == 422
    assert client.post(f"{page}questions/", {"understands": "4", "trusts": ""}).status_code == 302
    assert Inkling.objects.get().understands == 4
    assert Client().post(f"{page}questions/", {"understands": "4"}).status_code == 422


# What a body learned


def test_an_officer_says_what_their_body_learned_and_it_is_a_step(house: House, council: Organisation) -> None:
    dialogue.say_what_was_learned(
        conversation=house.conversation, organisation=council, words="The dark is the matter.", by=house.ben, at=AT
    )
    (line,) = telling.lines([step for step in thread.fruits(house.conversation.step) if "insight" in step.kind])
    assert line.title == "The council said what it learned"
    assert line.quote == "The dark is the matter."


def test_who_speaks_for_nobody_is_refused_and_a_source_is_asked(house: House, council: Organisation) -> None:
    told = {"conversation": house.conversation, "organisation": council, "words": "We learned.", "at": AT}
    with pytest.raises(dialogue.SpeaksForNobody):
        dialogue.say_what_was_learned(**told, by=house.cleo)
    kept = dialogue.say_what_was_learned(**told, by=house.cleo, on_word_of="Their letter of 3 May")
    assert kept.on_word_of is not None


def test_only_convenors_key_in_for_others(house: House, council: Organisation) -> None:
    other = organisations.found(name="The trust", kind="nhs", by=SYSTEM, at=AT)
    page = f"/understand/dialogue/{house.conversation.pk}/learned/say/"
    sent = {"organisation": other.pk, "words": "We learned.", "on_word_of": "A letter", "sent_as": str(uuid4())}
    assert signed_in(house.ben).post(page, sent).status_code == 422
    assert signed_in(house.ada).get(page).status_code == 403
    assert signed_in(house.cleo).post(page, sent).status_code == 302
    assert Insight.objects.get().organisation == other


# Pledges


def made(house: House, **more: Any) -> Pledge:
    told: dict[str, Any] = {"conversation": house.conversation, "words": "I will carry a lamp.", "by_on": BY}
    return dialogue.pledge(**(told | {"by": house.ada, "at": AT} | more))


def test_a_pledge_shows_a_resident_unless_they_choose_their_name(house: House) -> None:
    assert made(house).who == "A resident"
    assert made(house, words="I will sweep.", shows_name=True).who == "Ada Invented"
    titles = [line.title for line in telling.lines(list(Step.objects.filter(kind="dialogue.pledge").order_by("id")))]
    assert [title.split(" pledged")[0] for title in titles] == ["A resident", "Ada Invented"]


@pytest.mark.parametrize(
    ("day", "refusal"), [(date(2026, 3, 1), dialogue.DayIsGone), (date(2030, 1, 1), dialogue.TooFarAway)]
)
def test_a_pledge_names_a_day_that_is_still_to_come(house: House, day: date, refusal: Any) -> None:
    with pytest.raises(refusal):
        made(house, by_on=day)


def test_the_same_form_twice_makes_one_pledge_and_another_in_it_is_refused(house: House) -> None:
    number = uuid4()
    assert made(house, sent_as=number) == made(house, sent_as=number)
    with pytest.raises(SentTwice):
        made(house, sent_as=number, words="Something else.")
    assert Pledge.objects.count() == 1


def test_whoever_made_it_says_what_became_of_it_and_done_stays_done(house: House) -> None:
    pledge = made(house)
    with pytest.raises(dialogue.NotTheirPledge):
        dialogue.say_what_became(pledge=pledge, state="done", by=house.cleo, at=LATER)
    for state in ("not_done", "done"):
        dialogue.say_what_became(pledge=pledge, state=state, by=house.ada, at=LATER)
    with pytest.raises(dialogue.SaidAlready):
        dialogue.say_what_became(pledge=pledge, state="not_done", by=house.ada, at=LATER)
    assert Pledge.objects.get().state == "done"
    assert Step.objects.filter(kind="dialogue.pledge_told").count() == 2


def test_what_was_pledged_never_changes(house: House) -> None:
    made(house)
    for wrong in ({"by_on": date(2027, 1, 1)}, {"person": house.ben}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pledge.objects.update(**wrong)


def test_a_body_pledges_through_whoever_speaks_for_it(house: House, council: Organisation) -> None:
    with pytest.raises(dialogue.SpeaksForNobody):
        made(house, organisation=council)
    pledge = made(house, organisation=council, by=house.ben)
    assert pledge.who == "The council"
    assert dialogue.say_what_became(pledge=pledge, state="done", by=house.ben, at=LATER).state == "done"


def test_the_page_takes_a_pledge_and_lets_its_maker_say_more(house: House, statements: list[Statement]) -> None:
    ada, page = signed_in(house.ada), f"/understand/dialogue/{house.conversation.pk}/pledge/"
    sent = {"words": "I will carry a lamp.", "by_on": BY.isoformat(), "sent_as": str(uuid4())}
    address = ada.post(page, sent)["Location"]
    assert ada.get(address).context["form"] is not None
    assert signed_in(house.ben).get(address).context["form"] is None
    assert signed_in(house.ben).post(f"{address}became/", {"state": "done"}).status_code == 403
    ada.post(f"{address}became/", {"state": "done"})
    assert Pledge.objects.get().state == "done"
    assert ada.get(address).context["form"] is None


def test_whoever_is_erased_leaves_no_words_and_no_name_in_a_pledge(house: House, council: Organisation) -> None:
    own, theirs = made(house, shows_name=True), made(house, organisation=council, by=house.ben)
    assert everything_of(house.ada)["dialogue"]["pledges"][0]["words"] == "I will carry a lamp."
    people.erase(person=house.ada, by=house.ada, at=LATER)
    people.erase(person=house.ben, by=house.ben, at=LATER)
    own, theirs = (queries.pledge_for(None, each.pk) for each in (own, theirs))
    assert (own.who, own.words.text) == ("A resident", "")
    assert (theirs.who, theirs.words.text) == ("The council", "I will carry a lamp.")


def test_a_vote_page_asks_no_more_for_what_comes_after(
    house: House, statements: list[Statement], django_assert_max_num_queries: Any
) -> None:
    made(house)
    with django_assert_max_num_queries(12):
        Client().get(f"/understand/dialogue/{house.conversation.pk}/learned/")
