"""Work done later: of each month that has ended, the answer rate and how long answers took are published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _

from commonweal.foundations.decisions import queries as decisions
from commonweal.foundations.decisions.queries import ServiceMeasure
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.methods.quantities import Period

from . import actions, queries
from .models import Measure
from .rungs import Rung

ANSWER_RATE = "decisions.answer_rate"
DAYS_TO_ANSWER = "decisions.days_to_answer"


def catch_up(*, at: datetime) -> int:
    """Publish the answer rate of the last whole month, once. Where nothing was due it cannot be known, and says so."""
    month = last_whole_month(timezone.localtime(at).date())
    if queries.current(ANSWER_RATE).filter(from_on=month).exists() or not decisions.anything_owed_before(at):
        return 0
    publish_answer_rate(month=month, at=at)
    return 1 + len(publish_days_to_answer(month=month, at=at))


def publish_answer_rate(*, month: date, at: datetime) -> Measure:
    """Of the answers promised in the twelve months up to the end of this one, and due by then, the share that came."""
    end = timezone.make_aware(datetime.combine(after(month), datetime.min.time()))
    rate = decisions.answer_rate(end, since=end - timedelta(days=365))
    return actions.publish_measure(
        key=ANSWER_RATE,
        title=_("Answers that came, of those promised in the last twelve months"),
        period=Period(month, after(month)),
        value=None if rate.share is None else exact_percent(rate.share),
        unknown_because="" if rate.share is not None else _("no answer was due"),
        unit="%",
        n=rate.due,
        rung=Rung.MEASURED,
        source=_("Counted from the answers owed and published here"),
        by=SYSTEM,
        at=at,
    )


def publish_days_to_answer(*, month: date, at: datetime) -> list[Measure]:
    """How long answers took that were promised in the same twelve months: all of them, and each service on its own.

    How many were overdue, put off or owed once more stands beside, for everybody to see.
    """
    end = timezone.make_aware(datetime.combine(after(month), datetime.min.time()))
    since = end - timedelta(days=365)
    every = decisions.all_services(end, since=since)
    services = [each for each in decisions.by_service(end, since=since) if each.service is not None]
    return [_publish(each, figure, month, at) for each in (every, *services) for figure in _figures(each)]


@dataclass(frozen=True)
class _Figure:
    key: str
    title: str
    value: Decimal | int | None
    unit: str
    n: int
    unknown_because: str = ""


def _figures(measure: ServiceMeasure) -> list[_Figure]:
    days = None if measure.median_days is None else Decimal(str(measure.median_days))
    because = "" if days is not None else _("no answer has come yet")
    promised = measure.owed
    return [
        _Figure(DAYS_TO_ANSWER, _("Days until the answer, median"), days, _("days"), measure.answered, because),
        _Figure("decisions.overdue", _("Answers overdue at the end of the month"), measure.overdue, "", promised),
        _Figure("decisions.extended", _("Answers whose date was put off"), measure.extended, "", promised),
        _Figure("decisions.reopened", _("Answers owed once more"), measure.reopened, "", promised),
    ]


def _publish(measure: ServiceMeasure, figure: _Figure, month: date, at: datetime) -> Measure:
    whose = f"{measure.name}, {measure.organisation}" if measure.service else ""
    return actions.publish_measure(
        key=f"{figure.key}.{measure.service}" if measure.service else figure.key,
        title=(f"{figure.title}: {whose}" if whose else figure.title)[:200],
        period=Period(month, after(month)),
        value=figure.value,
        unknown_because=figure.unknown_because,
        unit=figure.unit or _("answers"),
        n=figure.n,
        rung=Rung.MEASURED,
        source=_("Counted from the answers owed and published here"),
        by=SYSTEM,
        at=at,
    )


def exact_percent(share: Fraction) -> int:
    """Rounded down: a rate is never flattered.

    >>> exact_percent(Fraction(2, 3))
    66
    """
    return int(share * 100)


def last_whole_month(day: date) -> date:
    """
    >>> last_whole_month(date(2026, 1, 31))
    datetime.date(2025, 12, 1)
    """
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def after(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)
