"""What the opinion map of a conversation says, what it is made from, and when it wants to be made anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Count, F, Max, QuerySet

from commonweal.foundations.people.models import Person
from commonweal.methods import opinion

from .. import mapmaking
from ..mapmaking import Ballots, Telling, Told
from ..models import Cast, Conversation, OpinionMap, Participant, Statement
from .taking_part import participant_by, votes_by

#: So long after its end the last map is made: votes that were on their way then have come.
LAST_AFTER = timedelta(minutes=1)
#: A passing map waits until so many people have voted since the one before: whoever compares the two cannot see where
#: one of them stands.
FEWEST_SINCE = 5
AT_ONCE = 20_000


@dataclass(frozen=True)
class OwnPlace:
    """Where somebody who votes stands, for their own eyes.

    Attributes:
        votes: how many statements they voted on.
        standing: none where there are no groups.
    """

    votes: int
    standing: opinion.Standing | None

    @property
    def wanted(self) -> int:
        return max(0, opinion.FEWEST_VOTES - self.votes)


def map_of(conversation: Conversation) -> OpinionMap | None:
    return OpinionMap.objects.defer("tallies").filter(conversation=conversation).first()


def own_place(conversation: Conversation, uuid: UUID, person: Person | None) -> OwnPlace | None:
    """Where this participant stands beside the groups; None before their first vote. Reckoned from their own votes and
    the groups' tallies, and kept nowhere."""
    participant = participant_by(uuid, person, conversation)
    votes = votes_by(participant) if participant else {}
    if not votes:
        return None
    kept = OpinionMap.objects.only("tallies", "told").filter(conversation=conversation).first()
    groups = len(kept.told["groups"]) if kept else 0
    standing = opinion.stand_among(mapmaking.known(kept.tallies), votes, groups=groups) if kept and groups else None
    return OwnPlace(len(votes), standing)


def shown_in(conversation: Conversation, told: Iterable[Told | None]) -> dict[int, Statement]:
    """The statements that these maps speak of, by number: those that everybody may read."""
    numbers = {telling["statement"] for each in told if each for telling in _tellings(each)}
    found = Statement.objects.filter(conversation=conversation, number__in=numbers, contribution__held_at=None)
    return {each.number: each for each in found.select_related("contribution__words")}


def awaiting_a_map(at: datetime) -> list[Conversation]:
    """Conversations in which enough people voted since their map was made, or of which something else is shown now; and
    those that are over and have no last one."""
    open_ones = Conversation.objects.exclude(map__is_last=True)
    casts = _counted(Cast.objects.filter(statement__conversation__in=open_ones), "statement__conversation", "pk")
    held = _held(open_ones)
    waiting = open_ones.filter(pk__in=list(casts)).annotate(state=F("map__state")).order_by("opens_at", "pk")
    return [each for each in waiting if is_final(each, at) or _has_moved(each, each.state, _state(each, casts, held))]


def _has_moved(conversation: Conversation, before: str | None, now: str) -> bool:
    if before is None or before == now:
        return before is None
    _casts, last, *back = before.split(".", 2)
    if back != now.split(".", 2)[2:]:
        return True
    since = Cast.objects.filter(statement__conversation=conversation, pk__gt=int(last))
    return since.aggregate(people=Count("participant", distinct=True))["people"] >= FEWEST_SINCE


def is_final(conversation: Conversation, at: datetime) -> bool:
    return conversation.is_over(at - LAST_AFTER)


def ballots_of(conversation: Conversation) -> Ballots:
    """Every cast, in the order in which they count: as they came, or by their moments where they came by file."""
    held = _held(Conversation.objects.filter(pk=conversation.pk))
    by_moment = [F("at").asc(nulls_first=True)] if conversation.brought_in_from else []
    inside = Cast.objects.filter(statement__conversation=conversation).order_by(*by_moment, "pk")
    digest = hashlib.sha256()
    rows = np.fromiter(_rows(inside, digest), dtype="i8,i8,i8,i1,f8,?")
    number, person, statement, choice, at, is_shown = (rows[name] for name in rows.dtype.names or ())
    people = Participant.objects.filter(conversation=conversation).exclude(network="")
    return Ballots(
        person=person,
        statement=statement,
        choice=choice,
        at=at,
        is_shown=is_shown,
        networks=dict(people.values_list("number", "network")),
        digest=digest.hexdigest(),
        state=_state(conversation, {conversation.pk: (len(rows), int(number.max(initial=0)))}, held),
    )


def _rows(casts: QuerySet[Cast], digest: Any) -> Iterator[tuple[int, int, int, int, float, bool]]:
    columns = ("pk", "participant__number", "statement__number", "choice", "at", "statement__contribution__held_at")
    for number, person, statement, choice, at, held_at in casts.values_list(*columns).iterator(chunk_size=AT_ONCE):
        digest.update(b"%d %d %d %d\n" % (number, person, statement, choice))
        yield number, person, statement, choice, at.timestamp() if at else np.nan, held_at is None


def _held(conversations: QuerySet[Conversation]) -> dict[UUID, tuple[int, Any]]:
    held = Statement.objects.filter(conversation__in=conversations, contribution__held_at__isnull=False)
    return _counted(held, "conversation", "contribution__held_at")


def _counted(rows: QuerySet[Any], by: str, last: str) -> dict[UUID, tuple[int, Any]]:
    """How many rows each conversation has, and the last of them."""
    return {each: (count, top) for each, count, top in rows.values_list(by).annotate(Count("pk"), Max(last))}


def _state(
    conversation: Conversation, casts: Mapping[UUID, tuple[int, Any]], held: Mapping[UUID, tuple[int, Any]]
) -> str:
    count, last = casts[conversation.pk]
    back, last_back = held.get(conversation.pk, (0, None))
    return f"{count}.{last}.{back}.{last_back.timestamp() if last_back else ''}"


def _tellings(told: Told) -> Iterator[Telling]:
    yield from told["uniting"]
    yield from told["dividing"]
    for group in told["groups"]:
        yield from group["representative"]
