from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit import queries as trail
from commonweal.foundations.audit.models import Entry, Words
from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions.models import OwedLine
from commonweal.foundations.notices.models import Notice
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread import telling
from commonweal.foundations.verbs import guards
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import queries, wording
from commonweal.understand.dialogue.models import Contribution, Conversation, Gathered, Gathering, Theme

from .conftest import AT, House

LATER = AT + timedelta(days=3)


def test_open_conversation_begins_a_story(house: House) -> None:
    step = house.conversation.step
    assert step.kind == "dialogue.opening"
    assert telling.title(step) == "A conversation opened: How should the canal path feel at night?"
    assert not list(step.causes.all())


def test_open_conversation_stands_on_the_step_that_made_us_ask(house: House) -> None:
    lesson = house.say().step
    opened = dialogue.open_conversation(
        question="And now?", why="We learned.", promise="We will.", by=house.cleo, because=lesson, at=LATER
    )
    assert list(opened.step.causes.all()) == [lesson]


def test_open_conversation_opens_one_for_a_form_sent_twice(house: House) -> None:
    sent = {"question": "Q?", "why": "W", "promise": "P", "by": house.cleo, "because": None, "at": AT}
    token = uuid4()
    one, other = (dialogue.open_conversation(**sent, sent_as=token) for _ in range(2))
    assert one == other
    assert Conversation.objects.count() == 2


def test_open_conversation_refuses_one_that_closes_before_it_opens(house: House) -> None:
    with pytest.raises(dialogue.ClosesBeforeItOpens):
        dialogue.open_conversation(
            question="Q?", why="W", promise="P", by=house.cleo, because=None, at=AT, closes_at=AT - timedelta(days=1)
        )


def test_open_conversation_refuses_to_promise_nothing(house: House) -> None:
    with pytest.raises(wording.NothingSaid):
        dialogue.open_conversation(question="Q?", why="W", promise=" ", by=house.cleo, because=None, at=AT)


def test_suggest_keeps_the_words_beside_the_step_and_the_audit(house: House) -> None:
    said = house.say()
    assert said.words.text == "Light the path by the canal"
    assert "Light" not in str(said.step.params)
    entry = Entry.objects.get(verb="dialogue.suggest")
    assert entry.subject == said.ref
    assert entry.sealed_words == [bytes(said.words.digest).hex()]
    assert list(said.step.causes.all()) == [house.conversation.step]


def test_suggest_shows_no_name_unless_the_person_says_so(house: House) -> None:
    quiet, loud = house.say("One"), house.say("Two", shows_name=True)
    assert [line.title for line in telling.lines([quiet.step, loud.step])] == [
        "A resident made a suggestion",
        "Ada Invented made a suggestion",
    ]
    assert (quiet.who, loud.who) == ("A resident", "Ada Invented")
    assert str(house.ada.pk) not in str(quiet.step.params) + str(loud.step.params)


def test_suggest_takes_a_name_back_from_the_thread_too(house: House) -> None:
    loud = house.say(shows_name=True)
    Contribution.objects.filter(pk=loud.pk).update(shows_name=False)
    assert telling.title(loud.step) == "A resident made a suggestion"


def test_suggest_keeps_a_form_sent_twice_once(house: House) -> None:
    token = uuid4()
    one, other = house.say(sent_as=token), house.say(sent_as=token)
    assert one == other
    assert Contribution.objects.count() == 1
    assert Words.objects.filter(text="Light the path by the canal").count() == 1
    assert Entry.objects.filter(verb="dialogue.suggest").count() == 1


def test_suggest_refuses_a_form_sent_again_with_other_words(house: House) -> None:
    token = uuid4()
    house.say(sent_as=token)
    with pytest.raises(dialogue.SentBefore):
        house.say("Something else", sent_as=token)
    with pytest.raises(dialogue.SentBefore):
        house.say(sent_as=token, by=house.ben)


def test_suggest_refuses_a_closed_conversation(house: House) -> None:
    dialogue.close(conversation=house.conversation, by=house.cleo, at=LATER)
    with pytest.raises(dialogue.ConversationIsNotOpen):
        house.say(at=LATER)


