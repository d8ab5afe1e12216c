"""Split a theme, merge themes: from the desk, and back to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.verbs.access import Request, loads, may
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms import AsideForm, GatherForm, MergeForm, SplitForm
from ..models import Theme
from .desk import show_desk

#: What cannot be ticked on one page cannot be split off at once.
SPLIT_SHOWN = 200


@require_http_methods(["GET", "POST"])
@loads("theme", queries.theme_for)
@may("gather suggestions")
def split(request: Request, theme: Theme) -> HttpResponseBase:
    form = SplitForm(request.POST or None, theme=theme)
    if form.is_valid():
        try:
            given = {"contributions": list(form.cleaned_data["contributions"]), "title": form.cleaned_data["title"]}
            sent_as = form.cleaned_data["sent_as"]
            actions.split(theme=theme, by=request.person, at=now(), sent_as=sent_as, **given)
            messages.success(request, _("Split. Both parts keep the date that was promised."))
            return redirect(theme)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    page = page_of(request, queries.contributions_in(theme), per_page=SPLIT_SHOWN)
    told = {"theme": theme, "form": form, "page": page, "ticked": set(request.POST.getlist("contributions"))}
    return render(request, "dialogue/split.html", told, status=422 if form.errors else 200)


@require_POST
@may("gather suggestions")
def merge(request: Request) -> HttpResponseBase:
    form = MergeForm(request.POST)
    if form.is_valid():
        try:
            given = {"themes": list(form.cleaned_data["themes"]), "title": form.cleaned_data["merged_title"]}
            actions.merge(by=request.person, at=now(), sent_as=form.cleaned_data["sent_as"], **given)
            messages.success(request, _("Merged. The answer is due by the earliest date that was promised."))
            return redirect("dialogue:desk")
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    elif before := queries.merged_as(request.POST.get("sent_as", ""), request.person):
        return redirect(before)
    return show_desk(request, GatherForm(), AsideForm(), form)
