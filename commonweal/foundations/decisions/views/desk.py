"""The answering desk: what is owed, the longest overdue first, and everything to be done about it in one place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.naming import names_of
from commonweal.foundations.verbs.access import Request, loads, may
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions as decisions
from .. import queries
from ..forms import AssignForm, DraftForm, ExtendForm, PublishForm, SendBackForm
from ..models import Owed, SentBack
from . import seen
from .drafting import as_it_was


@may("see to answers")
@require_safe
def desk(request: Request) -> HttpResponse:
    state = request.GET.get("state", "")
    page = page_of(request, queries.at_the_desk(state), per_page=25)
    rows = list(page.object_list)
    lines = telling.lines([owed.because for owed in rows], person=request.person)
    holdings = queries.holdings(rows, on=today())
    context = {
        "page": page,
        "rows": [
            {"owed": owed, "line": line, "holding": holdings[owed.pk], "is_late": owed.due_on < today()}
            for owed, line in zip(rows, lines, strict=True)
        ],
        "rate": queries.answer_rate(now()),
        "services": queries.by_service(now()),
        "state": state,
        "states": [choice for choice in Owed.State.choices if choice[0] not in Owed.OVER],
    }
    return render(request, "decisions/desk.html", context)


@loads("owed", seen.owed)
@may("see to answers")
@require_safe
def see_to(request: Request, owed: Owed) -> HttpResponse:
    return _desk_page(request, owed)


@loads("owed", seen.owed)
@may("see to answers")
@require_POST
def assign(request: Request, owed: Owed) -> HttpResponse:
    form = AssignForm(request.POST)
    if not form.is_valid():
        return _desk_page(request, owed, assign_form=form)
    return _do(
        request, owed, decisions.assign, _("A link to write the answer is on its way to them."), assign_form=form
    )


@loads("owed", seen.owed)
@may("see to answers")
@require_POST
def write(request: Request, owed: Owed) -> HttpResponse:
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _desk_page(request, owed, draft_form=form)
    verb = partial(decisions.draft, corrects=queries.latest_answer(owed))
    return _do(request, owed, verb, _("The answer is written. Somebody else must check it."), draft_form=form)


@loads("owed", seen.owed)
@may("see to answers")
@require_POST
def extend(request: Request, owed: Owed) -> HttpResponse:
    form = ExtendForm(request.POST, after=owed.due_on)
    if not form.is_valid():
        return _desk_page(request, owed, extend_form=form)
    done = _("Everybody can see the new date, the first date and the reason.")
    return _do(request, owed, decisions.extend, done, extend_form=form)


@loads("owed", seen.owed)
@may("see to answers")
@require_POST
def clear(request: Request, owed: Owed) -> HttpResponse:
    return _do(request, owed, decisions.clear, _("The answer is checked and can be published."))


@loads("owed", seen.owed)
@may("see to answers")
@require_POST
def send_back(request: Request, owed: Owed) -> HttpResponse:
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _desk_page(request, owed, send_back_form=form)
    done = _("The answer went back to whoever wrote it, with your note.")
    return _do(request, owed, decisions.send_back, done, send_back_form=form)


@loads("owed", seen.owed)
@may("see to answers")
@require_POST
def publish(request: Request, owed: Owed) -> HttpResponse:
    return _do(request, owed, decisions.publish, _("The answer is published, and everybody it covers is told."))


@may("see to answers")
@require_POST
def publish_together(request: Request) -> HttpResponse:
    """All that are ticked, or none."""
    form = PublishForm(request.POST)
    try:
        ticked = list(form.cleaned_data["owed"]) if form.is_valid() else []
        count = len(decisions.publish_together(owed=ticked, by=request.person, at=now()))
        told = ngettext("%(count)s answer is published.", "%(count)s answers are published.", count)
        messages.success(request, told % {"count": count})
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect("decisions:desk")


def _do(request: Request, owed: Owed, verb: Callable[..., Any], done: str, **sent: forms.Form) -> HttpResponse:
    """Do it and go back. What the verb refuses is told beside the form, with what was typed still there."""
    form = next(iter(sent.values()), None)
    try:
        verb(owed=owed, by=request.person, at=now(), **(form.cleaned_data if form is not None else {}))
        messages.success(request, done)
    except Refusal as refusal:
        if form is not None:
            form.add_error(None, str(refusal.plainly))
            return _desk_page(request, owed, **sent)
        messages.error(request, str(refusal.plainly))
    return redirect("decisions:see_to", owed.pk)


def _desk_page(request: Request, owed: Owed, **bound: forms.Form) -> HttpResponse:
    draft, notes = queries.current_draft(owed), list(queries.sent_back(owed))
    own = notes[-1] if notes and draft is None and notes[-1].to == request.person.ref else None
    told = telling.lines([owed.because], person=request.person)
    context = {
        "owed": owed,
        "about": told[0] if told else None,
        "contributions": telling.lines(queries.first_lines(owed), person=request.person),
        "covers": queries.covers(owed),
        "holding": queries.holdings([owed], on=today())[owed.pk],
        "notes": _told(notes),
        "draft": draft,
        "wrote_it": draft is not None and queries.is_drafter(request.person, draft),
        "answer": queries.latest_answer(owed),
        "again": queries.missed(owed),
        "instead": queries.taken_over_by(owed) if owed.state == Owed.State.REPLACED else [],
        "is_late": owed.is_open and owed.due_on < today(),
        "assign_form": AssignForm(),
        "send_back_form": SendBackForm(),
        "draft_form": DraftForm(initial=as_it_was(own)),
        "extend_form": ExtendForm(after=owed.due_on),
        **bound,
        "forms": tuple(bound.values()),
        "form": next(iter(bound.values()), None),
    }
    return render(request, "decisions/see_to.html", context, status=422 if bound else 200)


def _told(notes: list[SentBack]) -> list[tuple[SentBack, str, str]]:
    """What went back so far: each with who sent it back and to whom."""
    names = names_of([ref for note in notes for ref in (note.by, note.to)])
    return [(note, names[note.by], names[note.to]) for note in notes]
