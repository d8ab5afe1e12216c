"""Bring in a file of answers: look at it, say which column is what, see what would come, then keep it or leave it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from commonweal.foundations.intake import actions as intakes
from commonweal.foundations.intake import queries as came_in
from commonweal.foundations.verbs.access import Request, loads, may
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, columns, comments, queries
from ..actions.coming import Coming, plan_comments
from ..columns import Look
from ..file_forms import Carried, ColumnsForm, KeepForm, LookForm, packed
from ..models import Conversation

#: So many of the new answers are shown before they are kept; and so many of those with private details.
FIRST, PERSONAL = 10, 20


@require_http_methods(["GET", "POST"])
@loads("conversation", queries.conversation_for)
@may("key in a suggestion")
def bring_in(request: Request, conversation: Conversation) -> HttpResponseBase:
    """One address, three steps. The page carries the file along: nothing of it is kept before the last one."""
    if request.method != "POST":
        return _choose(request, conversation, LookForm())
    if "digest" in request.POST:
        return _keep(request, conversation)
    if "content" in request.POST:
        return _columns_chosen(request, conversation)
    return _look(request, conversation)


def _look(request: Request, conversation: Conversation) -> HttpResponse:
    form = LookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choose(request, conversation, form)
    file, called = form.cleaned_data["file"], form.cleaned_data["called"]
    try:
        content = file.read(columns.LIMITS.bytes + 1)
        look = columns.look(content, name=file.name)
        carried = {"name": file.name[-200:], "content": packed(content), "called": called}
    except Refusal as refusal:
        form.add_error("file", str(refusal.plainly))
        return _choose(request, conversation, form)
    except forms.ValidationError as too_large:
        form.add_error("file", too_large)
        return _choose(request, conversation, form)
    return _with_what_we_know(request, conversation, look, carried, content)


def _with_what_we_know(
    request: Request, conversation: Conversation, look: Look, carried: dict[str, Any], content: bytes
) -> HttpResponse:
    """Where somebody has said before which column of this source is what, and it tells the day, nobody is asked."""
    known = came_in.headers_of(columns.source_of(conversation, carried["called"]))
    here = {header: part for header, part in known.items() if header in look.headers}
    if known and here == known and columns.DAY_FIRST in map(columns.kind_of, known.values()):
        form = Carried({**carried})
        form.is_valid()
        return _preview(request, conversation, form, known, None)
    form = ColumnsForm(look=look, guess=here or look.guess, initial=carried)
    return _ask_columns(request, conversation, form)


def _columns_chosen(request: Request, conversation: Conversation) -> HttpResponse:
    carried = Carried(request.POST)
    if not carried.is_valid():
        return _choose_again(request, conversation, carried)
    given = carried.cleaned_data
    try:
        look = columns.look(given["content"], name=given["name"])
    except Refusal as refusal:
        carried.add_error(None, str(refusal.plainly))
        return _choose_again(request, conversation, carried)
    if "again" in request.POST:
        known = came_in.headers_of(columns.source_of(conversation, given["called"]))
        sent = {name: request.POST[name] for name in ("name", "content", "called")}
        return _ask_columns(request, conversation, ColumnsForm(look=look, guess=known or look.guess, initial=sent))
    form = ColumnsForm(request.POST, look=look, guess={})
    if not form.is_valid():
        return _ask_columns(request, conversation, form)
    return _preview(request, conversation, form, form.cleaned_data["parts"], form.cleaned_data["said_on"])


def _preview(
    request: Request, conversation: Conversation, form: Carried, parts: dict[str, str], said_on: date | None
) -> HttpResponse:
    try:
        coming = _read(conversation, form.cleaned_data, parts, said_on)
    except Refusal as refusal:
        form.add_error(None, str(refusal.plainly))
        if isinstance(form, ColumnsForm):
            return _ask_columns(request, conversation, form)
        return _choose_again(request, conversation, form)
    intakes.preview(preview=coming.preview, by=request.person, at=now())
    carried = {name: form.data[name] for name in ("name", "content", "called")}
    told = {"parts": json.dumps(parts), "said_on": said_on, "digest": coming.comments.digest}
    keep = KeepForm(initial=carried | told, any_personal=bool(coming.personal))
    return _show(request, conversation, coming, keep, Carried(initial=carried))


def _keep(request: Request, conversation: Conversation) -> HttpResponseBase:
    form = KeepForm(request.POST)
    if not form.is_valid():
        return _choose_again(request, conversation, form)
    given, at = form.cleaned_data, now()
    source = columns.source_of(conversation, given["called"])
    try:
        coming = _read(conversation, given, given["parts"], given["said_on"])
        if coming.comments.digest != given["digest"]:
            raise intakes.NotWhatWasLookedAt(source)
        brought = actions.import_comments(
            comments=coming.comments,
            on_word_of=given["called"],
            channel=given["channel"],
            hold_personal=given["hold_personal"],
            by=request.person,
            at=at,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal.plainly))
        return _choose_again(request, conversation, form)
    intakes.remember_columns(source=source, headers=given["parts"], by=request.person, at=at)
    messages.success(request, _told(brought))
    return redirect(conversation)


def _told(brought: actions.BroughtIn) -> str:
    kept = len(brought.contributions)
    told = ngettext("%(count)s suggestion is kept.", "%(count)s suggestions are kept.", kept) % {"count": f"{kept:,}"}
    if not brought.held:
        return told
    held = ngettext("%(count)s is held back.", "%(count)s are held back.", brought.held) % {"count": brought.held}
    return f"{told} {held}"


def _read(conversation: Conversation, given: dict[str, Any], parts: dict[str, str], said_on: date | None) -> Coming:
    read = comments.read(
        given["content"],
        conversation=conversation,
        source=columns.source_of(conversation, given["called"]),
        parts=parts,
        today=today(),
        said_on=said_on,
        name=given["name"],
    )
    return plan_comments(read)


def _choose(request: Request, conversation: Conversation, form: LookForm) -> HttpResponse:
    told = {"conversation": conversation, "form": form}
    return render(request, "dialogue/bring_in.html", told, status=422 if form.errors else 200)


def _choose_again(request: Request, conversation: Conversation, wrong: forms.Form) -> HttpResponse:
    """Back to the first step, with what was wrong. A browser cannot fill in a file by itself."""
    form = LookForm({"called": wrong.data.get("called", "")})
    form.errors.clear()
    for told in [str(error) for errors in wrong.errors.values() for error in errors]:
        form.add_error(None, told)
    return _choose(request, conversation, form)


def _ask_columns(request: Request, conversation: Conversation, form: ColumnsForm) -> HttpResponse:
    told = {"conversation": conversation, "form": form}
    return render(request, "dialogue/bring_in_columns.html", told, status=422 if form.errors else 200)


def _show(request: Request, conversation: Conversation, coming: Coming, keep: KeepForm, again: Carried) -> HttpResponse:
    told = {
        "conversation": conversation,
        "coming": coming,
        "new": len(coming.new),
        "first": coming.new[:FIRST],
        "personal": [
            (each.said, list(dict.fromkeys(detail.label for detail in each.details)))
            for each in coming.personal[:PERSONAL]
        ],
        "more_personal": max(len(coming.personal) - PERSONAL, 0),
        "keep": keep,
        "again": again,
    }
    return render(request, "dialogue/bring_in_preview.html", told)
