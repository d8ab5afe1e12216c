"""By keyboard alone: a resident suggests, an officer answers. What has the focus can always be seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from . import people_do
from .conftest import RunningPlace
from .looking import shows_its_focus
from .visitors import Visitor

pytestmark = pytest.mark.browser

WORDS = "The number 4 bus should wait for the end of school."
FOCUSED = """() => {
    const one = document.activeElement, labels = [...(one.labels || [])].map((each) => each.innerText);
    return labels.join(" ") || one.innerText || one.ariaLabel || ""; }"""


def tab_to(window: Visitor, words: str) -> None:
    """Press Tab until the focus stands on what these words name; it must be seen all the way there."""
    passed = []
    for _ in range(90):
        window.page.keyboard.press("Tab")
        passed.append(str(window.page.evaluate(FOCUSED)))
        assert shows_its_focus(window.page), f"{window.path}: the focus on {passed[-1]!r} cannot be seen"
        if words in passed[-1]:
            return
    raise AssertionError(f"{window.path}: Tab never came to {words!r}, only to {passed}")


def press(window: Visitor, key: str) -> None:
    with window.page.expect_navigation():
        window.page.keyboard.press(key)


def skip_to_main(window: Visitor) -> None:
    """The first press of Tab offers to skip what is the same on every page."""
    window.page.keyboard.press("Tab")
    assert window.page.evaluate(FOCUSED) == "Skip to main content"
    assert shows_its_focus(window.page)
    window.page.keyboard.press("Enter")
    assert window.page.evaluate("document.activeElement.id") == "main"


def test_a_resident_suggests_and_an_officer_answers_by_keyboard_alone(
    place: RunningPlace, visitor: Callable[..., Visitor]
) -> None:
    martin, grace, officer = visitor(place, named="Martin Webb"), visitor(place, named="Grace Okafor"), visitor(place)

    # For the first time in a conversation: so he is asked whether he has read what becomes public.
    people_do.open_the_conversation(martin)
    skip_to_main(martin)
    tab_to(martin, "What do you want to say?")
    martin.page.keyboard.type(WORDS)
    tab_to(martin, "“A resident”. Nobody sees my name.")
    martin.page.keyboard.press("Space")
    tab_to(martin, "I have read what becomes public.")
    martin.page.keyboard.press("Space")
    tab_to(martin, "Send")
    press(martin, "Enter")
    martin.reads("Thank you. We have kept what you said.", "What became of your suggestion", WORDS)

    theme = people_do.gather(grace, [WORDS], into="Buses and school")
    people_do.ask_an_officer(grace, name="Ola Berg", email="ola.berg@council.example")

    officer.go(people_do.link_in(place.postbox.to("ola.berg@council.example")[0], "/notices/link/"))
    skip_to_main(officer)
    tab_to(officer, "Yes: we will do this")
    officer.page.keyboard.press("ArrowDown")
    assert officer.page.evaluate(FOCUSED) == "Yes, in part: we will do something like this"
    tab_to(officer, "Your answer, in plain words")
    officer.page.keyboard.type("From May it waits, on school days.")
    tab_to(officer, "Send for checking")
    press(officer, "Enter")
    officer.reads("What you sent is kept.")

    people_do.clear_and_publish(grace, theme)
    grace.reads("Yes, in part", "From May it waits")


def test_a_mistake_takes_the_focus_and_leads_to_its_field(place: RunningPlace, visitor: Callable[..., Visitor]) -> None:
    martin = visitor(place, named="Martin Webb")
    people_do.open_the_conversation(martin)
    martin.press("Send", expecting=422)
    assert martin.page.title().startswith("Error:")
    assert martin.page.evaluate("document.activeElement.matches('[data-error-summary]')")
    martin.page.keyboard.press("Tab")
    assert martin.page.evaluate(FOCUSED) == "Write something first."
    martin.page.keyboard.press("Enter")
    assert "What do you want to say?" in martin.page.evaluate(FOCUSED)
