"""What people should know before they say what they think."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from commonweal.foundations.people.models import Person

from ..models import Conversation, Point


def points_of(conversation: Conversation) -> QuerySet[Point]:
    """In the order in which people read them: what cannot change, what is known, for, against."""
    places = [When(kind=kind, then=Value(place)) for place, kind in enumerate(Point.Kind.values)]
    points = Point.objects.filter(conversation=conversation).select_related("words", "taken_back_because")
    return points.annotate(place=Case(*places, output_field=IntegerField())).order_by("place", "at", "pk")


def point_for(person: Person | None, uuid: UUID) -> Point:
    return Point.objects.select_related("words", "conversation").get(pk=uuid)
