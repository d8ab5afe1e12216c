"""Questions about organisations."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.foundations.people.models import Person

from .models import Membership, Organisation, Service

#: Parts that speak for a body. A group that residents run has no officers unless it wants them.
_IN_ITS_NAME = ~Q(part=Membership.Part.MEMBER) | Q(organisation__kind=Organisation.Kind.GROUP)


def organisations_of(person: Person, *, on: date) -> QuerySet[Organisation]:
    """Those the person belongs to on that day."""
    return Organisation.objects.filter(pk__in=_current(on).filter(person=person).values("organisation"))


def belongs(person: Person, organisation: Organisation, *, on: date, part: str | None = None) -> bool:
    memberships = _current(on).filter(person=person, organisation=organisation)
    return (memberships.filter(part=part) if part else memberships).exists()


def acts_for(person: Person | None, organisation: Organisation, *, on: date) -> bool:
    """May they give the organisation's word? Its officers and treasurers do; in a residents' group, any member."""
    return person is not None and acting_for(organisation, on=on).filter(person=person).exists()


def acting_for(organisation: Organisation, *, on: date) -> QuerySet[Membership]:
    """The parts in which people may give the organisation's word on that day."""
    return _current(on).filter(_IN_ITS_NAME, organisation=organisation).select_related("person").order_by("pk")


def organisations_acted_for(person: Person, *, on: date) -> QuerySet[Organisation]:
    """Those whose word the person may give on that day."""
    return Organisation.objects.filter(pk__in=_current(on).filter(_IN_ITS_NAME, person=person).values("organisation"))


def memberships_of(person: Person, *, on: date) -> QuerySet[Membership]:
    return _current(on).filter(person=person).select_related("organisation").order_by("organisation__name")


def organisation(person: Any, uuid: UUID) -> Organisation:
    """An organisation's page is for everybody."""
    return Organisation.objects.get(pk=uuid)


def all_organisations(*, kind: str = "") -> QuerySet[Organisation]:
    known = Organisation.objects.order_by("name", "pk")
    return known.filter(kind=kind) if kind in Organisation.Kind.values else known


def services(organisation: Organisation) -> QuerySet[Service]:
    return organisation.services.filter(ended_on=None).select_related("officer").order_by("name")


def services_in_use() -> QuerySet[Service]:
    """What all bodies here do for people today, by body and name."""
    going_on = Service.objects.filter(ended_on=None, organisation__ended_on=None).select_related(
        "organisation", "officer"
    )
    return going_on.order_by("organisation__name", "name")


def service(person: Any, uuid: UUID) -> Service:
    return Service.objects.select_related("organisation").get(pk=uuid)


def named_parts(organisation: Organisation, *, on: date) -> QuerySet[Membership]:
    """Officers and treasurers of that day. They act in the organisation's name, so their names are public."""
    acting = _current(on).filter(organisation=organisation).exclude(part=Membership.Part.MEMBER)
    return acting.select_related("person").order_by("part", "person__name", "pk")


def number_of_members(organisation: Organisation, *, on: date) -> int:
    """How many people belong, however many parts they have. Who they are is theirs to say."""
    return _current(on).filter(organisation=organisation).values("person").distinct().count()


def names(ids: Collection[UUID]) -> QuerySet[Any, Any]:
    """(id, name), as the thread's titles call organisations."""
    return Organisation.objects.filter(pk__in=ids).values_list("pk", "name")


def service_names(ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return Service.objects.filter(pk__in=ids).values_list("pk", "name")


def _current(on: date) -> QuerySet[Membership]:
    return Membership.objects.filter(Q(until_on=None) | Q(until_on__gt=on), from_on__lte=on)
