"""Numbers that come from law or guidance, kept as data with their dates, unit and source."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


@cache
def file_of(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def value_on(name: str, day: date, **which: str) -> Any:
    """The value in force on a day, or None where the file has none.

    Args:
        which: other keys that the value must have, as nation="ENG".
    """
    in_force = [
        each
        for each in file_of(name)["values"]
        if each["from"] <= day and all(each.get(key) == wanted for key, wanted in which.items())
    ]
    return max(in_force, key=lambda each: each["from"])["value"] if in_force else None
