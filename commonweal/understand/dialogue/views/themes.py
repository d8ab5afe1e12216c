"""A theme: what people said, the answer that is owed or given, and what a convenor can do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rules
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions import queries as answers
from commonweal.foundations.decisions.models import Owed
from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import telling
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import Refusal

from .. import queries
from ..forms import AssignForm, DraftForm, ExtendForm
from ..models import Theme

SHOWN = 30


@require_GET
@open_to_all
@loads("theme", queries.theme_for)
def theme(request: Request, theme: Theme) -> HttpResponse:
    return _show(request, theme)


@require_POST
@loads("theme", queries.theme_for)
@may("see to an answer")
def assign(request: Request, theme: Theme) -> HttpResponseBase:
    return _do(
        request,
        theme,
        AssignForm(request.POST, prefix="assign"),
        lambda sent: decisions.assign(owed=theme.owed, by=request.person, at=now(), **sent),
        _("A link to write the answer is on its way to them."),
    )


@require_POST
@loads("theme", queries.theme_for)
@may("see to an answer")
def extend(request: Request, theme: Theme) -> HttpResponseBase:
    return _do(
        request,
        theme,
        ExtendForm(request.POST, prefix="extend"),
        lambda sent: decisions.extend(
            owed=theme.owed, until=sent["until"], because_words=sent["words"], by=request.person, at=now()
        ),
        _("Everybody can see the new date, the first date and the reason."),
    )


@require_POST
@loads("theme", queries.theme_for)
@may("see to an answer")
def draft(request: Request, theme: Theme) -> HttpResponseBase:
    return _do(
        request,
        theme,
        DraftForm(request.POST, prefix="draft"),
        lambda sent: decisions.draft(owed=theme.owed, by=request.person, at=now(), **sent),
        _("The answer is written. Somebody else must check it now."),
    )


@require_POST
@loads("theme", queries.theme_for)
@may("see to an answer")
def clear(request: Request, theme: Theme) -> HttpResponseBase:
    return _do(
        request,
        theme,
        None,
        lambda _sent: decisions.clear(owed=theme.owed, by=request.person, at=now()),
        _("The answer is checked. It can be published."),
    )


@require_POST
@loads("theme", queries.theme_for)
@may("see to an answer")
def publish(request: Request, theme: Theme) -> HttpResponseBase:
    return _do(
        request,
        theme,
        None,
        lambda _sent: decisions.publish(owed=theme.owed, by=request.person, at=now()),
        _("The answer is published. Everybody whose suggestion it answers is told."),
    )


def _do(
    request: Request, theme: Theme, form: Form | None, verb: Callable[[dict[str, Any]], object], done: str
) -> HttpResponseBase:
    """Check what was sent, do it, go back; what is wrong is told beside the field, with what was typed still there."""
    if form is not None and not form.is_valid():
        return _show(request, theme, form)
    try:
        verb(form.cleaned_data if form is not None else {})
        messages.success(request, done)
        return redirect(theme)
    except Refusal as refusal:
        if form is not None:
            form.add_error(None, str(refusal.plainly))
            return _show(request, theme, form)
        messages.error(request, str(refusal.plainly))
        return redirect(theme)


def _show(request: Request, theme: Theme, sent: Form | None = None) -> HttpResponse:
    page = page_of(request, queries.contributions_in(theme))
    tallies = queries.tallies(list(page))
    effects = theme.step.effects.order_by("id")
    told = {
        "theme": theme,
        "owed": theme.owed,
        "page": page,
        "rows": [(each, tallies.get(each.pk)) for each in page],
        "held": queries.held_in(theme),
        "answer": answers.latest_answer(theme.owed),
        "extensions": answers.extensions_of(theme.owed),
        "is_late": theme.owed.answered_at is None and theme.owed.due_on < now().date(),
        "lines": telling.lines(list(effects[:SHOWN]), person=request.person),
        "sent": sent,
    }
    if rules.test_rule("see to an answer", request.person):
        told |= _desk(theme.owed, sent)
    return render(request, "dialogue/theme.html", told, status=422 if sent is not None and sent.errors else 200)


def _desk(owed: Owed, sent: Form | None) -> dict[str, Any]:
    """What a convenor sees beside: the draft, who has it, and the forms that still make sense."""
    forms = {
        "assign_form": AssignForm(prefix="assign"),
        "extend_form": ExtendForm(prefix="extend"),
        "draft_form": DraftForm(prefix="draft"),
    }
    if sent is not None:
        forms[f"{sent.prefix}_form"] = sent
    return {
        "is_desk": True,
        "draft": answers.current_draft(owed),
        "assignment": answers.current_assignment(owed),
        **(forms if owed.answered_at is None else {}),
    }
