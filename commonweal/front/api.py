"""The API: what is public, as JSON, described by OpenAPI 3.1. Read only; the pages do the rest.

Every operation declares who may call it (`open_to_all` …), as pages do; one that does not is closed by the wall. Input
is bounded, and what is out of bounds answers 422, which every operation with input says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Path, Schema
from ninja.responses import Status

from commonweal.foundations.publishing import queries as publishing
from commonweal.foundations.publishing.models import Measure as PublishedMeasure
from commonweal.foundations.publishing.rungs import Rung
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread import telling
from commonweal.foundations.verbs.access import open_to_all

from . import queries, talking
from .talking import Invalid, Missing, Page, window

api = NinjaAPI(
    title="Commonweal",
    version="1",
    description="What this place says, does, counts and learns, in the open. Read only, without an account.",
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
)

api.add_router("/conversations", talking.router)


class Line(Schema):
    """One step. A step that is not public has a title that says so, and nothing else."""

    id: UUID | None
    title: str
    word: str
    stage: str
    quote: str
    at: datetime | None


class Story(Schema):
    """What a step came from and what came of it, oldest first."""

    count: int
    page: int
    lines: list[Line]


class Measure(Schema):
    """One value: of what, where, when, how much, of how many, how it stands, and from where we know."""

    id: UUID
    key: str
    title: str
    area: str
    first_day: date
    #: Counted in.
    last_day: date
    #: Written out, so that no digit is lost on the way.
    value: str | None
    unknown_because: str
    unit: str
    n: int | None
    rung: Rung
    source: str
    published_at: datetime


class Measures(Schema):
    count: int
    page: int
    measures: list[Measure]


@api.get("/thread/{step}/story", response={200: Story, 404: Missing, 422: Invalid}, url_name="story")
@open_to_all
def story(request: HttpRequest, step: Path[UUID], page: Page = 1) -> Any:
    """The golden thread of one public step, in words."""
    begun = queries.public_step(step)
    if begun is None:
        return Status(404, {"detail": "There is no such public step."})
    whole = thread.story(begun)
    shown = telling.lines(whole[window(page)], person=None)
    return {"count": len(whole), "page": page, "lines": [_line(line) for line in shown]}


@api.get("/measures", response={200: Measures, 422: Invalid}, url_name="measures")
@open_to_all
def measures(request: HttpRequest, page: Page = 1) -> Any:
    """Every number that was published and stands, newest period first. Where it cannot be known, it says why."""
    every = publishing.standing().order_by("-from_on", "-until_on", "key", "pk")
    return {"count": every.count(), "page": page, "measures": [_measure(each) for each in every[window(page)]]}


def _measure(measure: PublishedMeasure) -> dict[str, Any]:
    return {
        "id": measure.pk,
        "key": measure.key,
        "title": measure.title,
        "area": measure.area.gss_code or measure.area.name if measure.area else "",
        "first_day": measure.from_on,
        "last_day": measure.period.last_on,
        "value": None if measure.value is None else f"{measure.value.normalize():f}",
        "unknown_because": measure.unknown_because,
        "unit": measure.unit,
        "n": measure.n,
        "rung": measure.rung,
        "source": measure.source,
        "published_at": measure.published_at,
    }


def _line(line: telling.Line) -> dict[str, Any]:
    return {
        "id": line.uuid,
        "title": line.title,
        "word": line.word,
        "stage": line.stage,
        "quote": line.quote,
        "at": line.at,
    }


@open_to_all
@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(api.get_openapi_schema(path_prefix="/api/"))


@dataclass(frozen=True)
class Operation:
    """One line of the page that tells people about the API."""

    address: str
    about: str


def operations() -> list[Operation]:
    described = api.get_openapi_schema(path_prefix="/api/")["paths"]
    return [Operation(address, verbs["get"].get("description", "")) for address, verbs in described.items()]


#: Every operation by the name of its address. One that is not named here has no address.
OPERATIONS: dict[str, Any] = {"story": story, **talking.OPERATIONS, "measures": measures}


def _guarded() -> Iterator[URLPattern]:
    """The operations' addresses, each open to whom its function says; ninja's own views would say nothing."""
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name in OPERATIONS:
            view: Any = pattern.callback
            view.access = getattr(OPERATIONS[pattern.name], "access", None)
            yield pattern


urlpatterns = [path("openapi.json", openapi, name="openapi"), *_guarded()]
