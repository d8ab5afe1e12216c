"""The steps that an address names as the reason for what a page begins: `?because=…`, once or several times."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from commonweal.foundations.verbs.access import Request

from . import telling
from .models import Step

#: Nobody begins anything for more reasons than they can read.
MOST = 20


def steps_named(request: Request) -> list[Step]:
    """Every step that the address names, oldest first. One that the person may not see is not there: 404."""
    named = [text for text in dict.fromkeys(request.GET.getlist("because")) if text]
    try:
        steps = list(Step.objects.filter(uuid__in=[UUID(text) for text in named[:MOST]]).order_by("at", "id"))
    except ValueError as unknown:
        raise Http404("because") from unknown
    seen = [line for line in telling.lines(steps, person=request.person) if not line.is_hidden]
    if len(seen) != len(named):
        raise Http404("because")
    return steps


def step_named(request: Request) -> Step | None:
    """The step that the address names; None where it names none. More than one: 404."""
    steps = steps_named(request)
    if len(steps) > 1:
        raise Http404("because")
    return steps[0] if steps else None
