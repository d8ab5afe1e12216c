"""A guest votes, reads where they stand and who is missing; the convenor prints an invitation and a poster."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import RunningPlace
from .looking import NARROW, assert_accessible, assert_fits
from .visitors import Visitor

pytestmark = pytest.mark.browser

QUESTION = "Who else could bring people to the advice mornings, and where else should there be one?"


def sheets(visitor: Visitor, folder: Path) -> int:
    """On how many sheets the page comes out of a printer."""
    paper = folder / "paper.pdf"
    visitor.page.pdf(path=paper, prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page[^s]", paper.read_bytes()))


def test_a_guest_reads_where_they_stand(place: RunningPlace, visitor: Callable[..., Visitor]) -> None:
    guest = visitor(place, viewport=NARROW, java_script_enabled=False, checks=(assert_fits,))
    guest.go("/understand/dialogue/")
    guest.follow(QUESTION)
    guest.follow("What unites us, what divides us, and who is missing: the map")
    guest.reads("What unites all groups", "What divides them", "Would it come out again?", "Who is missing?")
    guest.follow("Show me where I stand")
    guest.reads("You have not voted here yet")
    guest.follow("Vote")
    for _ in range(12):
        guest.press("Agree")
    guest.reads("You have voted on every statement.")
    guest.follow("Where do I stand? Look at the map")
    guest.reads("You stand", "Only you can see this.")


def test_what_is_printed_fits_on_one_sheet(
    place: RunningPlace, visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    grace = visitor(place, named="Grace Okafor", checks=(assert_fits, assert_accessible))
    grace.go("/understand/dialogue/")
    grace.follow(QUESTION)
    grace.follow("What unites us, what divides us, and who is missing: the map")
    grace.follow("Print an invitation (People under 25)")
    grace.reads("People under 25: we want to hear from you.")
    assert sheets(grace, tmp_path) == 1
    grace.go("/understand/dialogue/")
    grace.follow(QUESTION)
    grace.follow("Print a poster")
    assert sheets(grace, tmp_path) == 1
