"""Pages of what is published: every series, one series as chart and table, findings, feeds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal.foundations.look import charts
from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Audience
from commonweal.foundations.verbs.access import Request, loads, open_to_all
from commonweal.foundations.verbs.refs import Ref

from . import feeds, queries, tables
from .models import Finding, Measure
from .units import as_written

#: Stable names, the same in every language; days in ISO 8601, the last one counted in.
COLUMNS = ["series", "title", "area", "area_code", "first_day", "last_day", "value", "unit", "n", "rung", "source"]
COLUMNS += ["cannot_be_known_because", "published_at", "revises"]


@open_to_all
@require_safe
def measures(request: Request) -> HttpResponse:
    page = page_of(request, queries.newest_of_each(), per_page=50)
    return render(request, "publishing/measures.html", {"page": page, "measures": page.object_list})


@open_to_all
@require_safe
@loads("measure", queries.measure_for)
def measure(request: Request, measure: Measure) -> HttpResponse:
    series = list(queries.series_of(measure))
    points = [
        charts.Point(each.when, None if each.value is None else float(each.value), shown=each.shown) for each in series
    ]
    page = page_of(request, series[::-1], per_page=50)
    context = {
        "measure": series[-1],
        "chart": charts.line(measure.title, points, unit=as_written(measure.unit)) if len(points) > 1 else "",
        "page": page,
        "columns": [_("Period"), _("Value"), _("How many it rests on"), _("How it stands"), _("From"), _("Published")],
        "rows": [_row(each) for each in page.object_list],
        "revised": queries.revised(measure),
    }
    return render(request, "publishing/measure.html", context)


@open_to_all
@require_safe
@loads("measure", queries.measure_for)
def measure_csv(request: Request, measure: Measure) -> HttpResponseBase:
    """The whole series with its revisions, oldest first."""
    every = queries.every_value_of(measure)
    return tables.csv_response((_flat(each) for each in every), COLUMNS, f"{measure.key}.csv")


@open_to_all
@require_safe
@loads("measure", queries.measure_for)
def measure_json(request: Request, measure: Measure) -> JsonResponse:
    every = queries.every_value_of(measure)
    rows = [dict(zip(COLUMNS, map(_plainly, _flat(each)), strict=True)) for each in every]
    return JsonResponse({"series": measure.key, "title": measure.title, "values": rows})


@open_to_all
@require_safe
def findings(request: Request) -> HttpResponse:
    page = page_of(request, queries.findings(), per_page=50)
    return render(request, "publishing/findings.html", {"page": page, "findings": page.object_list})


@open_to_all
@require_safe
@loads("finding", queries.finding_for)
def finding(request: Request, finding: Finding) -> HttpResponse:
    context = {
        "finding": finding,
        "found_in": _told(finding.subject) if finding.subject else None,
        "superseded_by": getattr(finding, "superseded_by", None),
        "story_of": finding.because if finding.because and finding.because.audience == Audience.PUBLIC else None,
    }
    return render(request, "publishing/finding.html", context)


@open_to_all
@require_safe
def feed(request: Request) -> HttpResponse:
    told = feeds.atom(feeds.entries(), self_address=_address("publishing:feed"))
    return HttpResponse(told, content_type="application/atom+xml; charset=utf-8")


@open_to_all
@require_safe
def feed_json(request: Request) -> JsonResponse:
    told = feeds.json_feed(feeds.entries(), self_address=_address("publishing:feed_json"))
    return JsonResponse(told, content_type="application/feed+json")


def _row(measure: Measure) -> list[Any]:
    known = "" if measure.n is None else f"{measure.n:,}"
    stands = measure.get_rung_display()
    return [measure.when, measure.shown, known, stands, measure.source, measure.published_at.date()]


def _flat(measure: Measure) -> list[Any]:
    area = measure.area
    return [
        measure.key,
        measure.title,
        area.name if area else "",
        area.gss_code if area else "",
        measure.from_on,
        measure.period.last_on,
        measure.value,
        measure.unit,
        measure.n,
        measure.rung,
        measure.source,
        measure.unknown_because,
        measure.published_at,
        None if measure.supersedes_id is None else str(measure.supersedes_id),
    ]


def _plainly(value: Any) -> Any:
    """Exact numbers go out as text: a reader's floats would round them."""
    return tables.digits(value) if isinstance(value, Decimal) else value


def _told(subject: Ref) -> telling.Line | None:
    """The public step with which what a finding was found in entered the thread, where it has a page to open."""
    step = thread.step_of(subject)
    if step is None or step.audience != Audience.PUBLIC:
        return None
    (line,) = telling.lines([step])
    return line if line.page else None


def _address(name: str) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name)}"
