"""What goes, and what is given along, when a person leaves."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from commonweal.foundations.people import erasers, exporters
from commonweal.foundations.people.models import Person

from . import actions
from .models import Membership, Service


@erasers.register
def forget(person: Person, at: datetime) -> None:
    actions.forget(person=person, on=at.date())


@exporters.register("organisations")
def everything_of(person: Person) -> dict[str, Any]:
    memberships = Membership.objects.filter(person=person).select_related("organisation").order_by("from_on")
    services = Service.objects.filter(officer=person).select_related("organisation").order_by("name")
    return {
        "belongs to": [
            {
                "organisation": each.organisation.name,
                "part": each.get_part_display(),
                "from": each.from_on,
                "until": each.until_on,
            }
            for each in memberships
        ],
        "heads": [each.name for each in _headed_by(person)],
        "answers for": [{"organisation": each.organisation.name, "service": each.name} for each in services],
    }


def _headed_by(person: Person) -> QuerySet[Service]:
    """Known by their address: whoever heads a service needs no account."""
    named = Service.objects.filter(head_email__iexact=person.email) if person.email else Service.objects.none()
    return named.order_by("name")
