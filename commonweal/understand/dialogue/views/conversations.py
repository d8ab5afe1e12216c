"""The list of conversations, one conversation, opening and closing one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import rules
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.reasons import step_named
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms import ModeratedForm, OpenForm, SuggestForm
from ..models import Conversation

#: Of what a person said in a conversation, so much is listed above what everybody said.
OWN_SHOWN = 10
#: Of its themes, so many are listed on its page; the rest stand on a page of their own.
THEMES_SHOWN = 20


@require_safe
@open_to_all
def conversations(request: Request) -> HttpResponse:
    page = page_of(request, queries.conversations(), per_page=20)
    at = now()
    rows = [(each, each.is_open(at)) for each in page]
    told = {"page": page, "rows": rows, "may_open": rules.test_rule("open a conversation", request.person)}
    return render(request, "dialogue/conversations.html", told)


@require_safe
@open_to_all
@loads("conversation", queries.conversation_for)
def conversation(request: Request, conversation: Conversation) -> HttpResponse:
    page = page_of(request, queries.shown_contributions(conversation))
    tallies, themes = queries.tallies(list(page)), queries.themes_of(conversation)
    at = now()
    form = None
    if request.person is not None and conversation.is_open(at):
        form = SuggestForm(is_first=not queries.has_spoken(request.person))
    told = {
        "conversation": conversation,
        "page": page,
        "rows": [(each, tallies.get(each.pk)) for each in page],
        "themes": themes[:THEMES_SHOWN],
        "more_themes": max(themes.count() - THEMES_SHOWN, 0),
        "causes": telling.lines(list(conversation.step.causes.order_by("id")), person=request.person),
        "is_open": conversation.is_open(at),
        "is_over": conversation.is_over(at),
        "form": form,
        "own": _own(request, conversation),
        "in_and_back": queries.in_and_back_of(conversation),
        "takes_paper": conversation.opens_at <= now(),
        "moderated_form": ModeratedForm(initial={"moderated": conversation.moderated}),
        "may_convene": rules.test_rule("key in a suggestion", request.person),
    }
    return render(request, "dialogue/conversation.html", told)


@require_http_methods(["GET", "POST"])
@may("open a conversation")
def open_conversation(request: Request) -> HttpResponseBase:
    because = step_named(request)
    form = OpenForm(request.POST or None)
    if form.is_valid():
        try:
            opened = actions.open_conversation(
                question=form.cleaned_data["question"],
                why=form.cleaned_data["why"],
                promise=form.cleaned_data["promise"],
                answer_within=form.cleaned_data["answer_within"],
                moderated=form.cleaned_data["moderated"] or Conversation.Moderated.AFTER,
                closes_at=_end_of(form.cleaned_data["closes_on"]),
                by=request.person,
                because=because,
                at=now(),
                sent_as=form.cleaned_data["sent_as"],
                language=get_language() or "",
            )
            return redirect(opened)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    told = {"form": form, "because": telling.lines([because], person=request.person) if because else []}
    return render(request, "dialogue/open.html", told, status=422 if form.errors else 200)


@require_POST
@loads("conversation", queries.conversation_for)
@may("close a conversation")
def close(request: Request, conversation: Conversation) -> HttpResponseBase:
    try:
        actions.close(conversation=conversation, by=request.person, at=now())
        messages.success(request, _("The conversation is closed. What people said stays here and is still answered."))
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect(conversation)


def _own(request: Request, conversation: Conversation) -> list[queries.SaidLine]:
    if request.person is None:
        return []
    said = queries.said_by(request.person).filter(conversation=conversation)
    return queries.lines_of(said[:OWN_SHOWN], on=today())


def _end_of(day: date | None) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
