"""A few invented people, a theme that is owed an answer, and the steps it hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread import kinds
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refs import SYSTEM, Ref

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)

if "tests.said" not in {kind.name for kind in kinds.all_kinds()}:
    kinds.declare("tests.said", title="Something was said")


@dataclass
class Town:
    """Invented people."""

    nia: Person
    tom: Person
    cara: Person
    dev: Person
    library: Organisation
    theme: Ref
    said: Step
    said_by_tom: Step


def someone(name: str, role: str | None = None, **also: object) -> Person:
    person = people.join(name=name, email=f"{name.lower()}@example.org", at=AT, is_invented=True, **also)  # type: ignore[arg-type]
    if role is not None:
        people.entrust(person=person, kind=role, by=SYSTEM, at=AT, from_on=AT.date())
    return person


@pytest.fixture
def town(db: None) -> Town:
    def said() -> Step:
        return thread.record(kind="tests.said", subject=Ref("tests", "thing", uuid4()), because=None, at=AT)

    library = organisations.found(name="Library Friends", kind="group", by=SYSTEM, at=AT, is_invented=True)
    cara = someone("Cara", "convenor")
    dev = someone("Dev", "convenor")
    organisations.belong(person=dev, organisation=library, by=SYSTEM, at=AT, from_on=AT.date(), part="officer")
    return Town(
        nia=someone("Nia"),
        tom=someone("Tom"),
        cara=cara,
        dev=dev,
        library=library,
        theme=Ref("tests", "theme", uuid4()),
        said=said(),
        said_by_tom=said(),
    )
