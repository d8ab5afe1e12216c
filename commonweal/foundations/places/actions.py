"""Verbs about the place: set it up, draw its areas, place postcodes, record who lives there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from . import boundaries, files, postcodes
from .models import Area, Place, Population, Postcode

_GSS = re.compile(r"[EWSNK][0-9]{8}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class ThereIsAPlace(Refusal):
    plainly = _("This installation has its place already. Another place needs an installation of its own.")


class NoPlaceYet(Refusal):
    plainly = _("Set up the place first.")


class NotAGssCode(Refusal):
    plainly = _("This is not an area code. A code is one letter and eight figures, like E09000003.")


class NotAColour(Refusal):
    plainly = _("A colour is written as # and six figures or letters, like #00594f.")


class AreaExists(Refusal):
    plainly = _("There is an area with this name or code already.")


class EndsBeforeItBegins(Refusal):
    plainly = _("An area cannot follow one that began later.")


class NotAnAgeBand(Refusal):
    plainly = _("Ages go upward from 0 to 120.")


class NoSource(Refusal):
    plainly = _("Say where the figure comes from.")


class CountedDifferently(Refusal):
    plainly = _("The same source has given another figure for these people. Name the revision in the source.")


class NoSuchArea(Refusal):
    def __init__(self, code: str) -> None:
        super().__init__(code, plainly=_("There is no area with the code %(code)s here.") % {"code": code})


@transaction.atomic
def set_up_place(
    *,
    name: str,
    by: Record | Ref,
    at: datetime,
    name_cy: str = "",
    gss_code: str = "",
    nation: str = "ENG",
    colour: str = "#00594f",
    outline: dict[str, Any] | None = None,
    attribution: str = "",
    is_demonstration: bool = False,
) -> Place:
    """Say which place this installation serves. Once."""
    _check_code(gss_code)
    if not _COLOUR.fullmatch(colour):
        raise NotAColour(colour)
    if outline is not None:
        boundaries.check(outline, area=name)
    place, is_new = Place.objects.get_or_create(
        only=True,
        defaults={
            "name": name,
            "name_cy": name_cy,
            "gss_code": gss_code,
            "nation": nation,
            "colour": colour,
            "outline": outline,
            "attribution": attribution,
            "is_demonstration": is_demonstration,
        },
    )
    if not is_new:
        raise ThereIsAPlace(place.pk)
    audit.enter(by=by, verb="places.set_up_place", subject=place, at=at, facts={"code": gss_code})
    return place


@transaction.atomic
def add_area(
    *,
    name: str,
    valid_from: date,
    by: Record | Ref,
    at: datetime,
    kind: str = Area.Kind.WARD,
    gss_code: str = "",
    name_cy: str = "",
    boundary: dict[str, Any] | None = None,
    succeeds: Sequence[Area] = (),
) -> Area:
    """Draw an area. Those that it succeeds end on the day it begins; what was counted in them stays theirs."""
    _check_code(gss_code)
    if boundary is not None:
        boundaries.check(boundary, area=name)
    place = _the_place()
    _end(succeeds, on=valid_from)
    in_force = Area.objects.filter(valid_until=None)
    if in_force.filter(kind=kind, name=name).exists() or (gss_code and in_force.filter(gss_code=gss_code).exists()):
        raise AreaExists(name)
    area = Area.objects.create(
        place=place,
        name=name,
        name_cy=name_cy,
        kind=kind,
        gss_code=gss_code,
        boundary=boundary,
        valid_from=valid_from,
    )
    for earlier in succeeds:
        earlier.succeeded_by.add(area)
    audit.enter(by=by, verb="places.add_area", subject=area, at=at, facts={"kind": kind, "code": gss_code})
    return area


@transaction.atomic
def add_postcodes(*, area: Area, codes: Iterable[str], valid_from: date, by: Record | Ref, at: datetime) -> int:
    """Say that these postcodes lie in an area. One that lay elsewhere moves; one that lies here already stays.

    Returns:
        How many came or moved.
    """
    _the_place()
    written = dict.fromkeys(postcodes.normal(code) for code in codes)
    lying = {
        each.postcode: each
        for each in Postcode.objects.select_for_update().filter(postcode__in=written, valid_until=None)
    }
    coming = [code for code in written if code not in lying or lying[code].area_id != area.pk]
    leaving = [lying[code] for code in coming if code in lying]
    if any(each.valid_from >= valid_from for each in leaving):
        raise EndsBeforeItBegins(valid_from)
    Postcode.objects.filter(pk__in=[each.pk for each in leaving]).update(valid_until=valid_from)
    Postcode.objects.bulk_create(Postcode(postcode=code, area=area, valid_from=valid_from) for code in coming)
    audit.enter(by=by, verb="places.add_postcodes", subject=area, at=at, facts={"postcodes": len(coming)})
    return len(coming)


@dataclass(frozen=True)
class Band:
    """One figure: so many persons of these ages, in an area or (None) in the whole place."""

    age_from: int
    age_to: int | None
    persons: int
    area: Area | None = None


@transaction.atomic
def record_population(
    *, bands: Iterable[Band], year: int, source: str, by: Record | Ref, at: datetime
) -> list[Population]:
    """Keep what a source says of one year. A figure told twice is one; told otherwise it is refused."""
    if not source.strip():
        raise NoSource(year)
    place = _the_place()
    recorded = [_recorded(place, band, year, source.strip()) for band in bands]
    facts = {"year": year, "figures": len(recorded)}
    audit.enter(by=by, verb="places.record_population", subject=place, at=at, facts=facts)
    return recorded


@transaction.atomic
def take_in_areas(
    *,
    geojson: str,
    name: str,
    code: str,
    valid_from: date,
    by: Record | Ref,
    at: datetime,
    kind: str = Area.Kind.WARD,
) -> list[Area]:
    """Draw every area of a GeoJSON file, or none. `name` and `code` are the file's properties that hold them."""
    return [
        add_area(
            name=outline.name,
            gss_code=outline.gss_code,
            boundary=outline.geometry,
            kind=kind,
            valid_from=valid_from,
            by=by,
            at=at,
        )
        for outline in boundaries.read(geojson, name=name, code=code)
    ]


