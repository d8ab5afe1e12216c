"""What staff see to by hand: letters to post, messages that did not arrive."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import telling
from commonweal.foundations.verbs.access import Request, loads, may
from commonweal.foundations.verbs.clock import now

from .. import actions as notices
from .. import composing, queries
from ..actions.letters import LetterNotWaiting
from ..models import Failure, Notice


@may("see to the post")
@require_safe
def letters(request: Request) -> HttpResponse:
    page = page_of(request, queries.letters_waiting(), per_page=50)
    lines = telling.lines([notice.about for notice in page.object_list], person=request.person)
    context = {"page": page, "letters": list(zip(page.object_list, lines, strict=True))}
    return render(request, "notices/letters.html", context)


@loads("letter", queries.letter_for)
@may("see to the post")
@require_safe
def letter(request: Request, letter: Notice) -> HttpResponse:
    """One letter, to print: in the language of whoever gets it."""
    to = letter.to
    with translation.override(to.language if to else "en-gb"):
        context = {**composing.letter_words(letter), "letter": letter, "place": composing.place_name()}
        return render(request, "notices/letter.html", context)


@loads("letter", queries.letter_for)
@may("see to the post")
@require_POST
def posted(request: Request, letter: Notice) -> HttpResponse:
    try:
        notices.post_letter(notice=letter, by=request.person, at=now())
        messages.success(request, _("The letter is marked as posted."))
    except LetterNotWaiting as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect("notices:letters")


@may("see to the post")
@require_safe
def failures(request: Request) -> HttpResponse:
    page = page_of(request, queries.failures(), per_page=50)
    context = {"page": page, "failures": page.object_list, "late": queries.late(now())}
    return render(request, "notices/failures.html", context)


@loads("failure", queries.failure_for)
@may("see to the post")
@require_safe
def failure(request: Request, failure: Failure) -> HttpResponse:
    about = telling.lines([failure.notice.about], person=request.person)
    return render(request, "notices/failure.html", {"failure": failure, "about": about[0] if about else None})


@loads("failure", queries.failure_for)
@may("see to the post")
@require_POST
def seen_to(request: Request, failure: Failure) -> HttpResponse:
    notices.see_to(failure=failure, by=request.person, at=now())
    messages.success(request, _("Marked as seen to."))
    return redirect("notices:failures")
