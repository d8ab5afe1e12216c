"""Verbs about numbers: say what we will count, write down what was counted."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.intake import actions as intake
from commonweal.foundations.intake.models import Intake
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.places.models import Area
from commonweal.foundations.publishing import actions as publishing
from commonweal.foundations.publishing.rungs import Rung
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refusals import Refusal
from commonweal.methods.quantities import Period

from ..measured import Measured
from ..models import Indicator, Outcome, Reading
from ..models.indicators import plainly
from ..uploads import Upload
from .once import once


class AlreadyCounted(Refusal):
    plainly = _("Something with this name is already counted here.")


class BaselineMustBeOver(Refusal):
    plainly = _("The starting number must be about a time that is already over.")


class PeriodNotOver(Refusal):
    plainly = _("That time is not over yet. A number can only be about a time that is over.")


class PeriodAlreadyRead(Refusal):
    plainly = _("There is already a number for that time. If it was wrong, correct it: both will stay visible.")


class ReadingAlreadyRevised(Refusal):
    plainly = _("This number was already corrected. Correct the newer one.")


class CorrectionIsForAnotherTime(Refusal):
    plainly = _("A correction is about the same time as the number that it corrects.")


class Definition(TypedDict):
    """What is said of an indicator when it is defined, under the names that its record has for it."""

    name: str
    definition: str
    unit: str
    direction: str
    kind: str
    owner: Organisation
    baseline: Decimal
    baseline_source: str
    numerator: NotRequired[str]
    denominator: NotRequired[str]
    area: NotRequired[Area | None]
    target: NotRequired[Decimal | None]
    target_on: NotRequired[date | None]


@transaction.atomic
def define_indicator(
    *,
    outcome: Outcome,
    baseline_period: Period,
    by: Person,
    at: datetime,
    because: Step | None = None,
    sent_as: UUID | None = None,
    **said: Unpack[Definition],
) -> Indicator:
    """Say what will be counted, who counts it, and where it starts from.

    Args:
        sent_as: the form's own number: the same form sent again counts nothing new.
    """
    Outcome.objects.select_for_update().get(pk=outcome.pk)
    from_on, until_on = baseline_period.from_on, baseline_period.until_on
    indicator = Indicator(
        outcome=outcome, baseline_from_on=from_on, baseline_until_on=until_on, defined_at=at, sent_as=sent_as, **said
    )

    def make() -> Indicator:
        _refuse_what_cannot_be_counted(indicator, at)
        return _begin_to_count(indicator, by, because or outcome.step, at)

    return once(
        make,
        before=Indicator.objects.select_related("owner"),
        sent_as=sent_as,
        is_it=lambda before: _told(before) == _told(indicator),
    )


def _refuse_what_cannot_be_counted(indicator: Indicator, at: datetime) -> None:
    if not _is_over(indicator.baseline_period, at):
        raise BaselineMustBeOver(indicator.baseline_period)
    if indicator.outcome.indicators.filter(name=indicator.name).exists():
        raise AlreadyCounted(indicator.name)


def _begin_to_count(indicator: Indicator, by: Person, because: Step, at: datetime) -> Indicator:
    baseline = plainly(indicator.baseline)
    indicator.step = thread.record(
        kind="outcomes.indicator",
        subject=indicator,
        because=because,
        at=at,
        params={"indicator": indicator, "baseline": baseline, "unit": indicator.unit_ref},
    )
    indicator.save()
    start = Measured(indicator.baseline, indicator.baseline_period, indicator.baseline_source, rung=Rung.BASELINE)
    _publish(indicator, start, by=by, at=at)
    facts = {"baseline": baseline, "text": audit.fingerprint(*indicator.texts)}
    audit.enter(by=by, verb="outcomes.define_indicator", subject=indicator, at=at, facts=facts)
    return indicator


def _told(indicator: Indicator) -> tuple[object, ...]:
    numbers = (indicator.baseline, indicator.baseline_period, indicator.target, indicator.target_on)
    return indicator.outcome_id, indicator.owner_id, indicator.area_id, *indicator.texts, *numbers


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
    if not _is_over(measured.period, at):
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
    value = plainly(measured.value)
    reading.step = thread.record(
        kind="outcomes.reading" if revises is None else "outcomes.revision",
        subject=reading,
        because=because or (revises.step if revises else indicator.step),
        at=at,
        params={"indicator": indicator, "value": value, "unit": indicator.unit_ref},
    )
    reading.save()
    _publish(indicator, measured, by=by, at=at)
    facts = {
        "value": value,
        "revises": str(revises.ref) if revises else "",
        "text": audit.fingerprint(reading.provenance),
    }
    audit.enter(by=by, verb="outcomes.record_reading", subject=reading, at=at, facts=facts)
    return reading


def _read(reading: Reading) -> tuple[object, ...]:
    interval = (reading.value, reading.low, reading.high, reading.n)
    said = (reading.provenance, str(reading.rung), reading.revises_id, reading.recorded_by_id)
    return reading.indicator_id, reading.period, *interval, *said


def _publish(indicator: Indicator, measured: Measured, *, by: Person, at: datetime) -> None:
    """Put it where earlier rooms and everybody else can read it, with its rung."""
    publishing.publish_measure(
        key=indicator.series,
        title=indicator.name,
        period=measured.period,
        value=measured.value,
        unit=indicator.unit,
        source=measured.provenance,
        rung=measured.rung,
        area=indicator.area,
        n=measured.n,
        by=by,
        at=at,
    )


def _is_over(period: Period, at: datetime) -> bool:
    return period.until_on <= timezone.localdate(at)
