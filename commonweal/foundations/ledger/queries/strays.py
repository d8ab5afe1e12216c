"""Questions about rows of a paying system's file that are not ours."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person

from ..models import Stray
from ..rules import bodies_kept_by, looks_into_all


def strays_seen_by(person: Person, *, on: date) -> QuerySet[Stray]:
    """Those of the bodies whose money this person keeps, and of files that they brought in, latest first."""
    strays = Stray.objects.select_related("intake").order_by("-intake__taken_at", "row", "pk")
    if looks_into_all(person):
        return strays
    bodies = bodies_kept_by(person, on).values_list("organisation", flat=True)
    return strays.filter(whose__in=[person.ref, *(Organisation(pk=body).ref for body in bodies)])
