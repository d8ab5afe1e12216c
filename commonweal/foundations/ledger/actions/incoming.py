"""Verbs of what comes back from the paying system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.intake import actions as intake
from commonweal.foundations.intake.models import Intake
from commonweal.foundations.intake.previews import Coming, Preview
from commonweal.foundations.intake.refusals import UnusableFile
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.refs import Ref

from .. import rules
from ..files import Outcomes, Word
from ..models import Payment, Stray
from .settling import confirm, fail

SOURCE = "paying-system"
State = Payment.State


@dataclass(frozen=True)
class TakenIn:
    """How many payments a file settled, how many it told us of once more, and how many rows are not ours."""

    confirmed: int
    failed: int
    known: int
    strays: int = 0


@dataclass(frozen=True)
class Heard:
    """What a file says of each payment in it: `fresh` those that wait for its word, `known` how many do not.

    Rows with a number that none of our payments has are `strays`; `kept` of them we have from an earlier file.
    """

    outcomes: Outcomes
    fresh: tuple[tuple[Word, Payment], ...]
    known: int
    whose: Ref
    strays: tuple[Word, ...] = ()
    kept: int = 0

    @property
    def brings_anything(self) -> bool:
        return bool(self.fresh or self.strays)

    @property
    def preview(self) -> Preview:
        payments = Coming(_("Payments"), found=len(self.fresh) + self.known, new=len(self.fresh))
        strays = Coming(_("Rows that are not ours"), found=len(self.strays) + self.kept, new=len(self.strays))
        return Preview(SOURCE, self.outcomes.digest, (payments, strays))


def look_at(*, outcomes: Outcomes, by: Person, at: datetime) -> Heard:
    """What the paying system's file would settle (see `files.read_outcomes`). Nothing changes.

    A number that no payment has of the bodies whose money `by` keeps is not ours: other people's payments go through
    the same paying system, and its file may tell of them. It settles nothing and is listed.

    Raises:
        UnusableFile: a row names a payment of ours that was not sent, says otherwise than an earlier file, or names a
            day that has not come.
    """
    bodies = rules.bodies_kept_by(by, timezone.localdate(at))
    asked = Payment.objects.filter(
        reference__in=[word.reference for word in outcomes.words], from_account__keeper__in=bodies
    )
    payments = {payment.reference: payment for payment in asked.select_related("words", "from_account")}
    for word in outcomes.words:
        _refuse_what_cannot_be(outcomes, word, payments.get(word.reference), at)
    told = [(word, payments[word.reference]) for word in outcomes.words if word.reference in payments]
    fresh = tuple((word, payment) for word, payment in told if payment.state == State.SENT)
    unknown = [word for word in outcomes.words if word.reference not in payments]
    keepers = {payment.from_account.keeper_id for payment in payments.values()}
    whose = _whose(keepers or set(bodies.values_list("organisation", flat=True)), by)
    strays = _not_kept_yet(unknown, whose)
    return Heard(outcomes, fresh, len(told) - len(fresh), whose, strays, len(unknown) - len(strays))


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
    Stray.objects.bulk_create((_stray(word, heard, taken) for word in heard.strays), ignore_conflicts=True)
    confirmed = sum(word.is_paid for word, _payment in heard.fresh)
    result = TakenIn(confirmed, len(heard.fresh) - confirmed, heard.known, len(heard.strays))
    facts = {"digest": outcomes.digest, **asdict(result)}
    audit.enter(by=by, verb="ledger.take_in", subject=taken, at=at, facts=facts)
    return result


def _whose(keepers: set[UUID | None], by: Person) -> Ref:
    """The one body whose file it is; where there are several, the person who brought it in."""
    return Organisation(pk=keepers.pop()).ref if len(keepers) == 1 else by.ref


def _not_kept_yet(unknown: Sequence[Word], whose: Ref) -> tuple[Word, ...]:
    kept = Stray.objects.filter(whose=whose, reference__in=[word.reference for word in unknown])
    known = set(kept.values_list("reference", "is_paid", "on"))
    return tuple(word for word in unknown if (word.reference, word.is_paid, word.on) not in known)


def _stray(word: Word, heard: Heard, taken: Intake) -> Stray:
    return Stray(
        whose=heard.whose,
        reference=word.reference,
        is_paid=word.is_paid,
        on=word.on,
        file=heard.outcomes.name,
        row=word.row,
        intake=taken,
    )


def _refuse_what_cannot_be(outcomes: Outcomes, word: Word, payment: Payment | None, at: datetime) -> None:
    """The payment that the row speaks of waits for its word, or has heard the same before."""
    said = State.CONFIRMED if word.is_paid else State.FAILED
    if payment is not None and payment.state not in {State.SENT, said}:
        raise _unusable(
            outcomes, word, "status", _("a payment that is waiting for an answer"), str(State(payment.state).label)
        )
    if word.on > timezone.localdate(at):
        raise _unusable(outcomes, word, "date", _("a day that has come"), word.on.isoformat())


def _unusable(outcomes: Outcomes, word: Word, column: str, expected: str, found: str) -> UnusableFile:
    return UnusableFile(outcomes.name, row=word.row, column=column, expected=expected, found=found)
