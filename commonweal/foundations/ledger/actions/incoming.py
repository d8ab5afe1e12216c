"""Verbs of what comes back from the paying system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.intake import actions as intake
from commonweal.foundations.intake.refusals import UnusableFile
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from ..files import Outcomes, Word
from ..models import Payment
from .payments import confirm, fail

SOURCE = "paying-system"
State = Payment.State


@dataclass(frozen=True)
class TakenIn:
    """How many payments a file settled, and how many it told us of once more."""

    confirmed: int
    failed: int
    known: int


@transaction.atomic
def take_in(*, outcomes: Outcomes, by: Record | Ref, at: datetime) -> TakenIn:
    """Believe the paying system's file (see `files.read_outcomes`), whole or not at all. Again it changes nothing.

    Raises:
        UnusableFile: a row names a payment that was not sent, or says otherwise than an earlier file.
    """
    payments = {
        payment.reference: payment
        for payment in Payment.objects.filter(reference__in=[word.reference for word in outcomes.words])
    }
    told = [(word, _expected(outcomes, word, payments.get(word.reference))) for word in outcomes.words]
    fresh = [(word, payment) for word, payment in told if payment.state == State.SENT]
    taken = intake.take_in(source=SOURCE, digest=outcomes.digest, rows=len(outcomes.words), by=by, at=at)
    for word, payment in fresh:
        if word.is_paid:
            confirm(payment=payment, paid_on=word.on, by=by, at=at)
        else:
            fail(payment=payment, failure=word.failure, by=by, at=at)
    confirmed = sum(word.is_paid for word, _payment in fresh)
    result = TakenIn(confirmed, len(fresh) - confirmed, len(told) - len(fresh))
    facts = {"digest": outcomes.digest, "confirmed": result.confirmed, "failed": result.failed, "known": result.known}
    audit.enter(by=by, verb="ledger.take_in", subject=taken, at=at, facts=facts)
    return result


def _expected(outcomes: Outcomes, word: Word, payment: Payment | None) -> Payment:
    """The payment that the row speaks of, if what it says can be true."""
    if payment is None:
        raise _unusable(outcomes, word, "reference", _("the reference of a payment that was sent"), word.reference)
    said = State.CONFIRMED if word.is_paid else State.FAILED
    if payment.state not in {State.SENT, said}:
        raise _unusable(
            outcomes, word, "status", _("a payment that is waiting for an answer"), str(State(payment.state).label)
        )
    return payment


def _unusable(outcomes: Outcomes, word: Word, column: str, expected: str, found: str) -> UnusableFile:
    return UnusableFile(outcomes.name, row=word.row, column=column, expected=expected, found=found)
