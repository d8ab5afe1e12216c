"""Questions about decisions, and about those who make them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person, Role
from commonweal.foundations.verbs.refs import Ref

from ..models import Decision, Dissent, Interest
from ..rules import works_at_the_desk
from .assenting import parties_of

#: Whose part in a decision is a public one.
OFFICES = (Role.Kind.CONVENOR, Role.Kind.COMMISSIONER, Role.Kind.COUNCILLOR, Role.Kind.PARTNER)


def decisions_for(person: Person | None) -> QuerySet[Decision]:
    """Public decisions, the newest first; exempt ones for those at the desk, whoever recorded it, whoever is named."""
    seen = Q(is_public=True)
    if person is not None:
        named = Q(pk__in=Dissent.objects.filter(party=person.ref).values("decision"))
        seen = Q() if works_at_the_desk(person) else seen | Q(recorded_by=person.ref) | named
    return Decision.objects.filter(seen).order_by("-decided_on", "-recorded_at", "pk")


def decision_for(person: Person | None, uuid: UUID) -> Decision:
    """The one accessor."""
    return decisions_for(person).select_related("reasons", "step").get(pk=uuid)


def bodies() -> list[tuple[str, str]]:
    """Who can decide: every organisation, to choose from."""
    known = Organisation.objects.order_by("name", "pk").values_list("pk", "name")
    return [(str(Ref("organisations", "organisation", id)), name) for id, name in known]


def office_holders(on: date) -> list[tuple[str, str]]:
    """People who sit where decisions are made, to choose from. Who they are is public: they act in an office."""
    held = Role.objects.filter(Q(until_on=None) | Q(until_on__gt=on), kind__in=OFFICES, from_on__lte=on)
    people = Person.objects.filter(pk__in=held.values("person"), erased_at=None).order_by("name", "pk")
    return [(str(person.ref), person.public_name) for person in people if person.public_name]


def said_beside(decision: Decision) -> tuple[list[Dissent], list[Interest]]:
    """Who dissented, and who declared an interest."""
    return (
        list(Dissent.objects.filter(decision=decision).select_related("words", "own_word").order_by("pk")),
        list(Interest.objects.filter(decision=decision).select_related("words").order_by("pk")),
    )


def whose_to_say(person: Person, *, on: date) -> QuerySet[Dissent]:
    """What somebody else wrote down for this person, or for a body whose word they may give on that day, while nobody
    has said whether the words are theirs."""
    named = Dissent.objects.filter(party__in=parties_of(person, on), own_word=None)
    written_by_others = named.exclude(decision__recorded_by=F("party"))
    readable = written_by_others.filter(decision__in=decisions_for(person).order_by().values("pk"))
    return readable.select_related("decision__step").order_by("decision__recorded_at", "pk")
