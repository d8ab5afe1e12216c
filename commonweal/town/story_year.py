"""Story time: a year that ends today, so that the demonstration place is always fresh."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

LENGTH = timedelta(days=365)


@dataclass(frozen=True)
class StoryYear:
    """Days are counted from the first day of the story; `at` is the day on which it is told."""

    at: datetime

    def day(self, number: int, hour: int = 10) -> datetime:
        first = timezone.localtime(self.at - LENGTH)
        return (first + timedelta(days=number)).replace(hour=hour, minute=0, second=0, microsecond=0)

    def on(self, number: int) -> date:
        return self.day(number).date()

    def ago(self, days: int, hour: int = 10) -> datetime:
        """So many days before the day of telling."""
        return min(self.at, timezone.localtime(self.at - timedelta(days=days)).replace(hour=hour, minute=0, second=0))
