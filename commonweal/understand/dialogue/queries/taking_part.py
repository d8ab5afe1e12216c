"""Taking part: where somebody is in a conversation, and which statement they are asked next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.core.cache import caches
from django.db.models import Count, QuerySet

from commonweal.foundations.people.models import Person
from commonweal.methods import likeness, opinion

from .. import mapmaking
from ..models import Choice, Conversation, OpinionMap, Participant, Statement, Vote

#: Seconds for which a process may go by what it knew of the votes: a new statement is asked that much later.
KNOWN_FOR = 5
#: A statement that takes votes, with no more than its words.
_AS_SHOWN = (
    Statement.objects.filter(closed_at=None, contribution__held_at=None)
    .select_related("contribution__words")
    .only("number", *(f"contribution__words__{part}" for part in ("text", "language", "removed_at", "removed_because")))
    .order_by()
)
#: Of statements like one's own, so many are shown.
LIKE_SHOWN = 3


@dataclass(frozen=True)
class Place:
    """Where somebody is in a conversation.

    Attributes:
        participant: none before their first act.
        votes: their choice by the statement's number.
        statements: how many are open to the vote.
        asked: the one to vote on next; none when there is none left.
    """

    participant: Participant | None
    votes: dict[int, int]
    statements: int
    asked: Statement | None

    @property
    def voted(self) -> int:
        return len(self.votes)

    @property
    def left(self) -> int:
        return max(self.statements - self.voted, 0)


def conversation_by_code(code: str) -> Conversation:
    """The conversation that a poster names; upper case and missing hyphens are forgiven."""
    return Conversation.objects.get(code=code.lower().replace("_", "-"))


def participant_by(uuid: UUID, person: Person | None, conversation: Conversation) -> Participant | None:
    """Whoever takes part with this number of their browser, or signed in. Another person's number opens nothing."""
    inside = Participant.objects.filter(conversation=conversation)
    if person is not None and (own := inside.filter(person=person).first()):
        return own
    found = inside.filter(uuid=uuid).first()
    is_theirs = found is not None and (found.person_id is None or (person is not None and found.person_id == person.pk))
    return found if is_theirs else None


def place_of(
    conversation: Conversation, participant: Participant | None, uuid: UUID, *, number: int | None = None
) -> Place:
    """Where they are, and what to ask them next.

    Args:
        participant: none before their first act, and `uuid` what their browser keeps meanwhile.
        number: of a statement to ask about, where they came to change their mind.
    """
    votes = votes_by(participant)
    known = _known(conversation)
    asked = number if number in known.statements else _next(known, votes, participant.uuid if participant else uuid)
    found = _AS_SHOWN.filter(conversation=conversation, number=asked).first() if asked is not None else None
    return Place(participant, votes, len(known.statements), found)


def on_the_vote(conversation: Conversation) -> QuerySet[Statement]:
    """Statements that take votes, by number."""
    inside = Statement.objects.filter(conversation=conversation, closed_at=None, contribution__held_at=None)
    return inside.select_related("contribution__words").order_by("number")


def votes_by(participant: Participant | None) -> dict[int, int]:
    if participant is None:
        return {}
    return dict(Vote.objects.filter(participant=participant).values_list("statement__number", "choice"))


def voted_on(participant: Participant) -> QuerySet[Vote]:
    """A participant's own votes, the newest first, to look at and to change."""
    own = Vote.objects.filter(participant=participant, statement__contribution__held_at=None)
    return own.select_related("statement__contribution__words").order_by("-at", "-pk")


def like(conversation: Conversation, words: str) -> list[Statement]:
    """Statements that say nearly what somebody is about to say, the most alike first."""
    there = list(on_the_vote(conversation))
    found = likeness.Texts.of([each.contribution.words.text for each in there]).like(words, most=LIKE_SHOWN)
    return [there[pair.other] for pair in found] if there else []


def _next(known: opinion.Known, votes: Mapping[int, int], uuid: UUID) -> int | None:
    """Drawn by what is known and by who asks: the same page loaded again asks the same."""
    way = opinion.route(known, {**votes})
    dice = np.random.default_rng([uuid.int % 2**63, len(votes)])
    return int(way.draw(dice)) if way.statements else None


def _known(conversation: Conversation) -> opinion.Known:
    """What this process knows of the statements; a few seconds old at most."""
    key = f"dialogue.known.{conversation.pk}"
    known = caches["near"].get(key)
    if known is None:
        known = _counted(conversation)
        caches["near"].set(key, known, KNOWN_FOR)
    return known


def _counted(conversation: Conversation) -> opinion.Known:
    """Votes on each statement by everybody; and in each group, as the last map found them."""
    numbers = tuple(on_the_vote(conversation).values_list("number", flat=True))
    counts: dict[tuple[int, int], int] = defaultdict(int)
    rows = Vote.objects.filter(statement__conversation=conversation).values_list("statement__number", "choice")
    for number, choice, count in rows.annotate(count=Count("pk")):
        counts[number, choice] = count
    agrees, passes, disagrees = (
        np.array([[counts[number, choice] for number in numbers]], dtype=np.intp)
        for choice in (Choice.AGREE, Choice.PASS, Choice.DISAGREE)
    )
    seen = (agrees + passes + disagrees)[0]
    kept = OpinionMap.objects.only("tallies").filter(conversation=conversation).first()
    if kept is not None and len(kept.tallies["sizes"]) > 1:
        return mapmaking.known(kept.tallies).of_these(numbers, seen)
    return opinion.Known(numbers, agrees, passes, disagrees, np.array([1]), seen)
