"""Tables to take away, safe to open in a spreadsheet.

A cell that begins with = + - @, a tab or a line end is a formula to a spreadsheet, and a formula can send what stands
beside it elsewhere. So does a cell that begins with the full-width forms of those signs, in some programs, and one with
spaces before them. A text like that gets an apostrophe in front, which spreadsheets show as text; numbers stay numbers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import StreamingHttpResponse

DANGEROUS = frozenset("=+-@\t\r\n＝＋－＠")
#: So that spreadsheets read the letters of every language right.
BYTE_ORDER_MARK = "\ufeff"


def safe(value: Any) -> Any:
    """The value as it may stand in a cell.

    >>> [safe(value) for value in ("=1+1", " ＝cmd", "-5", -5, "a-b", None)]
    ["'=1+1", "' ＝cmd", "'-5", -5, 'a-b', '']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | Decimal):
        return value if isinstance(value, int) else digits(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    text = str(value).replace("\x00", "")
    beginning = text[: len(text) - len(text.lstrip()) + 1]
    return f"'{text}" if DANGEROUS.intersection(beginning) else text


def digits(value: Decimal, *, grouped: bool = False) -> str:
    """The number written out, without an exponent and without the noughts that say nothing.

    >>> digits(Decimal("1000.500000")), digits(Decimal("1E+3"), grouped=True)
    ('1000.5', '1,000')
    """
    plain = value.normalize()
    return f"{plain:,f}" if grouped else f"{plain:f}"


def csv_response(
    rows: Iterable[Sequence[Any]], columns: Sequence[str], filename: str = "table.csv"
) -> StreamingHttpResponse:
    """A file of comma-separated values, written row by row, however many there are."""
    response = StreamingHttpResponse(_written(rows, columns), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_plain(filename)}"'
    return response


class _Line:
    """Hands each line that csv writes straight on."""

    def write(self, line: str) -> str:
        return line


def _written(rows: Iterable[Sequence[Any]], columns: Sequence[str]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK
    yield writer.writerow([safe(column) for column in columns])
    for row in rows:
        yield writer.writerow([safe(value) for value in row])


def _plain(filename: str) -> str:
    return "".join(letter for letter in filename if letter.isascii() and (letter.isalnum() or letter in "._-"))
