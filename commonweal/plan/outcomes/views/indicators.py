"""Pages about numbers: what is counted, and what was counted."""

import rules
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, charting, queries
from ..forms import IndicatorForm, ReadingForm
from ..models import Indicator, Outcome, Reading
from ..models.indicators import plainly


@require_GET
@open_to_all
@loads("indicator", queries.indicator_for)
def indicator(request: Request, indicator: Indicator) -> HttpResponse:
    return render(
        request,
        "outcomes/indicator.html",
        {
            "indicator": indicator,
            "chart": charting.chart(indicator, queries.series(indicator)),
            "page": page_of(request, queries.readings_of(indicator), per_page=50),
            "may_record": rules.test_rule("record a reading", request.person, indicator),
        },
    )


@require_GET
@open_to_all
@loads("reading", queries.reading_for)
def reading(request: Request, reading: Reading) -> HttpResponse:
    return render(
        request,
        "outcomes/reading.html",
        {
            "reading": reading,
            "may_record": rules.test_rule("correct a reading", request.person, reading),
            "may_keep_lesson": rules.test_rule("keep a lesson", request.person),
        },
    )


@require_http_methods(["GET", "POST"])
@loads("outcome", queries.outcome_for)
@may("define an indicator")
def define(request: Request, outcome: Outcome) -> HttpResponse:
    form = IndicatorForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        period = given.pop("period")
        del given["from_on"], given["last_on"]
        try:
            defined = actions.define_indicator(
                outcome=outcome, baseline_period=period, by=request.person, at=now(), **given
            )
            return redirect(defined)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request, "outcomes/define.html", {"form": form, "outcome": outcome}, status=400 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@loads("indicator", queries.indicator_for)
@may("record a reading")
def record(request: Request, indicator: Indicator) -> HttpResponse:
    return _record(request, indicator, ReadingForm(request.POST or None), revises=None)


@require_http_methods(["GET", "POST"])
@loads("reading", queries.reading_for)
@may("correct a reading")
def correct(request: Request, reading: Reading) -> HttpResponse:
    form = ReadingForm(
        request.POST or None,
        initial={
            "value": plainly(reading.value),
            "from_on": reading.from_on,
            "last_on": reading.period.last_on,
            "n": reading.n,
            "provenance": reading.provenance,
            "rung": reading.rung,
        },
    )
    return _record(request, reading.indicator, form, revises=reading)


def _record(request: Request, indicator: Indicator, form: ReadingForm, revises: Reading | None) -> HttpResponse:
    if form.is_valid():
        given = form.cleaned_data
        del given["from_on"], given["last_on"]
        try:
            kept = actions.record_reading(indicator=indicator, revises=revises, by=request.person, at=now(), **given)
            messages.success(request, _("The number is kept and published."))
            return redirect(kept.indicator)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "outcomes/record.html",
        {"form": form, "indicator": indicator, "revises": revises},
        status=400 if form.errors else 200,
    )
