"""What is done with an authorised payment out of a purse: send it, say that it was paid. The yes is the ledger's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundations.ledger import actions as ledger
from commonweal.foundations.ledger.models import Payment
from commonweal.foundations.ledger.rules import made_its_file
from commonweal.foundations.verbs.access import Request, loads, may
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import queries
from ..forms import PaidForm


@require_POST
@loads("payment", queries.payment_for)
@may("see a payment through")
def send(request: Request, payment: Payment) -> HttpResponse:
    try:
        made = ledger.send(payments=[payment], by=request.person, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(payment)
    messages.success(request, _("The payment stands in a file for the paying system. It is not paid yet."))
    return redirect(made)


@require_http_methods(["GET", "HEAD", "POST"])
@loads("payment", queries.payment_for)
@may("see a payment through")
def paid(request: Request, payment: Payment) -> HttpResponse:
    form = PaidForm(request.POST or None, initial={"paid_on": today()})
    if form.is_valid():
        try:
            ledger.confirm(payment=payment, by=request.person, at=now(), **form.cleaned_data)
            messages.success(request, _("The payment is paid."))
            return redirect(payment)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "initiatives/paid.html",
        {"form": form, "payment": payment, "made_its_file": made_its_file(request.person.ref, payment)},
        status=422 if form.errors else 200,
    )
