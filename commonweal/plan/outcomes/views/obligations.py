"""Pages about who does what."""

import rules
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms import DoneForm, ObligationForm
from ..models import Obligation, Outcome


@require_safe
@open_to_all
@loads("obligation", queries.obligation_for)
def obligation(request: Request, obligation: Obligation) -> HttpResponse:
    return _page(request, obligation, DoneForm())


@require_http_methods(["GET", "POST"])
@loads("outcome", queries.outcome_for)
@may("write down an obligation")
def oblige(request: Request, outcome: Outcome) -> HttpResponse:
    form = ObligationForm(request.POST or None, outcome=outcome)
    if form.is_valid():
        try:
            actions.oblige(outcome=outcome, by=request.person, at=now(), **form.cleaned_data)
            return redirect(outcome)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request, "outcomes/oblige.html", {"form": form, "outcome": outcome}, status=422 if form.errors else 200
    )


@require_POST
@loads("obligation", queries.obligation_for)
@may("finish an obligation")
def fulfil(request: Request, obligation: Obligation) -> HttpResponse:
    form = DoneForm(request.POST)
    if not form.is_valid():
        return _page(request, obligation, form)
    try:
        language = request.person.language
        actions.fulfil(
            obligation=obligation, by=request.person, because=None, at=now(), language=language, **form.cleaned_data
        )
        messages.success(request, _("The task is marked as done."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(obligation)


def _page(request: Request, obligation: Obligation, form: DoneForm) -> HttpResponse:
    may_finish = rules.test_rule("finish an obligation", request.person, obligation)
    shown = {"obligation": obligation, "may_finish": may_finish, "form": form}
    return render(request, "outcomes/obligation.html", shown, status=422 if form.errors else 200)
