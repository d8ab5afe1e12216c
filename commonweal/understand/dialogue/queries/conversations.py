"""What was asked, and what was brought in from elsewhere."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from commonweal.foundations.people.models import Person

from ..models import Contribution, Conversation
from ..wording import in_and_back

_IN_A_FILE = Q(contributions__channel=Contribution.Channel.FILE)
_SEEDED = Q(contributions__channel=Contribution.Channel.SEED)


def conversations() -> QuerySet[Conversation]:
    """All of them, newest first, with how many suggestions were made here and how many statements were brought in, of
    those that everybody may read."""
    shown = Q(contributions__held_at=None)
    counted = Conversation.objects.select_related("why").annotate(
        suggestions=Count("contributions", filter=shown & ~_IN_A_FILE & ~_SEEDED),
        brought_in=Count("contributions", filter=shown & _IN_A_FILE),
    )
    return counted.order_by("-opens_at", "pk")


def open_conversations(at: datetime) -> QuerySet[Conversation]:
    over = Q(closes_at__lte=at) | Q(closed_at__lte=at)
    return Conversation.objects.filter(~over, opens_at__lte=at).order_by("-opens_at", "pk")


def conversation_for(person: Person | None, uuid: UUID) -> Conversation:
    return Conversation.objects.select_related("why", "promise", "step", "owed", "promised_by", "despite_hold").get(
        pk=uuid
    )


def in_and_back_of(conversation: Conversation) -> str:
    """How many statements were brought in, how many of them are held back, and why; nothing where none were."""
    if not conversation.brought_in_from:
        return ""
    rows = conversation.contributions.filter(channel=Contribution.Channel.FILE).values_list("held_because")
    counts = dict(rows.annotate(count=Count("pk")).order_by("held_because"))
    return in_and_back(sum(counts.values()), {because: count for because, count in counts.items() if because})
