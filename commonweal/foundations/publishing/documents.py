"""Pages that can be kept and printed: plain blocks, shown as HTML and written as .docx from the same lines.

Nobody's words and nobody's name stand in a document. A line names them (`Named`, by a Ref as the thread's titles do) or
names a step (`Told`), and they are fetched whenever it is shown. So what is removed, held back or taken back vanishes
from every kept copy too, while all that we say ourselves, and every number, stays as it was.

    Document(_("Report"), blocks=(Heading(_("What was asked")), Paragraph((_("Why now:") + " ", Named(why.ref)))))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from commonweal.foundations.thread import naming, telling
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refs import Ref


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody's words or name, by what the room calls them by (`thread.kinds.name_by`)."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Told:
    """A step, as the thread tells it to anybody."""

    step: UUID


@dataclass(frozen=True, slots=True)
class Linked:
    """An address that somebody gave, to follow."""

    address: str


Span = str | Named | Told | Linked
Line = tuple[Span, ...]
#: Of what a step quotes, so many letters stand in a document.
QUOTED = 200


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2
    shape: ClassVar[str] = "heading"


@dataclass(frozen=True)
class Paragraph:
    line: Line
    shape: ClassVar[str] = "paragraph"


@dataclass(frozen=True)
class Listed:
    items: tuple[Line, ...]
    shape: ClassVar[str] = "list"


@dataclass(frozen=True)
class Table:
    """Each row has as many cells as there are columns; the first heads it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    shape: ClassVar[str] = "table"


Block = Heading | Paragraph | Listed | Table


@dataclass(frozen=True)
class Document:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line as a reader sees it: with its language, where it is not the document's, and its page."""

    text: str
    language: str = ""
    page: str = ""


def says(*spans: Span) -> Paragraph:
    return Paragraph(spans)


def shown(document: Document) -> Document:
    """The same, with pieces in the place of every span: two or three questions, however long it is."""
    return _each_line(document, _reading(document))


def as_data(document: Document) -> dict[str, Any]:
    """For keeping. `read` brings back the same."""
    return {"title": document.title, "blocks": [_block_data(block) for block in document.blocks]}


def read(data: Mapping[str, Any]) -> Document:
    return Document(data["title"], tuple(_block(each) for each in data["blocks"]))


def _lines(document: Document) -> Iterator[Line]:
    for block in document.blocks:
        match block:
            case Paragraph():
                yield block.line
            case Listed():
                yield from block.items
            case Table():
                for row in block.rows:
                    yield from row


def _reading(document: Document) -> Callable[[Line], Any]:
    """How to read a line of this document: with all names and steps it needs, asked for at once."""
    spans = [span for line in _lines(document) for span in line]
    names = naming.known_names({span.ref for span in spans if isinstance(span, Named)})
    steps = _told({span.step for span in spans if isinstance(span, Told)})

    def pieces(span: Span) -> tuple[Piece, ...]:
        match span:
            case Named():
                text = names.get(span.ref, "")
                return (Piece(text or _("These words are not shown any more."), getattr(text, "language", "")),)
            case Told():
                return steps.get(span.step, (Piece(_("A step that is not public")),))
            case Linked():
                return (Piece(span.address, page=span.address),)
            case _:
                return (Piece(span),)

    return lambda line: tuple(piece for span in line for piece in pieces(span))


def _told(steps: Iterable[UUID]) -> dict[UUID, tuple[Piece, ...]]:
    """The title of each, and the beginning of what it quotes."""
    found = list(Step.objects.filter(uuid__in=list(steps)))
    return {line.uuid: tuple(_pieces(line)) for line in telling.lines(found) if line.uuid is not None}


def _pieces(line: telling.Line) -> Iterator[Piece]:
    yield Piece(line.title, page=line.page or "")
    if line.quote:
        yield Piece(": ")
        yield Piece(f"“{Truncator(line.quote).chars(QUOTED)}”", line.quote.language)


def _each_line(document: Document, change: Callable[[Line], Any]) -> Document:
    def changed(block: Block) -> Block:
        match block:
            case Paragraph():
                return Paragraph(change(block.line))
            case Listed():
                return Listed(tuple(change(item) for item in block.items))
            case Table():
                rows = tuple(tuple(change(cell) for cell in row) for row in block.rows)
                return Table(block.caption, block.columns, rows)
            case _:
                return block

    return Document(document.title, tuple(changed(block) for block in document.blocks))


def _block_data(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"heading": block.text, "level": block.level}
        case Paragraph():
            return {"paragraph": _line_data(block.line)}
        case Listed():
            return {"list": [_line_data(item) for item in block.items]}
        case Table():
            rows = [[_line_data(cell) for cell in row] for row in block.rows]
            return {"table": block.caption, "columns": list(block.columns), "rows": rows}


def _block(data: Mapping[str, Any]) -> Block:
    match data:
        case {"heading": text, "level": level}:
            return Heading(text, level)
        case {"paragraph": line}:
            return Paragraph(_line(line))
        case {"list": items}:
            return Listed(tuple(_line(item) for item in items))
        case {"table": caption, "columns": columns, "rows": rows}:
            return Table(caption, tuple(columns), tuple(tuple(_line(cell) for cell in row) for row in rows))
        case _:
            raise ValueError(f"not a block of a document: {data}")


def _line_data(line: Line) -> list[Any]:
    def data(span: Span) -> Any:
        match span:
            case Named():
                return {"named": str(span.ref)}
            case Told():
                return {"step": str(span.step)}
            case Linked():
                return {"link": span.address}
            case _:
                return str(span)

    return [data(span) for span in line]


def _line(data: Iterable[Any]) -> Line:
    def span(each: Any) -> Span:
        match each:
            case {"named": ref}:
                return Named(Ref.parse(ref))
            case {"step": step}:
                return Told(UUID(step))
            case {"link": address}:
                return Linked(address)
            case _:
                return str(each)

    return tuple(span(each) for each in data)
