"""Pages of the thread: one step with what is next to it, and the whole story."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.verbs.access import Request, loads, open_to_all

from . import onward, queries, telling
from .models import Step


def step_for(person: object, uuid: UUID) -> Step:
    """The one accessor: a step that the person may see, or there is none."""
    found = Step.objects.get(uuid=uuid)
    if not any(not line.is_hidden for line in telling.lines([found], person=person)):
        raise Step.DoesNotExist
    return found


@require_safe
@open_to_all
@loads("step", step_for)
def step(request: Request, step: Step) -> HttpResponse:
    before, after = queries.neighbours(step)
    own, before_told, after_told = telling.told_apart([[step], before, after], person=request.person)
    told = {"step": step, "line": own[0], "before": before_told, "after": after_told}
    told["ways"] = onward.ways_from(step, person=request.person)
    return render(request, "thread/step.html", told)


#: How much of a story somebody wants to read.
PARTS = {"all": queries.story, "before": queries.roots, "after": queries.fruits}


@require_safe
@open_to_all
@loads("step", step_for)
def story(request: Request, step: Step) -> HttpResponse:
    """The golden thread: from the first word to the last lesson, in order, in words; or only one way from here."""
    part = request.GET.get("part", "all")
    part = part if part in PARTS else "all"
    beyond = request.GET.get("beyond") == "1"
    page = page_of(request, PARTS[part](step, beyond=beyond), per_page=50)
    lines = telling.lines(list(page.object_list), person=request.person)
    told = {"step": step, "part": part, "beyond": beyond, "page": page, "stretches": telling.stretches(lines)}
    dates = [line.at for line in lines if line.at]
    told["span"] = (min(dates), max(dates)) if dates else None
    return render(request, "thread/story.html", told)
