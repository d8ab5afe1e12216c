"""Verbs about the shared purse: open it, put in, pay out of it. Every pound and minute says why it moved."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit import queries as trail
from commonweal.foundations.ledger import actions as ledger
from commonweal.foundations.ledger.models import Account, Payment, Unit
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import once
from commonweal.foundations.verbs.refusals import Refusal
from commonweal.methods.quantities import Minutes, Money

from ..models import TAKES_PART, FundContribution, Initiative, Partner, PooledFund
from .initiatives import held

#: The accounts of the world outside, one of each for an organisation: what it gave, what was paid to it.
GAVE, WAS_PAID = "Given from outside", "Paid to it"


class AlreadyHasAPurse(Refusal):
    plainly = _("There is a shared purse already.")


class OnlyPartnersPutIn(Refusal):
    plainly = _("Only an organisation that takes part can put something in. Let it join first.")


class OnlyPartnersKeepIt(Refusal):
    plainly = _("Only an organisation that takes part can look after the money. It has to say yes first.")


class MoreThanIsFree(Refusal):
    def __init__(self, fund: PooledFund) -> None:
        said = _("Only %(free)s is free in the purse now. Ask for less, or wait until more is put in.")
        super().__init__(fund, plainly=said % {"free": fund.pounds.free})


@transaction.atomic
def open_fund(
    *,
    initiative: Initiative,
    host: Organisation,
    purpose: str,
    by: Person,
    at: datetime,
    because: Step | None = None,
    sent_as: UUID | None = None,
) -> PooledFund:
    """Open a purse that several share. The host keeps it: its officers and treasurers authorise what is paid.

    Args:
        sent_as: the form's own number: the same form sent again opens nothing new.
    """
    initiative = held(initiative.pk)
    fund = PooledFund(initiative=initiative, host=host, purpose=purpose, opened_at=at, sent_as=sent_as)

    def is_it(before: PooledFund) -> bool:
        told = (before.initiative_id, before.host_id, before.purpose) == (initiative.pk, host.pk, purpose)
        return told and trail.did(by, "initiatives.open_fund", before)

    return once(
        lambda: _open_fund(fund, by, because or initiative.step),
        before=PooledFund.objects.all(),
        sent_as=sent_as,
        is_it=is_it,
    )


def _open_fund(fund: PooledFund, by: Person, because: Step) -> PooledFund:
    initiative, host, at = fund.initiative, fund.host, fund.opened_at
    if PooledFund.objects.filter(initiative=initiative).exists():
        raise AlreadyHasAPurse(initiative)
    if not _takes_part(host, initiative):
        raise OnlyPartnersKeepIt(host)
    fund.pounds = _open(fund, Unit.GBP, "", by, at)
    fund.hours = _open(fund, Unit.MINUTES, " – promised", by, at)
    fund.hours_worked = _open(fund, Unit.MINUTES, " – given", by, at)
    fund.step = thread.record(
        kind="initiatives.fund",
        subject=fund,
        because=because,
        at=at,
        params={"initiative": initiative, "organisation": host},
    )
    fund.save()
    audit.enter(by=by, verb="initiatives.open_fund", subject=fund, at=at, facts={"host": str(host.ref)})
    return fund


@transaction.atomic
def contribute(
    *,
    fund: PooledFund,
    organisation: Organisation,
    amount: Money | Minutes,
    by: Person,
    at: datetime,
    because: Step | None = None,
    id: UUID | None = None,
) -> FundContribution:
    """Put pounds or hours in.

    Args:
        id: made by whoever asks, so that the same contribution sent twice is one.
    """
    id = id or uuid4()
    fund = locked(fund)

    def is_it(before: FundContribution) -> bool:
        told = (before.fund_id, before.organisation_id, before.amount) == (fund.pk, organisation.pk, amount)
        return told and trail.did(by, "initiatives.contribute", before)

    return once(
        lambda: _contribute(id, fund, organisation, amount, by, because or fund.step, at),
        before=FundContribution.objects.all(),
        sent_as=id,
        column="pk",
        is_it=is_it,
    )


def _contribute(
    id: UUID,
    fund: PooledFund,
    organisation: Organisation,
    amount: Money | Minutes,
    by: Person,
    because: Step,
    at: datetime,
) -> FundContribution:
    if not _takes_part(organisation, fund.initiative):
        raise OnlyPartnersPutIn(organisation)
    contribution = _put_in(id, fund, organisation, amount, by, because, at)
    audit.enter(
        by=by,
        verb="initiatives.contribute",
        subject=contribution,
        at=at,
        facts={"organisation": str(organisation.ref), "unit": amount.unit, "count": amount.count},
    )
    return contribution


def _put_in(
    id: UUID,
    fund: PooledFund,
    organisation: Organisation,
    amount: Money | Minutes,
    by: Person,
    because: Step,
    at: datetime,
) -> FundContribution:
    step = thread.record(
        kind="initiatives.contribution",
        subject=fund,
        because=because,
        at=at,
        params={"organisation": organisation, "amount": amount, "initiative": fund.initiative},
    )
    source = outside(organisation, amount.unit, GAVE, by=by, at=at)
    pot = fund.pounds if isinstance(amount, Money) else fund.hours
    journal = ledger.post(id=id, entries=[(source, -amount), (pot, amount)], because=step, by=by, at=at)
    return FundContribution.objects.create(
        id=id,
        fund=fund,
        organisation=organisation,
        unit=amount.unit,
        count=amount.count,
        journal=journal,
        contributed_at=at,
        step=step,
    )


@transaction.atomic
def propose_payment(
    *,
    fund: PooledFund,
    payee: Organisation,
    amount: Money,
    words: str,
    by: Person,
    at: datetime,
    because: Step | None = None,
    sent_as: UUID | None = None,
) -> Payment:
    """Ask for a payment out of the purse. The ledger takes it from there: authorised, sent, confirmed.

    Args:
        sent_as: the form's own number: the same form sent again asks for nothing new.
    """
    fund = locked(fund)
    if amount > fund.pounds.free and not _sent_before(sent_as):
        raise MoreThanIsFree(fund)
    return ledger.propose_payment(
        from_account=fund.pounds,
        to_account=outside(payee, Unit.GBP, WAS_PAID, by=by, at=at),
        amount=amount,
        beneficiary=payee,
        words=words,
        by=by,
        because=because or fund.step,
        at=at,
        sent_as=sent_as,
    )


def _sent_before(sent_as: UUID | None) -> bool:
    """What the form asked for when there was enough is answered with what it asked for, also when it has gone since."""
    return sent_as is not None and Payment.objects.filter(sent_as=sent_as).exists()


def _takes_part(organisation: Organisation, initiative: Initiative) -> bool:
    return Partner.objects.filter(TAKES_PART, initiative=initiative, organisation=organisation).exists()


def locked(fund: PooledFund) -> PooledFund:
    """The purse, held until this transaction ends: whoever moves something in it waits in line."""
    return (
        PooledFund.objects.select_for_update(of=("self",))
        .select_related("initiative", "pounds", "hours", "hours_worked", "step")
        .get(pk=fund.pk)
    )


def outside(owner: Organisation | Person, unit: str, name: str, *, by: Person, at: datetime) -> Account:
    """The account that stands for the world outside on the owner's side; opened when it is first needed."""
    type(owner)._default_manager.select_for_update().get(pk=owner.pk)
    found = Account.objects.filter(owner=owner.ref, unit=unit, name=name).first()
    return found or ledger.open_account(owner=owner, unit=unit, name=name, floor=None, by=by, at=at)


def _open(fund: PooledFund, unit: str, what: str, by: Person, at: datetime) -> Account:
    name = f"{fund.initiative.title[:100]}{what}"
    return ledger.open_account(owner=fund, unit=unit, name=name, keeper=fund.host, by=by, at=at)
