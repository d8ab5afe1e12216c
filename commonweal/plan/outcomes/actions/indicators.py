"""Verbs about indicators: say what we will count, and where it starts. Its readings stand in readings.py."""

from datetime import date, datetime
from decimal import Decimal
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit import queries as trail
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.places.models import Area
from commonweal.foundations.publishing import actions as publishing
from commonweal.foundations.publishing.rungs import Rung
from commonweal.foundations.publishing.tables import digits
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import once
from commonweal.foundations.verbs.refusals import Refusal
from commonweal.methods.quantities import Period

from ..measured import Measured
from ..models import Indicator, Outcome


class AlreadyCounted(Refusal):
    plainly = _("Something with this name is already counted here.")


class BaselineMustBeOver(Refusal):
    plainly = _("The starting number must be about a time that is already over.")


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
        is_it=lambda before: _told(before) == _told(indicator) and trail.did(by, "outcomes.define_indicator", before),
    )


def _refuse_what_cannot_be_counted(indicator: Indicator, at: datetime) -> None:
    if not is_over(indicator.baseline_period, at):
        raise BaselineMustBeOver(indicator.baseline_period)
    if indicator.outcome.indicators.filter(name=indicator.name).exists():
        raise AlreadyCounted(indicator.name)


def _begin_to_count(indicator: Indicator, by: Person, because: Step, at: datetime) -> Indicator:
    baseline, unit = indicator.on_the_thread(indicator.baseline)
    indicator.step = thread.record(
        kind="outcomes.indicator",
        subject=indicator,
        because=because,
        at=at,
        params={"indicator": indicator, "baseline": baseline, "unit": unit},
    )
    indicator.save()
    start = Measured(indicator.baseline, indicator.baseline_period, indicator.baseline_source, rung=Rung.BASELINE)
    publish(indicator, start, by=by, at=at)
    facts = {"baseline": digits(indicator.baseline), "text": audit.fingerprint(*indicator.texts)}
    audit.enter(by=by, verb="outcomes.define_indicator", subject=indicator, at=at, facts=facts)
    return indicator


def _told(indicator: Indicator) -> tuple[object, ...]:
    numbers = (indicator.baseline, indicator.baseline_period, indicator.target, indicator.target_on)
    return indicator.outcome_id, indicator.owner_id, indicator.area_id, *indicator.texts, *numbers


def publish(indicator: Indicator, measured: Measured, *, by: Person, at: datetime) -> None:
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


def is_over(period: Period, at: datetime) -> bool:
    return period.until_on <= timezone.localdate(at)
