"""From one state of a payment to the next: its row is held, its state moves, and others can follow."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread import queries as threads
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from ..models import Payment
from . import holds
from .refusals import NotThere

State = Payment.State


def locked(payment: Payment, *states: State) -> Payment:
    """The payment, held until this transaction ends, in one of these states.

    Joined is only what never changes. What waited for the lock would see the row as it is now, but beside it a hold as
    it was before the wait: a no would then miss what a yes has just set aside.
    """
    found = (
        Payment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("from_account", "to_account", "reason")
        .get(pk=payment.pk)
    )
    if found.state not in states:
        raise NotThere(found)
    return found


def move(payment: Payment, state: State, *fields: str) -> None:
    payment.state = state
    payment.save(update_fields=["state", *fields])


def set_free(payment: Payment, *, by: Record | Ref, at: datetime) -> None:
    """What was set aside for it is free again, if anything was."""
    if payment.hold is not None:
        holds.release(hold=payment.hold, by=by, at=at)


def latest(payment: Payment) -> Step:
    """The payment's own last step, which causes the next."""
    return threads.steps_about(payment).order_by("-id")[0]


def tell(kind: str, payment: Payment, because: Step, at: datetime, **more: Any) -> Step:
    return thread.record(
        kind=kind,
        subject=payment,
        because=because,
        at=at,
        audience=Audience.PUBLIC if payment.is_public else Audience.PARTIES,
        params={"amount": payment.amount, "beneficiary": payment.beneficiary, **more},
    )
