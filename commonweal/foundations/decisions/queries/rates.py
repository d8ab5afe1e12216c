"""How a body keeps its word, counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from ..models import Owed
from ..policy import day_of


@dataclass(frozen=True)
class AnswerRate:
    """How a body keeps its word: of the answers that were due, how many came, and how many came by the first date."""

    due: int
    answered: int
    answered_by_first_date: int
    overdue: int

    @property
    def share(self) -> Fraction | None:
        """None when nothing was due yet: a rate of nothing cannot be known."""
        return Fraction(self.answered, self.due) if self.due else None


def answer_rate(at: datetime, *, since: datetime | None = None) -> AnswerRate:
    """How many of the answers whose first date has passed (since then) were given, and how many by that date."""
    came = Q(first_due_on__lt=day_of(at)) | ~Q(first_answered_at=None)
    due = Owed.objects.exclude(state=Owed.State.REPLACED).filter(came, owed_at__lte=at)
    if since is not None:
        due = due.filter(owed_at__gte=since)
    counts = due.annotate(answered_on=TruncDate("first_answered_at")).aggregate(
        due=Count("pk"),
        answered=Count("pk", filter=Q(first_answered_at__lte=at)),
        in_time=Count("pk", filter=Q(first_answered_at__lte=at, answered_on__lte=F("first_due_on"))),
        overdue=Count("pk", filter=Q(due_on__lt=day_of(at)) & (Q(answered_at=None) | Q(answered_at__gt=at))),
    )
    return AnswerRate(counts["due"], counts["answered"], counts["in_time"], counts["overdue"])


def anything_owed_before(at: datetime) -> bool:
    return Owed.objects.filter(owed_at__lt=at).exists()
