"""Pages about time given."""

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
from ..forms import DoubtForm, HoursForm
from ..models import GivenHours, PooledFund


@require_safe
@open_to_all
@loads("given", queries.hours_for)
def hours(request: Request, given: GivenHours) -> HttpResponse:
    return render(
        request,
        "initiatives/hours.html",
        {
            "given": given,
            "may_confirm": rules.test_rule("confirm hours", request.person, given),
            "may_take_back": rules.test_rule("take back hours", request.person, given),
            "doubt": getattr(given, "doubt", None),
            "may_see_who": queries.concerns(request.person, given),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@loads("fund", queries.fund_for)
@may("give hours")
def give_hours(request: Request, fund: PooledFund) -> HttpResponse:
    form = HoursForm(
        request.POST or None, person=request.person, groups=queries.groups_of(request.person, now()), fund=fund
    )
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            told = actions.give_hours(
                fund=fund,
                id=given.pop("sent_as"),
                by=request.person,
                at=now(),
                language=request.person.language,
                **given,
            )
            understood = _("Thank you. You wrote down %(time)s. It counts when somebody else has confirmed it.")
            messages.success(request, understood % {"time": told.time})
            return redirect(told)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "initiatives/form.html",
        {
            "form": form,
            "initiative": fund.initiative,
            "heading": _("Write down time that was given"),
            "button_text": _("Send it"),
        },
        status=422 if form.errors else 200,
    )


@require_POST
@loads("given", queries.hours_for)
@may("confirm hours")
def confirm(request: Request, given: GivenHours) -> HttpResponse:
    try:
        actions.confirm_hours(given=given, by=request.person, at=now())
        messages.success(request, _("Thank you. The time counts now."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(given)


@require_http_methods(["GET", "HEAD", "POST"])
@loads("given", queries.hours_for)
@may("decline hours")
def decline(request: Request, given: GivenHours) -> HttpResponse:
    form = DoubtForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            language = request.person.language
            actions.decline_hours(given=given, by=request.person, at=now(), language=language, **form.cleaned_data)
            messages.success(request, _("You have said no. Whoever wrote the time down is told why."))
            return redirect(given)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    shown = {"form": form, "given": given}
    return render(request, "initiatives/decline_hours.html", shown, status=422 if form.errors else 200)


@require_POST
@loads("given", queries.hours_for)
@may("take back hours")
def take_back(request: Request, given: GivenHours) -> HttpResponse:
    try:
        actions.take_back_hours(given=given, by=request.person, at=now())
        messages.success(request, _("The time is taken back. You can write it down again."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(given)
