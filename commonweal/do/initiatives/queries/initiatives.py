"""Questions about an initiative: who leads it, who takes part, what it took up."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Prefetch, Q, QuerySet, Value
from django.utils import timezone

from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.people.models import Person
from commonweal.plan.outcomes.models import Obligation

from ..models import IS_ASKED, TAKES_PART, Adopted, Initiative, Lead, Partner


def initiative_for(person: Person | None, uuid: UUID) -> Initiative:
    return Initiative.objects.select_related(
        "story", "step", "fund__host", "fund__pounds", "fund__hours", "fund__hours_worked", "fund__step"
    ).get(pk=uuid)


def partner_for(person: Person | None, uuid: UUID) -> Partner:
    return Partner.objects.filter(TAKES_PART).select_related("initiative", "organisation").get(pk=uuid)


def asked_for(person: Person | None, uuid: UUID) -> Partner:
    """Also when it has answered already: the verb says so, plainly."""
    return Partner.objects.select_related("initiative", "organisation").get(pk=uuid)


def initiatives() -> QuerySet[Initiative]:
    """Every initiative with who leads it now, newest first."""
    leads = Lead.objects.filter(until_at=None).select_related("person")
    return (
        Initiative.objects.select_related("story", "fund__pounds", "fund__hours_worked")
        .prefetch_related(Prefetch("leads", leads))
        .order_by("-begun_at", "-id")
    )


def leads_of(initiative: Initiative) -> QuerySet[Lead]:
    """Who leads, first, and who led before, newest first."""
    return initiative.leads.select_related("person").order_by(F("until_at").desc(nulls_first=True), "-from_at")


def partners_of(initiative: Initiative) -> QuerySet[Partner]:
    """Those who take part. Who was only asked is not among them."""
    return partners_and_asked(initiative).filter(TAKES_PART)


def partners_and_asked(initiative: Initiative) -> QuerySet[Partner]:
    """Those who take part, and those who have not said yes (`joined_at` is empty)."""
    named = initiative.partners.filter(TAKES_PART | IS_ASKED).select_related("organisation")
    return named.order_by("organisation__name", "role")


def partners_seen_by(person: Person | None, initiative: Initiative, at: datetime) -> QuerySet[Partner]:
    """Each with `is_spoken_for`: whether this person may give its word."""
    if person is None:
        return partners_and_asked(initiative).annotate(is_spoken_for=Value(False))
    theirs = organisations.organisations_acted_for(person, on=timezone.localdate(at)).values("pk")
    spoken_for = ExpressionWrapper(Q(organisation__in=theirs), output_field=BooleanField())
    return partners_and_asked(initiative).annotate(is_spoken_for=spoken_for)


def tasks_of(initiative: Initiative) -> list[Obligation]:
    """What it took up, by the day on which it is due."""
    taken = initiative.adopted.select_related(
        "obligation__organisation", "obligation__depends_on", "obligation__came_of_it"
    )
    return [adopted.obligation for adopted in taken.order_by("obligation__due_on", "id")]


def tasks_to_take_up() -> QuerySet[Obligation]:
    """Tasks that nobody has taken up yet."""
    taken = Adopted.objects.values("obligation")
    return Obligation.objects.exclude(pk__in=taken).select_related("organisation").order_by("due_on", "id")


def groups_of(person: Person, at: datetime) -> QuerySet[organisations.Organisation]:
    return organisations.organisations_of(person, on=timezone.localdate(at)).order_by("name")
