"""The file that goes out to the paying system, and those that come back. Whole, or refused.

to the paying system        reference, payee, payee_identifier, amount, currency
from the paying system      reference, status (paid or failed), date, reason (for what failed)
from the general ledger     reference, date, amount (negative where money left)
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.intake.readers import Reader, iso_date, one_of, text
from commonweal.foundations.intake.sources import Limits
from commonweal.foundations.intake.tables import Column, read_table
from commonweal.methods.quantities import Money

from .models import Payment

#: A file of one day's payments. A larger one is cut in two.
LIMITS = Limits(bytes=500_000, rows=10_000)


@dataclass(frozen=True)
class Word:
    """What the paying system says about one payment."""

    row: int
    reference: str
    is_paid: bool
    on: date
    failure: str


@dataclass(frozen=True)
class Outcomes:
    """The paying system's file, read to its end."""

    name: str
    digest: str
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Posted:
    """One line of the council's general ledger."""

    row: int
    reference: str
    on: date
    amount: Money


#: Where a cell begins like this, a spreadsheet takes it for a formula.
A_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def written(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A file of comma-separated values, safe to open in a spreadsheet: a payee may be called what it likes."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue()


def _plain(cell: str) -> str:
    beginning = cell[: len(cell) - len(cell.lstrip()) + 1]
    return f"'{cell}" if A_FORMULA.intersection(beginning) else cell


def read_outcomes(file: Any, *, name: str = "") -> Outcomes:
    """
    Raises:
        UnusableFile: naming the file, the row, the column, what was expected and what was found.
    """
    table = read_table(
        file,
        name=name,
        columns=[
            Column("reference", text(18)),
            Column("status", one_of({"paid": True, "failed": False})),
            Column("date", iso_date()),
            Column("reason", one_of(Payment.Failure.values), required=False, may_be_blank=True),
        ],
        unique=["reference"],
        limits=LIMITS,
    )
    words = tuple(
        Word(row.number, row["reference"], row["status"], row["date"], row.get("reason") or Payment.Failure.OTHER)
        for row in table
    )
    return Outcomes(table.name, table.digest, words)


def read_general_ledger(file: Any, *, name: str = "") -> list[Posted]:
    """
    Raises:
        UnusableFile: naming the file, the row, the column, what was expected and what was found.
    """
    table = read_table(
        file,
        name=name,
        columns=[Column("reference", text(40)), Column("date", iso_date()), Column("amount", pounds())],
    )
    return [Posted(row.number, row["reference"], row["date"], row["amount"]) for row in table]


def pounds() -> Reader:
    """An amount of money, to the penny."""
    return Reader(_("an amount of money like 1234.56"), Money.parse)
