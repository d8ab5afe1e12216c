"""Who may look at what, and who may authorise a payment."""

from __future__ import annotations

from datetime import date

import rules

from commonweal.foundations.organisations.models import Membership
from commonweal.foundations.people.models import Person
from commonweal.foundations.people.rules import holds
from commonweal.foundations.verbs import clock

from .models import Account, Payment

Part = Membership.Part

#: Auditors look into every account, public or not.
looks_into_all = holds("auditor")


def may_look(person: Person | None, record: Account | Payment) -> bool:
    """A public account or payment is for everybody; another for those it concerns, its keepers and auditors."""
    if record.is_public:
        return True
    if person is None:
        return False
    if isinstance(record, Payment):
        return person.ref in {record.beneficiary, record.proposed_by} or keeps(person, record.from_account)
    return person.ref == record.owner or looks_into_all(person) or keeps(person, record)


def keeps(person: Person, account: Account, on: date | None = None) -> bool:
    """The person is an officer or treasurer of the body that keeps the account."""
    if account.keeper_id is None:
        return False
    on = on or clock.today()
    parts = Membership.objects.filter(
        person=person, organisation_id=account.keeper_id, part__in=[Part.OFFICER, Part.TREASURER], from_on__lte=on
    )
    return any(part.is_held_on(on) for part in parts)


@rules.predicate
def may_authorise(person: Person | None, payment: Payment) -> bool:
    """Officers and treasurers of the body that keeps the account, and commissioners."""
    return person is not None and (holds("commissioner")(person) or keeps(person, payment.from_account))


rules.add_rule("authorise this payment", may_authorise)
