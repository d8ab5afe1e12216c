"""The matrix read, the addresses of the house, and the town as each role's browser meets it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from commonweal.foundations.verbs import clock
from commonweal.town.building import Town
from tests.abuse import examples
from tests.abuse.examples import Examples

MATRIX = Path(__file__).parent / "matrix"
#: A form that cannot be used is answered so, with the page that says what is wrong.
REFUSED = {400, 422}
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

    def browser(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        client.handler, client.cookies = self.handler, SimpleCookie(self.cookies[role])
        return client


def lay(town: Town) -> Street:
    """Every role signs in once; each request then begins from the cookies of that moment."""
    found = {role: _cookies(town, who) for role, who in WHO.items()}
    return Street(town, examples.make(town, at=clock.now()), found, Client().handler)


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
