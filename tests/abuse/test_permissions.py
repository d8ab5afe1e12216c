"""Every address × every role × every method, against the lines of `matrix/*.toml`. What no line allows is denied.

A line names the page, the record that fills its address (`example`: something of `examples.py` or of the demonstration
town), and for each method the roles that may. `everyone` includes strangers, `signed in` does not. All others must be
turned away: 403, 404, 405, or the way to the sign-in page.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from tests.abuse.streets import METHODS, WHO, Line, Street, addresses, lines

pytestmark = pytest.mark.django_db


def is_turned_away(response: Any) -> bool:
    if response.status_code == 302:
        return response["Location"].startswith(reverse("people:sign_in"))
    return response.status_code in {403, 404, 405}


def ask(street: Street, line: Line, role: str, method: str) -> Any:
    """One request by somebody of that role; whatever it did is undone."""
    with transaction.atomic():
        response = street.browser(role).generic(
            method, line.address(street), content_type="application/x-www-form-urlencoded"
        )
        transaction.set_rollback(True)
    return response


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    known = set(addresses(get_resolver().url_patterns))
    assert known - set(lines()) == set(), "addresses without a line in tests/abuse/matrix"
    assert set(lines()) - known == set(), "lines without an address"


def test_every_address_that_names_a_record_has_one_of_the_town(street: Street) -> None:
    """A page that answers 404 to everybody because nothing is there tells nothing about who may open it."""
    assert {name: line.args for name, line in lines().items() if line.args} == {}


@pytest.mark.parametrize("name", sorted(lines()))
def test_a_page_lets_in_whom_its_line_names_and_nobody_else(name: str, street: Street) -> None:
    line, wrong = lines()[name], []
    for method in METHODS:
        for role in WHO:
            response = ask(street, line, role, method)
            said = f"{method} as {role}: {response.status_code}"
            if response.status_code >= 500:
                wrong.append(f"{said}, a fault")
            elif role in line.allowed[method] and is_turned_away(response):
                wrong.append(f"{said}, though the line allows it")
            elif role not in line.allowed[method] and not is_turned_away(response):
                wrong.append(f"{said}, though no line allows it")
    assert not wrong, f"{name}\n" + "\n".join(wrong)


def test_a_page_that_forgets_its_rule_would_be_found(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with every rule answering yes, somebody without a role gets where no line lets them."""
    import rules

    monkeypatch.setattr(rules, "test_rule", lambda *_: True)
    closed = [line for line in lines().values() if line.allowed["POST"] and "outsider" not in line.allowed["POST"]]
    assert any(not is_turned_away(ask(street, line, "outsider", "POST")) for line in closed)
