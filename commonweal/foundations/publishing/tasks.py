"""Work done later: the answer rate of each month that has ended is published."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _

from commonweal.foundations.decisions import queries as decisions
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.methods.quantities import Period

from . import actions, queries
from .models import Measure
from .rungs import Rung

ANSWER_RATE = "decisions.answer_rate"


def catch_up(*, at: datetime) -> int:
    """Publish the answer rate of the last whole month, once. Where nothing was due it cannot be known, and says so."""
    month = last_whole_month(timezone.localtime(at).date())
    if queries.current(ANSWER_RATE).filter(from_on=month).exists() or not decisions.anything_owed_before(at):
        return 0
    publish_answer_rate(month=month, at=at)
    return 1


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
