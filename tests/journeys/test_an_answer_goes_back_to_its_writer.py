"""An answer goes back to its writer with a note, is written anew, and comes out: nobody is left asking who has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from . import people_do
from .conftest import RunningPlace
from .looking import NARROW, assert_accessible, assert_fits
from .visitors import Visitor

pytestmark = pytest.mark.browser

OFFICER = ("Nadia Quill", "nadia.quill@council.example")
SAYS = "The bench at the clinic is gone, and those who wait there have nowhere to sit."
NOTE = "Say which month, and who brings it."


@pytest.mark.parametrize(
    "way",
    [
        pytest.param({"checks": (assert_accessible,)}, id="with JavaScript"),
        pytest.param(
            {"java_script_enabled": False, "viewport": NARROW, "checks": (assert_fits,)},
            id="without JavaScript, 320 px wide",
        ),
    ],
)
def test_an_answer_goes_back_with_a_note_and_is_published_when_it_is_right(
    place: RunningPlace, visitor: Callable[..., Visitor], way: dict[str, Any]
) -> None:
    amina, grace = (visitor(place, named=name, **way) for name in ("Amina Yusuf", "Grace Okafor"))
    officer = visitor(place, **way)
    people_do.open_the_conversation(amina)
    people_do.suggest(amina, SAYS)
    theme = people_do.gather(grace, [SAYS], into="A bench at the clinic")
    people_do.ask_an_officer(grace, name=OFFICER[0], email=OFFICER[1])

    mail = place.postbox.to(OFFICER[1], saying="A bench at the clinic")[0]
    link = people_do.link_in(mail, "/notices/link/")
    officer.go(link)
    officer.reads("A bench at the clinic", "Grace Okafor", "1 person", SAYS, "This link is for this one answer.")
    people_do.draft_by_link(officer, link, answer="Yes: we will do this", words="A bench will come.")

    # Everybody at the desk sees who has it; one of them sends it back.
    grace.go(theme)
    grace.follow("See to the answer")
    grace.reads("Written by Nadia Quill", "To be checked by Grace Okafor")
    note = grace.unfold("Send it back with a note")
    grace.write("What should change?", NOTE, within=note)
    grace.press("Send it back", within=note)
    grace.reads("The answer went back to whoever wrote it, with your note.", NOTE)
    officer.go(link, expecting=410)

    # A resident reads that it is being written, and nothing of the note.
    amina.go(grace.page.get_by_role("link", name="The public page").get_attribute("href") or "")
    amina.reads("Somebody has been asked to answer")
    amina.does_not_read(NOTE)

    fresh = people_do.link_in(place.postbox.to(OFFICER[1], saying=NOTE)[0], "/notices/link/")
    officer.go(fresh)
    officer.reads("It came back to you with a note", NOTE)
    words = officer.page.get_by_label("Your answer, in plain words")
    assert words.input_value() == "A bench will come."
    people_do.draft_by_link(officer, fresh, answer="Yes: we will do this", words="The clinic brings a bench in May.")
    people_do.clear_and_publish(grace, theme)
    amina.go(theme)
    amina.reads("The clinic brings a bench in May.")
