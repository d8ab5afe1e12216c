"""Verbs of what comes back from the paying system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.intake import actions as intake
from commonweal.foundations.intake.previews import Coming, Preview
from commonweal.foundations.intake.refusals import UnusableFile
from commonweal.foundations.people.models import Person

from .. import rules
from ..files import Outcomes, Word
from ..models import Payment
from .settling import confirm, fail

SOURCE = "paying-system"
State = Payment.State


@dataclass(frozen=True)
class TakenIn:
    """How many payments a file settled, and how many it told us of once more."""

    confirmed: int
    failed: int
    known: int


@dataclass(frozen=True)
class Heard:
    """What a file says of each payment in it: `fresh` those that wait for its word, `known` how many do not."""

    outcomes: Outcomes
    fresh: tuple[tuple[Word, Payment], ...]
    known: int

    @property
    def preview(self) -> Preview:
        found = len(self.fresh) + self.known
        return Preview(SOURCE, self.outcomes.digest, (Coming(_("Payments"), found=found, new=len(self.fresh)),))


def look_at(*, outcomes: Outcomes, by: Person, at: datetime) -> Heard:
    """What the paying system's file would settle (see `files.read_outcomes`). Nothing changes.

    Raises:
        UnusableFile: a row names a payment that was not sent, or one of a body whose money `by` does not keep, or it
            says otherwise than an earlier file.
    """
    asked = Payment.objects.filter(
        reference__in=[word.reference for word in outcomes.words],
        from_account__keeper__in=rules.bodies_kept_by(by, timezone.localdate(at)),
    )
    payments = {payment.reference: payment for payment in asked.select_related("words")}
    told = [(word, _expected(outcomes, word, payments.get(word.reference), at)) for word in outcomes.words]
    fresh = tuple((word, payment) for word, payment in told if payment.state == State.SENT)
    return Heard(outcomes, fresh, len(told) - len(fresh))


@transaction.atomic
def take_in(*, outcomes: Outcomes, by: Person, at: datetime, looked_at: str | None = None) -> TakenIn:
    """Believe the paying system's file, whole or not at all. Again it changes nothing.

    Args:
        looked_at: the digest of the file that a person looked at and said yes to; other bytes are refused.

    Raises:
        UnusableFile: see `look_at`.
        NotWhatWasLookedAt: the bytes are not those.
    """
    if looked_at is not None and looked_at != outcomes.digest:
        raise intake.NotWhatWasLookedAt(outcomes.name)
    heard = look_at(outcomes=outcomes, by=by, at=at)
    taken = intake.take_in(source=SOURCE, digest=outcomes.digest, rows=len(outcomes.words), by=by, at=at)
    for word, payment in heard.fresh:
        if word.is_paid:
            confirm(payment=payment, paid_on=word.on, by=by, at=at, heard_in=taken)
        else:
            fail(payment=payment, failure=word.failure, by=by, at=at, heard_in=taken)
    confirmed = sum(word.is_paid for word, _payment in heard.fresh)
    result = TakenIn(confirmed, len(heard.fresh) - confirmed, heard.known)
    facts = {"digest": outcomes.digest, "confirmed": result.confirmed, "failed": result.failed, "known": result.known}
    audit.enter(by=by, verb="ledger.take_in", subject=taken, at=at, facts=facts)
    return result


def _expected(outcomes: Outcomes, word: Word, payment: Payment | None, at: datetime) -> Payment:
    """The payment that the row speaks of, if what it says can be true."""
    if payment is None:
        raise _unusable(outcomes, word, "reference", _("the reference of a payment that was sent"), word.reference)
    said = State.CONFIRMED if word.is_paid else State.FAILED
    if payment.state not in {State.SENT, said}:
        raise _unusable(
            outcomes, word, "status", _("a payment that is waiting for an answer"), str(State(payment.state).label)
        )
    if word.on > timezone.localdate(at):
        raise _unusable(outcomes, word, "date", _("a day that has come"), word.on.isoformat())
    return payment


def _unusable(outcomes: Outcomes, word: Word, column: str, expected: str, found: str) -> UnusableFile:
    return UnusableFile(outcomes.name, row=word.row, column=column, expected=expected, found=found)
