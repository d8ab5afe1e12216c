"""Tables as form tools and spreadsheets write them, made into the plain text that `read_table` reads.

Text in the usual encodings (UTF-8, UTF-16, the older Windows-1252), cells apart by comma, semicolon, tab or bar; or the
first sheet of an Excel workbook (.xlsx). Columns without a name get their letter, a name that comes twice gets a
number. Rows keep the numbers that a spreadsheet shows.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum, load_workbook

from .archives import open_bundle
from .refusals import UnusableFile
from .sources import USUAL, Limits, Source

SEPARATORS = (",", ";", "\t", "|")
WORKBOOK, SHEETS = "xl/workbook.xml", "xl/worksheets/"
#: What Excel wrote before 2007 begins like this.
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
#: A cell that says where it is. A workbook with one far-off cell would be as large in memory as its whole rectangle.
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
MOST_CELLS = 5_000_000
BY_MARK = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32"}
BY_MARK |= {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True, slots=True)
class Plain:
    """A table as plain text.

    Attributes:
        source: the text, in UTF-8; its digest is that of the text.
        read_as: how the bytes were understood: UTF-8, UTF-16, UTF-32, Windows-1252 or XLSX.
    """

    source: Source
    read_as: str


def as_text(file: Any, *, name: str = "", limits: Limits = USUAL) -> Plain:
    """Make a table plain text, whatever wrote it.

    Raises:
        UnusableFile: too large, broken, not safe to open, or neither text nor .xlsx.
    """
    source = Source.of(file, name=name, limits=limits)
    if source.content.startswith(OLD_OFFICE):
        raise UnusableFile(source.name, expected=_("a CSV or XLSX file"), found=_("an older Excel file (.xls)"))
    if source.is_zip:
        bundle = open_bundle(source, limits=limits)
        if WORKBOOK in bundle:
            return Plain(_written(source, _rows_of_a_workbook(source, limits)), "XLSX")
        if len(bundle.names) != 1:
            raise UnusableFile(
                source.name,
                expected=_("one table"),
                found=format_lazy(_("{count} files"), count=len(bundle.names)),
            )
        source = bundle.source(bundle.names[0])
    text, read_as = _decoded(source)
    return Plain(_with_names_of_its_own(source, text), read_as)


def _decoded(source: Source) -> tuple[str, str]:
    """The text, and in which encoding it was. What is in none of them is refused where the bytes are wrong."""
    for mark, encoding in BY_MARK.items():
        if source.content.startswith(mark):
            try:
                return source.content.decode(encoding), encoding.upper()
            except UnicodeDecodeError as fault:
                raise UnusableFile(
                    source.name, expected=_("text in UTF-8"), found=_("broken text in UTF-16 or UTF-32")
                ) from fault
    for encoding, known_as in (("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252")):
        try:
            return source.content.decode(encoding), known_as
        except UnicodeDecodeError:
            continue
    source.refuse_what_is_not_text()
    raise AssertionError("what is not UTF-8 is refused")


def _with_names_of_its_own(source: Source, text: str) -> Source:
    """The same text; written anew where a column has no name of its own, or the cells are apart by bars."""
    separator, headers = _heading(text)
    if separator != "|" and headers == _named(headers):
        return Source(source.name, text.encode())
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return Source(source.name, text.encode())  # whoever reads it says in which row it breaks
    return _written(source, rows)


def _heading(text: str) -> tuple[str, list[str]]:
    """Row 1, and what keeps its cells apart: the sign that makes most cells of it."""
    found: list[tuple[str, list[str]]] = [(SEPARATORS[0], [])]
    for separator in SEPARATORS:
        try:
            first = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), [])
        except csv.Error:
            continue
        found.append((separator, first))
    return max(found, key=lambda each: len(each[1]))


def _written(source: Source, rows: Sequence[Sequence[str]]) -> Source:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    if rows:
        writer.writerow(_named(rows[0]))
    writer.writerows(row if any(row) else [] for row in rows[1:])
    return Source(source.name, out.getvalue().encode())


def _named(headers: Iterable[str]) -> list[str]:
    """
    >>> _named(["Name", "", "Words", "words"])
    ['Name', '(B)', 'Words', 'words (2)']
    """
    names: list[str] = []
    seen: dict[str, int] = {}
    for place, header in enumerate(headers):
        name = header if header.strip() else f"({_letters(place)})"
        known_as = re.sub(r"[\s_-]+", "-", name.strip()).casefold()
        seen[known_as] = seen.get(known_as, 0) + 1
        names.append(name if seen[known_as] == 1 else f"{name.strip()} ({seen[known_as]})")
    return names


def _letters(place: int) -> str:
    """
    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    return ("" if place < 26 else _letters(place // 26 - 1)) + chr(ord("A") + place % 26)


def _rows_of_a_workbook(source: Source, limits: Limits) -> list[list[str]]:
    _refuse_a_far_off_cell(source, limits)
    try:
        with load_workbook(io.BytesIO(source.content)) as book:
            rows = book.get_sheet_by_name(_first_sheet(source, book)).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as fault:
        raise UnusableFile(
            source.name, expected=_("an Excel file that opens"), found=_("one that is broken or locked")
        ) from fault
    return [[_told(cell) for cell in row] for row in rows]


def _first_sheet(source: Source, book: CalamineWorkbook) -> str:
    for sheet in book.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            return sheet.name
    raise UnusableFile(source.name, expected=_("a sheet with a table"), found=_("no sheet that can be seen"))


def _refuse_a_far_off_cell(source: Source, limits: Limits) -> None:
    bundle = open_bundle(source, limits=limits)
    for name in bundle.names:
        if not name.startswith(SHEETS):
            continue
        places = [(_number(found[1]), int(found[2])) for found in PLACE.finditer(bundle.source(name).content)]
        width, height = (max((place[side] for place in places), default=0) for side in (0, 1))
        if width > limits.columns or width * height > MOST_CELLS:
            raise UnusableFile(
                source.name,
                expected=format_lazy(_("a sheet of at most {most} cells"), most=f"{MOST_CELLS:,}"),
                found=format_lazy(_("one with {rows} rows and {columns} columns"), rows=height, columns=width),
            )


def _number(letters: bytes) -> int:
    """Which column of a sheet: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _told(cell: Any) -> str:
    """A cell as text: days and times in ISO 8601, whole numbers without a point."""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def without_rows(source: Source, rows: range) -> Source:
    """The same table with some rows left blank, so that the others keep their numbers. Row 1 is the heading."""
    text = source.content.decode("utf-8-sig")
    separator, _headers = _heading(text)
    try:
        cells = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return source
    return _written(source, [[] if number in rows else row for number, row in enumerate(cells, start=1)])
