"""What was learned: the two questions before and after, what bodies say, what people pledge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.functional import Promise

from commonweal.foundations.people.models import Person
from commonweal.methods.disclosure import Protected, protect

from ..counts import about
from ..models import Conversation, Inkling, Insight, Participant, Pledge, Vote
from ..two_questions import WORDINGS, Steps, Wording
from .taking_part import on_the_vote

#: With fewer people who answered both times nothing is shown: single people could be told.
FEWEST_BOTH = 10
#: So long after a conversation is over people can still say how it was.
AFTERWARDS = timedelta(days=28)


@dataclass(frozen=True)
class Change:
    """One question, answered before and after by the same people.

    Attributes:
        people: how many answered it both times, as far as that may be told.
        before, after: of each step, from the lowest; None where it cannot be known.
    """

    question: str | Promise
    steps: Steps
    people: int
    before: Protected | None
    after: Protected | None

    @property
    def is_known(self) -> bool:
        return self.before is not None and self.after is not None

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """Each step with its counts as they may be told; none where it cannot be known."""
        if self.before is None or self.after is None:
            return []
        counts = zip(self.steps.values(), self.before.counts, self.after.counts, strict=True)
        return [(str(label), about(before), about(after)) for label, before, after in counts]


def moment_of(conversation: Conversation, participant: Participant, at: datetime) -> str | None:
    """Which of the two they would answer now: before, after, or none of them."""
    voted = Vote.objects.filter(participant=participant)
    if not voted.exists():
        return None
    if conversation.is_over(at):
        ends = [end for end in (conversation.closes_at, conversation.closed_at) if end is not None]
        return Inkling.Moment.AFTER if at < min(ends) + AFTERWARDS else None
    has_answered_after = Inkling.objects.filter(participant=participant, moment=Inkling.Moment.AFTER).exists()
    left = on_the_vote(conversation).exclude(pk__in=voted.values("statement"))
    return Inkling.Moment.AFTER if has_answered_after or not left.exists() else Inkling.Moment.BEFORE


def inkling_of(participant: Participant, moment: str) -> Inkling | None:
    return Inkling.objects.filter(participant=participant, moment=moment).first()


def changes(conversation: Conversation) -> list[Change]:
    """Before and after, of the same people, for each question. Shown when the conversation is over: nobody can watch
    the counts move as one person answers."""
    rows = Inkling.objects.filter(participant__conversation=conversation)
    told: dict[tuple[int, str], tuple[int | None, int | None]] = {}
    for who, moment, understands, trusts in rows.filter(wording=WORDINGS[-1].from_on).values_list(
        "participant", "moment", "understands", "trusts"
    ):
        told[who, moment] = (understands, trusts)
    both = [
        (told[who, Inkling.Moment.BEFORE], told[who, Inkling.Moment.AFTER])
        for who, moment in told
        if moment == Inkling.Moment.AFTER and (who, Inkling.Moment.BEFORE) in told
    ]
    return [_change(WORDINGS[-1], number, both) for number in (0, 1)]


def insights_of(conversation: Conversation) -> QuerySet[Insight]:
    """What bodies say that they learned, oldest first."""
    return (
        Insight.objects.filter(conversation=conversation).select_related("organisation", "words").order_by("at", "pk")
    )


def pledges_of(conversation: Conversation) -> QuerySet[Pledge]:
    """What people and bodies say they will do, the next due first."""
    made = Pledge.objects.filter(conversation=conversation).select_related("person", "organisation", "words")
    return made.order_by("by_on", "at", "pk")


def pledge_for(person: Person | None, uuid: UUID) -> Pledge:
    """Pledges are public."""
    return Pledge.objects.select_related("person", "organisation", "words", "conversation__step", "step").get(pk=uuid)


def pledges_by(person: Person) -> QuerySet[Pledge]:
    return Pledge.objects.filter(person=person).select_related("words", "conversation").order_by(F("at"), "pk")


def insights_by(person: Person) -> QuerySet[Insight]:
    return (
        Insight.objects.filter(by=person).select_related("words", "conversation", "organisation").order_by("at", "pk")
    )


def _change(wording: Wording, number: int, both: Iterable[tuple[tuple[int | None, ...], ...]]) -> Change:
    pairs = [(before[number], after[number]) for before, after in both]
    known = [(before, after) for before, after in pairs if before is not None and after is not None]
    question, steps = (
        (wording.understands, wording.understands_steps),
        (wording.trusts, wording.trusts_steps),
    )[number]
    if len(known) < FEWEST_BOTH:
        return Change(question, steps, 0, None, None)
    before, after = (Counter(pair[moment] for pair in known) for moment in (0, 1))
    shown = [protect([counted[step] for step in steps]) for counted in (before, after)]
    return Change(question, steps, protect([len(known)]).total, *shown)
