"""How long answers take and how often they miss, by service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery, UUIDField
from django.utils import timezone

from ..models import Assignment, Extension, Owed, Reopening
from ..policy import day_of

Row = Mapping[str, Any]


@dataclass(frozen=True)
class ServiceMeasure:
    """What one service was asked to answer, and how it did. Without a service: what nobody was asked in the name of."""

    service: UUID | None
    name: str
    organisation: str
    owed: int
    answered: int
    overdue: int
    extended: int
    reopened: int
    #: Calendar days from the promise to the first answer; None where nothing was answered.
    median_days: float | None


def by_service(at: datetime, *, since: datetime | None = None) -> list[ServiceMeasure]:
    """For each service that was asked since then, by name; those without a service last."""
    groups: dict[tuple[UUID | None, str, str], list[Row]] = {}
    for row in _rows(at, since):
        groups.setdefault((row["service"], row["name"] or "", row["organisation"] or ""), []).append(row)
    found = [_measure(service, name, body, rows, at) for (service, name, body), rows in groups.items()]
    return sorted(found, key=lambda each: (each.service is None, each.organisation, each.name))


def all_services(at: datetime, *, since: datetime | None = None) -> ServiceMeasure:
    return _measure(None, "", "", _rows(at, since), at)


def _rows(at: datetime, since: datetime | None) -> list[Row]:
    """The service of whoever was asked last."""
    asked = Assignment.objects.filter(owed=OuterRef("pk")).order_by("-number")
    owed = Owed.objects.exclude(state=Owed.State.REPLACED).filter(owed_at__lte=at)
    if since is not None:
        owed = owed.filter(owed_at__gte=since)
    found = owed.values("owed_at", "first_answered_at", "answered_at", "due_on").annotate(
        service=Subquery(asked.values("service")[:1], output_field=UUIDField()),
        name=Subquery(asked.values("service__name")[:1]),
        organisation=Subquery(asked.values("service__organisation__name")[:1]),
        was_extended=Exists(Extension.objects.filter(owed=OuterRef("pk"), at__lte=at)),
        was_reopened=Exists(Reopening.objects.filter(owed=OuterRef("pk"), at__lte=at)),
    )
    return list(found)


def _measure(service: UUID | None, name: str, body: str, rows: list[Row], at: datetime) -> ServiceMeasure:
    came = [row for row in rows if row["first_answered_at"] is not None and row["first_answered_at"] <= at]
    days = [_days(row["owed_at"], row["first_answered_at"]) for row in came]
    waits = [row for row in rows if row["answered_at"] is None or row["answered_at"] > at]
    return ServiceMeasure(
        service=service,
        name=name,
        organisation=body,
        owed=len(rows),
        answered=len(came),
        overdue=sum(row["due_on"] < day_of(at) for row in waits),
        extended=sum(row["was_extended"] for row in rows),
        reopened=sum(row["was_reopened"] for row in rows),
        median_days=median(days) if days else None,
    )


def _days(since: datetime, until: datetime) -> int:
    return (timezone.localdate(until) - timezone.localdate(since)).days