def test_suggest_refuses_before_the_opening(house: House) -> None:
    with pytest.raises(dialogue.ConversationIsNotOpen):
        house.say(at=AT - timedelta(minutes=1))


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("", wording.NothingSaid),
        (" \n\t ", wording.NothingSaid),
        ("x" * 2_001, wording.SaidAtTooGreatLength),
        ("safe\u202eesrever", wording.HiddenSigns),
        ("a\x00b", wording.HiddenSigns),
        ("a\x1b[31m", wording.HiddenSigns),
    ],
)
def test_suggest_refuses_words_it_cannot_keep(house: House, words: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        house.say(words)
    assert not Contribution.objects.exists()


def test_key_in_keeps_the_true_day_the_source_and_who_keyed_it(house: House) -> None:
    kept = dialogue.key_in(
        conversation=house.conversation,
        words="More benches",
        given_on=AT.date(),
        on_word_of="A card from the library box",
        name="Edna Invented",
        postal_address="1 Canal Row",
        by=house.cleo,
        at=LATER,
    )
    said = kept.contribution
    assert (said.given_on, said.kept_at, said.channel) == (AT.date(), LATER, "paper")
    assert said.keyed_in_by == house.cleo
    assert said.on_word_of is not None and said.on_word_of.text == "A card from the library box"
    assert said.person is not None and said.person.reach == "letter"
    assert not Person.objects.filter(pk=said.person.pk, sign_in__isnull=False).exists()
    assert len(kept.code.split()) == 4


def test_key_in_makes_one_person_for_a_form_sent_twice(house: House) -> None:
    sent = {
        "conversation": house.conversation, "words": "More benches", "given_on": AT.date(),
        "on_word_of": "Letter", "name": "Edna Invented", "by": house.cleo, "at": LATER, "sent_as": uuid4(),
    }  # fmt: skip
    one, other = (dialogue.key_in(**sent) for _ in range(2))
    assert one.contribution == other.contribution
    assert one.receipt is not None and other.receipt is None
    assert Person.objects.filter(name="Edna Invented").count() == 1


def test_a_form_s_number_in_another_conversation_or_with_another_day_is_refused(house: House) -> None:
    other = dialogue.open_conversation(
        question="Where do we sit?", why="The benches are gone.", promise="An answer by May.", by=house.cleo,
        because=None, at=AT,
    )  # fmt: skip
    number = uuid4()
    house.say(sent_as=number)
    with pytest.raises(dialogue.SentBefore):
        house.say(sent_as=number, conversation=other)
    sent: dict[str, Any] = {
        "conversation": house.conversation, "words": "More benches", "given_on": AT.date(),
        "on_word_of": "Letter", "by": house.cleo, "at": LATER, "sent_as": uuid4(),
    }  # fmt: skip
    dialogue.key_in(**sent)
    for twisted in ({"conversation": other}, {"given_on": LATER.date()}):
        with pytest.raises(dialogue.SentBefore):
            dialogue.key_in(**sent | twisted)


def test_key_in_needs_no_name(house: House) -> None:
    kept = dialogue.key_in(
        conversation=house.conversation,
        words="More benches",
        given_on=AT.date(),
        on_word_of="Box",
        by=house.cleo,
        at=AT,
    )
    assert kept.contribution.person is None
    assert kept.code


@pytest.mark.parametrize("given_on", [LATER.date() + timedelta(days=1), AT.date() - timedelta(days=1)])
def test_key_in_refuses_a_day_outside_the_conversation(house: House, given_on: date) -> None:
    with pytest.raises((dialogue.CannotBeInTheFuture, dialogue.ConversationIsNotOpen)):
        dialogue.key_in(
            conversation=house.conversation, words="x", given_on=given_on, on_word_of="Letter", by=house.cleo, at=LATER
        )


def test_key_in_takes_paper_that_came_before_the_end(house: House) -> None:
    dialogue.close(conversation=house.conversation, by=house.cleo, at=LATER)
    kept = dialogue.key_in(
        conversation=house.conversation, words="In time", given_on=AT.date(), on_word_of="Letter",
        by=house.cleo, at=LATER + timedelta(days=5),
    )  # fmt: skip
    assert kept.contribution.pk
    with pytest.raises(dialogue.ConversationIsNotOpen):
        dialogue.key_in(
            conversation=house.conversation, words="Late", given_on=LATER.date() + timedelta(days=1),
            on_word_of="Letter", by=house.cleo, at=LATER + timedelta(days=5),
        )  # fmt: skip


def test_hold_shows_the_words_nowhere_public_and_tells_the_author_why(house: House) -> None:
    said = dialogue.hold(contribution=house.say(shows_name=True), by=house.cleo, reason="personal", at=LATER)
    assert not queries.shown_contributions(house.conversation).exists()
    assert telling.lines([said.step])[0].quote == ""
    assert telling.title(said.step) == "A resident made a suggestion"
    told = Notice.objects.get(to=house.ada)
    assert telling.title(told.about) == "A suggestion was held back: It tells private things about somebody"
    (to_stranger,) = telling.lines([told.about])
    assert to_stranger.is_hidden
    (to_author,) = telling.lines([told.about], person=house.ada)
    assert not to_author.is_hidden


def test_hold_refuses_what_is_held(house: House) -> None:
    said = dialogue.hold(contribution=house.say(), by=house.cleo, reason="unkind", at=LATER)
    with pytest.raises(dialogue.HeldAlready):
        dialogue.hold(contribution=said, by=house.cleo, reason="unkind", at=LATER)


def test_release_shows_it_again(house: House) -> None:
    said = dialogue.hold(contribution=house.say(), by=house.cleo, reason="unkind", at=LATER)
    dialogue.release(contribution=said, by=house.cleo, at=LATER)
    assert queries.shown_contributions(house.conversation).get() == said
    with pytest.raises(dialogue.NotHeld):
        dialogue.release(contribution=said, by=house.cleo, at=LATER)


def test_gather_owes_every_contributor_an_answer(house: House) -> None:
    said = [house.say("Lamps"), house.say("More lamps", by=house.ben)]
    theme = dialogue.gather(contributions=said, title="Light", by=house.cleo, at=LATER, working_days=10)
    assert set(theme.step.causes.all()) == {each.step for each in said}
    assert telling.title(theme.step) == "Suggestions were put together: Light (2)"
    assert theme.owed.due_on == date(2026, 3, 19)
    assert {line.person for line in OwedLine.objects.filter(owed=theme.owed)} == {house.ada, house.ben}
    assert not queries.ungathered().exists()


def test_gather_makes_one_theme_of_a_form_sent_twice(house: House) -> None:
    said, token = [house.say()], uuid4()
    one, other = (
        dialogue.gather(contributions=said, title="Light", by=house.cleo, at=LATER, sent_as=token) for _ in range(2)
    )
    assert one == other
    assert Theme.objects.count() == Gathering.objects.count() == OwedLine.objects.count() == 1


def test_gather_refuses_nothing(house: House) -> None:
    with pytest.raises(dialogue.NothingToGather):
        dialogue.gather(contributions=[], title="Light", by=house.cleo, at=LATER)


def test_gather_refuses_what_is_held_back(house: House) -> None:
    said = dialogue.hold(contribution=house.say(), by=house.cleo, reason="unkind", at=LATER)
    with pytest.raises(dialogue.DoesNotWait):
        dialogue.gather(contributions=[said], title="Light", by=house.cleo, at=LATER)
    assert not Theme.objects.exists()


def test_gather_more_adds_a_step_of_its_own_and_a_line(house: House) -> None:
    first, second = house.say("Lamps"), house.say("More lamps", by=house.ben)
    theme = dialogue.gather(contributions=[first], title="Light", by=house.cleo, at=LATER)
    added = dialogue.gather_more(theme=theme, contributions=[first, second], by=house.cleo, at=LATER)
    assert set(added.step.causes.all()) == {theme.step, second.step}
    assert Gathered.objects.filter(theme=theme).count() == 2
    assert OwedLine.objects.filter(owed=theme.owed).count() == 2


def test_gather_more_refuses_what_is_inside(house: House) -> None:
    said = house.say()
    theme = dialogue.gather(contributions=[said], title="Light", by=house.cleo, at=LATER)
    with pytest.raises(dialogue.GatheredAlready):
        dialogue.gather_more(theme=theme, contributions=[said], by=house.cleo, at=LATER)


def answered(house: House, theme: Theme) -> None:
    decisions.draft(owed=theme.owed, reason_code="adopted", words="Yes, lamps.", by=house.cleo, at=LATER)
    decisions.clear(owed=theme.owed, by=house.dan, at=LATER)
    decisions.publish(owed=theme.owed, by=house.dan, at=LATER)


def test_an_answer_reaches_every_line_also_those_gathered_later(house: House) -> None:
    first, second = house.say("Lamps"), house.say("More lamps", by=house.ben)
    theme = dialogue.gather(contributions=[first], title="Light", by=house.cleo, at=LATER)
    dialogue.gather_more(theme=theme, contributions=[second], by=house.cleo, at=LATER)
    answered(house, theme)
    for said in (first, second):
        assert [step.kind for step in thread.fruits(said.step)][-1] == "decisions.answer"
    told = Notice.objects.filter(about__kind="decisions.answer")
    assert {notice.to for notice in told} == {house.ada, house.ben}
    assert queries.answers_of([theme])[theme.pk].words.text == "Yes, lamps."


def test_gather_more_refuses_a_theme_that_is_answered(house: House) -> None:
    first, second = house.say("Lamps"), house.say("More lamps")
    theme = dialogue.gather(contributions=[first], title="Light", by=house.cleo, at=LATER)
    answered(house, theme)
    with pytest.raises(dialogue.AnsweredAlready):
        dialogue.gather_more(theme=theme, contributions=[second], by=house.cleo, at=LATER)
    assert Gathered.objects.count() == 1


def test_close_takes_no_more_and_is_done_once(house: House) -> None:
    step = dialogue.close(conversation=house.conversation, by=house.cleo, at=LATER)
    assert telling.title(step) == "The conversation closed: How should the canal path feel at night?"
    with pytest.raises(dialogue.ClosedAlready):
        dialogue.close(conversation=house.conversation, by=house.cleo, at=LATER)


def test_waiting_for_lists_ungathered_suggestions_to_convenors_only(house: House) -> None:
    house.say("One")
    house.say("Two")
    (waiting,) = queries.waiting_for(house.cleo, LATER)
    assert waiting.what == "How should the canal path feel at night?: 2 suggestions to put into themes"
    assert waiting.since == AT
    assert queries.waiting_for(house.ada, LATER) == []


def test_what_was_asked_said_and_gathered_never_changes(house: House) -> None:
    said = house.say()
    theme = dialogue.gather(contributions=[said], title="Light", by=house.cleo, at=AT)
    for rows, change in (
        (Conversation.objects.filter(pk=house.conversation.pk), {"question": "Do you like us?"}),
        (Contribution.objects.filter(pk=said.pk), {"person": house.ben}),
        (Contribution.objects.filter(pk=said.pk), {"words": house.say("Else").words}),
        (Theme.objects.filter(pk=theme.pk), {"title": "Dark"}),
        (Gathered.objects.filter(theme=theme), {"contribution": house.say("More")}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)


def test_a_question_and_a_title_that_somebody_exchanges_are_found(house: House, settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    dialogue.gather(contributions=[house.say()], title="Light", by=house.cleo, at=AT)
    audit.seal(at=AT)
    assert trail.verify().is_sound
    with guards.lifted():
        Conversation.objects.update(question="Do you like us?")
        Theme.objects.update(title="Dark")
    assert [fault.kind for fault in trail.verify().faults] == ["changed", "changed"]
