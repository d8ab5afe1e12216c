"""The desk of what is held for care, and where help is to be had at once."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from commonweal.foundations.decisions import queries as decisions
from commonweal.foundations.look.paging import page_of
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms import ReferForm
from ..models import Concern


@require_safe
@open_to_all
@never_cache
def numbers(request: Request) -> HttpResponse:
    """Whom to ring. Its address and its title give away nothing to whoever looks at a list of pages."""
    told = {
        "lines": queries.help_lines(today(), decisions.nation()),
        "local": queries.local_help(),
    }
    return render(request, "dialogue/numbers.html", told)


@require_safe
@may("see that something is held for care")
@never_cache
def care(request: Request) -> HttpResponse:
    """The list, without a word of what was said: also for stewards, who see to it that somebody sees to it."""
    page, at = page_of(request, queries.open_concerns()), now()
    told = {
        "page": page,
        "rows": [(each, each.is_late(at)) for each in page],
        "hours": queries.hours_on(today()),
        "may_see_to": rules.test_rule("see to what is held for care", request.person),
    }
    return render(request, "dialogue/care.html", told)


@require_safe
@loads("concern", queries.concern_for)
@may("see to what is held for care")
@never_cache
def concern(request: Request, concern: Concern) -> HttpResponse:
    actions.note_reading(concern=concern, by=request.person, at=now())
    return _show(request, concern, ReferForm())


@require_POST
@loads("concern", queries.concern_for)
@may("see to what is held for care")
@never_cache
def settle(request: Request, concern: Concern) -> HttpResponseBase:
    """Take it up, pass it on, put it back or keep it: by the button that was pressed."""
    form = ReferForm(request.POST if "refer" in request.POST else None)
    if form.is_bound and not form.is_valid():
        return _show(request, concern, form)
    try:
        messages.success(request, _settle(request, concern, form))
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
        return redirect("dialogue:care")
    return redirect(concern if "take_up" in request.POST else "dialogue:care")


def _settle(request: Request, concern: Concern, form: ReferForm) -> str:
    by, at = request.person, now()
    if "take_up" in request.POST:
        actions.take_up_concern(concern=concern, by=by, at=at)
        return _("You are seeing to it. Others can see that.")
    if form.is_bound:
        actions.refer(concern=concern, to=form.cleaned_data["to"], by=by, at=at)
        return _("It is passed on. The words stay private.")
    goes_back = "back" in request.POST
    if not goes_back and "keep" not in request.POST:
        raise Refusal(plainly=_("Press one of the buttons to say what shall happen."))
    actions.find_no_concern(concern=concern, goes_back=goes_back, by=by, at=at)
    return _("It is back in the conversation.") if goes_back else _("It stays private.")


def _show(request: Request, concern: Concern, form: ReferForm) -> HttpResponse:
    said = concern.contribution
    told = {
        "concern": concern,
        "contribution": said,
        "person": said.person,
        "is_late": concern.is_late(now()),
        "is_mine": concern.taken_up_by == request.person,
        "form": form,
    }
    return render(request, "dialogue/concern.html", told, status=422 if form.errors else 200)
