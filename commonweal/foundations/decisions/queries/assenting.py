"""Questions about agreement: who was asked, what each said, and who may read it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Audience
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from ..models import Asking, Assent
from ..rules import works_at_the_desk


def assents_of(subject: Record | Ref) -> QuerySet[Assent]:
    """All that was said about the subject, by anybody, earlier stances too."""
    return Assent.objects.filter(subject=subject).select_related("words", "person", "link")


def current_assents(subject: Record | Ref) -> QuerySet[Assent]:
    """What each party said last: that is what counts."""
    later = Assent.objects.filter(subject=OuterRef("subject"), party=OuterRef("party"), number__gt=OuterRef("number"))
    return assents_of(subject).filter(~Exists(later)).order_by("at", "pk")


def askings() -> QuerySet[Asking]:
    return Asking.objects.select_related("step", "link")


def askings_of(subject: Record | Ref) -> QuerySet[Asking]:
    """Who was asked; those who must carry it out first."""
    return Asking.objects.filter(subject=subject).order_by("-asks_implementer", "asked_at", "pk")


def unanswered_askings(subject: Record | Ref) -> QuerySet[Asking]:
    return unanswered(askings_of(subject))


def unanswered(asked: QuerySet[Asking]) -> QuerySet[Asking]:
    said = Assent.objects.filter(subject=OuterRef("subject"), party=OuterRef("party"), at__gte=OuterRef("asked_at"))
    return asked.filter(~Exists(said))


def speaks_for(person: Person | None, party: Ref, *, on: date) -> bool:
    """They are the party, or may give its word on that day."""
    return person is not None and party.ref in parties_of(person, on)


def parties_of(person: Person, on: date) -> list[Ref]:
    """Themselves, and every body whose word they may give on that day."""
    return [person.ref, *bodies_spoken_for(person, on)]


def bodies_spoken_for(person: Person, on: date) -> list[Ref]:
    return [organisation.ref for organisation in organisations.organisations_acted_for(person, on=on)]


def askings_seen_by(person: Person | None, *, on: date) -> QuerySet[Asking]:
    """What was asked in public; of one's own party; or by oneself. Those at the desk see all."""
    if works_at_the_desk(person):
        return askings()
    seen = Q(step__audience=Audience.PUBLIC)
    if person is not None:
        seen |= Q(party__in=parties_of(person, on)) | Q(asked_by=person.ref)
    return askings().filter(seen)


def assents_seen_by(person: Person | None, *, on: date) -> QuerySet[Assent]:
    """What was said in public; by or for one's own party; or to a question that one asked. The desk sees all.

    One party does not read what another was asked or said in confidence about the same thing.
    """
    assents = Assent.objects.select_related("step", "words")
    if works_at_the_desk(person):
        return assents
    seen = Q(step__audience=Audience.PUBLIC)
    if person is not None:
        asked_it = Asking.objects.filter(subject=OuterRef("subject"), party=OuterRef("party"), asked_by=person.ref)
        gave_it = Q(person=person) | Q(keyed_in_by=person)
        seen |= Q(party__in=parties_of(person, on)) | gave_it | Q(Exists(asked_it))
    return assents.filter(seen)


def asking_for(person: Person | None, uuid: UUID, *, on: date) -> Asking:
    """The one accessor."""
    return askings_seen_by(person, on=on).get(pk=uuid)


def assent_for(person: Person | None, uuid: UUID, *, on: date) -> Assent:
    """The one accessor."""
    return assents_seen_by(person, on=on).get(pk=uuid)
