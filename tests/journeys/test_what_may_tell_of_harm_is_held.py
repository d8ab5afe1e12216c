"""Somebody writes of harm: help at once, a way out that leaves no page behind, and one who looks after it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import RunningPlace
from .looking import NARROW, assert_accessible, assert_fits
from .people_do import open_the_conversation
from .visitors import Visitor

pytestmark = pytest.mark.browser

SAID = "My husband hits me when he has been drinking"
CHECKS = (assert_fits, assert_accessible)


def write(window: Visitor, words: str) -> None:
    window.go(f"{open_the_conversation(window)}suggest/")
    window.write("What do you want to say?", words)
    window.choose("“A resident”. Nobody sees my name.")
    if (box := window.page.get_by_role("checkbox", name="I have read what becomes public.")).count():
        box.check()
    window.press("Send")


def test_what_may_tell_of_harm_is_held_and_seen_to(place: RunningPlace, visitor: Callable[..., Visitor]) -> None:
    tom = visitor(place, named="Tom Fletcher", viewport=NARROW, java_script_enabled=False, checks=(assert_fits,))
    ruth = visitor(place, named="Ruth Adeyemi", viewport=NARROW, checks=CHECKS)

    write(tom, SAID)
    tom.reads("Leave this page now", "999", "116 123")
    tom.does_not_read("husband")
    tom.go("/understand/dialogue/mine/")
    tom.reads("A suggestion of yours")
    tom.does_not_read("husband")
    tom.follow("A suggestion of yours")
    tom.reads("We have kept it.")

    ruth.go("/my-day/")
    ruth.follow("1 held for care, not settled yet")
    ruth.does_not_read("husband")
    ruth.page.locator("main table a").first.click()
    ruth.reads(SAID, "Tom Fletcher")
    ruth.press("Take it up")
    ruth.press("Pass it on", expecting=422)
    ruth.reads("Name the body that you pass it on to.")
    ruth.write("To whom do you pass it on?", "The adult safeguarding team")
    ruth.press("Pass it on")
    ruth.reads("It is passed on.", "Nothing is held for care now.")


def test_the_red_button_leaves_no_page_to_go_back_to(place: RunningPlace, visitor: Callable[..., Visitor]) -> None:
    stranger = visitor(place, viewport=NARROW, checks=CHECKS)
    stranger.go("/understand/")
    stranger.go("/understand/dialogue/numbers/")
    stranger.page.route("**/leave/", lambda route: route.fulfill(status=200, body="Elsewhere"))
    stranger.page.locator("main [data-leave]").click()
    stranger.page.wait_for_url("**/leave/")
    stranger.page.go_back()
    assert stranger.path == "/understand/"


def test_private_details_are_taken_out_and_the_rest_is_read(
    place: RunningPlace, visitor: Callable[..., Visitor]
) -> None:
    tom = visitor(place, named="Tom Fletcher", viewport=NARROW, java_script_enabled=False, checks=(assert_fits,))
    grace = visitor(place, named="Grace Okafor", viewport=NARROW, checks=CHECKS)
    write(tom, "Ask Ann on 07700 900123 about the hall")
    tom.reads("a telephone number: 07700 900123")
    grace.go("/understand/dialogue/moderation/")
    grace.reads("Ask Ann on 07700 900123 about the hall")
    tom.follow("Say it again in other words")
    tom.write("What do you want to say?", "Ask Ann about the hall")
    tom.press("Send")
    tom.reads("Ask Ann about the hall")
    grace.go("/understand/dialogue/moderation/")
    grace.reads("Nothing waits to be looked at.")
