"""Small Excel workbooks, written by hand: no library is needed to make one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
BEGINNING = date(1899, 12, 30)
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {NAMESPACE} xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Answers" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet {NAMESPACE}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
}


def workbook(rows: Sequence[Sequence[Any]], *, far: str = "", before: str = "", raw: bool = False) -> bytes:
    """One sheet. `far` adds a cell with an address of its own; `before` stands above the sheet's root; `raw` escapes
    nothing."""
    lines = "".join(
        f'<row r="{number}">{"".join(_cell(cell, raw) for cell in row)}</row>'
        for number, row in enumerate(rows, start=1)
        if row
    )
    if far:
        lines += f'<row><c r="{far}"><v>1</v></c></row>'
    sheet = f"{before}<worksheet {NAMESPACE}><sheetData>{lines}</sheetData></worksheet>"
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {**PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            packed.writestr(name, content)
    return out.getvalue()


def _cell(value: Any, raw: bool) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, date):
        return f'<c s="1"><v>{(value - BEGINNING).days}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{value if raw else escape(value)}</t></is></c>'
