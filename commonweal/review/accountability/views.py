"""Pages of the account: the golden thread of a story, and the public account."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from commonweal.do.initiatives import queries as initiatives
from commonweal.foundations.decisions import queries as decisions
from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.access import Request, loads, open_to_all
from commonweal.foundations.verbs.clock import now
from commonweal.plan.outcomes import queries as outcomes
from commonweal.review.learning import queries as learning

from . import queries


@require_GET
@open_to_all
@loads("step", queries.step_for)
def thread(request: Request, step: Step) -> HttpResponse:
    """The golden thread: from the first word to the last lesson, in order; or only one way from here."""
    part = request.GET.get("part", "all")
    beyond = request.GET.get("beyond") == "1"
    page = page_of(request, queries.part_of_story(step, part, beyond=beyond), per_page=100)
    lines = telling.lines(list(page.object_list), person=request.person)
    return render(
        request,
        "accountability/thread.html",
        {
            "step": step,
            "part": part if part in queries.PARTS else "all",
            "beyond": beyond,
            "page": page,
            "stretches": queries.stretches(lines),
        },
    )


@require_GET
@open_to_all
def from_step(request: Request) -> HttpResponse:
    """`?from=` any public step: to the whole story that it is a part of; without one, to the account."""
    if not request.GET.get("from"):
        return redirect("accountability:account")
    step = outcomes.public_step(request.GET["from"])
    if step is None:
        raise Http404("from")
    return redirect("accountability:thread", step.uuid)


@require_GET
@open_to_all
def account(request: Request) -> HttpResponse:
    """What was promised, what came in and went out, what changed, what was learned."""
    return render(
        request,
        "accountability/account.html",
        {
            "rate": decisions.answer_rate(now()),
            "reasons": queries.reasons_in_words(),
            "flows": initiatives.flows(),
            "results": queries.results(),
            "lessons": learning.lessons()[:5],
        },
    )
