"""What went wrong is told in words, in our frame, and the focus goes to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import RunningPlace
from .looking import NARROW, assert_accessible, assert_fits
from .visitors import Visitor

pytestmark = pytest.mark.browser

LOOKED_AT = {"viewport": NARROW, "checks": (assert_fits, assert_accessible)}


def test_who_may_not_is_told_so(shared_place: RunningPlace, visitor: Callable[..., Visitor]) -> None:
    amina = visitor(shared_place, named="Amina Yusuf", **LOOKED_AT)
    for closed in ("/understand/dialogue/desk/", "/decisions/desk/", "/people/everybody/", "/audit/trail/"):
        amina.go(closed, expecting=403)
        assert amina.heading, closed


def test_what_is_not_there_is_said_not_to_be(shared_place: RunningPlace, visitor: Callable[..., Visitor]) -> None:
    stranger = visitor(shared_place, **LOOKED_AT)
    for path in ("/nowhere/", "/understand/dialogue/00000000-0000-4000-8000-000000000000/", "/plan/outcomes/x/"):
        stranger.go(path, expecting=404)
        assert stranger.heading, path


def test_a_stranger_is_shown_the_way_to_sign_in(shared_place: RunningPlace, visitor: Callable[..., Visitor]) -> None:
    stranger = visitor(shared_place, **LOOKED_AT)
    for closed in ("/my-day/", "/understand/dialogue/desk/", "/people/me/"):
        stranger.go(closed)
        stranger.reads("Sign in", "We send a code to your email.")
