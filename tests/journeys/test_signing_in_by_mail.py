"""A resident signs in with a code from their mail; no password, and no account needed to look around."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from .conftest import RunningPlace
from .looking import NARROW, assert_accessible, assert_fits
from .visitors import Visitor

pytestmark = pytest.mark.browser


def test_a_resident_signs_in_with_the_code_from_their_mail(
    shared_place: RunningPlace, visitor: Callable[..., Visitor]
) -> None:
    amina = visitor(shared_place, viewport=NARROW, checks=(assert_fits, assert_accessible))
    amina.go("/my-day/")
    amina.write("Email address", "amina.yusuf@people.example")
    amina.press("Send me a code")
    amina.reads("Enter your code", "amina.yusuf@people.example")

    mail = shared_place.postbox.to("amina.yusuf@people.example", saying="Here is your code")[-1]
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes)
    code = re.search(r"^\s*([A-Z0-9]{2,}(?:-[A-Z0-9]+)*)\s*$", body.decode(), re.MULTILINE)
    assert code, body.decode()

    amina.write("Code", "WRONG-CODE")
    amina.press("Go on", expecting=422)
    assert amina.page.evaluate("document.activeElement.matches('[data-error-summary]')")
    amina.write("Code", code[1])
    amina.press("Go on")
    assert amina.path == "/my-day/"
    amina.press("Sign out")
    amina.go("/my-day/")
    amina.reads("Sign in", "We send a code to your email.")
