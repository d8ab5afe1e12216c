"""Pages for those who keep the money: what to send, the file for the paying system, and what comes back from it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as BinasciiError

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundations.intake import actions as intake
from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread.naming import known_names
from commonweal.foundations.verbs.access import Request, loads, may, signed_in
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, files, queries
from ..forms import ConfirmOutcomesForm, FailedForm, OutcomesForm, SendForm
from ..models import Dispatch, Payment
from ..rules import keeps_money

AT_ONCE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@may("send payments")
def to_send(request: Request) -> HttpResponse:
    waiting = queries.payments_to_send(request.person, on=today())
    form = SendForm(request.POST if request.method == "POST" else None, payments=waiting)
    if form.is_valid():
        try:
            made = actions.send(payments=list(form.cleaned_data["payments"]), by=request.person, at=now())
            messages.success(request, _("The file is ready for the paying system. Nothing in it is paid yet."))
            return redirect(made)
        except Refusal as refusal:
            form.add_error("payments", str(refusal))
    payments = list(waiting[:AT_ONCE])
    shown = {
        "form": form,
        "payments": payments,
        "names": known_names([payment.beneficiary for payment in payments]),
        "has_strays": queries.strays_seen_by(request.person, on=today()).exists(),
        "page": page_of(request, queries.dispatches_of(request.person, on=today()), per_page=20),
    }
    return render(request, "ledger/to_send.html", shown, status=422 if form.errors else 200)


@require_safe
@signed_in
@loads("dispatch", queries.dispatch_for)
def dispatch(request: Request, dispatch: Dispatch) -> HttpResponse:
    payments = list(queries.payments_in(dispatch))
    names = known_names([dispatch.by, *(payment.beneficiary for payment in payments)])
    shown = {
        "dispatch": dispatch,
        "payments": payments,
        "names": names,
        "by": names.get(dispatch.by, _("someone")),
        "sends": keeps_money(request.person),
    }
    return render(request, "ledger/dispatch.html", shown)


@require_safe
@signed_in
@loads("dispatch", queries.dispatch_for)
def dispatch_file(request: Request, dispatch: Dispatch) -> HttpResponse:
    """The same file however often it is asked for: the paying system knows a payment by its reference."""
    text = files.written(queries.DISPATCH_COLUMNS, queries.dispatch_rows(dispatch))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="payments-{dispatch.pk}.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@loads("payment", queries.payment_for)
@may("say what became of this payment")
def failed(request: Request, payment: Payment) -> HttpResponse:
    form = FailedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.fail(payment=payment, by=request.person, at=now(), **form.cleaned_data)
            messages.success(request, _("The payment could not be made. The money is free again."))
            return redirect(payment)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "ledger/failed.html", {"form": form, "payment": payment}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@may("send payments")
def outcomes(request: Request) -> HttpResponse:
    """First the file is looked at and nothing changes; then, with a second yes, what it says is believed."""
    if "content" in request.POST:
        return _take_in(request)
    form = OutcomesForm(request.POST, request.FILES) if request.method == "POST" else OutcomesForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = file.read(files.LIMITS.bytes + 1)
            read = files.read_outcomes(content, name=file.name)
            heard = actions.look_at(outcomes=read, by=request.person, at=now())
            intake.preview(preview=heard.preview, by=request.person, at=now())
            carried = {"name": file.name, "content": b64encode(content).decode(), "digest": read.digest}
            shown = {"heard": heard, "confirm": ConfirmOutcomesForm(initial=carried)}
            return render(request, "ledger/outcomes_preview.html", shown)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    return _outcomes(request, form)


def _take_in(request: Request) -> HttpResponse:
    confirm, form = ConfirmOutcomesForm(request.POST), OutcomesForm({})
    form.errors.clear()
    if not confirm.is_valid():
        form.add_error(None, _("Choose the file again."))
        return _outcomes(request, form)
    sent = confirm.cleaned_data
    try:
        content = b64decode(sent["content"], validate=True)
        read = files.read_outcomes(content, name=sent["name"])
        taken = actions.take_in(outcomes=read, by=request.person, at=now(), looked_at=sent["digest"])
    except (Refusal, BinasciiError) as refusal:
        form.add_error(None, str(refusal) if isinstance(refusal, Refusal) else _("Choose the file again."))
        return _outcomes(request, form)
    messages.success(request, _what_came_of_it(taken))
    return redirect("ledger:to_send")


@require_safe
@may("look at what is not ours")
def strays(request: Request) -> HttpResponse:
    page = page_of(request, queries.strays_seen_by(request.person, on=today()), per_page=AT_ONCE)
    names = known_names([stray.intake.by for stray in page])
    shown = {"page": page, "names": names, "sends": keeps_money(request.person)}
    return render(request, "ledger/strays.html", shown)


def _what_came_of_it(taken: actions.TakenIn) -> str:
    said = [
        (ngettext("%(count)d payment is paid.", "%(count)d payments are paid.", taken.confirmed), taken.confirmed),
        (ngettext("%(count)d could not be paid.", "%(count)d could not be paid.", taken.failed), taken.failed),
        (
            ngettext(
                "%(count)d row is not ours and was kept.", "%(count)d rows are not ours and were kept.", taken.strays
            ),
            taken.strays,
        ),
    ]
    told = [sentence % {"count": count} for sentence, count in said if count]
    return " ".join(told) or _("There is nothing new in this file.")


def _outcomes(request: Request, form: OutcomesForm) -> HttpResponse:
    return render(request, "ledger/outcomes.html", {"form": form}, status=422 if form.errors else 200)
