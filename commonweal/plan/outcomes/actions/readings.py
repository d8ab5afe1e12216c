"""Verbs about readings: write down what was counted, one by one or from a file, and correct it."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.intake import actions as intake
from commonweal.foundations.intake.models import Intake
from commonweal.foundations.people.models import Person
from commonweal.foundations.publishing.rungs import Rung
from commonweal.foundations.publishing.tables import digits
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import once
from commonweal.foundations.verbs.refusals import Refusal
from commonweal.methods.quantities import Period

from ..measured import Measured
from ..models import Indicator, Reading
from ..uploads import Upload
from .indicators import is_over, publish


class PeriodNotOver(Refusal):
    plainly = _("That time is not over yet. A number can only be about a time that is over.")


class PeriodAlreadyRead(Refusal):
    plainly = _("There is already a number for that time. If it was wrong, correct it: both will stay visible.")


class ReadingAlreadyRevised(Refusal):
    plainly = _("This number was already corrected. Correct the newer one.")


class CorrectionIsForAnotherTime(Refusal):
    plainly = _("A correction is about the same time as the number that it corrects.")


@transaction.atomic
def record_reading(
    *,
    indicator: Indicator,
    value: Decimal,
    period: Period,
    provenance: str,
    by: Person,
    at: datetime,
    because: Step | Iterable[Step] | None = None,
    n: int | None = None,
    low: Decimal | None = None,
    high: Decimal | None = None,
    rung: str = Rung.CLAIMED,
    revises: Reading | None = None,
    sent_as: UUID | None = None,
) -> Reading:
    """Write down one measured value and publish it. A correction `revises` the one before; both stay visible.

    Args:
        sent_as: the form's own number: the same form sent again writes nothing new down.
    """
    measured = Measured(value=value, period=period, provenance=provenance, n=n, low=low, high=high, rung=rung)
    indicator = Indicator.objects.select_for_update(of=["self"]).select_related("step", "area").get(pk=indicator.pk)
    reading = _reading(indicator, measured, by, at, revises, sent_as)

    def make() -> Reading:
        _refuse_what_cannot_be(indicator, measured, revises, at)
        return _keep(reading, measured, by=by, because=because, at=at)

    return once(
        make,
        before=Reading.objects.select_related("indicator"),
        sent_as=sent_as,
        is_it=lambda before: _read(before) == _read(reading),
    )


@transaction.atomic
def take_in_readings(
    *, indicator: Indicator, upload: Upload, looked_at: str, by: Person, at: datetime, because: Step | None = None
) -> list[Reading]:
    """Write down what is new in a file that somebody has looked at: all of it, or nothing.

    Args:
        looked_at: the digest of the bytes that were looked at; other bytes are refused.
    """
    waiting = Intake.objects.filter(source=upload.source, digest=looked_at, state=Intake.State.PREVIEWED).first()
    if waiting is None:
        raise intake.NotWhatWasLookedAt(upload.name)
    intake.take_in(
        source=upload.source, digest=upload.digest, rows=len(upload.measured), by=by, at=at, looked_at=waiting
    )
    return record_readings(indicator=indicator, measured=upload.new, by=by, at=at, because=because)


@transaction.atomic
def record_readings(
    *, indicator: Indicator, measured: Iterable[Measured], by: Person, at: datetime, because: Step | None = None
) -> list[Reading]:
    """Write down many values: all of them, or none."""
    return [
        record_reading(
            indicator=indicator,
            value=each.value,
            period=each.period,
            provenance=each.provenance,
            n=each.n,
            low=each.low,
            high=each.high,
            rung=each.rung,
            by=by,
            because=because,
            at=at,
        )
        for each in measured
    ]


def _refuse_what_cannot_be(indicator: Indicator, measured: Measured, revises: Reading | None, at: datetime) -> None:
    if not is_over(measured.period, at):
        raise PeriodNotOver(measured.period)
    if revises is None:
        same = indicator.readings.filter(from_on=measured.period.from_on, until_on=measured.period.until_on)
        if same.exists():
            raise PeriodAlreadyRead(measured.period)
    elif revises.indicator_id != indicator.pk or revises.period != measured.period:
        raise CorrectionIsForAnotherTime(revises)
    elif Reading.objects.filter(revises=revises).exists():
        raise ReadingAlreadyRevised(revises)


def _reading(
    indicator: Indicator, measured: Measured, by: Person, at: datetime, revises: Reading | None, sent_as: UUID | None
) -> Reading:
    return Reading(
        indicator=indicator,
        value=measured.value,
        from_on=measured.period.from_on,
        until_on=measured.period.until_on,
        provenance=measured.provenance,
        n=measured.n,
        low=measured.low,
        high=measured.high,
        rung=measured.rung,
        revises=revises,
        recorded_by=by,
        recorded_at=at,
        sent_as=sent_as,
    )


def _keep(
    reading: Reading, measured: Measured, *, by: Person, because: Step | Iterable[Step] | None, at: datetime
) -> Reading:
    indicator, revises = reading.indicator, reading.revises
    value, unit = indicator.on_the_thread(measured.value)
    reading.step = thread.record(
        kind="outcomes.reading" if revises is None else "outcomes.revision",
        subject=reading,
        because=because or (revises.step if revises else indicator.step),
        at=at,
        params={"indicator": indicator, "value": value, "unit": unit},
    )
    reading.save()
    publish(indicator, measured, by=by, at=at)
    facts = {
        "value": digits(measured.value),
        "revises": str(revises.ref) if revises else "",
        "text": audit.fingerprint(reading.provenance),
    }
    audit.enter(by=by, verb="outcomes.record_reading", subject=reading, at=at, facts=facts)
    return reading


def _read(reading: Reading) -> tuple[object, ...]:
    interval = (reading.value, reading.low, reading.high, reading.n)
    said = (reading.provenance, str(reading.rung), reading.revises_id, reading.recorded_by_id)
    return reading.indicator_id, reading.period, *interval, *said
