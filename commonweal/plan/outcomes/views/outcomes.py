"""Pages about what good would look like: propose, ask, answer, agree."""

from typing import Any

import rules
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundations.decisions.models import Asking, Stance
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.thread import onward, telling
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, charting, queries
from ..forms import AnswerForm, OutcomeForm, PartyForm
from ..models import Concern, Outcome


@require_safe
@open_to_all
@loads("outcome", queries.outcome_for)
def outcome(request: Request, outcome: Outcome) -> HttpResponse:
    indicators = queries.indicators_of(outcome)
    positions = queries.positions(outcome)
    return render(
        request,
        "outcomes/outcome.html",
        {
            "outcome": outcome,
            "positions": positions,
            "unanswered": sum(position.assent is None for position in positions),
            **_beside(request, outcome),
            "mine": _acted_for_by(request),
            "indicators": [(each, charting.chart(each, list(each.readings.all()))) for each in indicators],
            "has_experience": queries.has_experience(indicators),
            "obligations": queries.obligations_of(outcome),
            "may_keep": rules.test_rule("agree an outcome", request.person, outcome),
            "ways": onward.links_from(outcome.step, person=request.person),
        },
    )


@require_http_methods(["GET", "POST"])
@loads("concern", queries.concern_for)
@may("propose an outcome")
def propose(request: Request, concern: Concern) -> HttpResponse:
    form = OutcomeForm(request.POST or None)
    if form.is_valid():
        try:
            proposed = actions.propose_outcome(
                concern=concern, by=request.person, at=now(), language=request.person.language, **form.cleaned_data
            )
            messages.success(request, _("It is proposed. Those who were asked can answer now."))
            return redirect(proposed)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "outcomes/propose.html",
        {"form": form, "concern": concern, "latest": concern.versions.all()[0]},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@loads("outcome", queries.outcome_for)
@may("ask a party")
def ask(request: Request, outcome: Outcome) -> HttpResponse:
    form = PartyForm(request.POST or None, outcome=outcome)
    if form.is_valid():
        try:
            actions.ask_party(outcome=outcome, by=request.person, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(outcome)
    return render(request, "outcomes/ask.html", {"form": form, "outcome": outcome}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@loads("asking", queries.asking_for)
@may("answer for a party")
def answer(request: Request, asking: Asking) -> HttpResponse:
    outcome = queries.outcome_for(request.person, asking.subject.uuid)
    organisation = Organisation.objects.get(pk=asking.party.uuid)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            actions.answer(outcome=outcome, organisation=organisation, by=request.person, at=now(), **form.cleaned_data)
            messages.success(request, _("Thank you. Everybody can see what your organisation says."))
            return redirect(outcome)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "outcomes/answer.html",
        {"form": form, "outcome": outcome, "organisation": organisation, "stances": Stance},
        status=422 if form.errors else 200,
    )


@require_POST
@loads("outcome", queries.outcome_for)
@may("agree an outcome")
def agree(request: Request, outcome: Outcome) -> HttpResponse:
    try:
        actions.agree(outcome=outcome, by=request.person, at=now())
        messages.success(request, _("It is agreed."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(outcome)


def _beside(request: Request, outcome: Outcome) -> dict[str, Any]:
    """The thread before and after it, and what people do about it: whatever a later stage began because of it. All of
    it told with the questions of one."""
    since = [step for step in (outcome.proposal, outcome.agreement) if step is not None]
    groups = [thread.grown_from(since, stage="do"), *thread.neighbours(outcome.proposal)]
    begun, before, after = telling.told_apart(groups, person=request.person)
    return {
        "begun": [line for line in begun if line.page],
        "before": before,
        "after": after,
        "step": outcome.proposal,
    }


def _acted_for_by(request: Request) -> set[Organisation]:
    if request.person is None:
        return set()
    return set(organisations.organisations_acted_for(request.person, on=today()))
