"""An indicator's readings as a picture, beside its baseline and its target, with the table that goes with it."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from commonweal.foundations.look import charts
from commonweal.foundations.publishing.units import as_written

from .models import Indicator, Reading


def chart(indicator: Indicator, readings: Sequence[Reading]) -> SafeString:
    """The baseline is a line of its own, not joined to the readings: it may be years before, and counted otherwise."""
    points = [charts.Point(reading.when, float(reading.value), _said(reading)) for reading in readings]
    return charts.line(
        indicator.name,
        points,
        unit=as_written(indicator.unit),
        target=None if indicator.target is None else float(indicator.target),
        baseline=float(indicator.baseline),
        ident=str(indicator.pk),
    )


def _said(reading: Reading) -> str:
    return f"{reading.shown} ({reading.interval_shown})" if reading.interval_shown else reading.shown
