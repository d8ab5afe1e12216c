"""The page that tells a court or a councillor how a consultation was held; and what convenors put down for it."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundations.decisions import queries as decisions
from commonweal.foundations.people import queries as people
from commonweal.foundations.publishing import copies, documents
from commonweal.foundations.publishing import queries as published
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, papers, queries
from ..forms_after import ConsiderForm, DutyForm, EvidenceForm, TakeBackForm, person_choice
from ..models import Conversation, Evidence


@require_safe
@open_to_all
@loads("conversation", queries.conversation_for)
def consultation(request: Request, conversation: Conversation) -> HttpResponse:
    sees_to_it = rules.test_rule("see to a consultation", request.person)
    told = {
        "conversation": conversation,
        "document": documents.shown(papers.consultation(conversation, at=now())),
        "may_see_to": sees_to_it,
        "duty": queries.duty_of(conversation) if sees_to_it else None,
        "may_say_read": rules.test_rule("say that one has read a report", request.person),
        "evidence": queries.evidence_of(conversation).filter(taken_back_at=None) if sees_to_it else [],
    }
    return render(request, "dialogue/consultation.html", told)


@require_safe
@open_to_all
@loads("conversation", queries.conversation_for)
def consultation_docx(request: Request, conversation: Conversation) -> HttpResponse:
    paper = papers.consultation(conversation, at=now())
    return copies.docx_response(paper, language=get_language() or "", filename="consultation.docx")


@require_http_methods(["GET", "POST"])
@loads("conversation", queries.conversation_for)
@may("see to a consultation")
def follow_a_duty(request: Request, conversation: Conversation) -> HttpResponseBase:
    form = DutyForm(request.POST or None)
    if form.is_valid():
        try:
            actions.follow_a_duty(
                conversation=conversation, by=request.person, at=now(), language=_language(), **form.cleaned_data
            )
            return redirect("dialogue:consultation", conversation.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    return _form(request, conversation, form, _("Hold it as a consultation"))


@require_http_methods(["GET", "POST"])
@loads("conversation", queries.conversation_for)
@may("see to a consultation")
def keep_evidence(request: Request, conversation: Conversation) -> HttpResponseBase:
    form = EvidenceForm(request.POST or None, initial={"principle": request.GET.get("principle", "")})
    if form.is_valid():
        try:
            actions.keep_evidence(
                conversation=conversation, by=request.person, at=now(), language=_language(), **form.cleaned_data
            )
            messages.success(request, _("It stands on the page now."))
            return redirect("dialogue:consultation", conversation.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    return _form(request, conversation, form, _("Put down what shows it"))


@require_http_methods(["GET", "POST"])
@loads("evidence", queries.evidence_for)
@may("see to a consultation")
def take_evidence_back(request: Request, evidence: Evidence) -> HttpResponseBase:
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        try:
            actions.take_evidence_back(evidence=evidence, by=request.person, at=now(), **form.cleaned_data)
            return redirect("dialogue:consultation", evidence.conversation_id)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    return _form(request, evidence.conversation, form, _("Take it back"))


@require_http_methods(["GET", "POST"])
@loads("conversation", queries.conversation_for)
@may("say that one has read a report")
def consider(request: Request, conversation: Conversation) -> HttpResponseBase:
    """A convenor writes it down of anybody in an office; others say it of themselves."""
    kept, own = published.copies_of(conversation), person_choice(request.person)
    choices = decisions.office_holders(today()) if rules.test_rule("see to a consultation", request.person) else [own]
    form = ConsiderForm(request.POST or None, copies=kept, people=choices, initial={"person": own[0]})
    if form.is_valid():
        try:
            told = form.cleaned_data
            person = people.living(request.person, form.who)
            actions.consider(
                conversation=conversation,
                copy=told["copy"],
                person=person,
                read_on=told["read_on"],
                on_word_of=told["on_word_of"],
                by=request.person,
                at=now(),
            )
            messages.success(request, _("It is written down."))
            return redirect("dialogue:consultation", conversation.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    return _form(request, conversation, form, _("Who read the report"), has_copies=kept.exists())


def _form(
    request: Request, conversation: Conversation, form: Form, title: str, *, has_copies: bool = True
) -> HttpResponse:
    told = {"conversation": conversation, "form": form, "form_title": title, "has_copies": has_copies}
    return render(request, "dialogue/consultation_form.html", told, status=422 if form.errors else 200)


def _language() -> str:
    return get_language() or ""
