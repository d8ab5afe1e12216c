"""What hurried, interrupted and ill-meaning people do with a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route

from . import people_do
from .conftest import RunningPlace
from .visitors import Visitor

pytestmark = pytest.mark.browser


def fill_in_a_suggestion(window: Visitor, words: str) -> str:
    conversation = people_do.open_the_conversation(window)
    window.write("What do you want to say?", words)
    window.choose("My name")
    return conversation


def times_it_was_said(window: Visitor, words: str, conversation: str) -> int:
    window.go(conversation)
    return window.page.locator(".cw-suggestions blockquote").get_by_text(words).count()


@pytest.mark.parametrize("way", [{}, {"java_script_enabled": False}], ids=["with JavaScript", "without"])
def test_a_double_click_makes_one_suggestion(
    shared_place: RunningPlace, visitor: Callable[..., Visitor], way: dict[str, Any]
) -> None:
    amina, words = visitor(shared_place, named="Amina Yusuf", **way), f"Two benches, please: {len(way)}."
    conversation = fill_in_a_suggestion(amina, words)
    with amina.page.expect_navigation():
        amina.page.get_by_role("button", name="Send", exact=True).dblclick()
    amina.page.wait_for_load_state()
    amina.page.wait_for_timeout(500)
    amina.reads("What became of your suggestion", words)
    assert times_it_was_said(amina, words, conversation) == 1


@pytest.mark.parametrize("way", [{}, {"java_script_enabled": False}], ids=["with JavaScript", "without"])
def test_going_back_and_sending_again_makes_one_suggestion(
    shared_place: RunningPlace, visitor: Callable[..., Visitor], way: dict[str, Any]
) -> None:
    amina, words = visitor(shared_place, named="Amina Yusuf", **way), f"A lamp in the alley: {len(way)}."
    conversation = fill_in_a_suggestion(amina, words)
    amina.press("Send")
    first = amina.path
    amina.page.go_back()
    if amina.page.get_by_role("textbox", name="What do you want to say?").input_value() == words:
        amina.press("Send")
        assert amina.path == first
    assert times_it_was_said(amina, words, conversation) == 1


def test_whoever_was_signed_out_meanwhile_gets_their_words_back_and_is_asked_to_sign_in(
    shared_place: RunningPlace, visitor: Callable[..., Visitor]
) -> None:
    amina, words = visitor(shared_place, named="Amina Yusuf"), "I typed this for an hour."
    conversation = fill_in_a_suggestion(amina, words)
    amina.page.context.clear_cookies(name="sessionid")
    amina.press("Send", expecting=403)
    amina.reads("You are not signed in", "Copy it from here")
    assert amina.page.get_by_role("textbox", name="Your text 1").input_value() == words
    amina.follow("Sign in and go back to the page")
    amina.reads("Sign in", "We send a code to your email.")
    assert times_it_was_said(amina, words, conversation) == 0


def test_a_form_from_a_page_that_was_open_too_long_is_refused_in_words(
    shared_place: RunningPlace, visitor: Callable[..., Visitor]
) -> None:
    amina, words = visitor(shared_place, named="Amina Yusuf"), "This page is from last year."
    conversation = fill_in_a_suggestion(amina, words)
    amina.page.context.clear_cookies(name="csrftoken")
    amina.press("Send", expecting=403)
    amina.reads("Please send that again", "Nothing has changed.")
    assert times_it_was_said(amina, words, conversation) == 0


def test_a_forged_link_says_that_we_do_not_know_it(shared_place: RunningPlace, visitor: Callable[..., Visitor]) -> None:
    anybody = visitor(shared_place)
    anybody.go("/notices/link/not-a-link-of-ours/", expecting=404)
    anybody.reads("We do not know this link", "Check that you have the whole address.")


def test_wrong_words_open_no_receipt(shared_place: RunningPlace, visitor: Callable[..., Visitor]) -> None:
    anybody = visitor(shared_place)
    anybody.go("/notices/receipt/")
    anybody.write("The four words on your receipt", "apple boat candle drum")
    anybody.press("Show me", expecting=404)
    assert anybody.page.evaluate("document.activeElement.matches('[data-error-summary]')")


@pytest.mark.parametrize("by", ["click", "escape", "without JavaScript"])
def test_leaving_this_page_leads_to_the_weather_and_not_back(
    shared_place: RunningPlace, visitor: Callable[..., Visitor], by: str
) -> None:
    somebody = visitor(shared_place, java_script_enabled=by != "without JavaScript")
    told: dict[str, str] = {}

    def weather(route: Route) -> None:
        """What our own address says; the place that it sends to is outside, where no test goes."""
        told.update(route.fetch(max_redirects=0).headers)
        route.fulfill(body="<title>Weather</title>", content_type="text/html")

    somebody.page.route("**/leave/", weather)
    somebody.go("/privacy/")
    somebody.follow("Accessibility")
    with somebody.page.expect_navigation():
        if by == "escape":
            for _ in range(3):
                somebody.page.keyboard.press("Escape")
        else:
            somebody.page.get_by_role("link", name="Leave this page").click()
    assert somebody.page.title() == "Weather"
    assert told["location"].startswith("https://") and told["referrer-policy"] == "no-referrer"
    if by != "without JavaScript":
        somebody.page.go_back()
        assert somebody.path == "/privacy/", "the page that was left is not in the way back"
