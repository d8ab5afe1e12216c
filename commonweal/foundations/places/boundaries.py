"""Outlines as GeoJSON draws them: polygons in degrees, longitude first. Everything else is refused by name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from commonweal.foundations.verbs.refusals import Refusal

MOST_POINTS = 20_000
#: Longitude and latitude of the British Isles, with room at the edges: a file in metres is refused here.
WEST, SOUTH, EAST, NORTH = -12.0, 48.0, 4.0, 63.0


class UnusableBoundary(Refusal):
    """Says which area and what is wrong with it."""

    def __init__(self, area: str, problem: str) -> None:
        sentence = _("The outline of %(area)s cannot be used: %(problem)s.")
        super().__init__(area, problem, plainly=sentence % {"area": area, "problem": problem})


@dataclass(frozen=True)
class Outline:
    """One area in a file."""

    name: str
    gss_code: str
    geometry: dict[str, Any]


def read(text: str, *, name: str, code: str) -> list[Outline]:
    """Every area of a FeatureCollection.

    Args:
        name, code: the properties of the file that hold the area's name and its GSS code.
    """
    try:
        features = json.loads(text)["features"]
    except (ValueError, TypeError, KeyError) as fault:
        raise UnusableBoundary(_("the file"), _("it is not a GeoJSON FeatureCollection")) from fault
    return [_outline(number, feature, name, code) for number, feature in enumerate(features, start=1)]


def _outline(number: int, feature: Any, name: str, code: str) -> Outline:
    properties = (feature.get("properties") if isinstance(feature, dict) else None) or {}
    missing = [key for key in (name, code) if not properties.get(key)]
    if missing:
        which = _("area %(number)d") % {"number": number}
        raise UnusableBoundary(which, _("it has no %(property)s") % {"property": missing[0]})
    geometry = feature.get("geometry")
    check(geometry, area=str(properties[name]))
    return Outline(str(properties[name]), str(properties[code]), geometry)


def check(geometry: Any, *, area: str) -> None:
    """Refuse what cannot be drawn."""
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        raise UnusableBoundary(area, _("it is neither a Polygon nor a MultiPolygon"))
    points = 0
    for ring in rings(geometry, area=area):
        points += len(ring)
        if len(ring) < 4 or ring[0] != ring[-1]:
            raise UnusableBoundary(area, _("a ring is not closed"))
        if points > MOST_POINTS:
            raise UnusableBoundary(area, _("it has more than %(most)d points") % {"most": MOST_POINTS})
        if not all(_is_here(point) for point in ring):
            raise UnusableBoundary(area, _("a point is not in degrees near the British Isles"))


def rings(geometry: dict[str, Any], *, area: str = "") -> Iterator[list[Any]]:
    polygons = geometry.get("coordinates")
    for polygon in [polygons] if geometry["type"] == "Polygon" else polygons or []:
        if not isinstance(polygon, list) or not polygon or not all(isinstance(ring, list) for ring in polygon):
            raise UnusableBoundary(area, _("its coordinates are not rings of points"))
        yield from polygon


def _is_here(point: Any) -> bool:
    if not isinstance(point, list) or len(point) < 2:
        return False
    if not all(isinstance(degree, int | float) and not isinstance(degree, bool) for degree in point[:2]):
        return False
    return WEST <= point[0] <= EAST and SOUTH <= point[1] <= NORTH
