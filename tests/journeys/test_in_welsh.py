"""In Welsh: a resident changes the language, suggests in Welsh, is answered, and reads it all in Welsh."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from . import people_do
from .conftest import RunningPlace
from .looking import assert_accessible
from .visitors import Visitor

pytestmark = pytest.mark.browser

WORDS = "Hoffwn i weld bore coffi yn y neuadd, yn Gymraeg."
ANSWER = "Byddwn yn agor y neuadd bob dydd Mercher o fis Mai."


def test_a_resident_suggests_and_reads_the_answer_in_welsh(
    place: RunningPlace, visitor: Callable[..., Visitor]
) -> None:
    rhian, grace, helen = visitor(place), visitor(place, named="Grace Okafor"), visitor(place, named="Helen Marsh")

    rhian.go("/")
    rhian.press("Cymraeg")
    assert rhian.page.locator("html").get_attribute("lang") == "cy"
    rhian.reads("Dweud eich dweud nawr")
    rhian.go("/town/")
    rhian.page.get_by_role("button", name="Rhian Parry").click()
    rhian.page.wait_for_url("**/my-day/")
    assert rhian.page.locator("html").get_attribute("lang") == "cy"

    rhian.go("/")
    rhian.follow("Who else could bring people")
    rhian.reads("Beth ddywedodd pobl")
    rhian.write("Beth hoffech chi ei ddweud?", WORDS)
    rhian.choose("Fy enw")
    rhian.press("Anfon")
    line = rhian.path
    rhian.reads("Beth ddaeth o'ch awgrym", WORDS, "Yr ateb")
    assert rhian.page.get_by_text(WORDS).first.evaluate("one => one.closest('[lang]').lang") == "cy"

    theme = people_do.gather(grace, [WORDS], into="Bore coffi")
    grace.follow("See to the answer")
    desk = grace.unfold("Write it yourself")
    grace.choose("Yes: we will do this", within=desk)
    grace.write("Your answer, in plain words", ANSWER, within=desk)
    grace.press("Keep for checking", within=desk)
    grace.reads("You wrote this answer, so somebody else must check it.")
    helen.go("/decisions/desk/")
    helen.follow("Bore coffi")
    helen.press("It is right: clear it")
    helen.press("Publish it and tell everybody")
    grace.go(theme)
    grace.reads("Yes: we will do this", ANSWER)

    rhian.go(line)
    rhian.reads(WORDS, "Yr ateb", "Gwnawn: fe wnawn ni hyn", ANSWER)
    assert_accessible(rhian.page)
    mail = place.postbox.to("rhian.parry@people.example", saying=ANSWER)[0]
    rhian.go(people_do.link_in(mail, "/decisions/answers/"))
    rhian.reads("Gwnawn: fe wnawn ni hyn", ANSWER)

    rhian.press("English")
    assert rhian.page.locator("html").get_attribute("lang") == "en-gb"
