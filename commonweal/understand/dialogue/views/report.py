"""The report of a conversation, which writes itself from the records; and keeping it as it stands."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from commonweal.foundations.publishing import actions as publishing
from commonweal.foundations.publishing import copies, documents
from commonweal.foundations.publishing import queries as published
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import Refusal

from .. import papers, queries
from ..forms_after import KeepForm
from ..models import Conversation

#: Of the kept copies, so many are listed.
COPIES_SHOWN = 10


@require_safe
@open_to_all
@loads("conversation", queries.conversation_for)
def report(request: Request, conversation: Conversation) -> HttpResponse:
    at = now()
    told = {
        "conversation": conversation,
        "document": documents.shown(papers.report(conversation, at=at)),
        "at": at,
        "copies": published.copies_of(conversation)[:COPIES_SHOWN],
        "form": KeepForm() if rules.test_rule("keep a copy of a report", request.person) else None,
    }
    return render(request, "dialogue/report.html", told)


@require_safe
@open_to_all
@loads("conversation", queries.conversation_for)
def report_docx(request: Request, conversation: Conversation) -> HttpResponse:
    return copies.docx_response(papers.report(conversation, at=now()), language=get_language() or "")


@require_POST
@loads("conversation", queries.conversation_for)
@may("keep a copy of a report")
def keep_report(request: Request, conversation: Conversation) -> HttpResponseBase:
    form, at = KeepForm(request.POST), now()
    if not form.is_valid():  # the form is a number that we made: no page of ours sends another
        raise BadRequest(form.errors)
    try:
        kept = publishing.keep_copy(
            subject=conversation,
            document=papers.report(conversation, at=at),
            language=get_language() or "en-gb",
            by=request.person,
            because=conversation.step,
            at=at,
            sent_as=form.cleaned_data["sent_as"],
        )
        return redirect(kept)
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect("dialogue:report", conversation.pk)
