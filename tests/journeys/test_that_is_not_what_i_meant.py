"""Somebody wrote on paper. The answer misses what they meant; the four words of the receipt have it owed once more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from . import people_do
from .conftest import RunningPlace
from .days import days_ago
from .looking import NARROW, assert_accessible, assert_fits
from .visitors import Visitor

pytestmark = pytest.mark.browser

SAID = "A bench half way up the hill, so that I can get to the surgery on foot."
OFFICER = "frances.bell@council.example"


def test_an_answer_that_missed_what_was_meant_is_owed_once_more(
    place: RunningPlace, visitor: Callable[..., Visitor]
) -> None:
    checks = (assert_fits, assert_accessible)
    grace, officer = visitor(place, named="Grace Okafor"), visitor(place)
    elsie = visitor(place, viewport=NARROW, java_script_enabled=False, checks=(assert_fits,))

    people_do.open_the_conversation(grace)
    words = people_do.key_in(grace, SAID, name="Elsie Grant", on=days_ago(1), how_we_know="her card from the surgery")
    theme = people_do.gather(grace, [SAID], into="Places to sit on the way")
    people_do.ask_an_officer(grace, name="Frances Bell", email=OFFICER)
    mail = place.postbox.to(OFFICER, saying="Places to sit on the way")[0]
    people_do.draft_by_link(
        officer,
        people_do.link_in(mail, "/notices/link/"),
        answer="This is done already",
        words="The surgery has chairs.",
    )
    people_do.clear_and_publish(grace, theme)

    # She opens her line with the words of her receipt, reads the answer, and says so.
    people_do.open_with_four_words(elsie, words)
    elsie.reads("What became of your suggestion", SAID, "The surgery has chairs.")
    elsie.follow("Read the whole answer, and say if it is not what you meant")
    elsie.write("What do you want to say to this answer?", "I asked for a bench on the hill, not for a chair inside.")
    elsie.tick("That is not what I meant")
    elsie.press("Send my reply")
    elsie.reads("That is not what I meant")

    # The answer is owed once more, by a date that everybody sees; the first answer stays.
    stranger = visitor(place, checks=checks)
    stranger.go(theme)
    stranger.reads("Somebody said “that is not what I meant”. It is answered once more, by")
    grace.go("/decisions/desk/")
    grace.reads("Places to sit on the way")
