"""Sixty seconds from a poster: one statement at a time, by thumb or keyboard, before anything is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.people.rules import is_known
from commonweal.foundations.verbs.access import Request, open_to_all, to_sign_in
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, details, queries, rules, screening
from ..actions import Taking
from ..forms import AboutForm, CastForm, SayForm
from ..models import Contribution, Conversation, Participant
from ..queries import Place
from ..taking import forget, remember, taking, token
from .contributions import after_saying

#: After so many votes a person is asked, once and only if they like, how old they are about and where they live.
ASKED_AFTER = 5


def by_code(page: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Replace the poster's two words by the conversation, or answer 404."""

    @wraps(page)
    def loaded(request: Request, code: str) -> HttpResponseBase:
        try:
            return page(request, queries.conversation_by_code(code))
        except ObjectDoesNotExist as missing:
            raise Http404(code) from missing

    return loaded


@require_safe
@open_to_all
@never_cache
@by_code
def vote(request: Request, conversation: Conversation) -> HttpResponseBase:
    by = taking(request, conversation)
    number = request.GET.get("statement", "")
    place = _place(conversation, by, number=int(number) if number.isdecimal() else None)
    told = _told(request, conversation, by, place)
    return remember(render(request, "dialogue/vote.html", told), by.uuid, conversation)


@require_POST
@open_to_all
@never_cache
@by_code
def cast(request: Request, conversation: Conversation) -> HttpResponseBase:
    by = taking(request, conversation)
    form = CastForm(request.POST, conversation=conversation)
    try:
        kept = actions.cast(statement=form.statement, choice=form.choice, by=by, at=now())
    except Refusal as refusal:
        return _refused(request, conversation, by, refusal)
    return _on(request, conversation, by, kept.participant)


@require_POST
@open_to_all
@never_cache
@by_code
def say(request: Request, conversation: Conversation) -> HttpResponseBase:
    by = taking(request, conversation)
    form = SayForm(request.POST)
    if not form.is_valid():
        return _show(request, conversation, by, say_form=form, status=422)
    if not form.cleaned_data["all_the_same"] and (first := _before_it_is_sent(conversation, form)):
        return _show(request, conversation, by, say_form=form.asking_again(), **first)
    try:
        made = actions.say(
            conversation=conversation,
            words=form.cleaned_data["words"],
            by=by,
            at=now(),
            sent_as=form.cleaned_data["sent_as"],
            language=get_language() or "",
        )
    except Refusal as refusal:
        form.add_error("words", str(refusal.plainly))
        return _show(request, conversation, by, say_form=form, status=422)
    return remember(_after_saying(request, conversation, made.contribution), by.uuid, conversation)


@require_POST
@open_to_all
@never_cache
@by_code
def about(request: Request, conversation: Conversation) -> HttpResponseBase:
    by = taking(request, conversation)
    form = AboutForm(request.POST)
    if not form.is_valid():
        return _show(request, conversation, by, about_form=form, status=422)
    try:
        actions.tell_of_oneself(
            conversation=conversation,
            by=by,
            at=now(),
            age_band=form.cleaned_data["age_band"],
            area=form.cleaned_data["postcode"],
        )
    except Refusal as refusal:
        return _refused(request, conversation, by, refusal)
    messages.success(request, _("Thank you. We use it only to see whose voice is missing."))
    return remember(redirect("ballot:vote", conversation.code), by.uuid, conversation)


@require_safe
@open_to_all
@never_cache
@by_code
def mine(request: Request, conversation: Conversation) -> HttpResponseBase:
    by = taking(request, conversation)
    participant = queries.participant_by(by.uuid, by.person, conversation)
    page = page_of(request, queries.voted_on(participant)) if participant else None
    told = {
        "conversation": conversation,
        "page": page,
        "is_open": conversation.is_open(now()),
        "token": _token(by, conversation),
    }
    return render(request, "dialogue/own_votes.html", told)


@require_POST
@open_to_all
@never_cache
@by_code
def save(request: Request, conversation: Conversation) -> HttpResponseBase:
    """Four words that bring whoever has them back to where they were."""
    by = taking(request, conversation)
    if by.person is not None:
        messages.info(request, _("You are signed in, so your votes are kept with your account. Just come back."))
        return redirect("ballot:vote", conversation.code)
    try:
        participant = actions.come_in(conversation=conversation, by=by, at=now())
    except Refusal as refusal:
        return _refused(request, conversation, by, refusal)
    given = notices.receipt(subject=participant.ref, at=now())
    answer = render(request, "dialogue/saved.html", {"conversation": conversation, "given": given})
    return remember(answer, by.uuid, conversation)


