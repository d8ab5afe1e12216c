"""One suggestion and what became of it; all of one's own; making one, keying one in, holding one back."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all, signed_in
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms import HoldForm, KeyInForm, SuggestForm
from ..models import Contribution, Conversation
from .next import what_happened_next


@require_safe
@open_to_all
@loads("contribution", queries.contribution_for)
def contribution(request: Request, contribution: Contribution) -> HttpResponse:
    is_own = request.person is not None and contribution.person_id == request.person.pk
    return _show(request, contribution, is_own=is_own)


def line_of(request: Request, subject: Ref) -> HttpResponse:
    """A contributor's own line, opened with the words of their receipt."""
    return _show(request, queries.contribution_of(subject), is_own=True)


def _show(
    request: Request, contribution: Contribution, *, is_own: bool, hold_form: HoldForm | None = None
) -> HttpResponse:
    themes = list(queries.themes_with(contribution))
    answers = queries.answers_of(themes)
    may_hold = rules.test_rule("hold back a suggestion", request.person)
    told = {
        "contribution": contribution,
        "is_own": is_own,
        "themes": [(theme, answers.get(theme.pk)) for theme in themes],
        "tally": queries.tallies([contribution]).get(contribution.pk),
        "today": today(),
        "hold_form": (hold_form or HoldForm()) if may_hold and not contribution.is_held else None,
        "may_release": may_hold and contribution.is_held,
        "may_put_to_the_vote": _may_put_to_the_vote(request, contribution),
        "may_see_how_it_came": rules.test_rule("key in a suggestion", request.person),
        "may_take_up": rules.test_rule("take a suggestion up again", request.person, contribution),
        **what_happened_next(contribution.step, person=request.person),
    }
    status = 422 if hold_form is not None and hold_form.errors else 200
    return render(request, "dialogue/contribution.html", told, status=status)


def _may_put_to_the_vote(request: Request, contribution: Contribution) -> bool:
    is_new = getattr(contribution, "statement", None) is None and not contribution.is_held
    return is_new and contribution.conversation.is_open(now()) and rules.test_rule("put to the vote", request.person)


@require_safe
@signed_in
def own(request: Request) -> HttpResponse:
    page = page_of(request, queries.said_by(request.person), per_page=20)
    told = {"page": page, "said": queries.lines_of(page, on=today())}
    return render(request, "dialogue/own.html", told)


@require_http_methods(["GET", "POST"])
@signed_in
@loads("conversation", queries.conversation_for)
@may("make a suggestion")
def suggest(request: Request, conversation: Conversation) -> HttpResponseBase:
    form = SuggestForm(request.POST or None, is_first=not queries.has_spoken(request.person))
    if form.is_valid():
        try:
            words = form.cleaned_data["words"]
            kept = queries.said_before(conversation, request.person, words) or actions.suggest(
                conversation=conversation,
                words=words,
                shows_name=form.cleaned_data["shows_name"],
                sent_as=form.cleaned_data["sent_as"],
                by=request.person,
                at=now(),
                language=get_language() or "",
            )
            messages.success(request, _("Thank you. We have kept what you said. This page shows what becomes of it."))
            return redirect(kept)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    told = {"conversation": conversation, "form": form, "is_open": conversation.is_open(now())}
    return render(request, "dialogue/suggest.html", told, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@loads("conversation", queries.conversation_for)
@may("key in a suggestion")
def key_in(request: Request, conversation: Conversation) -> HttpResponseBase:
    form = KeyInForm(request.POST or None)
    if form.is_valid():
        try:
            kept = actions.key_in(conversation=conversation, by=request.person, at=now(), **form.cleaned_data)
            return _show_receipt(request, kept)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    at = now()
    told = {
        "conversation": conversation,
        "form": form,
        "is_over": conversation.is_over(at),
        "has_begun": conversation.opens_at <= at,
    }
    return render(request, "dialogue/key_in.html", told, status=422 if form.errors else 200)


def _show_receipt(request: Request, kept: actions.KeyedIn) -> HttpResponse:
    """The words of the receipt, which nobody can show again."""
    where = kept.receipt.address.partition("?")[0] if kept.receipt else ""
    told = {"conversation": kept.contribution.conversation, "kept": kept, "where": where}
    return render(request, "dialogue/receipt.html", told)


@require_POST
@loads("contribution", queries.contribution_for)
@may("hold back a suggestion")
def hold(request: Request, contribution: Contribution) -> HttpResponseBase:
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _show(request, contribution, is_own=False, hold_form=form)
    try:
        actions.hold(contribution=contribution, by=request.person, reason=form.cleaned_data["reason"], at=now())
        messages.success(request, _("Only the person who said it and you can see this now. They are told why."))
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect(contribution)


@require_POST
@loads("contribution", queries.contribution_for)
@may("hold back a suggestion")
def release(request: Request, contribution: Contribution) -> HttpResponseBase:
    try:
        actions.release(contribution=contribution, by=request.person, at=now())
        messages.success(request, _("Everybody can see this suggestion again."))
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect(contribution)


@require_POST
@loads("contribution", queries.contribution_for)
@may("take a suggestion up again")
def take_up(request: Request, contribution: Contribution) -> HttpResponseBase:
    try:
        actions.take_up(contribution=contribution, by=request.person, at=now())
        messages.success(request, _("It waits for an answer again."))
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect(contribution)
