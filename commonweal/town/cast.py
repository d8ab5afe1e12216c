"""Who lives and works in the demonstration place. All of them are invented.

residents       Amina Yusuf (cares for her mother), Tom Fletcher, Rhian Parry (speaks Welsh), Doris Kemp (on paper)
convenor        Grace Okafor
practitioner    Martin Webb
commissioner    Daniel Levy, of the council
treasurers      Joan Whitfield of the council, Kwame Mensah of the NHS trust
partner         Beth Carver of the charity, who leads
councillor      Priya Shah
stewards        Helen Marsh, Owen Pritchard
auditor         Sunil Rao
outsider        Alex Stone, who has a sign-in and no role
no account      Liam Doyle, an officer who answers by link
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.organisations.models import Membership, Organisation
from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person, Role
from commonweal.foundations.verbs.refs import SYSTEM

OFFICER_WITHOUT_ACCOUNT = ("Liam Doyle", "liam.doyle@council.example")

Kind = Role.Kind


@dataclass(frozen=True)
class Cast:
    amina: Person
    tom: Person
    rhian: Person
    grace: Person
    martin: Person
    daniel: Person
    joan: Person
    kwame: Person
    beth: Person
    priya: Person
    ruth: Person
    helen: Person
    owen: Person
    sunil: Person
    alex: Person
    council: Organisation
    trust: Organisation
    charity: Organisation
    neighbours: Organisation
    board: Organisation


#: Attribute, name, role, language. The outsider holds no role.
PEOPLE: tuple[tuple[str, str, str | None, str], ...] = (
    ("amina", "Amina Yusuf", Kind.RESIDENT, "en-gb"),
    ("tom", "Tom Fletcher", Kind.RESIDENT, "en-gb"),
    ("rhian", "Rhian Parry", Kind.RESIDENT, "cy"),
    ("grace", "Grace Okafor", Kind.CONVENOR, "en-gb"),
    ("martin", "Martin Webb", Kind.PRACTITIONER, "en-gb"),
    ("daniel", "Daniel Levy", Kind.COMMISSIONER, "en-gb"),
    ("joan", "Joan Whitfield", Kind.COMMISSIONER, "en-gb"),
    ("kwame", "Kwame Mensah", Kind.PARTNER, "en-gb"),
    ("beth", "Beth Carver", Kind.PARTNER, "en-gb"),
    ("priya", "Priya Shah", Kind.COUNCILLOR, "en-gb"),
    ("ruth", "Ruth Adeyemi", Kind.SAFEGUARDING, "en-gb"),
    ("helen", "Helen Marsh", Kind.STEWARD, "en-gb"),
    ("owen", "Owen Pritchard", Kind.STEWARD, "en-gb"),
    ("sunil", "Sunil Rao", Kind.AUDITOR, "en-gb"),
    ("alex", "Alex Stone", None, "en-gb"),
)

ORGANISATIONS: tuple[tuple[str, str, str], ...] = (
    ("council", "The borough council", Organisation.Kind.COUNCIL),
    ("trust", "Northside Community NHS Trust", Organisation.Kind.NHS),
    ("charity", "Open Door Advice", Organisation.Kind.CHARITY),
    ("neighbours", "Watling Neighbours", Organisation.Kind.GROUP),
    ("board", "The neighbourhood board", Organisation.Kind.COUNCIL),
)

Part = Membership.Part
MEMBERSHIPS: tuple[tuple[str, str, str], ...] = (
    ("daniel", "council", Part.OFFICER),
    ("joan", "council", Part.TREASURER),
    ("martin", "council", Part.OFFICER),
    ("kwame", "trust", Part.TREASURER),
    ("beth", "charity", Part.OFFICER),
    ("tom", "neighbours", Part.MEMBER),
    ("amina", "neighbours", Part.MEMBER),
)


def assemble(*, at: datetime) -> Cast:
    """Let everybody join, on the first day of the story."""
    found = {
        attribute: organisations.found(name=name, kind=kind, by=SYSTEM, at=at, is_invented=True)
        for attribute, name, kind in ORGANISATIONS
    }
    joined = {attribute: _join(name, role, language, at) for attribute, name, role, language in PEOPLE}
    for person, body, part in MEMBERSHIPS:
        organisations.belong(
            person=joined[person], organisation=found[body], by=SYSTEM, at=at, from_on=at.date(), part=part
        )
    organisations.add_service(
        organisation=found["council"], name="Adult social care", officer=joined["daniel"], by=SYSTEM, at=at
    )
    organisations.add_service(
        organisation=found["charity"], name="Advice by people you know", officer=joined["beth"], by=SYSTEM, at=at
    )
    members: dict[str, Any] = {**joined, **found}
    return Cast(**members)


def _join(name: str, role: str | None, language: str, at: datetime) -> Person:
    email = f"{name.lower().replace(' ', '.')}@people.example"
    person = people.join(name=name, email=email, at=at, language=language, is_invented=True)
    if role is not None:
        people.entrust(person=person, kind=role, by=SYSTEM, at=at, from_on=at.date())
    return person
