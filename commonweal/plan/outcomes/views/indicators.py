"""Pages about numbers: what is counted, and what was counted."""

from base64 import b64decode, b64encode
from binascii import Error as BinasciiError

import rules
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundations.intake import actions as intake
from commonweal.foundations.look.paging import page_of
from commonweal.foundations.publishing.tables import digits
from commonweal.foundations.thread import onward
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, charting, queries, uploads
from ..forms import ConfirmUploadForm, IndicatorForm, ReadingForm, UploadForm
from ..models import Indicator, Outcome, Reading

#: So many of the numbers in a file are shown before they are kept.
SHOWN_OF_A_FILE = 20


@require_safe
@open_to_all
@loads("indicator", queries.indicator_for)
def indicator(request: Request, indicator: Indicator) -> HttpResponse:
    readings = queries.series(indicator)
    return render(
        request,
        "outcomes/indicator.html",
        {
            "indicator": indicator,
            "chart": charting.chart(indicator, readings),
            "is_counted_otherwise": any(reading.is_counted_otherwise for reading in readings),
            "page": page_of(request, queries.readings_of(indicator), per_page=50),
            "may_record": rules.test_rule("record a reading", request.person, indicator),
        },
    )


@require_safe
@open_to_all
@loads("reading", queries.reading_for)
def reading(request: Request, reading: Reading) -> HttpResponse:
    return render(
        request,
        "outcomes/reading.html",
        {
            "reading": reading,
            "may_record": rules.test_rule("correct a reading", request.person, reading),
            "ways": onward.links_from(reading.step, person=request.person),
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
        request, "outcomes/define.html", {"form": form, "outcome": outcome}, status=422 if form.errors else 200
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
            "value": digits(reading.value),
            "from_on": reading.from_on,
            "last_on": reading.period.last_on,
            "n": reading.n,
            "provenance": reading.provenance,
            "rung": reading.rung,
        },
    )
    return _record(request, reading.indicator, form, revises=reading)


@require_http_methods(["GET", "POST"])
@loads("indicator", queries.indicator_for)
@may("record a reading")
def upload(request: Request, indicator: Indicator) -> HttpResponse:
    """First the file is looked at and nothing is kept; then, with a second yes, what is new in it is."""
    if "content" in request.POST:
        return _take_in(request, indicator)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = file.read(uploads.LIMITS.bytes + 1)
            coming = uploads.read(content, indicator=indicator, at=now(), name=file.name)
            intake.preview(preview=coming.preview, by=request.person, at=now())
            carried = {"name": file.name, "content": b64encode(content).decode(), "digest": coming.digest}
            confirm = ConfirmUploadForm(initial=carried)
            new = [(each, indicator.told(each.value)) for each in coming.new[:SHOWN_OF_A_FILE]]
            shown = {"indicator": indicator, "upload": coming, "new": new, "confirm": confirm}
            return render(request, "outcomes/preview.html", shown)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    return _upload(request, indicator, form)


def _take_in(request: Request, indicator: Indicator) -> HttpResponse:
    confirm = ConfirmUploadForm(request.POST)
    form = UploadForm({})
    form.errors.clear()
    if not confirm.is_valid():
        form.add_error(None, _("Choose the file again."))
        return _upload(request, indicator, form)
    sent = confirm.cleaned_data
    try:
        content = b64decode(sent["content"], validate=True)
        coming = uploads.read(content, indicator=indicator, at=now(), name=sent["name"])
        actions.take_in_readings(
            indicator=indicator, upload=coming, looked_at=sent["digest"], by=request.person, at=now()
        )
    except (Refusal, BinasciiError) as refusal:
        said = str(refusal) if isinstance(refusal, Refusal) else _("Choose the file again.")
        form.add_error(None, said)
        return _upload(request, indicator, form)
    messages.success(request, _("The numbers are kept and published."))
    return redirect(indicator)


def _upload(request: Request, indicator: Indicator, form: UploadForm) -> HttpResponse:
    return render(
        request, "outcomes/upload.html", {"form": form, "indicator": indicator}, status=422 if form.errors else 200
    )


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
        status=422 if form.errors else 200,
    )
