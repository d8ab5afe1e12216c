"""Data sets for others to use: CSV files, what is in each column, and a list of contents that machines read.

The list is a Data Package with Table Schemas (Frictionless Data, specs.frictionlessdata.io); `json_schema` says the
same of one row as JSON Schema (draft 2020-12). Cells are safe to open in a spreadsheet.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .tables import safe

Kind = Literal["integer", "number", "string", "boolean"]
#: The same time for every file in a package: the same contents make the same bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Column:
    """One column: its name in the file, what kind of cells it has, what it says, and which values it may have."""

    name: str
    kind: Kind
    says: str
    one_of: Sequence[int | str] = ()
    may_be_blank: bool = False

    @property
    def field(self) -> dict[str, Any]:
        """As a Table Schema says it."""
        constraints: dict[str, Any] = {"required": not self.may_be_blank}
        if self.one_of:
            constraints["enum"] = list(self.one_of)
        return {"name": self.name, "type": self.kind, "description": self.says, "constraints": constraints}

    @property
    def schema(self) -> dict[str, Any]:
        """As JSON Schema says it."""
        told: dict[str, Any] = {"type": [self.kind, "null"] if self.may_be_blank else self.kind}
        if self.one_of:
            told["enum"] = [*self.one_of, None] if self.may_be_blank else list(self.one_of)
        return {**told, "description": self.says}


@dataclass(frozen=True)
class Table:
    """One CSV file of a package."""

    name: str
    says: str
    columns: Sequence[Column]
    content: str

    @classmethod
    def of(cls, name: str, says: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Table:
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([column.name for column in columns])
        writer.writerows([safe(cell) for cell in row] for row in rows)
        return cls(name, says, columns, out.getvalue())

    @property
    def resource(self) -> dict[str, Any]:
        """As a Data Package lists it."""
        content = self.content.encode()
        return {
            "name": self.name.removesuffix(".csv"),
            "path": self.name,
            "profile": "tabular-data-resource",
            "description": self.says,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(content),
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
            "schema": {"fields": [column.field for column in self.columns], "missingValues": [""]},
        }

    @property
    def json_schema(self) -> dict[str, Any]:
        """What one row is, as JSON Schema."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.name,
            "description": self.says,
            "type": "object",
            "properties": {column.name: column.schema for column in self.columns},
            "required": [column.name for column in self.columns if not column.may_be_blank],
            "additionalProperties": False,
        }


def descriptor(
    *, name: str, title: str, description: str, tables: Sequence[Table], more: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The list of contents, `datapackage.json`."""
    return {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": description,
        "resources": [table.resource for table in tables],
        **(more or {}),
    }


def zipped(files: Mapping[str, str]) -> bytes:
    """Files in one. The same files make the same bytes."""
    with zipfile.ZipFile(out := io.BytesIO(), "w") as packed:
        for name, text in files.items():
            packed.writestr(zipfile.ZipInfo(name, NO_TIME), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()
