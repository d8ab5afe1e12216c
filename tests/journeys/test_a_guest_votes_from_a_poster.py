"""Somebody sees a poster: no account, no JavaScript, a narrow telephone, a keyboard. They vote, and come back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .conftest import RunningPlace
from .looking import NARROW, assert_accessible, assert_fits
from .test_by_keyboard_alone import press, skip_to_main, tab_to
from .visitors import Visitor

pytestmark = pytest.mark.browser

SAID = "Ask the people in the queue at the chemist."


def poster_of(grace: Visitor) -> str:
    """The address on the poster, as a convenor reads it."""
    grace.go("/understand/dialogue/")
    grace.follow("Who else could bring people to the advice mornings")
    grace.follow("What people vote on")
    found = re.search(r"/c/[a-z]+-[a-z]+/", grace.text)
    assert found, grace.text
    return found[0]


def test_a_guest_votes_by_keyboard_on_a_narrow_screen_without_java_script(
    place: RunningPlace, visitor: Callable[..., Visitor]
) -> None:
    poster = poster_of(visitor(place, named="Grace Okafor", checks=(assert_accessible,)))
    guest = visitor(place, viewport=NARROW, java_script_enabled=False, checks=(assert_fits,))

    # The first statement, and what becomes public, before anything is asked.
    guest.go(poster)
    guest.reads("Everybody sees how many agree and disagree. Nobody sees how you vote.", "Agree", "Disagree", "Pass")
    guest.does_not_read("Sign in, so that")
    skip_to_main(guest)
    for number in range(1, 7):
        tab_to(guest, "Disagree" if number % 2 else "Agree")
        press(guest, "Enter")
        guest.reads(f"You have voted on {number} of 12.")

    # Two questions, only for who likes.
    guest.unfold("Two questions about you, only if you like")
    guest.pick("How old are you?", "35 to 49")
    guest.press("Send", within=guest.page.locator("#about"))
    guest.reads("We use it only to see whose voice is missing.")

    # A change of mind takes the place of the vote.
    guest.follow("Look at your votes, or change one")
    first = guest.page.locator(".cw-own-votes a").first
    words = first.inner_text()
    guest.follow(words)
    guest.reads(words, "Your new choice takes its place.")
    guest.press("Pass")
    guest.reads("You have voted on 6 of 12.")

    # Own words: what is like them is shown first.
    guest.unfold("Is something missing? Say it yourself")
    guest.write("Say it in your own words", "People come when somebody they know brings them along.")
    guest.press("Send", within=guest.page.locator("#say"))
    guest.reads("Somebody has said something like it", "People come when somebody they know brings them.")
    guest.write("Say it in your own words", SAID)
    guest.press("Send mine all the same")
    guest.reads("We have kept what you said", SAID)
    line = guest.page.locator(".cw-receipt strong").inner_text()

    # Saved, and opened on another telephone.
    guest.follow("Go on voting")
    guest.press("Save and come back later")
    words = guest.page.locator(".cw-receipt strong").inner_text()
    assert len(words.split()) == 4
    other = visitor(place, viewport=NARROW, checks=(assert_fits, assert_accessible))
    other.go("/notices/receipt/")
    other.write("The four words on your receipt", words)
    other.press("Show me")
    other.reads("Welcome back. Your votes are as you left them.", "You have voted on 6 of")
    other.go("/notices/receipt/")
    other.write("The four words on your receipt", line)
    other.press("Show me")
    other.reads("What became of your suggestion", SAID)

    # A shared telephone forgets who voted.
    guest.go(f"{poster}mine/")
    guest.press("Forget me on this device")
    guest.reads("This browser does not know your votes any more. They still count.")
    guest.go(poster)
    guest.reads("Nobody sees how you vote.")


def test_votes_go_on_without_loading_the_page_again(place: RunningPlace, visitor: Callable[..., Visitor]) -> None:
    """With JavaScript one key is one vote, and the next statement is where the reader is."""
    poster = poster_of(visitor(place, named="Grace Okafor"))
    guest = visitor(place, viewport=NARROW, checks=(assert_fits, assert_accessible))
    guest.go(poster)
    loaded = guest.page.evaluate("performance.timeOrigin")
    for number, key in enumerate("123", start=1):
        guest.page.keyboard.press(key)
        expect(guest.page.locator("#ballot")).to_contain_text(f"You have voted on {number} of 12.")
        expect(guest.page.locator("#ballot legend")).to_be_focused()
    assert guest.page.evaluate("performance.timeOrigin") == loaded
    assert_accessible(guest.page)
