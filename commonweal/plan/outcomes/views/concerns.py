"""Pages about problems."""

import rules
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import onward, telling
from commonweal.foundations.thread.reasons import step_named
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms import ConcernForm
from ..models import Concern


@require_safe
@open_to_all
def concerns(request: Request) -> HttpResponse:
    page = page_of(request, queries.concerns(), per_page=50)
    return render(
        request,
        "outcomes/concerns.html",
        {"page": page, "may_raise": rules.test_rule("raise a concern", request.person)},
    )


@require_safe
@open_to_all
@loads("concern", queries.concern_for)
def concern(request: Request, concern: Concern) -> HttpResponse:
    return render(
        request,
        "outcomes/concern.html",
        {
            "concern": concern,
            "latest": concern.versions.all()[0],
            "earlier": concern.versions.all()[1:],
            "outcomes": concern.outcomes.all(),
            "may_keep": rules.test_rule("propose an outcome", request.person, concern),
            "ways": onward.links_from(concern.step, person=request.person),
        },
    )


@require_http_methods(["GET", "POST"])
@may("raise a concern")
def raise_concern(request: Request) -> HttpResponse:
    because = step_named(request)
    form = ConcernForm(request.POST or None)
    if form.is_valid():
        try:
            raised = actions.raise_concern(
                by=request.person, because=because, at=now(), language=request.person.language, **form.cleaned_data
            )
            messages.success(request, _("The problem is on the list."))
            return redirect(raised)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    line = telling.lines([because], person=request.person)[0] if because else None
    shown = {"form": form, "because": because, "line": line}
    return render(request, "outcomes/raise_concern.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@loads("concern", queries.concern_for)
@may("reword a concern")
def reword(request: Request, concern: Concern) -> HttpResponse:
    latest = concern.versions.all()[0]
    form = ConcernForm(request.POST or None, initial={"words": latest.words.text})
    if form.is_valid():
        sent = {"because": None, "at": now(), "language": request.person.language, **form.cleaned_data}
        try:
            actions.reword(concern=concern, by=request.person, **sent)
            return redirect(concern)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request, "outcomes/reword.html", {"form": form, "concern": concern}, status=422 if form.errors else 200
    )
