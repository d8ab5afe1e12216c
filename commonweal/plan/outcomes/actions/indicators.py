"""Verbs about numbers: say what we will count, write down what was counted."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.intake import actions as intake
from commonweal.foundations.intake.models import Intake
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.places.models import Area
from commonweal.foundations.publishing import actions as publishing
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refusals import Refusal
from commonweal.methods.quantities import Period

from ..measured import Measured
from ..models import Indicator, Outcome, Reading
from ..models.indicators import Rung, plainly, when
from ..uploads import Upload


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


@transaction.atomic
def define_indicator(
    *,
    outcome: Outcome,
    name: str,
    definition: str,
    unit: str,
    direction: str,
    kind: str,
    owner: Organisation,
    baseline: Decimal,
    baseline_period: Period,
    baseline_source: str,
    by: Person,
    at: datetime,
    because: Step | None = None,
    numerator: str = "",
    denominator: str = "",
    area: Area | None = None,
    target: Decimal | None = None,
    target_on: date | None = None,
) -> Indicator:
    """Say what will be counted, who counts it, and where it starts from."""
    if not _is_over(baseline_period, at):
        raise BaselineMustBeOver(baseline_period)
    Outcome.objects.select_for_update().get(pk=outcome.pk)
    if outcome.indicators.filter(name=name).exists():
        raise AlreadyCounted(name)
    indicator = Indicator(
        outcome=outcome,
        name=name,
        definition=definition,
        numerator=numerator,
        denominator=denominator,
        unit=unit,
        direction=direction,
        kind=kind,
        area=area,
        owner=owner,
        baseline=baseline,
        baseline_from_on=baseline_period.from_on,
        baseline_until_on=baseline_period.until_on,
        baseline_source=baseline_source,
        target=target,
        target_on=target_on,
        defined_at=at,
    )
    indicator.step = thread.record(
        kind="outcomes.indicator",
        subject=indicator,
        because=because or outcome.step,
        at=at,
        params={"indicator": indicator, "baseline": plainly(baseline)},
    )
    indicator.save()
    _publish(indicator, baseline, baseline_period, source=baseline_source, n=None, by=by, at=at)
    facts = {"baseline": plainly(baseline), "text": audit.fingerprint(*indicator.texts)}
    audit.enter(by=by, verb="outcomes.define_indicator", subject=indicator, at=at, facts=facts)
    return indicator


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
) -> Reading:
    """Write down one measured value and publish it. A correction `revises` the one before; both stay visible."""
    measured = Measured(value=value, period=period, provenance=provenance, n=n, low=low, high=high, rung=rung)
    indicator = Indicator.objects.select_for_update(of=["self"]).select_related("step", "area").get(pk=indicator.pk)
    _refuse_what_cannot_be(indicator, measured, revises, at)
    return _keep(indicator, measured, by=by, because=because, at=at, revises=revises)


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


def _keep(
    indicator: Indicator,
    measured: Measured,
    *,
    by: Person,
    because: Step | Iterable[Step] | None,
    at: datetime,
    revises: Reading | None,
) -> Reading:
    reading = Reading(
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
    )
    reading.step = thread.record(
        kind="outcomes.reading" if revises is None else "outcomes.revision",
        subject=reading,
        because=because or (revises.step if revises else indicator.step),
        at=at,
        params={"indicator": indicator, "value": plainly(measured.value)},
    )
    reading.save()
    source = f"{measured.provenance} [{Rung(measured.rung).value}]"
    _publish(indicator, measured.value, measured.period, source=source, n=measured.n, by=by, at=at)
    audit.enter(
        by=by,
        verb="outcomes.record_reading",
        subject=reading,
        at=at,
        facts={
            "value": plainly(measured.value),
            "revises": str(revises.ref) if revises else "",
            "text": audit.fingerprint(reading.provenance),
        },
    )
    return reading


def _publish(
    indicator: Indicator, value: Decimal, period: Period, *, source: str, n: int | None, by: Person, at: datetime
) -> None:
    """Put it where earlier rooms and everybody else can read it, with its rung. A series speaks one language."""
    with translation.override(settings.LANGUAGE_CODE):
        publishing.publish_measure(
            key=indicator.series,
            title=indicator.name,
            period=when(period),
            starts_on=period.from_on,
            value=value,
            unit=indicator.unit,
            source=str(source),
            area=indicator.area,
            n=n,
            by=by,
            at=at,
        )


def _is_over(period: Period, at: datetime) -> bool:
    return period.until_on <= timezone.localdate(at)
