"""One suggestion and what became of it; all of one's own; making one, keying one in, holding one back."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all, signed_in
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms import FlagForm, HoldForm, KeyInForm, SuggestForm
from ..models import Contribution, Conversation
from .next import what_happened_next

DETAILS, AGAIN = Contribution.HeldBecause.DETAILS, Contribution.HeldBecause.AGAIN


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
    request: Request,
    contribution: Contribution,
    *,
    is_own: bool,
    hold_form: HoldForm | None = None,
    flag_form: FlagForm | None = None,
) -> HttpResponse:
    if contribution.is_in_care:
        return _show_quietly(request, contribution)
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
        "may_put_to_the_vote": _may_put_to_the_vote(request, contribution),
        "may_release": may_hold and contribution.is_held and contribution.held_because != AGAIN,
        "details": queries.details_in(contribution),
        "may_say_again": is_own and contribution.held_because == DETAILS and contribution.conversation.is_open(now()),
        "flag_form": (flag_form or FlagForm()) if request.person and not is_own and not contribution.is_held else None,
        "may_see_how_it_came": rules.test_rule("key in a suggestion", request.person),
        "may_take_up": rules.test_rule("take a suggestion up again", request.person, contribution),
        **what_happened_next(contribution.step, person=request.person),
    }
    is_wrong = any(form is not None and form.errors for form in (hold_form, flag_form))
    return render(request, "dialogue/contribution.html", told, status=422 if is_wrong else 200)


def _show_quietly(request: Request, contribution: Contribution) -> HttpResponse:
    """What is held for care, to its author: nothing on the page says so, and the words show only when asked for.

    Who opens it by a receipt, or with another role, sees no words: the receipt may be in somebody else's hand.
    """
    is_own = request.person is not None and contribution.person_id == request.person.pk
    told = {
        "contribution": contribution,
        "is_own": is_own,
        "may_keep_private": is_own and not queries.stays_private(contribution),
    }
    response = render(request, "dialogue/contribution_quiet.html", told)
    add_never_cache_headers(response)
    return response


def _may_put_to_the_vote(request: Request, contribution: Contribution) -> bool:
    is_new = getattr(contribution, "statement", None) is None and not contribution.is_held
    return is_new and contribution.conversation.is_open(now()) and rules.test_rule("put to the vote", request.person)


@require_safe
@signed_in
@never_cache
def own(request: Request) -> HttpResponse:
    page = page_of(request, queries.said_by(request.person), per_page=20)
    told = {"page": page, "said": queries.lines_of(page, on=today())}
    return render(request, "dialogue/own.html", told)


@require_http_methods(["GET", "POST"])
@signed_in
@loads("conversation", queries.conversation_for)
@may("make a suggestion")
@never_cache
def suggest(request: Request, conversation: Conversation) -> HttpResponseBase:
    again = _to_say_again(request, conversation)
    form = SuggestForm(
        request.POST or None,
        is_first=not queries.has_spoken(request.person),
        initial={"words": again.words.shown, "shows_name": "yes" if again.shows_name else "no"} if again else None,
    )
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
            if again is not None and again != kept:
                actions.said_again(contribution=again, by=request.person, at=now())
            return after_saying(request, kept)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    told = {"conversation": conversation, "form": form, "is_open": conversation.is_open(now()), "again": again}
    return render(request, "dialogue/suggest.html", told, status=422 if form.errors else 200)


def after_saying(request: Request, kept: Contribution) -> HttpResponseBase:
    """Where a person lands who said something: on its page, or, where it may tell of harm, at once where help is."""
    if kept.is_in_care:
        return redirect("dialogue:numbers")
    if not kept.is_held:
        messages.success(request, _("Thank you. We have kept what you said. This page shows what becomes of it."))
    elif kept.waits_to_be_looked_at:
        messages.success(request, _("Thank you. We have kept what you said. Others cannot see it yet."))
    return redirect(kept)


def _to_say_again(request: Request, conversation: Conversation) -> Contribution | None:
    """The suggestion of one's own whose words come back into the form, to be said otherwise."""
    return queries.own_to_say_again(conversation, request.person, request.GET.get("again", ""))


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
        if form.cleaned_data["reason"] == Contribution.HeldBecause.CARE:
            return _passed_on(request, contribution)
        messages.success(request, _("Only the person who said it and you can see this now. They are told why."))
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect(contribution)


def _passed_on(request: Request, contribution: Contribution) -> HttpResponseBase:
    messages.success(
        request, _("It is passed on, and nobody else can read it. If somebody is in danger now, ring 999.")
    )
    return redirect(contribution.conversation)


@require_POST
@loads("contribution", queries.contribution_for)
@may("flag a suggestion")
def flag(request: Request, contribution: Contribution) -> HttpResponseBase:
    form = FlagForm(request.POST)
    if not form.is_valid():
        return _show(request, contribution, is_own=False, flag_form=form)
    try:
        actions.flag(contribution=contribution, because=form.cleaned_data["because"], by=request.person, at=now())
        messages.success(request, _("Thank you. Somebody will look at it."))
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect(contribution)


@require_POST
@loads("contribution", queries.contribution_for)
@may("keep a suggestion private")
def keep_private(request: Request, contribution: Contribution) -> HttpResponseBase:
    try:
        actions.keep_private(contribution=contribution, by=request.person, at=now())
        messages.success(request, _("Nobody else will read it here."))
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
