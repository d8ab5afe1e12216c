"""Pages of a payment: what it is and who asked, the yes, the no, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundations.thread import queries as threads
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.naming import known_names
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms import DeclineForm
from ..models import Payment
from ..rules import asked_for_it, looks_into_all, made_its_file, may_authorise, sees_through

AT_ONCE = 50
BEFORE_IT_IS_SENT = {Payment.State.PROPOSED, Payment.State.AUTHORISED}


@require_safe
@open_to_all
@loads("payment", queries.payment_for)
def payment(request: Request, payment: Payment) -> HttpResponse:
    given = queries.authorisers_of(payment)
    objection = queries.objection_to(payment)
    shown = {
        "payment": payment,
        "given": given,
        "missing": payment.eyes - len(given),
        "shows_free": payment.from_account.is_public or sees_through(request.person, payment),
        "objection": objection,
        **_names(payment, objection),
        **_story(request, payment),
        **_ways(request.person, payment, given),
    }
    return render(request, "ledger/payment.html", shown)


@require_POST
@loads("payment", queries.payment_for)
@may("authorise this payment")
def authorise(request: Request, payment: Payment) -> HttpResponse:
    try:
        actions.authorise(payment=payment, by=request.person, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. You have authorised this payment."))
    return redirect(payment)


@require_http_methods(["GET", "HEAD", "POST"])
@loads("payment", queries.payment_for)
@may("decline this payment")
def decline(request: Request, payment: Payment) -> HttpResponse:
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            language = request.person.language
            actions.decline(payment=payment, by=request.person, at=now(), language=language, **form.cleaned_data)
            messages.success(request, _("You have said no to this payment. Whoever asked for it is told why."))
            return redirect(payment)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    names = known_names([payment.beneficiary])
    shown = {"form": form, "payment": payment, "names": names}
    return render(request, "ledger/decline.html", shown, status=422 if form.errors else 200)


@require_POST
@loads("payment", queries.payment_for)
@may("withdraw this payment")
def withdraw(request: Request, payment: Payment) -> HttpResponse:
    try:
        actions.withdraw(payment=payment, by=request.person, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The payment is taken back. The money stays where it was."))
    return redirect(payment)


def _names(payment: Payment, objection: Any) -> dict[str, str]:
    refs = {
        "beneficiary": payment.beneficiary,
        "proposed_by": payment.proposed_by,
        "heard_from": payment.heard_from,
        "declined_by": objection.by if objection else None,
    }
    called = known_names([ref for ref in refs.values() if ref])
    return {word: called.get(ref, _("someone")) if ref else "" for word, ref in refs.items()}


def _story(request: Request, payment: Payment) -> dict[str, Any]:
    """What it came from, and what happened with it."""
    step = threads.step_of(payment)
    roots = threads.roots(step)[-AT_ONCE:] if step else []
    asked, happened = telling.told_apart([roots, list(threads.steps_about(payment))], person=request.person)
    return {"step": step, "asked": asked, "happened": happened}


def _ways(person: Any, payment: Payment, given: list[Any]) -> dict[str, bool]:
    """Which buttons to show: the verbs decide."""
    keeps = sees_through(person, payment)
    answers = may_authorise(person, payment) and not _has_a_part_in_it(person, payment)
    is_new = payment.state == Payment.State.PROPOSED
    is_not_sent = payment.state in BEFORE_IT_IS_SENT
    return {
        "can_authorise": is_new and answers and person.ref not in {each.by for each, _person in given},
        "can_decline": is_not_sent and answers,
        "can_withdraw": is_not_sent and asked_for_it(person, payment),
        "keeps": keeps,
        "made_its_file": keeps and made_its_file(person.ref, payment),
        "opens_file": keeps or looks_into_all(person),
    }


def _has_a_part_in_it(person: Any, payment: Payment) -> bool:
    """They asked for it, or it is theirs."""
    return asked_for_it(person, payment) or actions.is_beneficiary(person, payment, today())
