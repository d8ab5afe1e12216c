"""Votes: one for each person and statement, the last one counts, and nobody is asked anything first."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.foundations.audit.models import Entry
from commonweal.foundations.notices.models import Receipt
from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.places import actions as places
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import queries, taking
from commonweal.understand.dialogue.actions import Taking
from commonweal.understand.dialogue.models import Cast, Contribution, Conversation, Participant, Statement, Vote
from commonweal.understand.dialogue.wording import NothingSaid, SaidAtTooGreatLength

from .conftest import AT, House, signed_in

SEEDS = ("Light the path by the canal.", "Close the path at night.", "Mend the handrail first.")
#: Over a line of 400 kbit/s that is two seconds.
MOST_BYTES = 100_000


@pytest.fixture
def statements(house: House) -> list[Statement]:
    return dialogue.seed(conversation=house.conversation, statements=SEEDS, by=house.cleo, at=AT)


@pytest.fixture
def page(house: House) -> str:
    return f"/c/{house.conversation.code}/"


def guest() -> Taking:
    return Taking(uuid4())


def sent(client: Client, page: str, choice: str = "agree", **more: Any) -> Any:
    shown = client.get(page)
    place = shown.context["place"]
    form = {"token": shown.context["token"], "statement": place.asked.number, "choice": choice} | more
    return client.post(f"{page}cast/", form)


def limit(house: House, who_may: str) -> Conversation:
    """The same conversation for fewer people. Nobody can change that of one that is open."""
    return dialogue.open_conversation(
        question="Who walks here?",
        why="We ask.",
        promise="We answer.",
        by=house.cleo,
        because=None,
        at=AT,
        who_may=who_may,
    )


# The law of votes


def test_a_change_of_mind_replaces_and_both_casts_stay(statements: list[Statement]) -> None:
    by = guest()
    for choice in (1, -1):
        dialogue.cast(statement=statements[0], choice=choice, by=by, at=AT)
    assert Vote.objects.get().choice == -1
    assert list(Cast.objects.order_by("pk").values_list("choice", flat=True)) == [1, -1]


def test_the_same_vote_again_changes_nothing(statements: list[Statement]) -> None:
    by = guest()
    first = dialogue.cast(statement=statements[0], choice=1, by=by, at=AT)
    assert dialogue.cast(statement=statements[0], choice=1, by=by, at=AT + timedelta(minutes=1)) == first
    assert Cast.objects.count() == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.sampled_from([-1, 0, 1])), max_size=25))
def test_of_any_votes_in_any_order_the_last_of_each_person_on_each_statement_counts(
    statements: list[Statement], acts: list[tuple[int, int, int]]
) -> None:
    people, expected = [guest() for _ in range(4)], {}
    for who, on, choice in acts:
        dialogue.cast(statement=statements[on], choice=choice, by=people[who], at=AT)
        expected[people[who].uuid, statements[on].pk] = choice
    ours = Vote.objects.filter(participant__uuid__in=[each.uuid for each in people])
    assert {(vote.participant.uuid, vote.statement_id): vote.choice for vote in ours} == expected


@pytest.mark.parametrize("choice", [7, 2, -2])
def test_a_vote_of_seven_is_refused(statements: list[Statement], choice: int) -> None:
    with pytest.raises(dialogue.NotAChoice):
        dialogue.cast(statement=statements[0], choice=choice, by=guest(), at=AT)
    assert not Participant.objects.exists()


def test_after_closing_no_vote_counts(house: House, statements: list[Statement]) -> None:
    dialogue.close(conversation=house.conversation, by=house.cleo, at=AT + timedelta(hours=1))
    with pytest.raises(dialogue.VotingIsOver):
        dialogue.cast(statement=statements[0], choice=1, by=guest(), at=AT + timedelta(hours=2))


def test_a_closed_statement_keeps_its_votes_and_takes_no_more(house: House, statements: list[Statement]) -> None:
    dialogue.cast(statement=statements[0], choice=1, by=guest(), at=AT)
    dialogue.close_statement(statement=statements[0], by=house.cleo, at=AT)
    with pytest.raises(dialogue.StatementIsClosed):
        dialogue.cast(statement=statements[0], choice=1, by=guest(), at=AT)
    with pytest.raises(dialogue.ClosedBefore):
        dialogue.close_statement(statement=statements[0], by=house.cleo, at=AT)
    assert Vote.objects.count() == 1
    assert statements[0] not in queries.on_the_vote(house.conversation)


def test_what_is_held_back_takes_no_votes(house: House, statements: list[Statement]) -> None:
    dialogue.hold(contribution=statements[0].contribution, by=house.cleo, reason="off_topic", at=AT)
    with pytest.raises(dialogue.StatementIsClosed):
        dialogue.cast(statement=statements[0], choice=1, by=guest(), at=AT)


def test_a_vote_stands_in_no_book_that_others_read(statements: list[Statement]) -> None:
    before = Entry.objects.count()
    dialogue.cast(statement=statements[0], choice=1, by=guest(), at=AT)
    assert Entry.objects.count() == before


# Who may


@pytest.mark.parametrize(
    ("who_may", "strangers", "known", "residents"),
    [("open", True, True, True), ("signed_in", False, True, True), ("verified", False, False, True)],
)
def test_a_conversation_says_who_may_vote(
    house: House, who_may: str, strangers: bool, known: bool, residents: bool
) -> None:
    conversation = limit(house, who_may)
    statement = dialogue.seed(conversation=conversation, statements=["I walk."], by=house.cleo, at=AT)[0]
    people.entrust(person=house.ben, kind="resident", by=house.dan, at=AT, from_on=AT.date())
    ben = Person.objects.prefetch_related("roles").get(pk=house.ben.pk)
    for person, may in ((None, strangers), (house.ada, known), (ben, residents)):
        try:
            dialogue.cast(statement=statement, choice=1, by=Taking(uuid4(), person), at=AT)
            assert may
        except dialogue.MayNotTakePart:
            assert not may


def test_where_guests_take_a_receipt_they_take_it_before_their_first_vote(house: House) -> None:
    conversation, by = limit(house, "guest"), guest()
    statement = dialogue.seed(conversation=conversation, statements=["I walk."], by=house.cleo, at=AT)[0]
    with pytest.raises(dialogue.TakeAReceiptFirst):
        dialogue.cast(statement=statement, choice=1, by=by, at=AT)
    dialogue.come_in(conversation=conversation, by=by, at=AT)
    dialogue.cast(statement=statement, choice=1, by=by, at=AT)
    assert Vote.objects.count() == 1


def test_whoever_signs_in_after_voting_as_a_guest_is_still_one(house: House, statements: list[Statement]) -> None:
    uuid = uuid4()
    dialogue.cast(statement=statements[0], choice=1, by=Taking(uuid), at=AT)
    dialogue.cast(statement=statements[0], choice=-1, by=Taking(uuid, house.ada), at=AT)
    assert Participant.objects.get().person == house.ada
    assert Vote.objects.get().choice == -1


def test_another_person_s_number_opens_nothing(house: House, statements: list[Statement]) -> None:
    uuid = uuid4()
    dialogue.cast(statement=statements[0], choice=1, by=Taking(uuid, house.ada), at=AT)
    assert queries.participant_by(uuid, house.ben, house.conversation) is None
    assert queries.participant_by(uuid, None, house.conversation) is None
    assert queries.participant_by(uuid4(), house.ada, house.conversation) is not None


# Pages


def test_the_first_statement_and_what_becomes_public_stand_before_any_question(
    statements: list[Statement], page: str
) -> None:
    shown = Client().get(page).content.decode()
    assert shown.index("Nobody sees how you vote") < shown.index('value="agree"')
    assert any(words in shown for words in SEEDS)
    assert "How old are you" not in shown


@pytest.mark.parametrize("code", ["no-such-words", "x", "a" * 3000])
def test_words_that_no_poster_has_lead_nowhere(db: None, code: str) -> None:
    assert Client().get(f"/c/{code}/").status_code == 404


def test_a_guest_votes_and_goes_on_to_the_next(statements: list[Statement], page: str) -> None:
    client = Client()
    assert sent(client, page).status_code == 302
    assert client.get(page).context["place"].voted == 1
    assert Vote.objects.get().statement.number != client.get(page).context["place"].asked.number


def test_the_same_page_loaded_again_asks_the_same(statements: list[Statement], page: str) -> None:
    client = Client()
    asked = {client.get(page).context["place"].asked.number for _ in range(5)}
    assert len(asked) == 1


def test_a_first_vote_sent_again_without_its_cookie_is_the_same_person_s(
    statements: list[Statement], page: str
) -> None:
    shown = Client().get(page)
    form = {"token": shown.context["token"], "statement": 0, "choice": "agree"}
    for _ in range(2):
        Client().post(f"{page}cast/", form)
    assert Participant.objects.count() == 1 and Cast.objects.count() == 1


@pytest.mark.parametrize(
    "forged", [{"choice": "maybe"}, {"choice": ""}, {"statement": "99"}, {"statement": "x"}, {"statement": "9" * 30}]
)
def test_a_forged_vote_is_told_and_nothing_is_kept(
    statements: list[Statement], page: str, forged: dict[str, str]
) -> None:
    answer = sent(Client(), page, **forged)
    assert answer.status_code == 409
    assert not Cast.objects.exists()


def test_a_forged_participant_is_nobody(house: House, statements: list[Statement], page: str) -> None:
    """Neither a number that we did not sign, nor one that we signed for another conversation."""
    dialogue.cast(statement=statements[0], choice=1, by=Taking(UUID(int=5)), at=AT)
    elsewhere = taking.token(UUID(int=5), limit(house, "open"))
    for token in (str(UUID(int=5)), f"{UUID(int=5)}:x:y", elsewhere, "\x00"):
        client = Client()
        sent(client, page, "disagree", token=token)
    assert Vote.objects.get(participant__uuid=UUID(int=5)).choice == 1


def test_a_conversation_for_those_who_sign_in_sends_strangers_to_the_door(house: House) -> None:
    conversation = limit(house, "signed_in")
    dialogue.seed(conversation=conversation, statements=["I walk."], by=house.cleo, at=AT)
    answer = sent(Client(), f"/c/{conversation.code}/")
    assert answer.status_code == 302 and "/people/sign-in/" in answer["Location"]


def test_own_votes_show_to_whoever_cast_them_and_to_nobody_else(statements: list[Statement], page: str) -> None:
    client = Client()
    sent(client, page)
    assert len(client.get(f"{page}mine/").context["page"].object_list) == 1
    assert Client().get(f"{page}mine/").context["page"] is None


def test_this_browser_forgets_when_it_is_told_to(statements: list[Statement], page: str) -> None:
    client = Client()
    sent(client, page)
    client.post(f"{page}leave/")
    assert client.get(page).context["place"].voted == 0
    assert Vote.objects.count() == 1


def test_four_words_bring_a_guest_back_on_another_device(statements: list[Statement], page: str) -> None:
    client, other = Client(), Client()
    sent(client, page)
    given = client.post(f"{page}save/").context["given"]
    other.post("/notices/receipt/", {"words": given.code})
    other.get("/notices/line/")
    assert other.get(page).context["place"].voted == 1


def test_two_questions_come_after_five_votes_and_a_postcode_becomes_a_ward(house: House, page: str) -> None:
    words = [f"Statement {number}" for number in range(7)]
    dialogue.seed(conversation=house.conversation, statements=words, by=house.cleo, at=AT)
    places.set_up_place(name="Here", gss_code="E09000003", by=SYSTEM, at=AT)
    ward = places.add_area(name="Canal", gss_code="E05013650", valid_from=AT.date(), by=SYSTEM, at=AT)
    places.add_postcodes(area=ward, codes=["NW9 5XX"], valid_from=AT.date(), by=SYSTEM, at=AT)
    client = Client()
    for number in range(6):
        assert (client.get(page).context["about_form"] is not None) == (number >= 5)
        sent(client, page)
    client.post(f"{page}about/", {"age_band": "25-34", "postcode": "nw95xx"})
    told = Participant.objects.get()
    assert (told.age_band, told.area) == ("25-34", ward)
    assert client.get(page).context["about_form"] is None
    assert client.post(f"{page}about/", {"postcode": "ZZ99 9ZZ"}).status_code == 422


# One's own words


def test_a_guest_s_words_are_put_to_the_vote_and_answered_by_receipt(statements: list[Statement], page: str) -> None:
    client = Client()
    answer = client.post(f"{page}say/", {"words": "Swans need quiet.", "sent_as": str(uuid4())})
    assert answer.context["given"].code
    said = Contribution.objects.get(words__text="Swans need quiet.")
    assert said.statement.number == len(SEEDS)
    assert said in queries.waiting_contributions()


def test_what_is_like_it_is_shown_first_and_the_words_stay(statements: list[Statement], page: str) -> None:
    client = Client()
    form = {"words": "Light up the path by the canal!", "sent_as": str(uuid4())}
    answer = client.post(f"{page}say/", form)
    assert answer.context["like"][0].contribution.words.text == SEEDS[0]
    assert form["words"] in answer.content.decode()
    client.post(f"{page}say/", form | {"all_the_same": "yes"})
    assert Contribution.objects.filter(words__text=form["words"]).exists()


def test_what_seems_private_is_shown_first_and_held_when_it_is_sent_all_the_same(
    statements: list[Statement], page: str
) -> None:
    client = Client()
    form = {"words": "Ring me on 07700 900123 about swans.", "sent_as": str(uuid4())}
    answer = client.post(f"{page}say/", form)
    assert "07700 900123" in answer.context["details"][0].text
    assert not Contribution.objects.filter(words__text=form["words"]).exists()
    answer = client.post(f"{page}say/", form | {"all_the_same": "yes"})
    assert "Others cannot see it yet" in answer.content.decode()
    assert form["words"] not in [
        each.contribution.words.text for each in queries.on_the_vote(statements[0].conversation)
    ]


def test_what_may_tell_of_harm_leads_to_help_at_once_and_leaves_no_receipt(
    statements: list[Statement], page: str
) -> None:
    client = Client()
    answer = client.post(f"{page}say/", {"words": "My husband hits me every night.", "sent_as": str(uuid4())})
    assert answer["Location"] == "/understand/dialogue/numbers/"
    assert not Receipt.objects.exists()
    assert Contribution.objects.get(words__text__startswith="My husband").is_in_care


def test_the_same_form_twice_makes_one_statement(house: House, statements: list[Statement]) -> None:
    number, by = uuid4(), guest()
    made = [
        dialogue.say(conversation=house.conversation, words="Swans need quiet.", by=by, at=AT, sent_as=number)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert Person.objects.filter(sign_in=None, email="").count() == 1


def test_what_is_too_long_to_vote_on_is_refused(house: House) -> None:
    with pytest.raises(SaidAtTooGreatLength):
        dialogue.say(conversation=house.conversation, words="x" * 281, by=guest(), at=AT)
    long = house.say("y" * 300)
    with pytest.raises(dialogue.TooLongForTheVote):
        dialogue.put_to_the_vote(contributions=[long], by=house.cleo, at=AT)


def test_seeds_come_whole_or_not_at_all_and_once(house: House, statements: list[Statement]) -> None:
    for words, refusal in ((["New.", SEEDS[0]], dialogue.AlreadyPutToTheVote), (["New.", " "], NothingSaid)):
        with pytest.raises(refusal):
            dialogue.seed(conversation=house.conversation, statements=words, by=house.cleo, at=AT)
    assert Statement.objects.count() == len(SEEDS)


def test_what_convenors_put_up_is_owed_no_answer_and_is_nobody_s_suggestion(
    house: House, statements: list[Statement]
) -> None:
    assert not queries.waiting_contributions().exists()
    assert not queries.suggestions_made().exists()


def test_a_convenor_seeds_by_lines_and_puts_a_suggestion_to_the_vote(house: House) -> None:
    said, convenor = house.say(), signed_in(house.cleo)
    convenor.post(f"/understand/dialogue/{house.conversation.pk}/statements/", {"statements": "One.\n\nTwo.\n"})
    convenor.post(f"/understand/dialogue/suggestions/{said.pk}/vote/")
    numbers = count()
    assert [each.number for each in queries.statements_of(house.conversation)] == [next(numbers) for _ in range(3)]


def test_the_page_weighs_less_than_two_seconds_of_a_slow_line(statements: list[Statement], page: str) -> None:
    """As it is served: the page as it is, its files compressed."""
    shown = Client().get(page).content
    files = re.findall(r'(?:href|src)="/static/([^"?]+)"', shown.decode())
    bytes_of = {name: len(gzip.compress(Path(str(finders.find(name))).read_bytes())) for name in files}
    assert len(files) >= 5
    assert len(shown) + sum(bytes_of.values()) < MOST_BYTES, bytes_of
