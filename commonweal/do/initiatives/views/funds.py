"""Pages about the shared purse: look into it, open it, put in, ask for a payment."""

from collections.abc import Iterable

import rules
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundations.ledger.models import Payment
from commonweal.foundations.ledger.rules import made_its_file
from commonweal.foundations.look.paging import page_of
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms import ContributeForm, FundForm, PayForm
from ..models import GivenHours, Initiative, PooledFund
from ..rules import contributors, keeps_account, takes_part


@require_safe
@open_to_all
@loads("fund", queries.fund_for)
def fund(request: Request, fund: PooledFund) -> HttpResponse:
    keeps = request.person is not None and keeps_account(request.person, fund.pounds)
    waiting = list(queries.payments_to_see_through(fund)) if keeps else []
    is_part = request.person is not None and takes_part(request.person, fund)
    may_put_in = rules.test_rule("put something in", request.person, fund)
    payments = page_of(request, queries.payments_from(fund, for_its_keepers=keeps), per_page=50)
    return render(
        request,
        "initiatives/fund.html",
        {
            "fund": fund,
            "purse": queries.purse_of(fund),
            "contributions": queries.contributions_to(fund)[:50],
            "payments": payments,
            "names": queries.payee_names([*payments, *waiting]),
            "hours": queries.confirmed_hours(fund)[:50],
            "to_confirm": _hours_waiting(request, fund, is_part=is_part),
            "keeps": keeps,
            "sent_by_them": {each.pk for each in waiting if made_its_file(request.person.ref, each)},
            "to_see_through": waiting,
            "to_answer": queries.payments_to_answer(fund, request.person, on=today()) if keeps else set(),
            "may_put_in": may_put_in,
            "may_ask": may_put_in or rules.test_rule("ask for a payment", request.person, fund),
        },
    )


def _hours_waiting(request: Request, fund: PooledFund, *, is_part: bool) -> Iterable[GivenHours]:
    """Those who take part see all of it, everybody else their own."""
    if is_part:
        return queries.hours_to_confirm(fund)[:50]
    return [] if request.person is None else queries.hours_waiting_for_others(fund, request.person)[:50]


@require_http_methods(["GET", "HEAD", "POST"])
@loads("initiative", queries.initiative_for)
@may("run an initiative")
def open_fund(request: Request, initiative: Initiative) -> HttpResponse:
    form = FundForm(request.POST or None, initiative=initiative)
    if form.is_valid():
        try:
            return redirect(actions.open_fund(initiative=initiative, by=request.person, at=now(), **form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _form(request, form, initiative, _("Open a shared purse"), _("Open it"))


@require_http_methods(["GET", "HEAD", "POST"])
@loads("fund", queries.fund_for)
@may("put something in")
def contribute(request: Request, fund: PooledFund) -> HttpResponse:
    form = ContributeForm(request.POST or None, contributors=contributors(request.person, fund.initiative))
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.contribute(
                fund=fund,
                organisation=given["organisation"],
                amount=given["amount"],
                id=given["sent_as"],
                by=request.person,
                at=now(),
            )
            told = _("Thank you. %(amount)s is in the shared purse.") % {"amount": given["amount"]}
            messages.success(request, told)
            return redirect(fund)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _form(request, form, fund.initiative, _("Put something in"), _("Put it in"))


@require_http_methods(["GET", "HEAD", "POST"])
@loads("fund", queries.fund_for)
@may("ask for a payment")
def pay(request: Request, fund: PooledFund) -> HttpResponse:
    form = PayForm(request.POST or None, fund=fund)
    if form.is_valid():
        try:
            payment = actions.propose_payment(fund=fund, by=request.person, at=now(), **form.cleaned_data)
            messages.success(request, _asked_for(payment))
            return redirect(payment)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _form(request, form, fund.initiative, _("Ask for a payment"), _("Ask for it"))


def _asked_for(payment: Payment) -> str:
    return ngettext(
        "The payment is asked for. One person beside you has to say yes.",
        "The payment is asked for. %(count)s people beside you have to say yes.",
        payment.eyes,
    ) % {"count": payment.eyes}


def _form(request: Request, form: object, initiative: Initiative, heading: str, button: str) -> HttpResponse:
    errors = getattr(form, "errors", None)
    return render(
        request,
        "initiatives/form.html",
        {"form": form, "initiative": initiative, "heading": heading, "button_text": button},
        status=422 if errors else 200,
    )
