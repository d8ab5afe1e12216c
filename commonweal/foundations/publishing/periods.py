"""How people call a time, in the language of whoever reads: a year, a financial year, a month, or first and last day.

A period is kept as two days, never as words, so that each reader gets it in their own language and a machine as dates.
"""

from __future__ import annotations

from django.utils import formats

from commonweal.methods.quantities import Period


def in_words(period: Period) -> str:
    """
    >>> from datetime import date
    >>> in_words(Period(date(2025, 1, 1), date(2026, 1, 1))), in_words(Period(date(2025, 4, 1), date(2026, 4, 1)))
    ('2025', '2025–26')
    """
    first, after = period.from_on, period.until_on
    if (first.day, after.day) == (1, 1) and first.month == after.month and after.year == first.year + 1:
        return {1: f"{first.year}", 4: f"{first.year}–{after.year % 100:02}"}.get(first.month) or _days(period)
    if (first.day, after.day) == (1, 1) and period.days <= 31:
        return formats.date_format(first, "M Y")
    return _days(period)


def _days(period: Period) -> str:
    last = formats.date_format(period.last_on, "j M Y")
    if period.days == 1:
        return last
    within_a_year = period.from_on.year == period.last_on.year
    return f"{formats.date_format(period.from_on, 'j M' if within_a_year else 'j M Y')} – {last}"
