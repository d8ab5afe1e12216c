"""What speaks for a consultation, and who read which copy of its report before which decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from commonweal.foundations.decisions.models import Decision
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread.models import Step

from ..models import Considered, Conversation, Duty, Evidence


@dataclass(frozen=True)
class Weighed:
    """A decision, and who was written down as having read the report by then."""

    decision: Decision
    read: tuple[Considered, ...]

    def written_late(self, read: Considered) -> bool:
        """It was written down after the day of the decision."""
        return timezone.localdate(read.at) > self.decision.decided_on


def duty_of(conversation: Conversation) -> Duty | None:
    return Duty.objects.filter(conversation=conversation).select_related("words", "by").first()


def evidence_of(conversation: Conversation) -> QuerySet[Evidence]:
    """All of it, also what was taken back, oldest first."""
    kept = Evidence.objects.filter(conversation=conversation)
    return kept.select_related("words", "by", "about", "taken_back_because").order_by("at", "pk")


def evidence_for(person: Person | None, uuid: UUID) -> Evidence:
    return Evidence.objects.select_related("conversation").get(pk=uuid)


def considerations_of(conversation: Conversation) -> QuerySet[Considered]:
    read = Considered.objects.filter(conversation=conversation).select_related("copy", "person", "on_word_of", "by")
    return read.order_by("read_on", "at", "pk")


def decisions_from(conversation: Conversation) -> list[Decision]:
    """Public decisions that came of it, oldest first."""
    steps = Step.objects.filter(pk__in=thread.fruits(conversation.step).ids, kind="decisions.decision")
    made = Decision.objects.filter(step__in=steps, is_public=True).select_related("step")
    return list(made.order_by("decided_on", "recorded_at", "pk"))


def weighed(conversation: Conversation) -> list[Weighed]:
    """Each decision with those who had read a copy of the report by its day."""
    read = list(considerations_of(conversation))
    return [
        Weighed(decision, tuple(each for each in read if each.read_on <= decision.decided_on))
        for decision in decisions_from(conversation)
    ]


def weeks_open(conversation: Conversation, at: datetime) -> tuple[int, int]:
    """Whole weeks and days for which people could take part, until now where it is open."""
    last = min(each for each in (conversation.closes_at, conversation.closed_at, at) if each is not None)
    days = max((last - conversation.opens_at).days, 0)
    return divmod(days, 7)
