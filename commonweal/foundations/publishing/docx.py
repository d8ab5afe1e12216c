"""A document as .docx, for committee papers: the same bytes for the same document, with no clock and no name in them.

Written by hand and small: headings that a screen reader can walk by, real lists, tables whose first row is repeated on
the next page, the language of each stretch, A4. What is not here: pictures, footnotes, other people's styles.
Source: ECMA-376, Office Open XML File Formats, Part 1.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from .documents import Block, Document, Heading, Listed, Paragraph, Piece, Table, shown

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Signs that XML cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Twentieths of a point: A4 with margins of 2 cm; what is left is as wide as a table may be.
_WIDE, _HIGH, _MARGIN = 11_906, 16_838, 1_134
_WITHIN = _WIDE - 2 * _MARGIN
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def written(document: Document, *, language: str) -> bytes:
    """The file. Words and names in it are those that may be shown now."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "docProps/core.xml": _core(document.title, language),
        "word/document.xml": _body(shown(document)),
        "word/_rels/document.xml.rels": _OF_THE_DOCUMENT,
        "word/styles.xml": _styles(language),
        "word/numbering.xml": _NUMBERING,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _body(document: Document) -> str:
    blocks = "".join(_block(block) for block in document.blocks)
    page = (
        f'<w:sectPr><w:pgSz w:w="{_WIDE}" w:h="{_HIGH}"/><w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" '
        f'w:bottom="{_MARGIN}" w:left="{_MARGIN}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    title = _paragraph([Piece(document.title)], "Title")
    return f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{title}{blocks}{page}</w:body></w:document>'


def _block(block: Block) -> str:
    match block:
        case Heading():
            return _paragraph([Piece(block.text)], f"Heading{max(block.level - 1, 1)}")
        case Paragraph():
            return _paragraph(_pieces(block.line))
        case Listed():
            return "".join(_paragraph(_pieces(item), "ListBullet") for item in block.items)
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    width = _WITHIN // max(len(table.columns), 1)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _ in table.columns)
    head = "".join(_cell([Piece(name)], width, "TableHead") for name in table.columns)
    rows = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(_cell(_pieces(cell), width) for cell in row)}</w:tr>"
        for row in table.rows
    )
    return (
        f"{_paragraph([Piece(table.caption)], 'Caption')}"
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Lines"/><w:tblW w:w="{width * len(table.columns)}" w:type="dxa"/>'
        f'<w:tblLook w:firstRow="1"/><w:tblCaption w:val={quoteattr(_clean(table.caption))}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>{_paragraph([])}"
    )


def _cell(pieces: Iterable[Piece], width: int, style: str = "TableCell") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(pieces, style)}</w:tc>'


def _paragraph(pieces: Iterable[Piece], style: str = "") -> str:
    manner = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{manner}{''.join(_run(piece) for piece in pieces)}</w:p>"


def _run(piece: Piece) -> str:
    spoken = f"<w:rPr><w:lang w:val={quoteattr(_tongue(piece.language))}/></w:rPr>" if piece.language else ""
    lines = _clean(piece.text).split("\n")
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{spoken}{text}</w:r>"


def _pieces(line: Iterable[object]) -> list[Piece]:
    return [each for each in line if isinstance(each, Piece)]


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text).replace("\t", " ").replace("\r", "")


def _tongue(language: str) -> str:
    """As Word writes it: en-gb is en-GB."""
    tongue, _, land = language.partition("-")
    return f"{tongue}-{land.upper()}" if land else tongue


def _core(title: str, language: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(_clean(title))}</dc:title>'
        f"<dc:language>{escape(_tongue(language))}</dc:language></cp:coreProperties>"
    )


def _style(kind: str, name: str, called: str, look: str, *, based: str = "Normal") -> str:
    based_on = f'<w:basedOn w:val="{based}"/>' if based else ""
    default = "" if based else ' w:default="1"'
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"{default}><w:name w:val="{called}"/>{based_on}'
        f"<w:qFormat/>{look}</w:style>"
    )


def _sized(half_points: int, before: int, after: int, *, level: int | None = None, more: str = "") -> str:
    outline = "" if level is None else f'<w:outlineLvl w:val="{level}"/>'
    keep = "" if level is None else "<w:keepNext/>"
    bold = "" if level is None else "<w:b/>"
    return (
        f'<w:pPr>{keep}{more}<w:spacing w:before="{before}" w:after="{after}"/>{outline}</w:pPr>'
        f'<w:rPr>{bold}<w:sz w:val="{half_points}"/></w:rPr>'
    )


def _styles(language: str) -> str:
    line = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    borders = "".join(line.format(edge) for edge in ("top", "bottom", "insideH"))
    bullets = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    styles = (
        _style("paragraph", "Normal", "Normal", _sized(22, 0, 120), based=""),
        _style("paragraph", "Title", "Title", _sized(40, 0, 240, level=0)),
        _style("paragraph", "Heading1", "heading 1", _sized(30, 360, 120, level=0)),
        _style("paragraph", "Heading2", "heading 2", _sized(25, 240, 80, level=1)),
        _style("paragraph", "ListBullet", "List Bullet", _sized(22, 0, 60, more=bullets)),
        _style("paragraph", "Caption", "caption", _sized(22, 160, 60, more="<w:keepNext/>")),
        _style("paragraph", "TableCell", "Table Cell", _sized(20, 40, 40)),
        _style("paragraph", "TableHead", "Table Head", "<w:rPr><w:b/></w:rPr>", based="TableCell"),
        f'<w:style w:type="table" w:styleId="Lines"><w:name w:val="Lines"/><w:tblPr><w:tblBorders>{borders}'
        "</w:tblBorders></w:tblPr></w:style>",
    )
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
        f"<w:lang w:val={quoteattr(_tongue(language))}/></w:rPr></w:rPrDefault></w:docDefaults>"
    )
    return f'{_HEAD}<w:styles xmlns:w="{_WORD}">{defaults}{"".join(styles)}</w:styles>'


_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{TYPE}.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType='
        f'"application/vnd.openxmlformats-officedocument.wordprocessingml.{part}+xml"/>'
        for part in ("styles", "numbering")
    )
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="document" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="core" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_OF_THE_DOCUMENT = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="styles" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="numbering" Type="{_OFFICE}/numbering" Target="numbering.xml"/></Relationships>'
)
_NUMBERING = (
    f'{_HEAD}<w:numbering xmlns:w="{_WORD}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="420" '
    'w:hanging="280"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    "</w:numbering>"
)
