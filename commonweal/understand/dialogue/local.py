"""Numbers, words and addresses that a place may set for itself, kept as data with their dates.

`settings.VAR/place/dialogue/NAME.toml`, where a place has put one there, stands in place of ours, whole.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

_OURS = Path(__file__).parent / "data"


def file_of(name: str) -> dict[str, Any]:
    """The place's own file, or ours. Read again when it has changed."""
    return _read(*version_of(name))


def version_of(name: str) -> tuple[Path, int]:
    """Which file it is, and when it changed: what is made of it can be kept as long as this stays the same."""
    own = settings.VAR / "place" / "dialogue" / f"{name}.toml"
    found = own if own.is_file() else _OURS / f"{name}.toml"
    return found, found.stat().st_mtime_ns


@lru_cache(maxsize=16)
def _read(file: Path, changed: int) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def in_force(rows: list[dict[str, Any]], day: date) -> list[dict[str, Any]]:
    """Those that hold on that day: begun, and not ended."""
    return [row for row in rows if row["from"] <= day and day < row.get("until", date.max)]


def latest(name: str, day: date) -> Any:
    """The value in force on that day.

    Raises:
        LookupError: the file says nothing for so early a day.
    """
    rows = in_force(file_of(name)["values"], day)
    if not rows:
        raise LookupError(f"{name}.toml has no value for {day}")
    return max(rows, key=lambda row: row["from"])["value"]
