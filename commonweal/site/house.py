"""The map of the house, read from the rooms' own READMEs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from .rooms import ROOMS

ROOT = Path(__file__).resolve().parent.parent
HEADINGS = ("For whom", "Words", "Verbs", "Questions", "What it must know", "How to try it")


@dataclass(frozen=True)
class Room:
    """One room as its README describes it."""

    path: str
    purpose: str
    headings: tuple[str, ...]

    @classmethod
    def at(cls, module: str) -> Room:
        folder = ROOT.joinpath(*module.split(".")[1:])
        readme = folder / "README.md"
        text = readme.read_text() if readme.exists() else ""
        paragraphs = [block for block in re.split(r"\n\s*\n", text) if block and not block.startswith("#")]
        purpose = " ".join(paragraphs[0].split()) if paragraphs else ""
        return cls(
            path="/".join(module.split(".")[1:]),
            purpose=purpose,
            headings=tuple(re.findall(r"^## (.+)$", text, re.MULTILINE)),
        )

    @property
    def missing_headings(self) -> list[str]:
        return [heading for heading in HEADINGS if heading not in self.headings]


def rooms() -> list[Room]:
    return [Room.at(module) for module in ROOMS]


def as_text() -> str:
    """The map as `./run rooms` prints it: storey by storey, one line a room."""
    storeys: dict[str, list[Room]] = {}
    for room in rooms():
        storeys.setdefault(room.path.partition("/")[0], []).append(room)
    return "\n".join(
        f"{storey}\n" + "".join(f"  {room.path.rpartition('/')[2]:<16}{room.purpose}\n" for room in inside)
        for storey, inside in storeys.items()
    )
