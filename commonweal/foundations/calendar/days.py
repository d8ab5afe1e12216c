"""Which days count. Monday to Friday, without the bank holidays of the nation."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

import holidays
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

A_DAY = timedelta(days=1)
SATURDAY = 5


class Nation(TextChoices):
    """Whose bank holidays count; the codes are those of ISO 3166-2:GB."""

    ENGLAND = "ENG", _("England")
    WALES = "WLS", _("Wales")
    SCOTLAND = "SCT", _("Scotland")
    NORTHERN_IRELAND = "NIR", _("Northern Ireland")


@lru_cache(maxsize=400)
def bank_holidays(year: int, nation: str = Nation.ENGLAND) -> Mapping[date, str]:
    """Bank holidays of one calendar year with their English names, substitute days included.

    Raises:
        ValueError: the nation is not one of `Nation`.

    Not covered:
        Local holidays that only some Scottish councils keep.
    """
    days = holidays.country_holidays("GB", subdiv=Nation(nation).value, years=year, language="en_GB")
    return MappingProxyType(dict(sorted(days.items())))


def is_working_day(day: date, nation: str = Nation.ENGLAND) -> bool:
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year, nation)


def next_working_day(day: date, nation: str = Nation.ENGLAND) -> date:
    """The day itself where it is a working day, else the first one after it."""
    while not is_working_day(day, nation):
        day += A_DAY
    return day


def add_working_days(on: date, days: int, nation: str = Nation.ENGLAND) -> date:
    """The day that is so many working days after `on` (before it, where days is negative).

    `on` itself is not counted: the first working day *following* is day 1, as statutory time limits count.
    With 0 it is `on`, or the first working day after it.

    >>> add_working_days(date(2025, 12, 23), 3)     # Christmas Eve, then Monday 29 and Tuesday 30
    datetime.date(2025, 12, 30)
    """
    if days == 0:
        return next_working_day(on, nation)
    step, left = (A_DAY, days) if days > 0 else (-A_DAY, -days)
    while left:
        on += step
        left -= is_working_day(on, nation)
    return on


def working_days_between(a: date, b: date, nation: str = Nation.ENGLAND) -> int:
    """How many working days come after `a`, up to and with `b`; negative where b is the earlier.

    So `working_days_between(on, add_working_days(on, n)) == n` for every n above 0.
    """
    if b < a:
        return -working_days_between(b, a, nation)
    return sum(is_working_day(a + timedelta(days=n), nation) for n in range(1, (b - a).days + 1))
