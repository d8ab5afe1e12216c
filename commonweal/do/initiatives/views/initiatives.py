"""Pages about initiatives: the list, the story of one, its lead, partners and tasks."""

import rules
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import onward, telling
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread.reasons import step_named
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms import AdoptForm, BeginForm, HandOverForm, JoinForm
from ..models import Initiative, Partner

#: So many lines of what happened next; the whole story is one tap away.
LATEST = 12


@require_safe
@open_to_all
def initiatives(request: Request) -> HttpResponse:
    return render(
        request, "initiatives/initiatives.html", {"page": page_of(request, queries.initiatives(), per_page=50)}
    )


@require_safe
@open_to_all
@loads("initiative", queries.initiative_for)
def initiative(request: Request, initiative: Initiative) -> HttpResponse:
    fund = getattr(initiative, "fund", None)
    payments = list(queries.payments_from(fund)[:20]) if fund else []
    before, after = _beside(initiative, request)
    return render(
        request,
        "initiatives/initiative.html",
        {
            "initiative": initiative,
            "leads": list(queries.leads_of(initiative)),
            "partners": list(queries.partners_seen_by(request.person, initiative, now())),
            "obligations": queries.tasks_of(initiative),
            "fund": fund,
            "purse": queries.purse_of(fund) if fund else None,
            "payments": payments,
            "names": queries.payee_names(payments),
            "before": before,
            "after": after,
            **_rights(request, initiative),
        },
    )


def _beside(initiative: Initiative, request: Request) -> tuple[list[telling.Line], list[telling.Line]]:
    """What it grew from, and the latest of what came of it."""
    before = list(initiative.step.causes.order_by("at", "id")[:LATEST])
    after = thread.fruits(initiative.step)[-LATEST:]
    told_before, told_after = telling.told_apart([before, after], person=request.person)
    return told_before, told_after


def _rights(request: Request, initiative: Initiative) -> dict[str, bool]:
    if request.person is None:
        return {}
    fund = getattr(initiative, "fund", None)
    return {
        "may_run": rules.test_rule("run an initiative", request.person, initiative),
        "may_put_in": fund is not None and rules.test_rule("put something in", request.person, fund),
        "may_ask": fund is not None and rules.test_rule("ask for a payment", request.person, fund),
        "may_give": fund is not None,
        "ways": onward.links_from(initiative.step, person=request.person),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@may("begin an initiative")
def begin(request: Request) -> HttpResponse:
    because = step_named(request)
    if because is None:
        return render(request, "initiatives/begin_from.html", status=422 if request.method == "POST" else 200)
    form = BeginForm(request.POST or None, initial={"lead": request.person.pk})
    if form.is_valid():
        try:
            begun = actions.begin(
                because=because, by=request.person, at=now(), language=request.person.language, **form.cleaned_data
            )
            messages.success(request, _("It has begun."))
            return redirect(begun)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    (line, *_none) = telling.lines([because], person=request.person)
    return render(
        request,
        "initiatives/begin.html",
        {"form": form, "because": because, "line": line},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@loads("initiative", queries.initiative_for)
@may("run an initiative")
def hand_over(request: Request, initiative: Initiative) -> HttpResponse:
    lead = queries.leads_of(initiative)[0]
    form = HandOverForm(request.POST or None)
    if form.is_valid():
        try:
            actions.hand_over(lead=lead, by=request.person, because=None, at=now(), **form.cleaned_data)
            messages.success(request, _("The lead was handed over."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(initiative)
    return _form(request, form, initiative, _("Hand over the lead"), _("Hand it over"))


@require_http_methods(["GET", "HEAD", "POST"])
@loads("initiative", queries.initiative_for)
@may("run an initiative")
def join(request: Request, initiative: Initiative) -> HttpResponse:
    form = JoinForm(request.POST or None)
    if form.is_valid():
        try:
            partner = actions.join(initiative=initiative, by=request.person, at=now(), **form.cleaned_data)
            if partner.joined_at is None:
                messages.success(request, _("It was asked. It takes part when it has said yes."))
            return redirect(initiative)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _form(request, form, initiative, _("Let an organisation join"), _("Let it join"))


@require_POST
@loads("partner", queries.asked_for)
@may("say whether it takes part")
def say_yes(request: Request, partner: Partner) -> HttpResponse:
    try:
        actions.say_yes(partner=partner, by=request.person, at=now())
        messages.success(request, _("Thank you. It takes part now."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(partner.initiative)


@require_POST
@loads("partner", queries.asked_for)
@may("say whether it takes part")
def say_no(request: Request, partner: Partner) -> HttpResponse:
    try:
        actions.say_no(partner=partner, by=request.person, at=now())
        messages.success(request, _("Thank you. It does not take part."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(partner.initiative)


@require_POST
@loads("partner", queries.partner_for)
@may("end a partner's part")
def leave(request: Request, partner: Partner) -> HttpResponse:
    try:
        actions.leave(partner=partner, by=request.person, because=None, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(partner.initiative)


@require_http_methods(["GET", "HEAD", "POST"])
@loads("initiative", queries.initiative_for)
@may("run an initiative")
def adopt(request: Request, initiative: Initiative) -> HttpResponse:
    form = AdoptForm(request.POST or None)
    if form.is_valid():
        try:
            actions.adopt(initiative=initiative, by=request.person, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(initiative)
    return _form(request, form, initiative, _("Take up a task"), _("Take it up"))


def _form(request: Request, form: object, initiative: Initiative, heading: str, button: str) -> HttpResponse:
    errors = getattr(form, "errors", None)
    return render(
        request,
        "initiatives/form.html",
        {"form": form, "initiative": initiative, "heading": heading, "button_text": button},
        status=422 if errors else 200,
    )
