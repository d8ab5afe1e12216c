"""Questions about organisations."""

from datetime import date

from django.db.models import Q, QuerySet

from commonweal.foundations.people.models import Person

from .models import Membership, Organisation


def organisations_of(person: Person, *, on: date) -> QuerySet[Organisation]:
    """Those the person belongs to on that day."""
    return Organisation.objects.filter(pk__in=_current(person, on).values("organisation"))


def belongs(person: Person, organisation: Organisation, *, on: date, part: str | None = None) -> bool:
    memberships = _current(person, on).filter(organisation=organisation)
    return (memberships.filter(part=part) if part else memberships).exists()


def _current(person: Person, on: date) -> QuerySet[Membership]:
    return Membership.objects.filter(Q(until_on=None) | Q(until_on__gt=on), person=person, from_on__lte=on)
