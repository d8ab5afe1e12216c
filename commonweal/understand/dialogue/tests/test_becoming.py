"""What became of it: in one line for whoever said it, and on the page of a theme as far as the next conversation."""

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices import summaries
from commonweal.foundations.notices.models import Notice
from commonweal.foundations.thread import telling
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import queries
from commonweal.understand.dialogue.models import Contribution, Theme

from .conftest import AT, House, signed_in


def state(said: Contribution, on: date) -> tuple[str, bool, bool]:
    assert said.person is not None
    (line,) = queries.lines_of(queries.said_by(said.person).filter(pk=said.pk), on=on)
    return line.state, line.is_waiting, line.is_late


def answer(theme: Theme, house: House) -> None:
    decisions.draft(owed=theme.owed, reason_code="adopted", words="Yes, six lamps.", by=house.cleo, at=AT)
    decisions.clear(owed=theme.owed, by=house.dan, at=AT)
    decisions.publish(owed=theme.owed, by=house.dan, at=AT)


def test_each_state_has_its_words(house: House) -> None:
    said, today = house.say(), AT.date()
    assert state(said, today) == (
        "We have kept it. It gets a date for its answer when somebody has read it.", True, False)  # fmt: skip
    dialogue.set_aside(contributions=[said], reason="unclear", by=house.cleo, at=AT)
    assert state(said, today) == ("We read it. It needs no answer: We could not tell what it asks for", False, False)
    dialogue.take_up(contribution=said, by=house.ada, at=AT)
    theme = dialogue.gather(contributions=[said], title="Light", by=house.cleo, at=AT, working_days=10)
    assert state(said, today) == ("An answer is due by 16 March 2026", True, False)
    assert state(said, today + timedelta(days=30)) == ("The answer was due by 16 March 2026, and is late", True, True)
    answer(theme, house)
    assert state(said, today) == ("Answered: Yes: we will do this", False, False)
    dialogue.hold(contribution=said, by=house.cleo, reason="off_topic", at=AT)
    assert state(said, today)[0] == "Held back: It is not about this question"


def test_own_page_lists_what_i_said_and_nobody_else_s(house: House) -> None:
    mine, theirs = house.say("My lamps"), house.say("Their benches", by=house.ben)
    dialogue.hold(contribution=mine, by=house.cleo, reason="off_topic", at=AT)
    page = signed_in(house.ada).get(reverse("dialogue:own")).content.decode()
    assert "My lamps" in page and mine.get_absolute_url() in page and "Held back" in page
    assert theirs.words.text not in page
    assert Client().get(reverse("dialogue:own")).status_code == 302


def test_own_page_says_when_nothing_was_said(house: House) -> None:
    assert "You have not said anything yet" in signed_in(house.ben).get(reverse("dialogue:own")).content.decode()


def test_own_page_asks_no_more_questions_for_more_rows(house: House) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            signed_in(house.ada).get(reverse("dialogue:own"))
        return len(questions)

    dialogue.gather(contributions=[house.say("One")], title="Light", by=house.cleo, at=AT)
    asked()  # the place is remembered from here on
    few = asked()
    for number in range(8):
        dialogue.gather(contributions=[house.say(f"{number}")], title=f"T{number}", by=house.cleo, at=AT)
    assert asked() == few


def test_theme_shows_what_came_of_its_answer_too(house: House) -> None:
    said = house.say()
    theme = dialogue.gather(contributions=[said], title="Light", by=house.cleo, at=AT)
    answer(theme, house)
    published = decisions.decide(
        question="Shall we light the path?", options=["Yes", "No"], outcome="Yes", rule="All five", reasons="Falls",
        dissents=[], interests=[], decided_by=house.cleo, by=house.cleo, at=AT + timedelta(hours=1),
        because=[queries.answers_of([theme])[theme.pk].step],
    )  # fmt: skip
    lesson = dialogue.open_conversation(
        question="And now?", why="W", promise="P", by=house.cleo, because=published.step, at=AT + timedelta(hours=2)
    )
    beyond = house.say("Beyond", conversation=lesson, at=AT + timedelta(hours=3))
    page = Client().get(theme.get_absolute_url()).content.decode()
    next_ = page[page.index('id="next"') :]
    for step in (queries.answers_of([theme])[theme.pk].step, published.step, lesson.step):
        assert str(step.uuid) in next_
    assert str(beyond.step.uuid) not in next_


def test_theme_shows_each_sort_of_thing_once_and_counts_the_rest(house: House) -> None:
    theme = dialogue.gather(contributions=[house.say()], title="Light", by=house.cleo, at=AT)
    for number in range(3):
        dialogue.gather_more(theme=theme, contributions=[house.say(f"{number}")], by=house.cleo, at=AT)
    page = Client().get(theme.get_absolute_url()).content.decode()
    next_ = page[page.index('id="next"') :]
    assert next_.count("More suggestions were added") == 1
    assert "2 more steps in the whole story." in next_


