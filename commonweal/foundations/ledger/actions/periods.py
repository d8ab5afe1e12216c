"""Verbs of periods: close a month, close a year."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.calendar.years import FinancialYear
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from ..models import Period
from ..models.periods import next_month
from .refusals import PeriodClosed


@transaction.atomic
def close_period(*, month: date, by: Record | Ref, at: datetime) -> Period:
    """Close a month. What is posted into it later falls into the next open month, and says so."""
    _wait_for_postings()
    period = _month(month)
    if not period.is_open:
        raise PeriodClosed(period)
    return _close(period, by, at)


@transaction.atomic
def close_year(*, year: FinancialYear, by: Record | Ref, at: datetime) -> list[Period]:
    """Close all months of a financial year that are still open."""
    _wait_for_postings()
    months = [year.first_day]
    while len(months) < 12:
        months.append(next_month(months[-1]))
    still_open = [period for period in map(_month, months) if period.is_open]
    if not still_open:
        raise PeriodClosed(year)
    return [_close(period, by, at) for period in still_open]


def _close(period: Period, by: Record | Ref, at: datetime) -> Period:
    period.closed_at = at
    period.save(update_fields=["closed_at"])
    facts = {"month": period.first_on.isoformat()}
    audit.enter(by=by, verb="ledger.close_period", subject=period, at=at, facts=facts)
    return period


def _month(day: date) -> Period:
    return Period.objects.get_or_create(first_on=day.replace(day=1))[0]


def _wait_for_postings() -> None:
    """Let postings that have begun end first, and those that begin now wait. SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7265617, 1)")
