"""Questions about time given. Until somebody has confirmed it, it is for those whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step

from .. import rules
from ..models import GivenHours, PooledFund


def hours_for(person: Person | None, uuid: UUID) -> GivenHours:
    """Time that was given: for everybody once it is confirmed, before that for those it concerns."""
    given = GivenHours.objects.select_related(
        "fund__initiative", "group", "giver", "told_by", "what", "step", "doubt__words", "doubt__by"
    ).get(pk=uuid)
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
    """Nobody has said yes or no to it, and nobody has taken it back."""
    return (
        fund.given_hours.filter(confirmed_at=None, ended_at=None)
        .select_related("group", "giver", "told_by", "what")
        .order_by("told_at", "id")
    )


def hours_waiting_for_others(fund: PooledFund, person: Person) -> QuerySet[GivenHours]:
    """What this person gave or wrote down, and nobody has answered yet."""
    return hours_to_confirm(fund).filter(Q(told_by=person) | Q(giver=person))


def seen_by(person: Person, steps: Sequence[Step]) -> set[int]:
    """Of the steps that tell of a no to somebody's time, those of time that concerns this person."""
    found = GivenHours.objects.select_related("fund__initiative").in_bulk([step.subject.uuid for step in steps])
    return {step.pk for step in steps if concerns(person, found[step.subject.uuid])}
