"""Verbs of what the paying system is given, and of what it says: send, confirm, fail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.intake.models import Intake
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from .. import rules
from ..models import Account, Dispatch, Payment
from . import journals, states
from .accounts import lock
from .refusals import MadeTheFile, NotThere, SeveralKeepers

State = Payment.State


@transaction.atomic
def send(*, payments: Sequence[Payment], by: Record | Ref, at: datetime) -> Dispatch:
    """Put authorised payments of one body into one file (see `queries.dispatch_rows`). All or none."""
    if not payments:
        raise NotThere(payments)
    dispatch = Dispatch.objects.create(by=by.ref, made_at=at, keeper_id=_the_keeper(payments))
    total = 0
    for payment in sorted(payments, key=lambda payment: payment.pk):
        payment = states.locked(payment, State.AUTHORISED)
        before = states.latest(payment)
        payment.dispatch = dispatch
        states.move(payment, State.SENT, "dispatch")
        states.tell("ledger.payment_sent", payment, before, at)
        total += payment.pence
    facts = {"payments": len(payments), "pence": total}
    audit.enter(by=by, verb="ledger.send", subject=dispatch, at=at, facts=facts)
    return dispatch


@transaction.atomic
def confirm(
    *,
    payment: Payment,
    paid_on: date,
    by: Record | Ref,
    at: datetime,
    heard_as: str = "",
    heard_in: Intake | None = None,
) -> Payment:
    """The paying system says that it is paid: the money leaves the account for good.

    Args:
        paid_on: the day that the paying system names. Every page that says "paid on" shows this one; `at`, when we
            were told, is the date of the posting and of the step.
        by: who tells us so.
        heard_as: the paying system's own number for it, where its word was typed in by hand.
        heard_in: the paying system's file, where there was one. Without it, whoever made the file that a payment above
            the limit of `four_eyes_above` went out in is not the one who says that it was paid.
    """
    payment = states.locked(payment, State.SENT)
    if heard_in is None and rules.made_its_file(by.ref, payment):
        raise MadeTheFile(payment)
    before = states.latest(payment)
    lock([payment.from_account_id, payment.to_account_id])
    states.set_free(payment, by=by, at=at)
    payment.journal = journals.post(
        id=uuid5(payment.pk, "confirmed"),
        entries=[(payment.from_account, -payment.amount), (payment.to_account, payment.amount)],
        because=before,
        by=by,
        at=at,
    )
    payment.paid_on = paid_on
    _settle(payment, State.CONFIRMED, "journal", "paid_on", by=by, at=at, heard_as=heard_as, heard_in=heard_in)
    facts = {"paid_on": paid_on.isoformat(), "heard_as": heard_as}
    audit.enter(by=by, verb="ledger.confirm", subject=payment, at=at, facts=facts)
    states.tell("ledger.payment_confirmed", payment, before, at, paid_on=paid_on.isoformat())
    return payment


@transaction.atomic
def fail(
    *,
    payment: Payment,
    failure: str,
    by: Record | Ref,
    at: datetime,
    heard_as: str = "",
    heard_in: Intake | None = None,
) -> Payment:
    """The paying system says that it could not pay: the money is free again in its account."""
    payment = states.locked(payment, State.SENT)
    before = states.latest(payment)
    states.set_free(payment, by=by, at=at)
    payment.failure = Payment.Failure(failure)
    _settle(payment, State.FAILED, "failure", by=by, at=at, heard_as=heard_as, heard_in=heard_in)
    facts = {"why": payment.failure, "heard_as": heard_as}
    audit.enter(by=by, verb="ledger.fail", subject=payment, at=at, facts=facts)
    states.tell("ledger.payment_failed", payment, before, at, why=payment.failure)
    return payment


def _the_keeper(payments: Sequence[Payment]) -> UUID | None:
    """The one body whose money it is."""
    accounts = Account.objects.filter(pk__in=[payment.from_account_id for payment in payments])
    keepers = set(accounts.values_list("keeper", flat=True))
    if len(keepers) != 1:
        raise SeveralKeepers(payments)
    return keepers.pop()


def _settle(
    payment: Payment,
    state: State,
    *fields: str,
    by: Record | Ref,
    at: datetime,
    heard_as: str,
    heard_in: Intake | None,
) -> None:
    """What the paying system said, and who told us so."""
    payment.settled_at, payment.heard_from = at, by.ref
    payment.heard_as, payment.heard_in = heard_as, heard_in
    states.move(payment, state, *fields, "settled_at", "heard_from", "heard_as", "heard_in")
