"""Votes in files: published for everybody without names, or saved whole to move the conversation elsewhere."""

from __future__ import annotations

import secrets
from typing import Any

import rules
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundations.publishing.packages import zipped
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import Refusal
from commonweal.methods.reidentification import Attack

from .. import actions, open_data, queries
from ..forms import PublishForm, TakeAwayForm
from ..models import Conversation, OpenSet
from ..models.open_sets import FEWEST


@require_safe
@open_to_all
@loads("open_set", queries.open_set_for)
def open_set(request: Request, open_set: OpenSet) -> HttpResponse:
    result = open_data.again(open_set.found)
    told = {
        "open_set": open_set,
        "conversation": open_set.conversation,
        "may_take_back": open_set.taken_back_at is None and rules.test_rule("publish an open data set", request.person),
        **_attacked(result),
    }
    return render(request, "dialogue/open_set.html", told)


@require_safe
@open_to_all
@loads("open_set", queries.open_set_for)
def open_set_file(request: Request, open_set: OpenSet) -> HttpResponse:
    response = HttpResponse(zipped(_files(open_set)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="votes-{open_set.pk}.zip"'
    return response


@require_safe
@open_to_all
@loads("open_set", queries.open_set_for)
def open_set_json(request: Request, open_set: OpenSet) -> HttpResponse:
    """The list of contents with the schema of every file, as in the package itself."""
    return HttpResponse(_files(open_set)[open_data.LIST], content_type="application/json; charset=utf-8")


@require_http_methods(["GET", "POST"])
@loads("conversation", queries.conversation_for)
@may("publish an open data set")
def publish_open_set(request: Request, conversation: Conversation) -> HttpResponseBase:
    if (standing := queries.open_set_of(conversation)) is not None:
        return redirect(standing)
    cast = queries.votes_for_an_open_set(conversation)
    people = len({person for person, _statement, _choice in cast})
    if people < FEWEST or not conversation.is_over(now()):
        told = {"conversation": conversation, "people": people, "is_over": conversation.is_over(now())}
        return render(request, "dialogue/publish_open_set.html", told, status=422 if request.POST else 200)
    result = open_data.found_in(cast, seed=secrets.randbits(32))
    form = PublishForm(request.POST or None, is_easy=open_data.is_easy(result))
    if form.is_valid():
        try:
            return redirect(_published(request, conversation, form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    told = {"conversation": conversation, "form": form, "people": people, "is_over": True, **_attacked(result)}
    return render(request, "dialogue/publish_open_set.html", told, status=422 if form.errors else 200)


@require_POST
@loads("open_set", queries.open_set_for)
@may("publish an open data set")
def take_back_open_set(request: Request, open_set: OpenSet) -> HttpResponseBase:
    try:
        actions.take_back_open_set(published=open_set, by=request.person, at=now())
        messages.success(request, _("The set is gone from this site. Whoever has a copy keeps it."))
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect(open_set)


@require_http_methods(["GET", "POST"])
@loads("conversation", queries.conversation_for)
@may("take a conversation away")
def take_away(request: Request, conversation: Conversation) -> HttpResponseBase:
    form = TakeAwayForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        taken = actions.take_away(conversation=conversation, reason=reason, by=request.person, at=now())
        response = HttpResponse(taken.content, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="conversation-{conversation.pk}.zip"'
        return response
    told = {"conversation": conversation, "form": form}
    return render(request, "dialogue/take_away.html", told, status=422 if form.errors else 200)


def _published(request: Request, conversation: Conversation, given: dict[str, Any]) -> OpenSet:
    return actions.publish_open_set(
        conversation=conversation,
        reason=given["reason"],
        all_the_same=given.get("all_the_same", False),
        sent_as=given["sent_as"],
        by=request.person,
        at=now(),
    )


def _files(open_set: OpenSet) -> dict[str, str]:
    if open_set.taken_back_at is not None:
        raise Http404(open_set.pk)
    return queries.package_of(open_set)


def _attacked(result: Attack) -> dict[str, Any]:
    columns = [
        _("Votes of a person that somebody knows"),
        _("People who cast so many"),
        _("Of 100 of them, found"),
        _("Others who match, in the middle case"),
    ]
    return {
        "holds": open_data.holds(result),
        "plainly": open_data.plainly(result),
        "is_easy": open_data.is_easy(result),
        "columns": columns,
        "rows": [line.cells for line in open_data.lines(result)],
    }
