"""Two pages for everybody: the map of the place with its areas, and one area."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal.foundations.look import charts, maps
from commonweal.foundations.look.paging import page_of
from commonweal.foundations.verbs.access import Request, loads, open_to_all
from commonweal.foundations.verbs.clock import today

from . import queries
from .models import Area, Place, Population

LONGEST_POSTCODE = 20


@open_to_all
@require_safe
def map_of_areas(request: Request) -> HttpResponse:
    place = queries.place()
    page = page_of(request, queries.areas(on=today()), per_page=100)
    counts, bands = queries.populations(list(page)), queries.by_age(None)
    shapes = [_shape(area, counts.get(area.pk)) for area in page]
    context = {
        "place": place,
        "page": page,
        "map": maps.choropleth(_("How many people live where"), shapes) if any(s.boundary for s in shapes) else "",
        "rows": [(area, _written(counts.get(area.pk)) or _("not known")) for area in page],
        "outline": _outline(place),
        "chart": _ages(bands) if len(bands) > 1 else "",
        "sources": _sources([*counts.values(), *bands[:1]]),
    } | _looked_up(request.GET.get("postcode", ""))
    return render(request, "places/map.html", context)


@open_to_all
@require_safe
@loads("area", queries.area)
def area(request: Request, area: Area) -> HttpResponse:
    bands, everybody = queries.by_age(area), queries.population(area)
    context = {
        "area": area,
        "map": maps.outline(str(area), [maps.Shape(str(area), area.boundary)]) if area.boundary else "",
        "everybody": everybody,
        "persons": _written(everybody),
        "bands": bands,
        "chart": _ages(bands) if len(bands) > 1 else "",
        "successors": area.succeeded_by.order_by("name"),
        "predecessors": area.predecessors.order_by("name"),
    }
    return render(request, "places/area.html", context)


def _shape(area: Area, count: queries.Count | None) -> maps.Shape:
    return maps.Shape(
        str(area),
        area.boundary,
        value=count.persons if count else None,
        shown=_written(count),
        page=area.get_absolute_url(),
    )


def _written(count: queries.Count | None) -> str:
    return number_format(count.persons, force_grouping=True) if count else ""


def _sources(figures: Sequence[queries.Count | Population]) -> list[str]:
    return sorted({f"{figure.source} ({figure.year})" for figure in figures})


def _outline(place: Place | None) -> str:
    """Where the place lies; drawn by itself, since its areas may have no boundaries of their own."""
    if place is None or not place.outline:
        return ""
    return maps.outline(str(place), [maps.Shape(str(place), place.outline)], here={str(place)}, ident="place")


def _ages(bands: list[Population]) -> str:
    points = [charts.Point(str(band.band), band.persons) for band in bands]
    return charts.bars(_("People by age, %(year)s") % {"year": bands[0].year}, points, ident="ages")


def _looked_up(typed: str) -> dict[str, object]:
    typed = typed[:LONGEST_POSTCODE].replace("\0", "").strip()
    return {"postcode": typed, "lies_in": queries.area_of(typed) if typed else None}
