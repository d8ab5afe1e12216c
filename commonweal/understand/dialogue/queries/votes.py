"""How statements were voted on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from ..models import Choice, Contribution, Conversation, Statement, Vote


@dataclass(frozen=True)
class Tally:
    """How a statement was voted on, everybody's last vote counted."""

    agrees: int = 0
    passes: int = 0
    disagrees: int = 0

    @property
    def votes(self) -> int:
        return self.agrees + self.passes + self.disagrees


def tallies(contributions: Iterable[Contribution]) -> dict[UUID, Tally]:
    """How those of the contributions that were put to the vote were voted on. One question for a page."""
    statements = {each.statement.pk: each.pk for each in contributions if getattr(each, "statement", None) is not None}
    counts = dict.fromkeys(statements.values(), Tally())
    if not statements:
        return {}
    rows = (
        Vote.objects.filter(statement__in=statements)
        .values("statement")
        .annotate(
            agrees=Count("pk", filter=Q(choice=Choice.AGREE)),
            passes=Count("pk", filter=Q(choice=Choice.PASS)),
            disagrees=Count("pk", filter=Q(choice=Choice.DISAGREE)),
        )
    )
    for row in rows:
        counts[statements[row["statement"]]] = Tally(row["agrees"], row["passes"], row["disagrees"])
    return counts


def votes_of(conversation: Conversation) -> QuerySet[Vote, tuple[int, int, int]]:
    """Everybody's last vote on the statements that are shown: (participant's number, statement's number, choice)."""
    shown = Vote.objects.filter(statement__conversation=conversation, statement__contribution__held_at=None)
    return shown.values_list("participant__number", "statement__number", "choice")


def statements_of(conversation: Conversation) -> QuerySet[Statement]:
    return Statement.objects.filter(conversation=conversation).select_related("contribution__words").order_by("number")


def statement_on(contribution: Contribution) -> Statement | None:
    """The statement that this suggestion is put to the vote as."""
    return Statement.objects.filter(contribution=contribution).first()
