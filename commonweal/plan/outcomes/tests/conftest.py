"""A few invented people and bodies, and a problem that they share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.plan.outcomes import actions as outcomes
from commonweal.plan.outcomes.models import Concern

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


@dataclass
class Town:
    """Invented people: Cara convenes; Olu and Pia work for the council and the clinic, Gwen is in a group."""

    cara: Person
    olu: Person
    pia: Person
    gwen: Person
    nia: Person
    council: Organisation
    clinic: Organisation
    group: Organisation
    concern: Concern


def someone(name: str, role: str | None = None) -> Person:
    person = people.join(name=name, email=f"{name.lower()}@example.org", at=AT, is_invented=True)
    if role is not None:
        people.entrust(person=person, kind=role, by=SYSTEM, at=AT, from_on=date(2026, 1, 1))
    return person


def body(name: str, kind: str, person: Person, part: str) -> Organisation:
    found = organisations.found(name=name, kind=kind, by=SYSTEM, at=AT, is_invented=True)
    organisations.belong(person=person, organisation=found, by=SYSTEM, at=AT, from_on=date(2026, 1, 1), part=part)
    return found


@pytest.fixture
def town(db: None) -> Town:
    cara, olu, pia, gwen = someone("Cara", "convenor"), someone("Olu"), someone("Pia"), someone("Gwen")
    concern = outcomes.raise_concern(words="The benches are gone, so I stay at home.", by=cara, because=None, at=AT)
    return Town(
        cara=cara,
        olu=olu,
        pia=pia,
        gwen=gwen,
        nia=someone("Nia"),
        council=body("Invented Council", "council", olu, "officer"),
        clinic=body("Invented Clinic", "nhs", pia, "officer"),
        group=body("Invented Bench Group", "group", gwen, "member"),
        concern=concern,
    )
