"""The one place that reads the clock. Pages, commands and the worker read it and pass it on as `at`."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    return timezone.localdate()
