"""Every address × every role × every method, against the lines of `matrix/*.toml`. What no line allows is denied.

A line names the page, the record that fills its address (`example`: something of `examples.py`, or of the demonstration
town), and for each method the roles that may. `everyone` includes strangers, `signed in` does not. All others must be turned away: 403,
404, 405, or the way to the sign-in page.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from commonweal.foundations.verbs import clock
from commonweal.town.building import Town
from tests.abuse import examples
from tests.abuse.examples import Examples

pytestmark = pytest.mark.django_db

MATRIX = Path(__file__).parent / "matrix"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
#: Each role, and who holds it in the town. The outsider is signed in and holds none.
WHO = {
    "anonymous": None,
    "outsider": "alex",
    "resident": "amina",
    "convenor": "grace",
    "practitioner": "martin",
    "commissioner": "daniel",
    "partner": "beth",
    "councillor": "priya",
    "safeguarding": "ruth",
    "steward": "helen",
    "auditor": "sunil",
}
GROUPS = {"everyone": set(WHO), "signed in": set(WHO) - {"anonymous"}}


@dataclass(frozen=True)
class Line:
    name: str
    example: str | None = None
    args: tuple[Any, ...] = ()
    allowed: dict[str, set[str]] = field(default_factory=dict)

    def address(self, street: Street) -> str:
        if self.example is None:
            return reverse(self.name, args=self.args)
        record = getattr(street.examples, self.example, None) or getattr(street.town, self.example)
        return reverse(self.name, args=[getattr(record, "uuid", None) or record.pk, *self.args])


@dataclass(frozen=True)
class Street:
    """The town, what it lacks for the matrix, and each role's browser: signed in once, and used as it was then."""

    town: Town
    examples: Examples
    cookies: dict[str, str]
    handler: Any


@pytest.fixture(scope="module")
def street(town: Town, django_db_blocker: Any) -> Iterator[Street]:
    with django_db_blocker.unblock():
        # A role that no one will have signed out of: every request begins from the same cookies.
        found = {role: _cookies(town, who) for role, who in WHO.items()}
        yield Street(town, examples.make(town, at=clock.now()), found, Client(raise_request_exception=False).handler)


def _cookies(town: Town, who: str | None) -> str:
    client = Client()
    if who is not None:
        client.force_login(getattr(town, who).sign_in)
    return client.cookies.output(header="", sep=";")


def lines() -> dict[str, Line]:
    found: dict[str, Line] = {}
    for file in sorted(MATRIX.glob("*.toml")):
        for name, said in tomllib.loads(file.read_text()).items():
            assert name not in found, f"{name} has two lines"
            allowed = {method: _roles(said.get(method, []), name) for method in METHODS}
            found[name] = Line(name, said.get("example"), tuple(said.get("args", ())), allowed)
    return found


def _roles(words: list[str], name: str) -> set[str]:
    unknown = set(words) - set(WHO) - set(GROUPS)
    assert not unknown, f"{name} names roles that there are not: {unknown}"
    return set().union(*(GROUPS.get(word, {word}) for word in words)) if words else set()


def addresses(patterns: list[Any], space: str = "") -> Iterator[str]:
    """The name of every address of the house; one without a name is given as its pattern, and so has no line."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}" if pattern.name else f"{space}{pattern.pattern}"


def is_turned_away(response: Any) -> bool:
    if response.status_code == 302:
        return response["Location"].startswith(reverse("people:sign_in"))
    return response.status_code in {403, 404, 405}


def ask(street: Street, line: Line, role: str, method: str) -> Any:
    """One request by somebody of that role; whatever it did is undone."""
    client = Client(raise_request_exception=False)
    client.handler, client.cookies = street.handler, SimpleCookie(street.cookies[role])
    with transaction.atomic():
        response = client.generic(method, line.address(street), content_type="application/x-www-form-urlencoded")
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
