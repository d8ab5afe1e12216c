"""The page of the public account."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from commonweal.do.initiatives import queries as initiatives
from commonweal.foundations.decisions import queries as decisions
from commonweal.foundations.verbs.access import Request, open_to_all
from commonweal.foundations.verbs.clock import now

from . import queries


@require_GET
@open_to_all
def account(request: Request) -> HttpResponse:
    """What was promised, what came in and went out, what changed, what was learned."""
    rate, flows, lessons = decisions.answer_rate(now()), initiatives.flows(), queries.newest_lessons()
    return render(
        request,
        "accountability/account.html",
        {
            "rate": rate,
            "promised": queries.promised(rate),
            "whole_story": queries.whole_story(lessons),
            "payment": queries.newest_payment(),
            "reasons": queries.reasons_in_words(),
            "flows": flows,
            "pounds_left": flows.pounds_in - flows.pounds_paid,
            "results": queries.results(),
            "lessons": lessons[:5],
        },
    )
