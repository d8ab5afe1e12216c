"""Pages of the audit: signed heads for everybody, the trail for auditors and stewards, the redaction of words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import NotYours, Refusal

from . import actions, queries
from .closed import closed_among
from .forms import Look, Propose, Settle
from .heads import told, verifier_key
from .models import Key, Redaction, Seal, Words

AT_ONCE = 50
HEADS_IN_A_FILE = 100


@require_safe
@open_to_all
def heads(request: HttpRequest) -> HttpResponse:
    page = page_of(request, queries.heads(), per_page=AT_ONCE)
    latest = queries.heads().first()
    keys = [_key_line(key) for key in queries.published_keys()]
    return render(request, "audit/heads.html", {"page": page, "latest": latest, "keys": keys})


@require_safe
@open_to_all
def heads_json(request: HttpRequest) -> JsonResponse:
    """The latest heads for programs; `?below=SIZE` goes back."""
    found = queries.heads()
    below = request.GET.get("below", "")
    if below:
        if not (below.isascii() and below.isdigit() and len(below) < 19):
            return JsonResponse({"error": "below: expected a whole number"}, status=400)
        found = found.filter(size__lt=int(below))
    return JsonResponse(
        {
            "keys": [_key_line(key) for key in queries.published_keys()],
            "heads": [_as_json(seal) for seal in found[:HEADS_IN_A_FILE]],
        }
    )


@require_safe
@open_to_all
def latest_head(request: HttpRequest) -> HttpResponse:
    """The latest head alone, as a signed note."""
    latest = queries.heads().first()
    if latest is None:
        return HttpResponse(status=204)
    return HttpResponse(latest.head.note, content_type="text/plain; charset=utf-8")


@require_safe
@may("read the audit trail")
def trail(request: Request) -> HttpResponse:
    form = Look(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    is_asked_well = not form.is_bound or form.is_valid()
    found = list(queries.trail(**wanted)[: AT_ONCE + 1]) if is_asked_well else []
    entries, older = found[:AT_ONCE], found[AT_ONCE - 1].pk if len(found) > AT_ONCE else None
    words = queries.words_of(entries)
    shown = [(entry, [words[each] for each in entry.sealed_words if each in words]) for entry in entries]
    closed = closed_among([each.pk for each in words.values()])
    context = {"form": form, "entries": shown, "closed": closed, "older": _older(request, older)}
    context["alarm"] = queries.unsealed_alarm(now())
    return render(request, "audit/trail.html", context)


@require_safe
@may("settle a redaction")
def redactions(request: Request) -> HttpResponse:
    page = page_of(request, queries.settled_redactions(), per_page=AT_ONCE)
    return render(request, "audit/redactions.html", {"open": queries.open_redactions()[:AT_ONCE], "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@loads("words", queries.words_for)
@may("propose a redaction")
def words(request: Request, words: Words) -> HttpResponse:
    form = Propose(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            proposed = actions.propose_redaction(
                words=words, by=request.person, because=form.cleaned_data["because"], at=now()
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(words)
        messages.success(request, _("You have asked to remove these words. A second person decides."))
        return redirect(proposed)
    context = {"words": words, "form": form, "waiting": queries.redaction_of(words)}
    return render(request, "audit/words.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@loads("redaction", queries.redaction_for)
@may("settle a redaction")
def redaction(request: Request, redaction: Redaction) -> HttpResponse:
    form = Settle(request.POST or None)
    if form.is_bound and form.is_valid():
        settle = _SETTLING[form.cleaned_data["answer"]]
        try:
            settle(redaction=redaction, by=request.person, at=now())
        except NotYours:
            raise
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(redaction)
    is_own = redaction.by == request.person.ref
    is_closed = queries.is_closed(redaction.words)
    context = {"redaction": redaction, "form": form, "is_own": is_own, "is_closed": is_closed}
    return render(request, "audit/redaction.html", context, status=422 if form.errors else 200)


_SETTLING = {Settle.CONFIRM: actions.confirm_redaction, Settle.DECLINE: actions.decline_redaction}


def _older(request: HttpRequest, before: int | None) -> str:
    if before is None:
        return ""
    asked = request.GET.copy()
    asked["before"] = str(before)
    return f"?{asked.urlencode()}"


def _key_line(key: Key) -> str:
    return verifier_key(key.origin, bytes(key.public))


def _as_json(seal: Seal) -> dict[str, object]:
    head = seal.head
    return {
        "size": head.size,
        "root": head.root.hex(),
        "signed_at": told(head.signed_at),
        "key": head.key_id,
        "note": head.note,
    }
