"""From an agreed outcome back to who was asked, what they said, and the page to key in what came on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import RunningPlace
from .looking import NARROW, assert_accessible, assert_fits
from .visitors import Visitor

pytestmark = pytest.mark.browser


def test_a_convenor_finds_who_was_asked_and_may_key_in_what_they_say(
    shared_place: RunningPlace, visitor: Callable[..., Visitor]
) -> None:
    grace = visitor(shared_place, named="Grace Okafor", viewport=NARROW, checks=(assert_fits, assert_accessible))
    for line in ("Northside Community NHS Trust: Agrees, with a reservation", "Open Door Advice was asked to agree"):
        grace.go("/plan/outcomes/")
        grace.follow("finds out early and easily")
        grace.follow("Read the whole story")
        grace.follow(line)
        grace.follow("Open its own page")
        grace.reads("agree?", "What was said")
    grace.follow("Key in what they said")
    assert grace.page.get_by_role("radio", name="Agrees, with a reservation").count()
