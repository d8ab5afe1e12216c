"""How one cell becomes a value. A reader says in words what it expects, and raises ValueError for anything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: What a database keeps in a column of whole numbers.
LARGEST = 2**63 - 1
WHOLE = re.compile(r"[-+]?[0-9]{1,19}", re.ASCII)
DECIMAL = re.compile(r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?", re.ASCII)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
DATETIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]{5,15}(?:Z|[+-][0-9]{2}:?[0-9]{2})?", re.ASCII)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
LATEST_MILLISECONDS = 7_258_118_400_000  # the year 2200
YES, NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a cell that is not blank.

    Args:
        expected: what the cell should be, as it stands after 'we expected'.
        read: from the cell, without the spaces around it, to the value.
    """

    expected: str | Promise
    read: Callable[[str], Any]


def whole_number(minimum: int = -LARGEST, maximum: int = LARGEST) -> Reader:
    expected: str | Promise = _("a whole number")
    if (minimum, maximum) != (-LARGEST, LARGEST):
        expected = _between(
            _("a whole number from {low} to {high}"), _("a whole number of at least {low}"), minimum, maximum
        )

    def read(cell: str) -> int:
        _must(WHOLE.fullmatch(cell))
        value = int(cell)
        _must(minimum <= value <= maximum)
        return value

    return Reader(expected, read)


def decimal_number(minimum: Decimal | int | None = None, maximum: Decimal | int | None = None) -> Reader:
    """A number with a point for decimals and nothing between thousands."""

    def read(cell: str) -> Decimal:
        _must(DECIMAL.fullmatch(cell))
        value = Decimal(cell)
        _must((minimum is None or minimum <= value) and (maximum is None or value <= maximum))
        return value

    if minimum is None and maximum is None:
        return Reader(_("a number such as 12.5"), read)
    low, high = _end(minimum), _end(maximum)
    return Reader(format_lazy(_("a number such as 12.5, from {low} to {high}"), low=low, high=high), read)


def one_of(choices: Mapping[str, Any] | Iterable[str]) -> Reader:
    """One of a few codes; a mapping says what each code means to us."""
    values = dict(choices) if isinstance(choices, Mapping) else {each: each for each in choices}

    def read(cell: str) -> Any:
        _must(cell in values)
        return values[cell]

    return Reader(format_lazy(_("one of: {choices}"), choices=", ".join(values)), read)


def text(max_length: int = 10_000) -> Reader:
    def read(cell: str) -> str:
        _must(len(cell) <= max_length)
        return cell

    return Reader(format_lazy(_("a text of at most {longest} characters"), longest=max_length), read)


def iso_date() -> Reader:
    def read(cell: str) -> date:
        _must(DATE.fullmatch(cell))
        return date.fromisoformat(cell)

    return Reader(_("a day such as 2026-04-30"), read)


def iso_datetime() -> Reader:
    """A moment; one that names no zone is taken as universal time."""

    def read(cell: str) -> datetime:
        _must(DATETIME.fullmatch(cell))
        value = datetime.fromisoformat(cell)
        try:
            return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        except OverflowError as outside:
            raise ValueError(cell) from outside

    return Reader(_("a time such as 2026-04-30T14:05:00Z"), read)


def millisecond_timestamp() -> Reader:
    def read(cell: str) -> datetime:
        _must(WHOLE.fullmatch(cell))
        value = int(cell)
        _must(0 <= value <= LATEST_MILLISECONDS)
        return BEGINNING + timedelta(milliseconds=value)

    return Reader(_("a time in milliseconds since 1970, such as 1658933760180"), read)


def boolean() -> Reader:
    def read(cell: str) -> bool:
        _must(cell.casefold() in YES | NO)
        return cell.casefold() in YES

    return Reader(_("yes or no"), read)


def _must(holds: object) -> None:
    if not holds:
        raise ValueError


def _between(both: Any, least: Any, minimum: int, maximum: int) -> Promise:
    if maximum == LARGEST:
        return format_lazy(least, low=minimum)
    return format_lazy(both, low=_end(None if minimum == -LARGEST else minimum), high=maximum)


def _end(value: Decimal | int | None) -> str | Promise:
    return pgettext_lazy("an end of a range that is open", "anything") if value is None else str(value)
