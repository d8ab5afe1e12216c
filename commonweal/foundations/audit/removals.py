"""What is gone for good must go again when an old backup comes back: the list that makes it so.

The list leaves the database (`keep`), because the database is what a restore takes back in time. Each room says how its
own records go again:

    removals.replay_by("people", "person", forget_again)      # (ids, because, at) -> None, and safe to run twice
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from .heads import told
from .models import Because, Removal

Replay = Callable[[list[UUID], str, datetime], None]

_replays: dict[tuple[str, str], Replay] = {}


class UnusableRemovals(Refusal):
    """A line of the list cannot be read; nothing of the file is used."""

    def __init__(self, file: Path, row: int) -> None:
        super().__init__(
            file,
            row,
            plainly=_("%(file)s, row %(row)s: expected a JSON line with subject, because and at.")
            % {"file": file.name, "row": row},
        )


@dataclass(frozen=True)
class Line:
    subject: Ref
    because: str
    at: datetime

    def __str__(self) -> str:
        return json.dumps({"subject": str(self.subject), "because": self.because, "at": told(self.at)})


def replay_by(room: str, kind: str, replay: Replay) -> None:
    _replays[room, kind] = replay


def replay_of(subject: Ref) -> Replay | None:
    return _replays.get((subject.room, subject.kind))


def read(file: Path) -> list[Line]:
    """The lines of a kept list. Raises UnusableRemovals, which names the row."""
    with file.open(encoding="utf-8") as lines:
        return [_line(file, row, text) for row, text in enumerate(lines, start=1) if text.strip()]


def keep(file: Path) -> int:
    """Add to the file what it does not have yet, and tell how much that was.

    It only ever adds: a database that was just restored knows less than the file.
    """
    kept = {line.subject for line in read(file)} if file.exists() else set()
    fresh = [line for line in recorded() if line.subject not in kept]
    if fresh:
        append(file, (f"{line}\n" for line in fresh))
    return len(fresh)


def recorded() -> Iterator[Line]:
    for removal in Removal.objects.order_by("id").iterator():
        yield Line(removal.subject, removal.because, removal.at)


def append(file: Path, texts: Iterable[str]) -> None:
    """Add to a file, and only come back when the disk has it."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with file.open("a", encoding="utf-8") as out:
        out.writelines(texts)
        out.flush()
        os.fsync(out.fileno())


def _line(file: Path, row: int, text: str) -> Line:
    try:
        told_line = json.loads(text)
        at = parse_datetime(told_line["at"])
        if at is None or told_line["because"] not in Because.values:
            raise UnusableRemovals(file, row)
        return Line(Ref.parse(told_line["subject"]), told_line["because"], at)
    except (ValueError, KeyError, TypeError, AttributeError) as unreadable:
        raise UnusableRemovals(file, row) from unreadable
