"""What was learned: the two questions, what bodies say, and what people pledge."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all, signed_in
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms_after import BecameForm, InsightForm, PledgeForm, TwoQuestionsForm
from ..models import Conversation, Inkling, Pledge
from ..taking import remember, taking, token
from ..two_questions import wording_on
from .ballot import by_code


@require_http_methods(["GET", "POST"])
@open_to_all
@never_cache
@by_code
def two_questions(request: Request, conversation: Conversation) -> HttpResponseBase:
    """For whoever has voted: before, or after, as they stand."""
    by, at = taking(request, conversation), now()
    participant = queries.participant_by(by.uuid, by.person, conversation)
    moment = queries.moment_of(conversation, participant, at) if participant else None
    before = queries.inkling_of(participant, moment) if participant and moment else None
    so_far = {"understands": before.understands, "trusts": before.trusts} if before else {}
    form = TwoQuestionsForm(
        request.POST if request.method == "POST" else None, wording=wording_on(today()), initial=so_far
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_two_questions(conversation=conversation, by=by, at=at, **form.cleaned_data)
            messages.success(request, _("Thank you. We show only how many people of many chose each answer."))
            return remember(redirect("ballot:vote", conversation.code), by.uuid, conversation)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    told = {
        "conversation": conversation,
        "form": form,
        "moment": moment,
        "is_after": moment == Inkling.Moment.AFTER,
        "token": token(by.uuid, conversation),
    }
    answer = render(request, "dialogue/two_questions.html", told, status=422 if form.errors else 200)
    return remember(answer, by.uuid, conversation)


@require_safe
@open_to_all
@loads("conversation", queries.conversation_for)
def learned(request: Request, conversation: Conversation) -> HttpResponse:
    is_over = conversation.is_over(now())
    told = {
        "conversation": conversation,
        "is_over": is_over,
        "changes": queries.changes(conversation) if is_over else [],
        "insights": queries.insights_of(conversation),
        "page": page_of(request, queries.pledges_of(conversation)),
        "today": today(),
        "may_say": rules.test_rule("say what a body learned", request.person),
    }
    return render(request, "dialogue/learned.html", told)


@require_http_methods(["GET", "POST"])
@loads("conversation", queries.conversation_for)
@may("say what a body learned")
def say_what_was_learned(request: Request, conversation: Conversation) -> HttpResponseBase:
    keys_in = rules.test_rule("key in a suggestion", request.person)
    known = organisations.all_organisations() if keys_in else _spoken_for(request)
    form = InsightForm(request.POST or None, organisations=known, keys_in=keys_in)
    if form.is_valid():
        try:
            actions.say_what_was_learned(
                conversation=conversation, by=request.person, at=now(), language=_language(), **form.cleaned_data
            )
            messages.success(request, _("Everybody can read it now."))
            return redirect("dialogue:learned", conversation.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    told = {"conversation": conversation, "form": form}
    return render(request, "dialogue/insight_form.html", told, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
@loads("conversation", queries.conversation_for)
def make_pledge(request: Request, conversation: Conversation) -> HttpResponseBase:
    form = PledgeForm(request.POST or None, organisations=_spoken_for(request))
    if form.is_valid():
        try:
            made = actions.pledge(
                conversation=conversation, by=request.person, at=now(), language=_language(), **form.cleaned_data
            )
            messages.success(request, _("Your pledge stands here. Come back and say what became of it."))
            return redirect(made)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    told = {"conversation": conversation, "form": form}
    return render(request, "dialogue/pledge_form.html", told, status=422 if form.errors else 200)


@require_safe
@open_to_all
@loads("pledge", queries.pledge_for)
def pledge(request: Request, pledge: Pledge) -> HttpResponse:
    return _show_pledge(request, pledge, BecameForm())


@require_POST
@signed_in
@loads("pledge", queries.pledge_for)
@may("say what became of this pledge")
def say_what_became(request: Request, pledge: Pledge) -> HttpResponseBase:
    form = BecameForm(request.POST)
    if not form.is_valid():
        return _show_pledge(request, pledge, form)
    try:
        actions.say_what_became(pledge=pledge, by=request.person, at=now(), **form.cleaned_data)
        messages.success(request, _("Thank you. Everybody can read what became of it."))
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect(pledge)


def _show_pledge(request: Request, pledge: Pledge, form: BecameForm) -> HttpResponse:
    may_tell = pledge.state != Pledge.State.DONE and rules.test_rule(
        "say what became of this pledge", request.person, pledge
    )
    told = {
        "pledge": pledge,
        "conversation": pledge.conversation,
        "form": form if may_tell else None,
        "is_late": pledge.state == Pledge.State.OPEN and pledge.by_on < today(),
    }
    return render(request, "dialogue/pledge.html", told, status=422 if form.errors else 200)


def _spoken_for(request: Request) -> object:
    return organisations.organisations_acted_for(request.person, on=today()).order_by("name", "pk")


def _language() -> str:
    return get_language() or ""
