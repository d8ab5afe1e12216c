"""Pages of the ledger: an account, a posting, a payment and its yes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import queries as threads
from commonweal.foundations.thread import telling
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..models import Account, Entry, Journal, Payment
from ..rules import looks_into_all, may_authorise, may_look, may_withdraw, sees_through

AT_ONCE = 50
BEFORE_IT_IS_SENT = {Payment.State.PROPOSED, Payment.State.AUTHORISED}


@require_safe
@open_to_all
@loads("account", queries.account_for)
def account(request: Request, account: Account) -> HttpResponse:
    page = page_of(request, queries.entries_of(account), per_page=AT_ONCE)
    entries = list(page.object_list)
    holds = list(queries.holds_on(account)[:AT_ONCE])
    told = _told([entry.journal.reason for entry in entries], [hold.reason for hold in holds], request.person)
    shown = {
        "account": account,
        "owner": queries.names_of([account.owner]).get(account.owner, ""),
        "page": page,
        "lines": list(zip(entries, told[0], strict=True)),
        "holds": list(zip(holds, told[1], strict=True)),
    }
    return render(request, "ledger/account.html", shown)


@require_safe
@open_to_all
@loads("journal", queries.journal_for)
def journal(request: Request, journal: Journal) -> HttpResponse:
    entries = [(entry, _name_of(request.person, entry)) for entry in queries.entries_in(journal)]
    told = _told([journal.reason], [], request.person)[0]
    return render(request, "ledger/journal.html", {"journal": journal, "entries": entries, "reasons": told})


@require_safe
@open_to_all
@loads("payment", queries.payment_for)
def payment(request: Request, payment: Payment) -> HttpResponse:
    given = queries.authorisers_of(payment)
    step = threads.step_of(payment)
    roots = threads.roots(step)[-AT_ONCE:] if step else []
    own = list(threads.steps_about(payment))
    asked, happened = telling.told_apart([roots, own], person=request.person)
    people = queries.names_of([payment.proposed_by, payment.beneficiary, *filter(None, [payment.heard_from])])
    keeps = sees_through(request.person, payment)
    shown = {
        "payment": payment,
        "given": given,
        "missing": payment.eyes - len(given),
        "asked": asked,
        "happened": happened,
        "step": step,
        "beneficiary": people.get(payment.beneficiary, _("someone")),
        "proposed_by": people.get(payment.proposed_by, _("someone")),
        "heard_from": people.get(payment.heard_from, _("someone")) if payment.heard_from else "",
        "can_authorise": _can_authorise(request.person, payment, given),
        "can_withdraw": payment.state in BEFORE_IT_IS_SENT and may_withdraw(request.person, payment),
        "keeps": keeps,
        "opens_file": keeps or looks_into_all(request.person),
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


def _can_authorise(person: Any, payment: Payment, given: list[Any]) -> bool:
    """Whether to show the button: the verb decides."""
    return (
        payment.state == Payment.State.PROPOSED
        and may_authorise(person, payment)
        and person.ref not in {each.by for each, _person in given}
        and not (payment.eyes == 1 and person.ref == payment.proposed_by)
        and not actions.is_beneficiary(person, payment, today())
    )


def _name_of(person: Any, entry: Entry) -> str | None:
    """The account's name, where this person may look at it."""
    return entry.account.name if may_look(person, entry.account) else None


def _told(first: list[Any], second: list[Any], person: Any) -> list[list[Any]]:
    """One line for each reason, in order. A reason inside somebody's plan is told to others as not public."""
    unique = list({step.pk: step for step in [*first, *second]}.values())
    told = telling.told_apart([[step] for step in unique], person=person)
    lines = {step.pk: (line[0] if line else None) for step, line in zip(unique, told, strict=True)}
    return [[lines[step.pk] for step in group] for group in (first, second)]
