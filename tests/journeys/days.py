"""Days as people count them, from today, where the place is."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def today() -> date:
    return datetime.now(ZoneInfo("Europe/London")).date()


def days_ago(number: int) -> date:
    return today() - timedelta(days=number)


def in_days(number: int) -> date:
    return today() + timedelta(days=number)
