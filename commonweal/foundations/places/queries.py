"""Questions about the place, its areas and who lives there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from . import postcodes
from .models import Area, Place, Population, Postcode

#: Postcodes in one question.
AT_ONCE = 500


def place() -> Place | None:
    """The place of this installation; None before it is set up. One small question."""
    return Place.objects.first()


def areas(*, on: date, kind: str | None = None) -> QuerySet[Area]:
    """Areas in force on that day, by name."""
    in_force = Area.objects.filter(_on(on))
    return (in_force.filter(kind=kind) if kind else in_force).order_by("name", "pk")


def area(person: Any, uuid: UUID) -> Area:
    """An area's page is for everybody."""
    return Area.objects.select_related("place").get(pk=uuid)


def area_of(postcode: str, on: date | None = None) -> Area | None:
    """Where a postcode lies (on that day; else today's area). None where it is not known, or is no postcode."""
    try:
        written = postcodes.normal(postcode)
    except postcodes.NotAPostcode:
        return None
    found = Postcode.objects.select_related("area").filter(postcode=written)
    lies = found.filter(_on(on) if on else Q(valid_until=None)).first()
    return lies.area if lies else None


def areas_of(typed: Iterable[str]) -> dict[str, Area]:
    """Where many postcodes lie today, by how they were typed. What is not known, or is no postcode, is left out."""
    written = {each: normal for each in typed if (normal := _normal(each))}
    wanted = sorted(set(written.values()))
    lies: dict[str, Area] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = Postcode.objects.filter(postcode__in=wanted[start : start + AT_ONCE], valid_until=None)
        lies.update({each.postcode: each.area for each in some.select_related("area")})
    return {each: lies[normal] for each, normal in written.items() if normal in lies}


@dataclass(frozen=True)
class Count:
    """How many persons, when, and who says so."""

    persons: int
    year: int
    source: str


def population(area: Area | None, year: int | None = None, ages: tuple[int, int | None] = (0, None)) -> Count | None:
    """Persons of these ages in an area, or in the whole place for None.

    Args:
        year: latest known where not given.
        ages: first and last age, both counted in; no last age for 'and over'.

    Returns:
        None where no one source has bands that make up exactly these ages: then it cannot be known from here.
    """
    return Ages.of(area, year).count(*ages)


@dataclass(frozen=True)
class Ages:
    """All that is known of the ages in an area, asked once, to be counted in many ways."""

    surveys: Sequence[tuple[tuple[int, str], list[Population]]]

    @classmethod
    def of(cls, area: Area | None, year: int | None = None) -> Ages:
        return cls(_by_survey(_counted(area).filter(year=year) if year else _counted(area)))

    def count(self, first: int = 0, last: int | None = None) -> Count | None:
        """Persons of these ages, both counted in, by the latest source that has bands which make them up."""
        for (year, source), bands in self.surveys:
            persons = _sum_of(bands, first, last)
            if persons is not None:
                return Count(persons, year, source)
        return None


def by_age(area: Area | None, year: int | None = None) -> list[Population]:
    """The finest split into ages that one source gives for the latest year (or that one)."""
    counted = _counted(area).filter(year=year) if year else _counted(area)
    surveys = [bands for _survey, bands in _by_survey(counted)]
    latest = [bands for bands in surveys if bands[0].year == surveys[0][0].year]
    finest = max(latest, key=len, default=[])
    return sorted((band for band in finest if len(finest) == 1 or not _is_everybody(band)), key=lambda b: b.age_from)


def populations(areas: Iterable[Area]) -> dict[UUID, Count]:
    """Everybody in each of the areas, latest year, in one question."""
    whole = Population.objects.filter(area__in=areas, age_from=0, age_to=None).order_by("year", "pk")
    return {each.area_id: Count(each.persons, each.year, each.source) for each in whole if each.area_id}


def _normal(typed: str) -> str:
    try:
        return postcodes.normal(typed)
    except postcodes.NotAPostcode:
        return ""


def _on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gt=day))


def _counted(area: Area | None) -> QuerySet[Population]:
    return Population.objects.filter(area=area).order_by("-year", "source", "age_from")


def _by_survey(counted: QuerySet[Population]) -> Sequence[tuple[tuple[int, str], list[Population]]]:
    surveys: dict[tuple[int, str], list[Population]] = {}
    for band in counted:
        surveys.setdefault((band.year, band.source), []).append(band)
    return list(surveys.items())


def _is_everybody(band: Population) -> bool:
    return band.age_from == 0 and band.age_to is None


def _sum_of(bands: Sequence[Population], first: int, last: int | None) -> int | None:
    """Lay bands end to end from `first` to `last`; None where they do not meet it."""
    sums = {first: 0}
    for age in range(first, Population.OLDEST + 1):
        if age not in sums:
            continue
        for band in (band for band in bands if band.age_from == age):
            if band.age_to == last:
                return sums[age] + band.persons
            if band.age_to is not None:
                sums.setdefault(band.age_to + 1, sums[age] + band.persons)
    return None
