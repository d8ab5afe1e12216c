"""Every page that a link leads to, for everybody who may see it: axe, 1200 and 320 px, a quiet console."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from commonweal.front import api

from . import people_do
from .conftest import RunningPlace, opened_in
from .looking import NARROW, WIDE, problems_of_access, width_too_much
from .visitors import Visitor
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
#: Where everybody begins; a stranger types some addresses more, that only a browser's memory or a mail would know.
START = ["/", "/my-day/", "/understand/", "/plan/", "/do/", "/review/"]
START_OF_A_STRANGER = ["/", "/town/", "/people/sign-in/", "/language/", "/healthz", "/notices/saved/"]
#: No link of the town leads to these; who looks at them, or why nobody can.
LOOKED_AT_ELSEWHERE = {
    "initiatives:open_fund": "a payment is agreed to or not",
    "initiatives:paid": "a payment is agreed to or not",
    "ledger:failed": "a payment is agreed to or not",
    "notices:by_link": "the way round at 320 px; links that are gone, at the edge of the browser",
    "notices:line": "the way round at 320 px",
    "people:code": "signing in by mail",
    "decisions:assent": "keying in what an organisation said",
    "decisions:asking": "keying in what an organisation said",
    "decisions:key_in_assent": "keying in what an organisation said",
    "work:job": "no long work in the town",
    "dialogue:concern": "what may tell of harm is held",
    "audit:redaction": "nobody asked in the town to remove words",
    "notices:failure": "every message of the town arrives",
    "dialogue:open_set": "no conversation of fifty people is over in the town",
    "initiatives:decline_hours": "nobody's hours wait in the town",
    "organisations:head": "the desk leads there once a service was asked",
}
#: How rooms say that what was sent will not do.
REFUSED = {400, 422}
#: Not pages: what machines read, and the second names of the doors to sign in.
NO_PAGES = {"front:colours", "dialogue:open_set_file", "dialogue:open_set_json"}
NO_PAGES |= {f"front:{name}" for name in api.OPERATIONS}
NO_PAGES |= {f"account_{door}" for door in ("login", "request_login_code", "confirm_login_code", "signup")}


@pytest.fixture(scope="module")
def walk(shared_place: RunningPlace, chromium: Browser) -> Iterator[Walk]:
    walk = Walk()
    for name in WALKERS:
        with opened_in(chromium, shared_place, named=name, viewport=WIDE) as window:
            start = START if name else START_OF_A_STRANGER
            if name == "Amina Yusuf":  # the town has fewer themes than would need a page of their own
                start = [*start, f"{people_do.open_the_conversation(window)}themes/"]
            if not name:  # what only somebody who has voted is led to
                people_do.open_the_conversation(window)
                window.follow("Vote on what others say")
                start = [*start, *(f"{window.path}{page}/" for page in ("mine", "about-you", "questions"))]
            if name == "Joan Whitfield":
                start = [*start, "/ledger/outcomes/not-ours/"]
            walk.through(window, start=start)
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
    unseen = can_be_opened - walk.names - AWAY - NO_PAGES - set(LOOKED_AT_ELSEWHERE)
    assert not unseen, "\n".join(sorted(unseen))


def test_every_form_sent_empty_says_what_is_missing_and_takes_the_focus(
    walk: Walk, shared_place: RunningPlace, chromium: Browser
) -> None:
    wrong: list[str] = []
    for name, pages in groupby(sorted(walk.forms.values()), key=itemgetter(0)):
        with opened_in(chromium, shared_place, named=name, viewport=NARROW) as window:
            for _, path in pages:
                wrong += [f"{name or 'a stranger'} at {path}: {what}" for what in send_empty(window, path)]
    assert len(walk.forms) > 15, sorted(walk.forms)
    assert not wrong, "\n".join(wrong)


def send_empty(window: Visitor, path: str) -> Iterator[str]:
    """Send the form of a page with nothing in it, and tell what is wrong with how that is answered."""
    page = window.go(path)
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    form = page.locator("main form:has([required])").first
    for box in form.locator("input[type=text], input[type=email], input[type=number], textarea").all():
        box.fill("")
    with page.expect_navigation() as going:
        form.locator("button").first.click()
    if going.value.status not in REFUSED:
        yield f"status {going.value.status}"
    if not page.title().startswith("Error:"):
        yield f"the title is {page.title()}"
    if not page.evaluate("document.activeElement.matches('[data-error-summary]')"):
        yield "the focus is not on what is wrong"
    yield from problems_of_access(page)
    if more := width_too_much(page):
        yield f"{more} px too wide"


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