@transaction.atomic
def take_in_population(*, file: Any, year: int, source: str, by: Record | Ref, at: datetime) -> list[Population]:
    """Keep a file of figures (gss_code, age_from, age_to, persons), or nothing of it."""
    figures = files.figures_in(file)
    known = _areas_by_code({figure.gss_code for figure in figures} - {""})
    bands = [
        Band(each.age_from, each.age_to, each.persons, known[each.gss_code] if each.gss_code else None)
        for each in figures
    ]
    return record_population(bands=bands, year=year, source=source, by=by, at=at)


@transaction.atomic
def take_in_postcodes(*, file: Any, valid_from: date, by: Record | Ref, at: datetime) -> int:
    """Keep a file of postcodes (postcode, gss_code), or nothing of it."""
    lying = files.postcodes_in(file)
    known = _areas_by_code(set(lying))
    return sum(
        add_postcodes(area=known[code], codes=codes, valid_from=valid_from, by=by, at=at)
        for code, codes in lying.items()
    )


def _areas_by_code(codes: set[str]) -> dict[str, Area]:
    known = {area.gss_code: area for area in Area.objects.filter(gss_code__in=codes).order_by("valid_from")}
    unknown = sorted(codes - known.keys())
    if unknown:
        raise NoSuchArea(unknown[0])
    return known


def _recorded(place: Place, band: Band, year: int, source: str) -> Population:
    if not 0 <= band.age_from <= (band.age_to or Population.OLDEST) <= Population.OLDEST or band.persons < 0:
        raise NotAnAgeBand(band)
    figure, _is_new = Population.objects.get_or_create(
        place=place,
        area=band.area,
        age_from=band.age_from,
        age_to=band.age_to,
        year=year,
        source=source,
        defaults={"persons": band.persons},
    )
    if figure.persons != band.persons:
        raise CountedDifferently(figure.pk)
    return figure


def _the_place() -> Place:
    """The place, locked: areas, postcodes and figures of one place are changed one after the other."""
    place = Place.objects.select_for_update().first()
    if place is None:
        raise NoPlaceYet
    return place


def _end(areas: Sequence[Area], *, on: date) -> None:
    if any(area.valid_from >= on for area in areas):
        raise EndsBeforeItBegins(on)
    Area.objects.filter(pk__in=[area.pk for area in areas], valid_until=None).update(valid_until=on)


def _check_code(code: str) -> None:
    if code and not _GSS.fullmatch(code):
        raise NotAGssCode(code)
