"""The ledger's numbers that a place sets by its own rules, with their dates."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from commonweal.methods.quantities import Money

_FILE = Path(__file__).parent / "data" / "four_eyes_above.toml"


def four_eyes_above(on: date) -> Money:
    """The limit as it stood on a day: payments above it need two people, always."""
    in_force = [each for each in _values() if each["from"] <= on]
    return Money(max(in_force, key=lambda each: each["from"])["value"]) if in_force else Money(0)


@cache
def _values() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(_FILE.read_text(encoding="utf-8"))["values"])
