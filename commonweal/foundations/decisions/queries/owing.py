"""Questions about what is owed an answer: who may read it, what it covers, who has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from commonweal.foundations.calendar.days import Nation
from commonweal.foundations.people.models import Person
from commonweal.foundations.places.models import Place
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from ..models import Assignment, Draft, Extension, Owed, OwedLine, Succession
from ..policy import day_of
from ..rules import works_at_the_desk
from .assenting import parties_of

#: Whoever writes an answer reads so many of the things that people said, from the first to the last.
TYPICAL = 10


@dataclass(frozen=True)
class Covered:
    """How much an answer covers: things that were said, and people who said them."""

    things: int
    people: int


def owed_seen_by(person: Person | None, *, on: date) -> QuerySet[Owed]:
    """What is public, and what is not to those it concerns (see `_concerns`)."""
    promised = Owed.objects.select_related("because", "step")
    return promised if works_at_the_desk(person) else promised.filter(concerns(person, on, owed="pk", by="owed_by"))


def concerns(person: Person | None, on: date, *, owed: str, by: str) -> Q:
    """Public, or of this person: their own line is in it, they promised it (or their body did), wrote it, or have it.

    Args:
        owed, by: paths to the promise and to who made it.
    """
    if person is None:
        return Q(is_public=True)
    it = OuterRef(owed)
    theirs = OwedLine.objects.filter(owed=it, person=person)
    written = Draft.objects.filter(Q(drafted_by=person.ref) | Q(writer=person.ref), owed=it)
    seen = Q(is_public=True) | Q(Exists(theirs)) | Q(Exists(written)) | Q(**{f"{by}__in": parties_of(person, on)})
    if person.email:
        asked = Assignment.objects.filter(owed=it, link__email=person.email.lower(), link__withdrawn_at=None)
        seen |= Q(Exists(asked))
    return seen


def owed_for(person: Person | None, uuid: UUID, *, on: date) -> Owed:
    """The one accessor."""
    return owed_seen_by(person, on=on).get(pk=uuid)


def open_owed() -> QuerySet[Owed]:
    """What is not answered yet, the longest overdue first."""
    return Owed.objects.exclude(state__in=Owed.OVER).order_by("due_on", "owed_at", "pk")


def overdue(at: datetime) -> QuerySet[Owed]:
    return open_owed().filter(due_on__lt=day_of(at))


def at_the_desk(state: str = "") -> QuerySet[Owed]:
    """What waits at the desk, the longest overdue first; of one state only, where one is named."""
    waiting = open_owed().select_related("because", "step")
    return waiting.filter(state=state) if state in Owed.State.values else waiting


def owed_about(subject: Record | Ref) -> QuerySet[Owed]:
    return Owed.objects.filter(subject=subject).order_by("owed_at", "pk")


def current_assignment(owed: Owed) -> Assignment | None:
    return Assignment.objects.filter(owed=owed).select_related("link", "service").order_by("-number").first()


def extensions_of(owed: Owed) -> QuerySet[Extension]:
    return Extension.objects.filter(owed=owed).select_related("words").order_by("number")


def lines_of(person: Person | None, owed: Owed) -> list[OwedLine]:
    """The person's own lines in what the answer covers."""
    if person is None:
        return []
    return list(OwedLine.objects.filter(owed=owed, person=person).select_related("step").order_by("pk"))


def first_lines(owed: Owed, *, at_most: int = 20) -> list[Step]:
    """The steps of the first contributions that the answer covers, for whoever writes it to read."""
    lines = OwedLine.objects.filter(owed=owed).select_related("step").order_by("step_id", "pk")[:at_most]
    return [line.step for line in lines]


def typical_lines(owed: Owed, *, at_most: int = TYPICAL) -> list[Step]:
    """The steps of some contributions, spread evenly from the first to the last: nobody chose them."""
    ids = list(OwedLine.objects.filter(owed=owed).order_by("step_id", "pk").values_list("step_id", flat=True))
    if len(ids) > at_most:
        ids = [ids[place * (len(ids) - 1) // (at_most - 1)] for place in range(at_most)]
    steps = Step.objects.in_bulk(ids)
    return [steps[id] for id in ids]


def covers(owed: Owed) -> int:
    """How many contributions the answer covers."""
    return OwedLine.objects.filter(owed=owed).count()


def covered(owed: Owed) -> Covered:
    """Somebody who said two things is one person; each thing said by nobody we know counts as one more."""
    counts = OwedLine.objects.filter(owed=owed).aggregate(
        things=Count("pk"), known=Count("person", distinct=True), unknown=Count("pk", filter=Q(person=None))
    )
    return Covered(things=counts["things"], people=counts["known"] + counts["unknown"])


def taken_over_by(owed: Owed) -> list[Owed]:
    """What was promised instead, where it was split or put together with others."""
    after = Succession.objects.filter(before=owed).values("after")
    return list(Owed.objects.filter(pk__in=after).order_by("step_id", "pk"))


def nation() -> str:
    place = Place.objects.first()
    return place.nation if place is not None else Nation.ENGLAND


def person_of(ref: Ref) -> Person | None:
    if (ref.room, ref.kind) != ("people", "person"):
        return None
    return Person.objects.filter(pk=ref.uuid).first()
