"""Every page that a link leads to, for everybody who may see it: axe, 1200 and 320 px, a quiet console."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .conftest import RunningPlace, opened_in
from .looking import NARROW, WIDE, problems_of_access, width_too_much
from .walking import AWAY, Walk

pytestmark = pytest.mark.browser

MATRIX = Path(__file__).parents[1] / "abuse" / "matrix"
WALKERS = (
    "",
    "Amina Yusuf",
    "Grace Okafor",
    "Daniel Levy",
    "Joan Whitfield",
    "Helen Marsh",
    "Sunil Rao",
    "Beth Carver",
)
START = ["/", "/my-day/", "/understand/", "/plan/", "/do/", "/review/"]
#: Pages to which no link of the town leads; each is looked at by the test that is named.
LOOKED_AT_ELSEWHERE: dict[str, str] = {}


@pytest.fixture(scope="module")
def walk(shared_place: RunningPlace, chromium: Browser) -> Iterator[Walk]:
    walk = Walk()
    for name in WALKERS:
        with opened_in(chromium, shared_place, named=name, viewport=WIDE) as window:
            walk.through(window, start=START if name else ["/", "/town/", "/people/sign-in/", *START[2:]])
            walk.broken += [f"{name} on the console: {fault}" for fault in window.faults]
    print(f"{len(walk.looked)} pages, {len(walk.names)} addresses", file=sys.stderr)
    return walk


def test_every_link_leads_somewhere_and_no_page_complains(walk: Walk) -> None:
    assert not walk.broken, "\n".join(walk.broken)


def test_axe_finds_nothing_on_any_page(walk: Walk) -> None:
    assert not walk.inaccessible, "\n".join(walk.inaccessible)


def test_no_page_needs_sideways_scrolling_wide_or_narrow(walk: Walk) -> None:
    assert not walk.too_wide, "\n".join(walk.too_wide)


def test_every_address_that_can_be_opened_was_looked_at(walk: Walk) -> None:
    can_be_opened = {
        name
        for file in MATRIX.glob("*.toml")
        for name, line in tomllib.loads(file.read_text()).items()
        if line.get("GET")
    }
    unseen = can_be_opened - walk.names - AWAY - set(LOOKED_AT_ELSEWHERE)
    assert not unseen, "\n".join(sorted(unseen))


def test_a_bad_page_would_be_found(chromium: Browser) -> None:
    """The control: axe and the ruler do see."""
    page = chromium.new_page(viewport=NARROW)
    page.set_content(
        "<html><body><img src='x.png'><p style='color:#bbb;background:#fff;width:900px'>Pale and far too wide</p>"
        "<input type='text'></body></html>"
    )
    found = " ".join(problems_of_access(page))
    assert all(rule in found for rule in ("image-alt", "color-contrast", "html-has-lang", "label")), found
    assert width_too_much(page) > 500
    page.close()
