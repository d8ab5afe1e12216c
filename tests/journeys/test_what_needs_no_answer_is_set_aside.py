"""A convenor sets aside what needs no answer; its author reads why, and asks for an answer all the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import RunningPlace
from .looking import NARROW, assert_accessible, assert_fits
from .visitors import Visitor

pytestmark = pytest.mark.browser

SAID = "Hold one in the north of the borough too."


def test_a_suggestion_is_set_aside_and_taken_up_again(place: RunningPlace, visitor: Callable[..., Visitor]) -> None:
    checks = (assert_fits, assert_accessible)
    grace = visitor(place, named="Grace Okafor", viewport=NARROW, java_script_enabled=False, checks=(assert_fits,))
    tom = visitor(place, named="Tom Fletcher", viewport=NARROW, checks=checks)

    tom.go("/my-day/")
    tom.reads("What you said, and what became of it", SAID, "We have kept it.")

    # Without a reason nothing is set aside, and what was ticked stays ticked.
    grace.go("/understand/dialogue/desk/")
    grace.tick(SAID)
    desk = grace.unfold("Set aside: needs no answer")
    grace.press("Set aside what is ticked", within=desk, expecting=422)
    grace.reads("There is a problem", "Choose why it needs no answer.")
    grace.choose("We could not tell what it asks for")
    grace.write("What do you want to add?", "Hold one of what?")
    grace.press("Set aside what is ticked")
    grace.reads("1 is set aside.", "There is nothing to do here now.")

    tom.go("/my-day/")
    tom.reads("We read it. It needs no answer: We could not tell what it asks for")
    tom.follow(SAID)
    tom.reads("Thank you for saying this.", "We could not tell what it asks for", "Hold one of what?")
    tom.press("I want an answer")
    tom.reads("It waits for an answer again.")

    grace.go("/my-day/")
    grace.reads("1 suggestion to put into a theme")
    grace.go("/understand/dialogue/desk/")
    grace.reads(SAID)
