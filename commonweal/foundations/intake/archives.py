"""Folders and zips of files, opened with care.

A zip is looked through before anything in it is unpacked, and nothing is ever written to the disk: no name in it can
lead outside, and it cannot grow beyond what it declared and what we take.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .refusals import UnusableFile
from .sources import USUAL, ZIP, Limits, Source, too_large

PACKED_NAMES = (".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".tgz")
PACKED_BYTES = (ZIP, b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")
SMALL = 1_000_000
ENCRYPTED = 0x1
LOCAL_HEADER = 30
LISTED = b"PK\x01\x02"
FAULTS = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, KeyError)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files that came together, by name."""

    name: str
    names: tuple[str, ...]
    _folder: Path | None
    _content: bytes
    _limits: Limits

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def source(self, name: str) -> Source:
        """One of the files.

        Raises:
            UnusableFile: it is not there, too large, or broken.
        """
        if name not in self.names:
            raise UnusableFile(
                self.name,
                expected=format_lazy(_("a file called {name}"), name=name),
                found=format_lazy(_("only these: {names}"), names=", ".join(self.names[:12]) or "–"),
            )
        if self._folder is not None:
            return Source.of(self._folder / name, limits=self._limits)
        return Source(name, _unpacked(self.name, self._content, name, self._limits))


def open_bundle(
    file: Source | Path | str | bytes | IO[bytes] | Any, *, name: str = "", limits: Limits = USUAL
) -> Bundle:
    """Open a folder or a zip. Files keep the names they have in it.

    Raises:
        UnusableFile: the zip is broken or not safe to open; its name and what was found are told.
    """
    if isinstance(file, str | Path) and Path(file).is_dir():
        return _folder(Path(file), limits)
    source = Source.of(file, name=name, limits=limits)
    if not source.is_zip:
        raise UnusableFile(source.name, expected=_("a folder or a zip file"), found=_("something else"))
    if (count := source.content.count(LISTED)) > 2 * limits.unpacked_files:  # so that a list of a million is never read
        raise _unsafe(source.name, format_lazy(_("{count} files"), count=count))
    try:
        with zipfile.ZipFile(io.BytesIO(source.content)) as packed:
            members = [each for each in packed.infolist() if not each.filename.endswith("/")]
    except FAULTS as fault:
        raise _broken(source.name) from fault
    if not all(each.filename for each in members):
        raise _broken(source.name)
    _refuse_unsafe(source, members, limits)
    return Bundle(source.name, tuple(each.filename for each in members), None, source.content, limits)


def _folder(folder: Path, limits: Limits) -> Bundle:
    names = sorted(each.name for each in folder.iterdir() if each.is_file() and not each.is_symlink())
    if len(names) > limits.unpacked_files:
        raise _unsafe(folder.name, format_lazy(_("{count} files"), count=len(names)))
    return Bundle(folder.name, tuple(names), folder, b"", limits)


def _refuse_unsafe(source: Source, members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Everything that the zip's own list of contents tells."""
    if len(members) > limits.unpacked_files:
        raise _unsafe(source.name, format_lazy(_("{count} files"), count=len(members)))
    for member in members:
        if fault := _fault_of(member, limits):
            raise _unsafe(source.name, format_lazy("{fault}: {name}", fault=fault, name=member.filename[:80]))
    if len({member.filename for member in members}) != len(members):
        raise _unsafe(source.name, _("two files of the same name"))
    if sum(member.file_size for member in members) > limits.unpacked_bytes:
        raise too_large(source.name, limits.unpacked_bytes)
    if sum(member.compress_size for member in members) > len(source.content) or _overlap(members):
        raise _unsafe(source.name, _("files that lie on top of each other"))


def _fault_of(member: zipfile.ZipInfo, limits: Limits) -> str | Promise | None:
    path = PurePosixPath(member.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in member.filename:
        return _("a name that leads outside the zip")
    if not member.filename.isprintable():
        return _("a name with control characters")
    if stat.S_ISLNK(member.external_attr >> 16):
        return _("a link to another file")
    if member.flag_bits & ENCRYPTED:
        return _("a file with a password")
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return _("a file packed in an unusual way")
    if member.filename.casefold().endswith(PACKED_NAMES):
        return _("a packed file inside the zip")
    if member.file_size > max(SMALL, limits.unpacked_ratio * member.compress_size):
        return _("a file that swells when it is unpacked")
    return None


def _overlap(members: Iterable[zipfile.ZipInfo]) -> bool:
    """Whether one member's bytes reach into the next one's: how a small zip bomb is built."""
    end = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        if member.header_offset < end:
            return True
        end = member.header_offset + LOCAL_HEADER + member.compress_size
    return False


def _unpacked(bundle: str, content: bytes, name: str, limits: Limits) -> bytes:
    """A member's bytes, never more than it declared."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            most = min(packed.getinfo(name).file_size, limits.bytes) + 1
            with packed.open(name) as member:
                found = member.read(most)
    except FAULTS as fault:
        raise _broken(bundle) from fault
    if len(found) == most:
        raise too_large(name, limits.bytes)
    if found.startswith(PACKED_BYTES):
        raise _unsafe(bundle, format_lazy("{fault}: {name}", fault=_("a packed file inside the zip"), name=name[:80]))
    return found


def _unsafe(name: str, found: str | Promise) -> UnusableFile:
    return UnusableFile(name, expected=_("a zip of plain files that is safe to open"), found=found)


def _broken(name: str) -> UnusableFile:
    return UnusableFile(name, expected=_("a whole zip file"), found=_("a broken one"))
