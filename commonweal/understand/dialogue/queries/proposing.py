"""What the machine proposes to put together, as far as it still waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, QuerySet

from ..models import Contribution, Conversation, Proposals
from .waiting import ungathered


@dataclass(frozen=True)
class Proposal:
    """Suggestions that may belong together. `name`, the first of them, finds it again."""

    name: UUID
    conversation: UUID
    members: tuple[UUID, ...]
    #: So many of them say nearly the same as another.
    alike: int


def proposals(conversation: Conversation | None = None) -> list[Proposal]:
    """The largest first. What was gathered, set aside or held back since is no part of them any more."""
    kept = Proposals.objects.order_by("conversation")
    if conversation is not None:
        kept = kept.filter(conversation=conversation)
    waits = set(ungathered(conversation).order_by().values_list("pk", flat=True)) if kept else set()
    found = [each for row in kept for each in _still(row, waits)]
    return sorted(found, key=lambda each: (-len(each.members), str(each.name)))


def proposal_named(name: str) -> Proposal | None:
    return next((each for each in proposals() if str(each.name) == name), None)


def first_of(some: Iterable[Proposal]) -> dict[UUID, Contribution]:
    """The most typical suggestion of each, by the proposal's name."""
    first = {each.members[0]: each.name for each in some}
    return {first[each.pk]: each for each in ungathered().filter(pk__in=first)}


def to_look_through() -> QuerySet[Conversation]:
    """Conversations in which something waits that is newer than what was looked at."""
    newest = {
        row["conversation"]: row["newest"]
        for row in ungathered().order_by().values("conversation").annotate(newest=Max("step_id"))
    }
    looked = dict(Proposals.objects.values_list("conversation", "latest"))
    return Conversation.objects.filter(pk__in=[pk for pk, step in newest.items() if step > looked.get(pk, -1)])


def newest_step(conversation: Conversation) -> int:
    newest: int | None = ungathered(conversation).order_by().aggregate(newest=Max("step_id"))["newest"]
    return newest or 0


def _still(row: Proposals, waits: set[UUID]) -> list[Proposal]:
    found = [(each["alike"], [UUID(id) for id in each["members"]]) for each in row.found]
    left = [(alike, ids[0], tuple(id for id in ids if id in waits)) for alike, ids in found]
    return [
        Proposal(name=name, conversation=row.conversation_id, members=members, alike=min(alike, len(members)))
        for alike, name, members in left
        if len(members) > 1
    ]


def members_of(proposal: Proposal) -> QuerySet[Contribution]:
    return ungathered().filter(pk__in=proposal.members)
