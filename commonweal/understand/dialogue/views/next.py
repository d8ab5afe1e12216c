"""What came of a step, as its own page shows it: as far as the next conversation, each sort of thing once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Step
from commonweal.foundations.thread.telling import Line

#: Of what came of it, so much is looked at, and so much of that is shown; the whole story is a link away.
LOOKED_AT, SHOWN = 200, 30


def what_happened_next(step: Step, *, person: Person | None) -> dict[str, Any]:
    """For `dialogue/_next.html`: an answer, a decision, an initiative, a payment, a lesson, oldest first."""
    fruits = thread.fruits(step)
    lines = _firsts(telling.lines(fruits[:LOOKED_AT], person=person))[:SHOWN]
    return {"lines": lines, "more": len(fruits) - len(lines)}


def _firsts(lines: Iterable[Line]) -> list[Line]:
    """The first line of each sort, so that three agreements do not hide what was agreed."""
    by_sort: dict[str, Line] = {}
    for line in lines:
        by_sort.setdefault(line.word, line)
    return list(by_sort.values())
