"""Maps as SVG from GeoJSON boundaries, made on the server in plain Python, with a list beside.

    maps.choropleth(_("Suggestions by ward"), [Shape(area.name, area.boundary, value=12, shown="12", page=url), …])
    maps.outline(_("Where it is"), shapes, here={"Harbour"})

Longitude is shrunk by the cosine of the middle latitude (good within a county), and every ring is drawn to the tenth of
a unit, so a ward of thousands of points stays a short path. Each area bears a number that the list repeats: colour is
never the only signal, and the list has everything the map has.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any, TypeAlias

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

Position: TypeAlias = tuple[float, float]
Ring: TypeAlias = list[Position]

WIDTH = 560
MOST_HEIGHT = 560
MARGIN = 8


class NotABoundary(ValueError):
    """What came is not a Polygon or MultiPolygon of GeoJSON."""


@dataclass(frozen=True)
class Shape:
    """One area: its name, its boundary (GeoJSON geometry or feature; None where unknown), and what is shown for it."""

    name: str
    boundary: Mapping[str, Any] | None
    value: float | None = None
    shown: str = ""
    page: str = ""


@dataclass(frozen=True)
class Drawn:
    number: int
    shape: Shape
    path: str
    middle: Position | None
    classes: str


def choropleth(title: str, shapes: Sequence[Shape], *, about: str = "", ident: str = "") -> SafeString:
    """Areas in five steps of the place's colour, from few to many; unknown ones are dashed and say so."""
    steps = _steps([shape.value for shape in shapes if shape.value is not None])
    return _map(title, shapes, {shape.name: _step_class(shape, steps) for shape in shapes}, about, ident)


def outline(
    title: str, shapes: Sequence[Shape], *, here: Collection[str] = (), about: str = "", ident: str = ""
) -> SafeString:
    """Areas side by side, the ones named in `here` filled."""
    classes = {shape.name: "cw-map__area--here" if shape.name in here else "cw-map__area--plain" for shape in shapes}
    return _map(title, shapes, classes, about, ident)


def rings(boundary: Mapping[str, Any]) -> list[Ring]:
    """Every ring of a Polygon, a MultiPolygon, or a feature of them.

    >>> rings({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]})
    [[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]]
    """
    geometry = boundary.get("geometry", boundary) if boundary.get("type") == "Feature" else boundary
    try:
        polygons = {"Polygon": lambda c: [c], "MultiPolygon": lambda c: c}[geometry["type"]](geometry["coordinates"])
        return [[(float(x), float(y)) for x, y, *_height in ring] for polygon in polygons for ring in polygon]
    except (KeyError, TypeError, ValueError) as wrong:
        raise NotABoundary(f"expected a Polygon or MultiPolygon, found {geometry.get('type')!r}") from wrong


def middle_of(ring: Ring) -> Position:
    """The centre of mass of a ring; for one without area, the mean of its points.

    >>> middle_of([(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)])
    (1.0, 1.0)
    """
    area = across = up = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        turn = x0 * y1 - x1 * y0
        area, across, up = area + turn, across + (x0 + x1) * turn, up + (y0 + y1) * turn
    if abs(area) < 1e-12:
        return sum(x for x, _y in ring) / len(ring), sum(y for _x, y in ring) / len(ring)
    return across / (3 * area), up / (3 * area)


@dataclass(frozen=True)
class Frame:
    """How a longitude and a latitude become a place on the page."""

    west: float
    north: float
    shrink: float
    scale: float
    height: float

    @classmethod
    def around(cls, positions: Sequence[Position]) -> "Frame":
        xs, ys = [x for x, _y in positions], [y for _x, y in positions]
        shrink = cos(radians((min(ys) + max(ys)) / 2))
        wide, high = (max(xs) - min(xs)) * shrink or 1e-9, max(ys) - min(ys) or 1e-9
        scale = min((WIDTH - 2 * MARGIN) / wide, (MOST_HEIGHT - 2 * MARGIN) / high)
        return cls(min(xs), max(ys), shrink, scale, round(high * scale + 2 * MARGIN, 1))

    def at(self, position: Position) -> Position:
        x, y = position
        return (
            round((x - self.west) * self.shrink * self.scale + MARGIN, 1),
            round((self.north - y) * self.scale + MARGIN, 1),
        )


def _map(title: str, shapes: Sequence[Shape], classes: Mapping[str, str], about: str, ident: str) -> SafeString:
    outlines = {shape.name: rings(shape.boundary) for shape in shapes if shape.boundary}
    positions = [position for each in outlines.values() for ring in each for position in ring]
    frame = Frame.around(positions) if positions else None
    drawn = [
        Drawn(number, shape, *_placed(outlines.get(shape.name, []), frame), classes[shape.name])
        for number, shape in enumerate(shapes, 1)
    ]
    return SafeString(
        render_to_string(
            "look/charts/map.html",
            {
                "title": title,
                "about": about or _("A map of %(count)s areas. The list has the same.") % {"count": len(shapes)},
                "ident": f"map-{ident or slugify(title) or 'here'}",
                "width": WIDTH,
                "height": frame.height if frame else 0,
                "areas": drawn,
            },
        )
    )


def _placed(outline: list[Ring], frame: Frame | None) -> tuple[str, Position | None]:
    if not outline or frame is None:
        return "", None
    on_page = [[frame.at(position) for position in ring] for ring in outline]
    largest = max(on_page, key=_size)
    x, y = middle_of(largest)
    return "".join(_path(ring) for ring in on_page), (round(x, 1), round(y, 1))


def _path(ring: Ring) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in _without_repeats(ring)) + "Z"


def _without_repeats(ring: Ring) -> Iterator[Position]:
    before = None
    for position in ring:
        if position != before:
            yield position
        before = position


def _size(ring: Ring) -> float:
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True)))


def _steps(values: Sequence[float]) -> list[float]:
    """The values at which the next step of colour begins: equal numbers of areas in each."""
    ranked = sorted(set(values))
    return [ranked[len(ranked) * share // 5] for share in range(1, 5)] if ranked else []


def _step_class(shape: Shape, steps: Sequence[float]) -> str:
    if shape.value is None:
        return "cw-map__area--none"
    return f"cw-map__area--{1 + sum(shape.value >= step for step in steps)}"
