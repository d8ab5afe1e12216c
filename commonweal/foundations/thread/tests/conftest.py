"""A toy thread, drawn here once:

opening ── said_1 ─┐
        └─ said_2 ─┴─ theme ─┬─ answer
                             └─ begun ── paid (parties only) ── lesson ── opening_2 ── said_3
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions, kinds
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refs import Ref

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def toy_kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(kinds, "_namers", {})
    people = lambda ids: Person.objects.filter(pk__in=ids).values_list("pk", "name")  # noqa: E731
    kinds.declare("toy.opening", title="A conversation opened", word="Conversation", opens_a_story=True)
    kinds.declare("toy.said", title="%(person)s made a suggestion", word="Suggestion", words=people)
    kinds.declare("toy.event", title="Something happened", stage="do")
    kinds.name_by("people", "person", people)
    yield


@pytest.fixture
def step(db: None, toy_kinds: None) -> Callable[..., Step]:
    count = iter(range(10_000))

    def make(kind: str = "toy.event", because: Any = None, **more: Any) -> Step:
        subject = more.pop("subject", Ref("toy", "thing", uuid4()))
        return actions.record(
            kind=kind, subject=subject, because=because, at=NOON + timedelta(hours=next(count)), **more
        )

    return make


@pytest.fixture
def toy(step: Callable[..., Step]) -> SimpleNamespace:
    ann = Person.objects.create(name="Ann Example", joined_at=NOON)
    opening = step("toy.opening")
    said_1 = step("toy.said", opening, subject=ann, params={"person": ann})
    said_2 = step("toy.said", opening, subject=ann, params={"person": ann})
    theme = step(because=[said_1, said_2])
    answer = step(because=theme)
    begun = step(because=theme)
    paid = step(because=begun, audience="parties")
    lesson = step(because=paid)
    opening_2 = step("toy.opening", lesson)
    said_3 = step("toy.said", opening_2, subject=ann, params={"person": ann})
    return SimpleNamespace(
        ann=ann, opening=opening, said_1=said_1, said_2=said_2, theme=theme, answer=answer, begun=begun, paid=paid,
        lesson=lesson, opening_2=opening_2, said_3=said_3,
    )  # fmt: skip
