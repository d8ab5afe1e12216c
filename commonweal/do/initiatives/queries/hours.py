"""Questions about time given. Until somebody has confirmed it, it is for those whom it concerns."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from commonweal.foundations.people.models import Person

from .. import rules
from ..models import GivenHours, PooledFund


def hours_for(person: Person | None, uuid: UUID) -> GivenHours:
    """Time that was given: for everybody once it is confirmed, before that for those it concerns."""
    given = GivenHours.objects.select_related("fund__initiative", "group", "giver", "told_by", "what", "step").get(
        pk=uuid
    )
    if given.is_confirmed or concerns(person, given):
        return given
    raise GivenHours.DoesNotExist


def concerns(person: Person | None, given: GivenHours) -> bool:
    if person is None:
        return False
    return person.pk in {given.told_by_id, given.giver_id} or rules.takes_part(person, given.fund)


def confirmed_hours(fund: PooledFund) -> QuerySet[GivenHours]:
    return (
        fund.given_hours.filter(confirmed_at__isnull=False)
        .select_related("group", "what", "step")
        .order_by("-given_on", "-id")
    )


def hours_to_confirm(fund: PooledFund) -> QuerySet[GivenHours]:
    return (
        fund.given_hours.filter(confirmed_at=None)
        .select_related("group", "giver", "told_by", "what")
        .order_by("told_at", "id")
    )
