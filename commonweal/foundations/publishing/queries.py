"""Questions about what is published. Earlier rooms read later ones only here."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonweal.foundations.places.models import Area
from commonweal.foundations.verbs.records import Record

from .models import Copy, Finding, Measure


def current(key: str, *, area: Area | None = None) -> QuerySet[Measure]:
    """The series as it stands, oldest first: of every period the latest revision."""
    return standing().filter(key=key, area=area).order_by("from_on", "until_on", "pk")


def latest(key: str, *, area: Area | None = None) -> Measure | None:
    return current(key, area=area).last()


def standing() -> QuerySet[Measure]:
    """Every value that no later one supersedes."""
    return Measure.objects.filter(superseded_by=None).select_related("area")


def newest_of_each() -> QuerySet[Measure]:
    """One row for each series: its newest value."""
    is_later = Q(from_on__gt=OuterRef("from_on")) | Q(from_on=OuterRef("from_on"), until_on__gt=OuterRef("until_on"))
    later = Measure.objects.filter(is_later, key=OuterRef("key"), superseded_by=None)
    in_the_same_area = later.filter(area=OuterRef("area"))
    nowhere = later.filter(area=None)
    is_newest = Q(area=None) & ~Exists(nowhere) | ~Q(area=None) & ~Exists(in_the_same_area)
    return standing().filter(is_newest).order_by("title", "area__name", "pk")


def measure_for(person: object, uuid: UUID) -> Measure:
    """Everything here is public."""
    return Measure.objects.select_related("area").get(pk=uuid)


def series_of(measure: Measure) -> QuerySet[Measure]:
    return current(measure.key, area=measure.area)


def every_value_of(measure: Measure) -> QuerySet[Measure]:
    """The series with everything that was revised since, by period and then as published."""
    every = Measure.objects.filter(key=measure.key, area=measure.area).select_related("area")
    return every.order_by("from_on", "until_on", "published_at", "pk")


def revised(measure: Measure) -> list[Measure]:
    """Values of this series that were revised since, newest first."""
    old = Measure.objects.filter(key=measure.key, area=measure.area, superseded_by__isnull=False)
    return list(old.select_related("superseded_by").order_by("-superseded_by__published_at", "pk"))


def findings() -> QuerySet[Finding]:
    """What was found, newest first, without what was revised since."""
    return Finding.objects.filter(superseded_by=None).select_related("claim", "context").order_by("-published_at", "pk")


def finding_for(person: object, uuid: UUID) -> Finding:
    others = ("supersedes__claim", "superseded_by__claim")
    return Finding.objects.select_related("claim", "context", "because", *others).get(pk=uuid)


def copy_for(person: object, uuid: UUID) -> Copy:
    """Kept copies are public, as the pages were that they were made from."""
    return Copy.objects.select_related("step").get(pk=uuid)


def copies_of(subject: Record) -> QuerySet[Copy]:
    """Kept copies of a record's page, the newest first, without what stands in them."""
    return Copy.objects.filter(subject=subject.ref).select_related("step").defer("body").order_by("-at", "-pk")


def later_copy(copy: Copy) -> Copy | None:
    """The newest copy of the same page, where this is not it."""
    return Copy.objects.filter(subject=copy.subject, at__gt=copy.at).defer("body").order_by("-at", "-pk").first()
