"""What came of a step, as its own page shows it: as far as the next conversation, the rest a link away."""

from __future__ import annotations

from typing import Any

from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Step

#: Of what came of it, so much is shown on the page; the whole story is a link away.
SHOWN = 30


def what_happened_next(step: Step, *, person: Person | None) -> dict[str, Any]:
    """For `dialogue/_next.html`: an answer, a decision, an initiative, a payment, a lesson, oldest first."""
    fruits = thread.fruits(step)
    return {
        "lines": telling.lines(fruits[:SHOWN], person=person),
        "more": max(len(fruits) - SHOWN, 0),
        "story_of": step,
    }
