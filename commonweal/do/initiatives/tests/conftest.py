"""A few invented people and bodies, an agreed outcome with two tasks, and an initiative with a shared purse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from commonweal.do.initiatives import actions as initiatives
from commonweal.do.initiatives.models import Initiative, PooledFund
from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.methods.quantities import Minutes, Money
from commonweal.plan.outcomes import actions as outcomes
from commonweal.plan.outcomes.models import Concern, Outcome

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


@dataclass
class Town:
    """Invented people: Cara convenes; Olu and Tess keep the council's money, Pia works at the clinic; Gwen and Huw are
    in the bench group; Nia is nobody's member; Joe's firm makes benches."""

    cara: Person
    olu: Person
    tess: Person
    pia: Person
    gwen: Person
    huw: Person
    nia: Person
    joe: Person
    council: Organisation
    clinic: Organisation
    group: Organisation
    firm: Organisation
    concern: Concern
    outcome: Outcome
    initiative: Initiative
    fund: PooledFund


def someone(name: str, role: str | None = None) -> Person:
    person = people.join(name=name, email=f"{name.lower()}@example.org", at=AT, is_invented=True)
    if role is not None:
        people.entrust(person=person, kind=role, by=SYSTEM, at=AT, from_on=date(2026, 1, 1))
    return person


def body(name: str, kind: str, **parts: Person) -> Organisation:
    found = organisations.found(name=name, kind=kind, by=SYSTEM, at=AT, is_invented=True)
    for part, person in parts.items():
        organisations.belong(
            person=person,
            organisation=found,
            by=SYSTEM,
            at=AT,
            from_on=date(2026, 1, 1),
            part=part.rstrip("2"),
        )
    return found


@pytest.fixture
def town(db: None) -> Town:
    return build()


def build() -> Town:
    names = ("Olu", "Tess", "Pia", "Gwen", "Huw", "Nia", "Joe")
    olu, tess, pia, gwen, huw, nia, joe = (someone(name) for name in names)
    cara = someone("Cara", "convenor")
    council = body("Invented Council", "council", officer=olu, treasurer=tess)
    clinic = body("Invented Clinic", "nhs", officer=pia)
    group = body("Invented Bench Group", "group", member=gwen, member2=huw)
    firm = body("Invented Benches Ltd", "firm", officer=joe)
    concern = outcomes.raise_concern(words="The benches are gone, so I stay at home.", by=cara, because=None, at=AT)
    outcome = outcomes.propose_outcome(
        concern=concern, statement="Older people can rest.", implementers=[council], by=cara, at=AT
    )
    outcomes.answer(outcome=outcome, organisation=council, stance="assent", words="", by=olu, at=AT)
    outcome = outcomes.agree(outcome=outcome, by=cara, at=AT)
    initiative = initiatives.begin(
        title="Benches on the way to the shops",
        story="People stay at home because there is nowhere to rest. We put benches back.",
        lead=cara,
        by=cara,
        because=outcome.step,
        at=AT,
    )
    for organisation, speaker, role in ((council, olu, "funds"), (clinic, pia, "funds"), (group, gwen, "delivers")):
        initiatives.join(initiative=initiative, organisation=organisation, role=role, by=speaker, at=AT)
    fund = initiatives.open_fund(initiative=initiative, host=council, purpose="Benches", by=cara, at=AT)
    return Town(
        cara, olu, tess, pia, gwen, huw, nia, joe, council, clinic, group, firm, concern, outcome, initiative, fund
    )


def filled(town: Town) -> PooledFund:
    """The purse with contributions of two organisations in pounds and of the group in hours."""
    put = initiatives.contribute
    put(fund=town.fund, organisation=town.council, amount=Money.pounds(3000), by=town.olu, at=AT)
    put(fund=town.fund, organisation=town.clinic, amount=Money.pounds(1500), by=town.pia, at=AT)
    put(fund=town.fund, organisation=town.group, amount=Minutes.hours(40), by=town.gwen, at=AT)
    return town.fund
