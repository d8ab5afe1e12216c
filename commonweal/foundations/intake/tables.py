"""Tables of text: comma, semicolon or tab between the cells, the names of the columns in row 1.

A row's number is the one a spreadsheet shows: the header is row 1, blank rows count, and a cell with a line end in it
does not begin a new row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Literal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .archives import open_bundle
from .readers import Reader
from .refusals import UnusableFile, quoted
from .sources import USUAL, Limits, Source, too_large

DELIMITERS = (",", ";", "\t")


class Column:
    """A column that we want.

    Args:
        name: as the header says it; capitals, spaces, hyphens and underscores make no difference.
        reader: how its cells are read; a function that makes a reader will do.
        required: the header must have it.
        may_be_blank: a blank cell is read as None; otherwise it is refused.
    """

    def __init__(
        self,
        name: str,
        reader: Reader | Callable[[], Reader],
        required: bool = True,
        *,
        may_be_blank: bool = False,
    ) -> None:
        self.name, self.required, self.may_be_blank = name, required, may_be_blank
        self.reader = reader if isinstance(reader, Reader) else reader()


class Row:
    """One row: `row["vote"]` is what the reader made of the cell, None where it is blank or its column absent."""

    __slots__ = ("number", "others", "values")

    def __init__(self, number: int, values: dict[str, Any], others: dict[str, Any]) -> None:
        self.number, self.values, self.others = number, values, others

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)

    def __repr__(self) -> str:
        return f"<row {self.number}: {self.values}>"


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was read to its end and found usable."""

    name: str
    digest: str
    headers: tuple[str, ...]
    rows: list[Row] = field(repr=False)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which cell belongs to which column of ours."""

    headers: tuple[str, ...]
    places: tuple[tuple[int, Column], ...]
    others: tuple[tuple[int, str], ...]
    absent: tuple[str, ...]


def read_table(
    file: Source | str | bytes | IO[bytes] | Any,
    *,
    columns: Sequence[Column],
    name: str = "",
    headers: Mapping[str, str] | None = None,
    others: Reader | None = None,
    unique: Sequence[str] = (),
    repeated: Literal["refuse", "last wins"] = "refuse",
    limits: Limits = USUAL,
) -> Table:
    """Read a whole table, or refuse it.

    Args:
        file: a path, bytes, an open binary file, an upload; a zip that holds this one table will do.
        columns: what we want of it. Columns that nobody asked for are passed over.
        name: what to call the file in a refusal; its own name by default.
        headers: the file's name of a column → ours, as a person mapped them once.
        others: reads the cells of all columns not asked for, into `row.others`; blank ones are left out.
        unique: columns that together name a row.
        repeated: what to do with a second row of the same name; where the last wins it keeps its own place.

    Raises:
        UnusableFile: naming the file, the row, the column, what was expected and what was found.
    """
    source = _table_in(Source.of(file, name=name, limits=limits), limits)
    layout, records = _open(source, columns, headers or {}, with_others=others is not None, limits=limits)
    rows: Iterable[Row] = _read(source, layout, records, others, limits)
    if unique:
        rows = _once_each(source, rows, unique, last_wins=repeated == "last wins")
    return Table(source.name, source.digest, layout.headers, list(rows))


def stream_rows(
    file: Source | str | bytes | IO[bytes] | Any,
    *,
    columns: Sequence[Column],
    name: str = "",
    headers: Mapping[str, str] | None = None,
    limits: Limits = USUAL,
) -> Iterator[Row]:
    """The rows of a table one by one, none of them kept. A fault in row 7,000 is found at row 7,000: keep it all in
    one transaction."""
    source = _table_in(Source.of(file, name=name, limits=limits), limits)
    layout, records = _open(source, columns, headers or {}, with_others=False, limits=limits)
    return _read(source, layout, records, None, limits)


def _table_in(source: Source, limits: Limits) -> Source:
    """The table itself, where it came in a zip."""
    if not source.is_zip:
        return source
    bundle = open_bundle(source, limits=limits)
    if len(bundle.names) != 1:
        raise UnusableFile(
            source.name,
            expected=_("a zip with one table in it"),
            found=format_lazy(_("{count} files"), count=len(bundle.names)),
        )
    return bundle.source(bundle.names[0])


def _open(
    source: Source, columns: Sequence[Column], mapped: Mapping[str, str], *, with_others: bool, limits: Limits
) -> tuple[Layout, Iterator[tuple[int, list[str]]]]:
    source.refuse_what_is_not_text()
    delimiter, headers = _header(source, columns, mapped, limits)
    layout = _lay_out(source, headers, columns, mapped, with_others)
    records = _records(source, delimiter, limits)
    next(records)
    return layout, records


def _header(
    source: Source, columns: Sequence[Column], mapped: Mapping[str, str], limits: Limits
) -> tuple[str, tuple[str, ...]]:
    """Row 1, read with the delimiter under which it has most of the columns that we want."""
    if not source.content.strip():
        raise UnusableFile(
            source.name, expected=_("a table with the names of its columns in row 1"), found=_("an empty file")
        )
    wanted = {_known_as(column.name) for column in columns}
    best: tuple[tuple[int, int], str, tuple[str, ...]] = (0, 0), "", ()
    refusal: UnusableFile | None = None
    for delimiter in DELIMITERS:
        try:
            number, cells = next(_records(source, delimiter, limits), (0, []))
        except UnusableFile as fault:
            refusal = refusal or fault
            continue
        names = tuple(cell.strip() for cell in cells)
        known = {_known_as(mapped.get(each, each)) for each in names}
        if number == 1:
            best = max(best, ((len(wanted & known), len(names)), delimiter, names), key=lambda each: each[0])
    if refusal and not best[0][0]:
        raise refusal
    if not best[1]:
        raise UnusableFile(source.name, row=1, expected=_("the names of the columns"), found=_("a blank row"))
    return best[1], best[2]


def _lay_out(
    source: Source,
    headers: tuple[str, ...],
    columns: Sequence[Column],
    mapped: Mapping[str, str],
    with_others: bool,
) -> Layout:
    places = _places(source, headers, mapped)
    missing = [column.name for column in columns if column.required and _known_as(column.name) not in places]
    if missing:
        raise UnusableFile(
            source.name,
            row=1,
            column=", ".join(missing),
            expected=format_lazy(_("a column called {names}"), names=", ".join(f"“{each}”" for each in missing)),
            found=format_lazy(_("only these columns: {names}"), names=_some(headers)),
        )
    here = {_known_as(column.name): column for column in columns}
    return Layout(
        headers,
        tuple((place, here[known]) for known, place in places.items() if known in here),
        tuple((place, headers[place]) for known, place in places.items() if known not in here) if with_others else (),
        tuple(column.name for known, column in here.items() if known not in places),
    )


def _places(source: Source, headers: tuple[str, ...], mapped: Mapping[str, str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, header in enumerate(headers):
        known = _known_as(mapped.get(header, header))
        if known and known in places:
            raise UnusableFile(
                source.name,
                row=1,
                column=header,
                expected=_("each name of a column once"),
                found=format_lazy(_("it in columns {one} and {other}"), one=places[known] + 1, other=place + 1),
            )
        if known:
            places[known] = place
    return places


def _records(source: Source, delimiter: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers, blank ones left out, as cells of text."""
    reader = csv.reader(source.text(), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise _cannot_be_split(source, number, str(fault), limits) from fault
        if len(cells) > limits.columns:
            raise UnusableFile(
                source.name,
                row=number,
                expected=format_lazy(_("at most {most} columns"), most=limits.columns),
                found=format_lazy(_("{count} columns"), count=len(cells)),
            )
        if number > limits.rows:
            raise too_large(source.name, limits.bytes)
        if any(cells):
            yield number, cells


def _cannot_be_split(source: Source, number: int, fault: str, limits: Limits) -> UnusableFile:
    if "field limit" in fault:
        return _cell_too_large(source, number, None, limits)
    found: str | Promise = _("a quotation mark that is never closed")
    if "expected after" in fault:
        found = _("text after a closing quotation mark")
    return UnusableFile(source.name, row=number, expected=_("cells whose quotation marks come in pairs"), found=found)


def _cell_too_large(source: Source, number: int, column: str | None, limits: Limits) -> UnusableFile:
    return UnusableFile(
        source.name,
        row=number,
        column=column,
        expected=format_lazy(_("a cell of at most {most} characters"), most=limits.cell),
        found=_("a longer one, or a quotation mark that is never closed"),
    )


def _read(
    source: Source,
    layout: Layout,
    records: Iterator[tuple[int, list[str]]],
    others: Reader | None,
    limits: Limits,
) -> Iterator[Row]:
    width = len(layout.headers)
    for number, cells in records:
        if len(cells) != width:
            raise _ragged(source, number, width, len(cells))
        if max(map(len, cells)) > limits.cell:
            place = max(range(width), key=lambda each: len(cells[each]))
            raise _cell_too_large(source, number, layout.headers[place], limits)
        values = {column.name: _value(source, number, column, cells[place]) for place, column in layout.places}
        values.update(dict.fromkeys(layout.absent))
        rest = {}
        if others is not None:
            rest = {
                name: _made(source, number, name, others, cells[place].strip())
                for place, name in layout.others
                if cells[place].strip()
            }
        yield Row(number, values, rest)


def _value(source: Source, number: int, column: Column, cell: str) -> Any:
    cell = cell.strip()
    if not cell and column.may_be_blank:
        return None
    return _made(source, number, column.name, column.reader, cell)


def _made(source: Source, number: int, column: str, reader: Reader, cell: str) -> Any:
    try:
        if cell:
            return reader.read(cell)
    except ValueError:
        pass
    raise UnusableFile(source.name, row=number, column=column, expected=reader.expected, found=quoted(cell))


def _ragged(source: Source, number: int, width: int, came: int) -> UnusableFile:
    return UnusableFile(
        source.name,
        row=number,
        expected=format_lazy(_("{count} cells, one for each column"), count=width),
        found=format_lazy(_("{count} cells"), count=came),
    )


def _once_each(source: Source, rows: Iterable[Row], names: Sequence[str], *, last_wins: bool) -> Iterable[Row]:
    kept: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        key = tuple(row[name] for name in names)
        earlier = kept.pop(key, None)
        if earlier is not None and not last_wins:
            raise UnusableFile(
                source.name,
                row=row.number,
                column=", ".join(names),
                expected=_("every row to be named once"),
                found=format_lazy(
                    _("{key}, which row {row} has too"), key=quoted(", ".join(map(str, key))), row=earlier.number
                ),
            )
        kept[key] = row
    return kept.values()


def _known_as(header: str) -> str:
    return re.sub(r"[\s_-]+", "-", header.strip()).casefold()


def _some(headers: Sequence[str], most: int = 12) -> str:
    return ", ".join(each[:40] for each in headers[:most]) + (" …" if len(headers) > most else "")
