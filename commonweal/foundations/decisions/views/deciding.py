"""The list of decisions, and recording one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.naming import names_of
from commonweal.foundations.thread.reasons import steps_named
from commonweal.foundations.verbs.access import Request, may, open_to_all
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms import DecideForm


@open_to_all
@require_safe
def decisions(request: Request) -> HttpResponse:
    page = page_of(request, queries.decisions_for(request.person), per_page=25)
    rows = list(page.object_list)
    names = names_of(decision.decided_by for decision in rows)
    shown = [(decision, names[decision.decided_by]) for decision in rows]
    return render(request, "decisions/decisions.html", {"page": page, "rows": shown})


@may("record a decision")
@require_http_methods(["GET", "POST"])
def decide(request: Request) -> HttpResponse:
    because = steps_named(request)
    if not because:
        return render(request, "decisions/decide_from.html", status=422 if request.method == "POST" else 200)
    form = DecideForm(request.POST or None, today=today())
    if form.is_valid():
        try:
            decision = actions.decide(because=because, by=request.person, at=now(), **form.decision())
            messages.success(request, _("The decision is recorded. It cannot change any more."))
            return redirect(decision)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    told = {"form": form, "about": telling.lines(because, person=request.person)}
    return render(request, "decisions/decide.html", told, status=422 if request.method == "POST" else 200)