@require_POST
@open_to_all
@never_cache
@by_code
def leave(request: Request, conversation: Conversation) -> HttpResponseBase:
    """For a computer that others use: this browser forgets who voted."""
    messages.success(request, _("This browser does not know your votes any more. They still count."))
    return forget(redirect(conversation), conversation)


def come_back(request: Request, subject: Ref) -> HttpResponseBase:
    """A receipt brings its holder back, on whatever browser they are."""
    participant = Participant.objects.select_related("conversation").get(uuid=subject.uuid)
    messages.success(request, _("Welcome back. Your votes are as you left them."))
    code = participant.conversation.code
    return remember(redirect("ballot:vote", code), participant.uuid, participant.conversation)


def _before_it_is_sent(conversation: Conversation, form: SayForm) -> dict[str, Any]:
    """What somebody should see before others read their words: what is like it, and what may be private in it. What
    may tell of harm goes on at once, to where help is."""
    words = form.cleaned_data["words"]
    if screening.may_tell_of_harm(words, on=today()):
        return {}
    found = {"like": queries.like(conversation, words), "details": details.found_in(words)}
    return found if any(found.values()) else {}


def _after_saying(request: Request, conversation: Conversation, kept: Contribution) -> HttpResponseBase:
    """A guest gets the receipt now or never; and none for what may tell of harm, which others might find with them."""
    if kept.is_in_care or is_known(request.person):
        return after_saying(request, kept)
    given = notices.receipt(subject=kept, at=now())
    return render(request, "dialogue/said.html", {"conversation": conversation, "given": given, "said": kept})


def _on(request: Request, conversation: Conversation, by: Taking, participant: Participant) -> HttpResponseBase:
    if request.htmx:
        place = queries.place_of(conversation, participant, by.uuid)
        answer = render(request, "dialogue/_ballot.html", _told(request, conversation, by, place))
        return remember(answer, by.uuid, conversation)
    return remember(redirect(reverse("ballot:vote", args=[conversation.code]) + "#ballot"), by.uuid, conversation)


def _refused(request: Request, conversation: Conversation, by: Taking, refusal: Refusal) -> HttpResponseBase:
    if isinstance(refusal, actions.MayNotTakePart) and request.person is None:
        return to_sign_in(request)
    return _show(request, conversation, by, refusal=str(refusal.plainly), status=409)


def _show(
    request: Request, conversation: Conversation, by: Taking, *, status: int = 200, **more: Any
) -> HttpResponseBase:
    template = "dialogue/_ballot.html" if request.htmx else "dialogue/vote.html"
    answer: HttpResponse = render(
        request, template, _told(request, conversation, by, _place(conversation, by)) | more, status=status
    )
    return remember(answer, by.uuid, conversation)


def _place(conversation: Conversation, by: Taking, *, number: int | None = None) -> Place:
    participant = queries.participant_by(by.uuid, by.person, conversation)
    return queries.place_of(conversation, participant, by.uuid, number=number)


def _told(request: Request, conversation: Conversation, by: Taking, place: Place) -> dict[str, Any]:
    participant = place.participant
    has_told = participant is not None and bool(participant.age_band or participant.area_id)
    return {
        "conversation": conversation,
        "place": place,
        "token": _token(by, conversation),
        "chosen": place.votes.get(place.asked.number) if place.asked else None,
        "is_open": conversation.is_open(now()),
        "is_over": conversation.is_over(now()),
        "may": rules.may_take_part(by.person, conversation),
        "wants_receipt": _wants_receipt(conversation, by, participant),
        "say_form": SayForm(),
        "about_form": AboutForm() if place.voted >= ASKED_AFTER and not has_told else None,
    }


def _wants_receipt(conversation: Conversation, by: Taking, participant: Participant | None) -> bool:
    return conversation.who_may == Conversation.WhoMay.GUEST and by.person is None and participant is None


def _token(by: Taking, conversation: Conversation) -> str:
    return token(by.uuid, conversation)
