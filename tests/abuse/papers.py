"""The forms of the house, as they stand in its pages: found by looking, so that a new one is found too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.urls import reverse

from tests.abuse.streets import Street, lines

#: Whose browsers look around: between them they see every form.
LOOKERS = ("anonymous", "resident", "convenor", "commissioner", "partner", "steward")


@dataclass
class Paper:
    """One form: where it is sent, as whom, and its fields with what stands in them and what may be chosen."""

    action: str
    role: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        return [name for name, kind in self.kinds.items() if kind in {"text", "textarea", "email", "search"}]


class Finder(HTMLParser):
    def __init__(self, page: str, role: str) -> None:
        super().__init__()
        self.page, self.role = page, role
        self.found: list[Paper] = []
        self.open: Paper | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            is_sent = has.get("method", "get").lower() == "post"
            action = urljoin(self.page, has.get("action") or self.page)
            self.open = Paper(action, self.role) if is_sent else None
            if self.open is not None:
                self.found.append(self.open)
        if self.open is None:
            return
        if tag in {"input", "textarea", "button"} and has.get("name"):
            self._add(has["name"], has.get("type", "text") if tag == "input" else tag, has.get("value", ""))
        elif tag == "select":
            self.select = has.get("name", "")
            self._add(self.select, "select", None)
        elif tag == "option" and self.select:
            self._add(self.select, "select", has.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        if tag == "select":
            self.select = ""

    def _add(self, name: str, kind: str, value: str | None) -> None:
        if self.open is None or name == "csrfmiddlewaretoken":
            return
        self.open.kinds[name] = kind
        known = self.open.fields.setdefault(name, [])
        if value:
            known.append(value)


def pages(street: Street) -> Iterator[tuple[str, set[str]]]:
    """Every address of the matrix, and the states of a record that show other forms than its example does."""
    for line in lines().values():
        yield line.address(street), line.allowed["GET"]
    town = street.town
    for name, record in (
        ("decisions:see_to", town.open_owed),
        ("ledger:payment", town.open_payment),
        ("audit:words", town.contribution.words),
        ("dialogue:conversation", town.next_conversation),
        ("dialogue:suggest", town.next_conversation),
        ("dialogue:statements", town.next_conversation),
        ("dialogue:briefing", town.next_conversation),
        ("dialogue:theme", town.open_theme),
        ("initiatives:hours", street.examples.told_hours),
    ):
        yield reverse(name, args=[record.pk]), set(LOOKERS)
    for name in ("decisions:decide", "initiatives:begin", "learning:keep"):
        yield f"{reverse(name)}?because={town.outcome.step.uuid}", set(LOOKERS)


def every_paper(street: Street, *, beside: Iterable[str] = ()) -> list[Paper]:
    """Each form once, for the first of the lookers who finds it.

    Args:
        beside: addresses of pages in states that the town is not in.
    """
    found: dict[str, Paper] = {}
    for page, roles in [*pages(street), *((page, set(LOOKERS)) for page in beside)]:
        for role in [role for role in LOOKERS if role in roles]:
            answer = street.browser(role).get(page)
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            finder = Finder(page, role)
            finder.feed(answer.content.decode())
            for paper in finder.found:
                key = f"{urlsplit(paper.action).path} {sorted(paper.kinds)}"
                found.setdefault(key, paper)
    return list(found.values())
