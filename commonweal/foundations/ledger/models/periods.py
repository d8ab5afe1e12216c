"""Months of the books, open or closed."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import formats

from commonweal.foundations.calendar.years import FinancialYear
from commonweal.foundations.verbs.records import Record


class Period(Record):
    """One month. Once it is closed nothing is posted into it: what comes late falls into the next open month."""

    first_on = models.DateField(unique=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_period_is_a_whole_month", condition=models.Q(first_on__day=1)),
        ]

    @property
    def year(self) -> FinancialYear:
        return FinancialYear.of(self.first_on)

    @property
    def next_on(self) -> date:
        """The first day of the month after."""
        return next_month(self.first_on)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def __str__(self) -> str:
        return formats.date_format(self.first_on, "F Y")


def next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
