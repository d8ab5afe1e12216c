"""A whole conversation as it would be moved to another house: every statement, every vote with its time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

import rules
from django.db.models import QuerySet

from commonweal.foundations.people.models import Person

from ..models import Cast, Choice, Contribution, Conversation, Participant, Statement, Vote
from ..polis import Ballot, Comment, Export


def export_of(conversation: Conversation, *, reader: Person | None) -> Export:
    """The conversation as Polis exports it. People go by the numbers that they have here.

    Where a vote has no time, as in a conversation that came in without times, the votes are those of the end. Words
    that this reader may not read, and words that were taken away, are not in it; their votes are.
    """
    has_times = not _casts(conversation).filter(at=None).exists()
    ballots = tuple(_every_cast(conversation) if has_times else _final(conversation))
    people = Participant.objects.filter(conversation=conversation)
    comments = tuple(_comments(conversation, ballots, reader))
    voted = {each.voter for each in ballots}
    wrote = {each.author for each in comments if each.author is not None}
    known = set(people.values_list("number", flat=True))
    return Export(
        source=f"dialogue:{conversation.pk}",
        digest="",
        question=conversation.question,
        description=conversation.why.text,
        comments=comments,
        ballots=ballots,
        people=frozenset(known & (voted | wrote)),
        has_times=has_times,
    )


def suggestions_beside(conversation: Conversation, *, reader: Person | None) -> list[Contribution]:
    """What was said and never put to the vote, as far as this reader may read it: Polis has no place for it."""
    said = conversation.contributions.filter(statement=None, words__removed_at=None)
    rows = said.select_related("words").order_by("step_id")
    return [each for each in rows if rules.test_rule("read this suggestion", reader, each)]


def _casts(conversation: Conversation) -> QuerySet[Cast]:
    return Cast.objects.filter(statement__conversation=conversation)


def _every_cast(conversation: Conversation) -> Iterable[Ballot]:
    """In the order in which they count: by time, and of two at the same moment the later row last."""
    rows = _casts(conversation).order_by("at", "pk")
    told = rows.values_list("participant__number", "statement__number", "choice", "at")
    for voter, comment, choice, at in told.iterator(chunk_size=10_000):
        yield Ballot(voter, comment, choice, None if at is None else _to_the_millisecond(at))


def _final(conversation: Conversation) -> Iterable[Ballot]:
    rows = Vote.objects.filter(statement__conversation=conversation)
    told = rows.order_by("participant__number", "statement__number")
    for voter, comment, choice in told.values_list("participant__number", "statement__number", "choice"):
        yield Ballot(voter, comment, choice, None)


def _comments(conversation: Conversation, ballots: Iterable[Ballot], reader: Person | None) -> Iterable[Comment]:
    counted = Counter((ballot.comment, ballot.choice) for ballot in ballots)
    rows = Statement.objects.filter(conversation=conversation).order_by("number")
    for each in rows.select_related("contribution__words", "contribution__step", "author"):
        said = each.contribution
        is_empty = said.words.is_removed or not rules.test_rule("read this suggestion", reader, said)
        yield Comment(
            number=each.number,
            author=each.author.number if each.author else None,
            words="" if is_empty else said.words.text,
            agrees=counted[each.number, Choice.AGREE],
            disagrees=counted[each.number, Choice.DISAGREE],
            moderated=-1 if said.is_held or is_empty else 1,
            at=_to_the_millisecond(said.step.at),
        )


def _to_the_millisecond(at: datetime) -> datetime:
    """As exactly as Polis has it, never rounded up into the next one."""
    return at.astimezone(UTC).replace(microsecond=at.microsecond // 1_000 * 1_000)
