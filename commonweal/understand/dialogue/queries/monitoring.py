"""Equality monitoring as far as it may be told: totals of many, when the conversation is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from commonweal.methods.disclosure import protect

from ..characteristics import ANSWERS, Characteristic
from ..models import Conversation, Tick

#: With fewer answers to a question none of them is shown.
FEWEST_ANSWERS = 50


@dataclass(frozen=True)
class Ticks:
    """One question: how often each answer was given, None where hidden; no counts where fewer than 50 answered."""

    characteristic: str
    question: str
    counts: tuple[tuple[str, int | None], ...] = ()
    total: int = 0


def ticks_of(conversation: Conversation, at: datetime) -> list[Ticks]:
    """Nothing while it is open: nobody can watch the counts move as one person answers."""
    if not conversation.is_over(at):
        return []
    rows = Tick.objects.filter(conversation=conversation).values_list("characteristic", "answer", "count")
    counted = {(asked, answer): count for asked, answer, count in rows}
    return [_ticks(asked, counted) for asked in Characteristic] if counted else []


def _ticks(asked: Characteristic, counted: dict[tuple[str, str], int]) -> Ticks:
    possible = ANSWERS[asked]
    counts = [counted.get((asked.value, answer), 0) for answer in possible]
    if sum(counts) < FEWEST_ANSWERS:
        return Ticks(asked.value, str(asked.label))
    told = protect(counts)
    shown = tuple((str(label), count) for label, count in zip(possible.values(), told.counts, strict=True))
    return Ticks(asked.value, str(asked.label), shown, told.total)
