"""Many readings in one file: what is in it, row by row, before anything is kept.

The columns are value, from, to (both days counted in), source, and where they are known n, low and high.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.intake.previews import Coming, Preview
from commonweal.foundations.intake.readers import decimal_number, iso_date, text, whole_number
from commonweal.foundations.intake.refusals import UnusableFile
from commonweal.foundations.intake.sources import Limits
from commonweal.foundations.intake.tables import Column, Row, read_table
from commonweal.methods.quantities import Period

from .measured import Measured
from .models import Indicator

LARGEST = 10**12
NUMBER = decimal_number(-LARGEST + 1, LARGEST - 1)
COLUMNS = (
    Column("value", NUMBER),
    Column("from", iso_date),
    Column("to", iso_date),
    Column("source", text(220)),
    Column("n", whole_number(0, 2**31 - 1), required=False, may_be_blank=True),
    Column("low", NUMBER, required=False, may_be_blank=True),
    Column("high", NUMBER, required=False, may_be_blank=True),
)
LIMITS = Limits(bytes=500_000, rows=10_000)


@dataclass(frozen=True)
class Upload:
    """A file that was read to its end: every value in it, and those that are new to the indicator."""

    name: str
    digest: str
    source: str
    measured: tuple[Measured, ...]
    new: tuple[Measured, ...]

    @property
    def preview(self) -> Preview:
        coming = Coming(_("Numbers"), found=len(self.measured), new=len(self.new))
        return Preview(source=self.source, digest=self.digest, coming=(coming,))


def read(file: Any, *, indicator: Indicator, at: datetime, name: str = "") -> Upload:
    """Read a file of readings whole.

    Raises:
        UnusableFile: naming file, row and column, what was expected and what was found.
    """
    table = read_table(file, columns=COLUMNS, name=name, unique=("from", "to"), limits=LIMITS)
    measured = tuple(_measured(table.name, table.rows, at))
    known = set(indicator.readings.filter(revises=None).values_list("from_on", "until_on"))
    new = tuple(each for each in measured if (each.period.from_on, each.period.until_on) not in known)
    return Upload(table.name, table.digest, f"outcomes:{indicator.pk}", measured, new)


def _measured(file: str, rows: list[Row], at: datetime) -> Iterator[Measured]:
    for row in rows:
        _refuse_what_cannot_be(file, row, at)
        yield Measured(
            value=row["value"],
            period=Period(row["from"], row["to"] + timedelta(days=1)),
            provenance=row["source"],
            n=row["n"],
            low=row["low"],
            high=row["high"],
        )


def _refuse_what_cannot_be(file: str, row: Row, at: datetime) -> None:
    def refuse(column: str, expected: Any) -> UnusableFile:
        return UnusableFile(file, row=row.number, column=column, expected=expected, found=str(row[column]))

    if row["to"] < row["from"]:
        raise refuse("to", _("a day that is not before the day in “from”"))
    if row["to"] >= timezone.localdate(at):
        raise refuse("to", _("a day that is over"))
    if (row["low"] is None) != (row["high"] is None):
        raise refuse("low", _("both ends of the interval, or none"))
    if row["low"] is not None and row["low"] > row["high"]:
        raise refuse("high", _("a number that is not below the one in “low”"))
