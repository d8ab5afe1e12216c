"""A small invented place: two people with a purse each, a body with treasurers, a pot and the world outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from commonweal.foundations.ledger import actions
from commonweal.foundations.ledger.models import Account
from commonweal.foundations.organisations.models import Membership, Organisation
from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refs import Ref
from commonweal.methods.quantities import Minutes, Money

AT = datetime(2026, 5, 12, 10, tzinfo=UTC)
FIVE_POUNDS = Money(5_00)


@dataclass
class Place:
    ana: Person
    ben: Person
    cai: Person
    stranger: Person
    council: Organisation
    charity: Organisation
    world: Account
    pot: Account
    hall: Account
    hours: Account
    shared_hours: Account
    step: Step

    def move(self, amount, *, to=None, frm=None, id=None, by=None, at=AT, **more):
        """Post from the pot to the hall, unless told otherwise."""
        frm, to = frm or self.pot, to or self.hall
        return actions.post(
            id=id or uuid4(),
            entries=[(frm, -amount), (to, amount)],
            because=self.step,
            by=by or self.ana,
            at=at,
            **more,
        )

    def ask(self, amount=FIVE_POUNDS, *, words="Hire of the hall", by=None, beneficiary=None, **more):
        return actions.propose_payment(
            from_account=self.pot,
            to_account=self.hall,
            amount=amount,
            beneficiary=beneficiary or self.charity,
            words=words,
            by=by or self.ana,
            because=self.step,
            at=AT,
            **more,
        )


def build_place() -> Place:
    def person(name):
        return people.join(name=name, email=f"{name}@invented.example", at=AT, is_invented=True)

    ana, ben, cai, stranger = (person(name) for name in ("ana", "ben", "cai", "stranger"))
    council = Organisation.objects.create(name="Invented Council", kind="council", identifier="GB-LAE-ZZA")
    charity = Organisation.objects.create(name="Invented Hall Trust", kind="charity", identifier="GB-CHC-000")
    for each in (ana, ben, cai):
        Membership.objects.create(organisation=council, person=each, part="treasurer", from_on=date(2026, 1, 1))
    step = thread.record(kind="ledger.correction", subject=Ref("ledger", "wish", uuid4()), because=None, at=AT)

    def account(owner, name, unit="gbp", **more):
        return actions.open_account(owner=owner, unit=unit, name=name, by=ana, at=AT, **more)

    place = Place(
        ana,
        ben,
        cai,
        stranger,
        council,
        charity,
        world=account(Ref("places", "place", uuid4()), "The world outside", floor=None),
        pot=account(council, "Pot"),
        hall=account(charity, "Received"),
        hours=account(ana, "Hours", "minutes", floor=Minutes(-120)),
        shared_hours=account(council, "Hours shared", "minutes", floor=None),
        step=step,
    )
    place.move(Money(100_00), frm=place.world, to=place.pot)
    return place


@pytest.fixture
def place(db) -> Place:
    return build_place()
