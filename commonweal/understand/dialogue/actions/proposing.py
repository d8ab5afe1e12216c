"""Find what is alike among the suggestions that wait, for a person to take or leave. Nothing is gathered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from commonweal.methods.likeness import ALIKE, MOST_FOR_THEMES, SAME, Texts

from .. import queries
from ..models import Contribution, Conversation, Proposals

METHOD = f"likeness, same {SAME}, alike {ALIKE}"


def propose(*, at: datetime) -> int:
    """Reckon anew for each conversation where somebody said something since the last time. Safe to run twice.

    Of more than 4,000 that wait, the oldest are looked at first.
    """
    return sum(_propose(conversation, at) for conversation in queries.to_look_through())


def _propose(conversation: Conversation, at: datetime) -> bool:
    waiting = list(queries.ungathered(conversation)[:MOST_FOR_THEMES])
    if not waiting:
        return False
    terms = {
        "found": found_alike(waiting),
        "looked_at": len(waiting),
        "latest": queries.newest_step(conversation),
        "method": METHOD,
        "at": at,
    }
    Proposals.objects.update_or_create(conversation=conversation, defaults=terms)
    return True


def found_alike(waiting: Sequence[Contribution]) -> list[dict[str, Any]]:
    """Groups of at least two, the largest first. Those that say nearly the same are counted, and stand first."""
    texts = Texts.of([str(each.words.text) for each in waiting])
    same = _near(texts)
    return [
        {
            "members": [str(waiting[at].pk) for at in sorted(theme.members, key=lambda at: at not in same)],
            "alike": sum(at in same for at in theme.members),
        }
        for theme in texts.themes()
    ]


def _near(texts: Texts) -> set[int]:
    twins: defaultdict[int, set[int]] = defaultdict(set)
    for pair in texts.near_duplicates():
        twins[pair.one].add(pair.other)
        twins[pair.other].add(pair.one)
    return set(twins)
