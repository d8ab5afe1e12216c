"""Who may look at what, and who may authorise a payment."""

from __future__ import annotations

from datetime import date
from typing import Any

import rules
from django.db.models import Q, QuerySet

from commonweal.foundations.organisations.models import Membership, Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.people.rules import holds
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.refs import Ref

from .models import Account, Payment

Part = Membership.Part

#: Auditors look into every account, public or not.
looks_into_all = holds("auditor")
commissions = holds("commissioner")


def may_look(person: Person | None, record: Account | Payment) -> bool:
    """A public account or payment is for everybody; another for those it concerns, its keepers and auditors."""
    if record.is_public:
        return True
    if person is None:
        return False
    if isinstance(record, Payment):
        return person.ref in {record.beneficiary, record.proposed_by} or may_authorise(person, record)
    return person.ref == record.owner or looks_into_all(person) or keeps(person, record)


def bodies_kept_by(person: Person, on: date) -> QuerySet[Any, Any]:
    """The bodies of which the person is an officer or treasurer on a day: its accounts are in their hands."""
    parts = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gt=on), person=person, part__in=[Part.OFFICER, Part.TREASURER], from_on__lte=on
    )
    return parts.values("organisation")


def keeps(person: Person, account: Account, on: date | None = None) -> bool:
    """The person is an officer or treasurer of the body that keeps the account."""
    if account.keeper_id is None:
        return False
    return bodies_kept_by(person, on or clock.today()).filter(organisation=account.keeper_id).exists()


def bodies_authorised_by(person: Person, on: date) -> QuerySet[Any, Any]:
    """Whose payments this person may authorise: bodies whose money they keep; for commissioners, the council."""
    is_theirs = Q(pk__in=bodies_kept_by(person, on))
    if commissions(person):
        is_theirs |= Q(kind=Organisation.Kind.COUNCIL)
    return Organisation.objects.filter(is_theirs)


@rules.predicate
def may_authorise(person: Person | None, payment: Payment) -> bool:
    """Officers and treasurers of the body that keeps the account; where that is the council, commissioners too."""
    if person is None or payment.from_account.keeper_id is None:
        return False
    return bodies_authorised_by(person, clock.today()).filter(pk=payment.from_account.keeper_id).exists()


@rules.predicate
def sees_through(person: Person | None, payment: Payment) -> bool:
    """Those who keep the account send its payments and tell what became of them."""
    return person is not None and keeps(person, payment.from_account)


def made_its_file(who: Ref, payment: Payment) -> bool:
    """They sent it off, and two people are needed: then somebody else says by hand that it was paid."""
    return payment.eyes > 1 and payment.dispatch is not None and payment.dispatch.by == who


@rules.predicate
def asked_for_it(person: Person | None, payment: Payment) -> bool:
    """Whoever asked takes it back. Everybody else says no, and why."""
    return person is not None and person.ref == payment.proposed_by


@rules.predicate
def keeps_money(person: Person | None) -> bool:
    return person is not None and bodies_kept_by(person, clock.today()).exists()


rules.add_rule("authorise this payment", may_authorise)
rules.add_rule("decline this payment", may_authorise)
rules.add_rule("withdraw this payment", asked_for_it)
rules.add_rule("say what became of this payment", sees_through)
rules.add_rule("send payments", keeps_money)
rules.add_rule("look at what is not ours", keeps_money | looks_into_all)
