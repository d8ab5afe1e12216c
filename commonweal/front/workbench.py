"""The convenor's workbench: of one conversation, who has not been heard, what is owed and late, and where groups agree
across their divide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from commonweal.understand.dialogue import queries as dialogue
from commonweal.understand.dialogue.models import Conversation, Theme
from commonweal.understand.dialogue.queries import Missing, Promise, Voice
from commonweal.understand.dialogue.readings import Reading

#: Of themes that wait for their answer, so many stand here; all of them at the answering desk.
THEMES_SHOWN = 10


@dataclass(frozen=True)
class Bench:
    """One conversation, as its convenor needs to know it.

    Attributes:
        unheard: people of an age or an area who are missing, the widest gap first.
        owed: themes that wait for their answer, those due soonest first.
        late: how many of them are late.
        reading: what unites and divides people; none where there is no map yet.
    """

    conversation: Conversation
    missing: Missing
    unheard: Sequence[Voice]
    owed: Sequence[Theme]
    late: int
    promise: Promise | None
    reading: Reading | None


def benches(at: datetime) -> QuerySet[Conversation]:
    """Conversations to look after: those that are open, the newest first."""
    return dialogue.open_conversations(at)


def chosen(asked: str, at: datetime) -> Conversation | None:
    """The one that was asked for; else the newest that is open; else none."""
    try:
        return dialogue.conversation_for(None, UUID(asked))
    except (ValueError, Conversation.DoesNotExist):
        newest = benches(at).first()
        return dialogue.conversation_for(None, newest.pk) if newest else None


def bench_of(conversation: Conversation, at: datetime) -> Bench:
    missing, on = dialogue.who_is_missing(conversation, at), timezone.localdate(at)
    owed = dialogue.themes_of(conversation).filter(owed__answered_at=None)
    return Bench(
        conversation=conversation,
        missing=missing,
        unheard=[*missing.by_age.missing, *missing.by_area.missing],
        owed=list(owed[:THEMES_SHOWN]),
        late=owed.filter(owed__due_on__lt=on).count(),
        promise=dialogue.promise_of(conversation, on=on),
        reading=_reading(conversation),
    )


def _reading(conversation: Conversation) -> Reading | None:
    kept = dialogue.map_of(conversation)
    return Reading.of(kept.told, dialogue.shown_in(conversation, [kept.told])) if kept else None