def test_themes_of_a_conversation_stand_on_pages(house: House) -> None:
    address = reverse("dialogue:themes", args=[house.conversation.pk])
    assert "Nothing has been put into a theme yet." in Client().get(address).content.decode()
    for number in range(21):
        dialogue.gather(contributions=[house.say(f"{number}")], title=f"Theme {number}", by=house.cleo, at=AT)
    page = Client().get(house.conversation.get_absolute_url()).content.decode()
    assert "1 more theme and its answer" in page and address in page
    assert "Theme 20" in Client().get(address).content.decode()


def test_the_day_it_was_said_is_shown_and_the_thread_keeps_its_order(house: House) -> None:
    kept = dialogue.key_in(
        conversation=house.conversation, words="Benches", given_on=AT.date(), on_word_of="A card from the box",
        by=house.cleo, at=AT + timedelta(days=9),
    ).contribution  # fmt: skip
    assert kept.step.at == AT + timedelta(days=9) == kept.kept_at
    public = Client().get(kept.get_absolute_url()).content.decode()
    assert "Said on 2 March 2026" in public
    assert "11 March" not in public and "A card from the box" not in public
    step = Client().get(reverse("thread:step", args=[kept.step.uuid])).content.decode()
    assert "A resident made a suggestion on 2 March 2026" in step and "11 March 2026" in step
    convenor = signed_in(house.cleo).get(kept.get_absolute_url()).content.decode()
    assert "keyed in on 11 March 2026 by Cleo Invented" in convenor and "A card from the box" in convenor
    desk = signed_in(house.cleo).get(reverse("dialogue:desk")).content.decode()
    assert "Said on 2 March 2026" in desk and "keyed in on 11 March 2026" in desk


def test_what_is_keyed_in_never_comes_before_what_caused_it_and_followers_hear_of_it(house: House) -> None:
    week = timedelta(days=7)
    notices.follow(step=house.conversation.step, by=house.ben, at=AT + week)
    notices.wish(person=house.ben, by=house.ben, at=AT, weekly=True)
    cause = house.say("Benches?", at=AT + week)
    kept = dialogue.key_in(
        conversation=house.conversation, words="More benches", given_on=AT.date(), on_word_of="A card",
        because=cause.step, by=house.cleo, at=AT + 2 * week,
    ).contribution  # fmt: skip
    assert kept.step.at >= cause.step.at
    assert summaries.send_due(at=AT + 2 * week) == 1
    assert kept.step in [notice.about for notice in Notice.objects.filter(to=house.ben)]
    with translation.override("cy"):
        assert "2 Mawrth 2026" in telling.title(kept.step)


def test_words_in_another_language_than_the_page_s_are_marked(house: House) -> None:
    house.say("Mwy o oleuadau", language="cy")
    house.say("More lamps", language="en-gb")
    page = signed_in(house.ada).get(house.conversation.get_absolute_url()).content.decode()
    assert '<span lang="cy">Mwy o oleuadau</span>' in page
    assert '<span lang="en-gb">' not in page
    desk = signed_in(house.cleo).get(reverse("dialogue:desk")).content.decode()
    assert '<span lang="cy">Mwy o oleuadau</span>' in desk


def test_key_in_keeps_the_language_that_it_was_said_in(house: House) -> None:
    sent: dict[str, Any] = {
        "words": "Mwy o feinciau", "language": "cy", "channel": "paper", "on_word_of": "A card", "given_on_day": "2",
        "given_on_month": "3", "given_on_year": "2026",
        "sent_as": "7e6b3a9c-3f0c-4c0e-9a52-0d2b6e2f4b11",
    }  # fmt: skip
    signed_in(house.cleo).post(reverse("dialogue:key_in", args=[house.conversation.pk]), sent)
    assert Contribution.objects.get().words.language == "cy"


def test_having_your_say_is_the_first_thing_on_an_open_conversation(house: House) -> None:
    for client, where in (
        (signed_in(house.ada), "#take-part"),
        (Client(), reverse("dialogue:suggest", args=[house.conversation.pk])),
    ):
        page = client.get(house.conversation.get_absolute_url()).content.decode()
        assert page.index(f'href="{where}"') < page.index("Why we ask now")
    dialogue.close(conversation=house.conversation, by=house.cleo, at=AT)
    assert "Have your say" not in Client().get(house.conversation.get_absolute_url()).content.decode()


def test_a_line_of_my_day_names_the_question_first(house: House) -> None:
    house.say()
    with translation.override("en-gb"):
        (waiting,) = queries.waiting_for(house.cleo, AT)
        assert str(waiting.what) == "How should the canal path feel at night?: 1 suggestion to put into a theme"


def test_my_day_shows_a_person_the_newest_of_what_they_said(house: House) -> None:
    for number in range(6):
        house.say(f"Said number {number}", at=AT + timedelta(minutes=number))
    page = signed_in(house.ada).get("/my-day/").content.decode()
    assert "What you said, and what became of it" in page
    assert "Said number 5" in page and "Said number 0" not in page
    assert reverse("dialogue:own") in page
    assert "What you said" not in signed_in(house.ben).get("/my-day/").content.decode()
