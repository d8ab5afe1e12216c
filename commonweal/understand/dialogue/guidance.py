"""How much time the guidance of a day asks for, as information beside the time that people had."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "time_to_answer.toml"


@dataclass(frozen=True)
class TimeToAnswer:
    """Weeks; None where the guidance names no number."""

    from_on: date
    least: int | None
    most: int | None
    reference: str


@cache
def every_guide() -> tuple[TimeToAnswer, ...]:
    """Oldest first."""
    values = tomllib.loads(_FILE.read_text(encoding="utf-8"))["values"]
    return tuple(
        TimeToAnswer(each["from"], each.get("least"), each.get("most"), each["reference"])
        for each in sorted(values, key=lambda each: each["from"])
    )


def time_to_answer(day: date) -> TimeToAnswer | None:
    """The guide in force on a day, where there was one."""
    in_force = [each for each in every_guide() if each.from_on <= day]
    return in_force[-1] if in_force else None


def last_with_a_number(day: date) -> TimeToAnswer | None:
    """The latest guide until that day that named a number of weeks, for comparison."""
    named = [each for each in every_guide() if each.from_on <= day and each.least is not None]
    return named[-1] if named else None
