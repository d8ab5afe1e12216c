"""Where bytes come from, and what is wrong with them before anything is read: too many, or not plain UTF-8 text."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .refusals import NothingThere, UnusableFile, shown

#: Control characters but tab and line ends, and the same once more as UTF-8 writes those above 127.
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]")
WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ZIP = b"PK\x03\x04"
A_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file we take on."""

    bytes: int = 50 * A_MEGABYTE
    cell: int = 100_000
    columns: int = 5_000
    rows: int = 2_000_000
    unpacked_bytes: int = 100 * A_MEGABYTE
    unpacked_files: int = 1_000
    unpacked_ratio: int = 200


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Source:
    """A file's name and its bytes."""

    name: str
    content: bytes

    @classmethod
    def of(
        cls, file: Source | Path | str | bytes | IO[bytes] | Any, *, name: str = "", limits: Limits = USUAL
    ) -> Source:
        """Take in a path, bytes, an open binary file or an upload.

        Raises:
            NothingThere: no file is at that path.
            UnusableFile: it is too large, or it cannot be opened.
        """
        if isinstance(file, Source):
            return file
        name = name or _name_of(file)
        try:
            content = _first_bytes(file, limits.bytes + 1)
        except (FileNotFoundError, NotADirectoryError) as fault:
            raise NothingThere(str(file)) from fault
        except OSError as fault:
            raise UnusableFile(
                name, expected=_("a file that can be read"), found=str(fault.strerror or fault)
            ) from fault
        if len(content) > limits.bytes:
            raise too_large(name, limits.bytes)
        return cls(name, content)

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes: the same file twice has the same digest."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def is_zip(self) -> bool:
        return self.content.startswith(ZIP)

    def text(self) -> io.TextIOWrapper:
        """The file as text, its byte order mark taken off. Ask `refuse_what_is_not_text` first."""
        return io.TextIOWrapper(io.BytesIO(self.content), encoding="utf-8-sig", newline="")

    def refuse_what_is_not_text(self) -> None:
        """
        Raises:
            UnusableFile: the bytes are not UTF-8, or hold control characters.
        """
        if self.content.startswith(WIDE):
            raise UnusableFile(self.name, expected=_("text in UTF-8"), found=_("text in UTF-16 or UTF-32"))
        self._refuse_control_characters()
        self._refuse_other_encodings()

    def _refuse_control_characters(self) -> None:
        if hit := CONTROL.search(self.content):
            row, column = self._place_of(hit.start())
            raise UnusableFile(
                self.name,
                row=row,
                column=column,
                expected=_("text without control characters"),
                found=format_lazy(
                    _("the control character {code} at byte {byte}"), code=f"0x{hit[0][-1]:02X}", byte=hit.start() + 1
                ),
            )

    def _refuse_other_encodings(self) -> None:
        try:
            _check_utf8(self.content)
        except UnicodeDecodeError as fault:
            row, column = self._place_of(fault.start)
            byte = self.content[fault.start : fault.start + 1]
            raise UnusableFile(
                self.name,
                row=row,
                column=column,
                expected=_("text in UTF-8 (in a spreadsheet: save as “CSV UTF-8”)"),
                found=format_lazy(
                    _("the byte 0x{code} at byte {byte}, which is “{letter}” in the older Latin-1"),
                    code=byte.hex().upper(),
                    byte=fault.start + 1,
                    letter=shown(byte.decode("cp1252", "replace")),
                ),
            ) from fault

    def _place_of(self, offset: int) -> tuple[int, str]:
        """The row of a byte, and the name of its column, or the column's number where row 1 does not tell."""
        before = self.content[:offset].decode("utf-8-sig", "replace").replace("\0", " ") + "?"
        rows = csv.reader(io.StringIO(before, newline=""), delimiter=_likely(before))
        first: list[str] = []
        last: list[str] = []
        number = 0
        try:
            for number, last in enumerate(rows, start=1):  # noqa: B007 - the last one is wanted
                first = first or last
        except csv.Error:
            number = before.count("\n") + 1
        column = len(last) or 1
        return number, first[column - 1] if number > 1 and column <= len(first) else str(column)


def too_large(name: str, most: int) -> UnusableFile:
    return UnusableFile(
        name,
        expected=format_lazy(_("a file of at most {most} MB"), most=max(1, most // A_MEGABYTE)),
        found=_("a larger one"),
    )


def _likely(text: str) -> str:
    """The delimiter that the first line uses most."""
    first = text[:10_000].splitlines()[0]
    return max(",;\t", key=first.count)


def _check_utf8(content: bytes) -> None:
    """Raises UnicodeDecodeError. By parts, so that a large file is never held twice."""
    decoder, step = codecs.getincrementaldecoder("utf-8")(), A_MEGABYTE
    for start in range(0, len(content) + 1, step):
        held = len(decoder.getstate()[0])
        try:
            decoder.decode(content[start : start + step], final=start + step > len(content))
        except UnicodeDecodeError as fault:
            fault.start += start - held
            raise


def _first_bytes(file: Any, most: int) -> bytes:
    if isinstance(file, bytes | bytearray | memoryview):
        return bytes(file[:most])
    if isinstance(file, str | Path):
        with Path(file).open("rb") as opened:
            return opened.read(most)
    if hasattr(file, "seek") and file.seekable():
        file.seek(0)
    content: bytes = file.read(most)
    return content


def _name_of(file: Any) -> str:
    name = file if isinstance(file, str) else getattr(file, "name", "")
    return re.split(r"[/\\]", str(name))[-1] or "file"
