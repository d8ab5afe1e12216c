"""Verbs of holds: set aside, set free."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.methods.quantities import Amount

from ..models import Account, Hold
from .accounts import lock
from .refusals import AccountClosed, AlreadyReleased, NotEnough, NothingMoves, WrongUnit


@transaction.atomic
def hold(*, account: Account, amount: Amount, because: Step, by: Record | Ref, at: datetime) -> Hold:
    """Set part of a balance aside: it stays in the account and can no longer be spent on anything else."""
    if amount.unit != account.unit:
        raise WrongUnit(account)
    if amount.count <= 0:
        raise NothingMoves(account)
    account = lock([account.pk])[account.pk]
    if account.closed_at is not None:
        raise AccountClosed(account)
    if account.floor is not None and account.balance - account.held - amount.count < account.floor:
        raise NotEnough(account)
    made = Hold.objects.create(account=account, amount=amount.count, reason=because, by=by.ref, made_at=at)
    facts = {"account": str(account.pk), "unit": account.unit, "amount": amount.count}
    audit.enter(by=by, verb="ledger.hold", subject=made, at=at, facts=facts)
    return made


@transaction.atomic
def release(*, hold: Hold, by: Record | Ref, at: datetime) -> Hold:
    """Set it free again, to be spent on anything."""
    lock([hold.account_id])
    hold = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if hold.ended_at is not None:
        raise AlreadyReleased(hold)
    hold.ended_at = at
    hold.save(update_fields=["ended_at"])
    audit.enter(by=by, verb="ledger.release", subject=hold, at=at, facts={"amount": hold.amount})
    return hold
