"""The front of the house: home, the four stages, my day, and what every public site must say."""

import rules
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.i18n import set_language

from commonweal.foundations.audit import queries as audit
from commonweal.foundations.look import charts, colours
from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import telling
from commonweal.foundations.verbs.access import Request, may, open_to_all, signed_in
from commonweal.foundations.verbs.clock import now
from commonweal.review.accountability import queries as accountability
from commonweal.understand.dialogue import queries as dialogue

from . import api, day, navigation, queries, workbench
from . import figures as live

#: Where somebody goes who must not be seen here. Nothing about us is in the address.
ELSEWHERE = "https://www.bbc.co.uk/weather"


@open_to_all
@require_safe
def home(request: Request) -> HttpResponse:
    at = now()
    conversations = list(dialogue.open_conversations(at)[:4])
    lines = telling.lines(queries.latest_public(6), person=None)
    shown = {
        "cycle": charts.cycle(live.quarters(live.figures(at))),
        "conversations": conversations,
        "lines": lines,
        "is_new": not conversations and not lines,
        "may_open": rules.test_rule("open a conversation", request.person),
        "whole_story": accountability.whole_story(accountability.newest_lessons()),
        "payment": accountability.newest_payment(),
    }
    return render(request, "front/home.html", shown)


@open_to_all
@require_safe
def stage(request: Request, key: str) -> HttpResponse:
    here = navigation.BY_KEY[key]
    page = page_of(request, queries.public_steps_of(key), per_page=20)
    lines = telling.lines(list(page.object_list), person=None)
    shown = {"stage": here, "doors": list(navigation.doors(here)), "page": page, "lines": lines}
    return render(request, "front/stage.html", shown)


@may("open a conversation")
@require_safe
@never_cache
def bench(request: Request) -> HttpResponse:
    """The convenor's workbench."""
    at = now()
    conversation = workbench.chosen(request.GET.get("conversation", ""), at)
    shown = {
        "open": workbench.benches(at)[:12],
        "bench": workbench.bench_of(conversation, at) if conversation else None,
    }
    return render(request, "front/workbench.html", shown)


@signed_in
@require_safe
@never_cache
def my_day(request: Request) -> HttpResponse:
    tasks = day.tasks_of(request.person, now())
    page = page_of(request, tasks)
    late = sum(task.is_late for task in tasks)
    shown = {"page": page, "late": late, "desks": navigation.desks(request.person)}
    return render(request, "front/my_day.html", shown)


@open_to_all
@require_safe
def accessibility(request: Request) -> HttpResponse:
    return render(request, "front/accessibility.html", {"contact": settings.CONTACT_EMAIL})


@open_to_all
@require_safe
def privacy(request: Request) -> HttpResponse:
    return render(request, "front/privacy.html")


@open_to_all
@require_safe
@never_cache
def leave(request: Request) -> HttpResponse:
    """Away at once, with no trace of where from."""
    answer = HttpResponseRedirect(ELSEWHERE)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: Request) -> HttpResponse:
    """The switch in the header sends here; without it, this page has the same two buttons."""
    if request.method == "POST":
        answer: HttpResponse = set_language(request)
        return answer
    return render(request, "front/language.html", {"back": reverse("front:home")})


@open_to_all
@require_safe
@cache_control(public=True, max_age=31536000, immutable=True)
def colours_css(request: Request) -> HttpResponse:
    """The place's colour is part of the address, so a browser may keep the answer for good."""
    return HttpResponse(colours.stylesheet(f"#{request.GET.get('of', '')}"), content_type="text/css")


@open_to_all
@require_safe
@never_cache
def healthz(request: Request) -> HttpResponse:
    """For machines that watch over us: do the web and the database answer, and is the trail being sealed?"""
    alarm = audit.unsealed_alarm(now())
    return HttpResponse(f"ok\nwarning: {alarm}\n" if alarm else "ok\n", content_type="text/plain")


@open_to_all
@require_safe
def about_api(request: Request) -> HttpResponse:
    return render(request, "front/api.html", {"operations": api.operations()})
