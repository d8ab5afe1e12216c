"""The list of conversations, one conversation, opening and closing one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import rules
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundations.calendar import holds_on
from commonweal.foundations.decisions import queries as answers
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
        "points": queries.points_of(conversation),
        "promise": queries.promise_of(conversation, on=today()),
        "causes": telling.lines(list(conversation.step.causes.order_by("id")), person=request.person),
        "is_open": conversation.is_open(at),
        "on_the_vote": queries.on_the_vote(conversation).exists(),
        "is_over": conversation.is_over(at),
        "form": form,
        "own": _own(request, conversation),
        "in_and_back": queries.in_and_back_of(conversation),
        "open_set": queries.open_set_of(conversation),
        "takes_paper": conversation.opens_at <= now(),
        "moderated_form": ModeratedForm(initial={"moderated": conversation.moderated}),
        "may_convene": rules.test_rule("key in a suggestion", request.person),
    }
    return render(request, "dialogue/conversation.html", told)


@require_http_methods(["GET", "POST"])
@may("open a conversation")
def open_conversation(request: Request) -> HttpResponseBase:
    because = step_named(request)
    like = _like(request)
    form = OpenForm(request.POST or None, on=today(), initial=_initial(like))
    if form.is_valid():
        try:
            opened = actions.open_conversation(
                question=form.cleaned_data["question"],
                why=form.cleaned_data["why"],
                promise=form.cleaned_data["promise"],
                answer_within=form.cleaned_data["answer_within"],
                promised_by=form.cleaned_data["promised_by"],
                promised_until=form.cleaned_data["promised_until"],
                moderated=form.cleaned_data["moderated"] or Conversation.Moderated.AFTER,
                closes_at=_end_of(form.cleaned_data["closes_on"]),
                who_may=form.cleaned_data["who_may"],
                despite_hold=form.cleaned_data.get("despite_hold", ""),
                like=like,
                by=request.person,
                because=because,
                at=now(),
                sent_as=form.cleaned_data["sent_as"],
                language=get_language() or "",
            )
            return redirect(opened)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    told = {
        "form": form,
        "because": telling.lines([because], person=request.person) if because else [],
        "like": like,
        "holds": holds_on(today(), answers.nation()),
    }
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


def _like(request: Request) -> Conversation | None:
    """The conversation that the new one takes after, by the address or the form."""
    asked = request.POST.get("like") or request.GET.get("like", "")
    try:
        return queries.conversation_for(request.person, UUID(asked)) if asked else None
    except (ValueError, Conversation.DoesNotExist) as unknown:
        raise Http404(asked) from unknown


def _initial(like: Conversation | None) -> dict[str, Any]:
    if like is None:
        return {}
    return {
        "question": like.question,
        "why": like.why.shown,
        "promise": like.promise.shown if like.promise else "",
        "answer_within": like.answer_within,
        "promised_by": like.promised_by_id,
        "who_may": like.who_may,
        "like": like.pk,
    }


def _end_of(day: date | None) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
