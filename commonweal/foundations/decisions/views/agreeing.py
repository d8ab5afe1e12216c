"""A party says whether it agrees: signed in as one who belongs to it, or by a link. What it said is open to all."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundations.notices.actions import LinkNotOpen
from commonweal.foundations.notices.models import Link
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.naming import names_of
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all, to_sign_in
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions as decisions
from .. import queries
from ..forms import AssentForm, KeyInAssentForm
from ..models import Asking, Assent
from . import seen


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
@loads("asking", seen.asking)
def asking(request: Request, asking: Asking) -> HttpResponse:
    """What was asked and what was said; those who speak for the party find the form here."""
    theirs = queries.speaks_for(request.person, asking.party, on=today())
    if request.method != "POST":
        return _page(request, asking, AssentForm() if theirs else None)
    if request.person is None:
        return to_sign_in(request)
    if not theirs:
        raise PermissionDenied("decisions.asking")
    form = AssentForm(request.POST)
    if form.is_valid() and _is_given(asking, form, request.person):
        messages.success(request, _("Thank you. What you said is kept."))
        return redirect(asking)
    return _page(request, asking, form)


@require_http_methods(["GET", "HEAD", "POST"])
@loads("asking", seen.asking)
@may("key in agreement")
def key_in_assent(request: Request, asking: Asking) -> HttpResponse:
    """A party without a screen: what it said on paper or by phone, with the day and how we know."""
    form = KeyInAssentForm(request.POST or None, today=today())
    if form.is_valid() and _is_given(asking, form, request.person):
        messages.success(request, _("Kept. Those who act for them here are told."))
        return redirect(asking)
    return _page(request, asking, form, is_keyed_in=True)


@open_to_all
@require_safe
@loads("assent", seen.assent)
def assent(request: Request, assent: Assent) -> HttpResponse:
    """One party's word on a subject, and what it said before and after."""
    return _page(request, assent, None)


def assent_by_link(request: Request, link: Link) -> HttpResponse:
    """Served for `decisions.assent`: GET shows what is asked, POST keeps the answer, once."""
    asking = queries.askings().filter(link=link).first()
    if asking is None:
        raise Http404("asking")
    form = AssentForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_given(asking, form, link):
        return redirect("notices:saved")
    return _page(request, asking, form)


def _is_given(asking: Asking, form: AssentForm, by: Person | Link) -> bool:
    given = {"subject": asking.subject, "party": asking.party, "because": asking.step, "at": now()}
    is_public = asking.step.audience == "public"
    try:
        decisions.give_assent(**given, by=by, is_public=is_public, **form.cleaned_data)
    except LinkNotOpen:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal.plainly))
        return False
    return True


def _page(
    request: Request, record: Asking | Assent, form: AssentForm | None, *, is_keyed_in: bool = False
) -> HttpResponse:
    before, _after = thread.neighbours(record.step)
    context = {
        "record": record,
        "asks_implementer": getattr(record, "asks_implementer", False),
        "party": names_of([record.party])[record.party],
        "about": telling.lines(before, person=request.person),
        "page_of_subject": record.subject.page,
        "said": list(queries.assents_of(record.subject).filter(party=record.party).order_by("-number")),
        "form": form,
        "is_keyed_in": is_keyed_in,
        "may_key_in": isinstance(record, Asking)
        and not is_keyed_in
        and rules.test_rule("key in agreement", request.person),
    }
    return render(request, "decisions/assent.html", context, status=422 if form is not None and form.errors else 200)
