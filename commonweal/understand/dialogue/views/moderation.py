"""The moderation desk, the public log, the policy and the rules."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, details, local, queries, screening
from ..forms import ModeratedForm, ModerateForm, PolicyForm
from ..models import Contribution, Conversation


@require_http_methods(["GET", "POST"])
@may("moderate suggestions")
def moderation(request: Request) -> HttpResponseBase:
    form = ModerateForm(request.POST or None)
    if form.is_valid():
        try:
            _tell(request, _moderate(request, form), form.reason)
            return redirect("dialogue:moderation")
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    page = page_of(request, queries.to_look_at())
    flags = queries.flags_of(page)
    told = {
        "form": form,
        "page": page,
        "rows": [(each, queries.details_in(each), flags.get(each.pk, [])) for each in page],
        "ticked": set(request.POST.getlist("contributions")),
        "in_care": queries.held_for_care(),
    }
    return render(request, "dialogue/moderation.html", told, status=422 if form.errors else 200)


@require_safe
@open_to_all
@loads("conversation", queries.conversation_for)
def log(request: Request, conversation: Conversation) -> HttpResponse:
    page = page_of(request, queries.log_of(conversation))
    told = {"conversation": conversation, "page": page, "lines": queries.lines_of_log(page)}
    return render(request, "dialogue/log.html", told)


@require_POST
@loads("conversation", queries.conversation_for)
@may("moderate suggestions")
def change_moderation(request: Request, conversation: Conversation) -> HttpResponseBase:
    form = ModeratedForm(request.POST)
    if not form.is_valid():
        told = {"conversation": conversation, "form": form}
        return render(request, "dialogue/change_moderation.html", told, status=422)
    moderated = form.cleaned_data["moderated"]
    actions.change_moderation(conversation=conversation, moderated=moderated, by=request.person, at=now())
    messages.success(request, _("Everybody can see this now: %(how)s") % {"how": _how(moderated)})
    return redirect(conversation)


@require_safe
@open_to_all
def policy(request: Request) -> HttpResponse:
    told = {
        "policy": queries.policy(),
        "reasons": _reasons(),
        "may_write": rules.test_rule("write the moderation policy", request.person),
    }
    return render(request, "dialogue/policy.html", told)


@require_http_methods(["GET", "POST"])
@may("write the moderation policy")
def write_policy(request: Request) -> HttpResponseBase:
    kept = queries.policy()
    form = PolicyForm(request.POST or None, initial={"words": kept.words.shown} if kept else None)
    if form.is_valid():
        try:
            language = get_language() or ""
            actions.write_policy(by=request.person, at=now(), language=language, **form.cleaned_data)
            messages.success(request, _("Everybody can read it now."))
            return redirect("dialogue:policy")
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    return render(request, "dialogue/write_policy.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@open_to_all
def word_rules(request: Request) -> HttpResponse:
    on, told = today(), local.file_of("care_words")
    measured = screening.measured_on(on)
    recall, precision = measured.in_a_hundred
    return render(
        request,
        "dialogue/word_rules.html",
        {
            "measured": measured,
            "recall": recall,
            "precision": precision,
            "rules": [(_about(row["about"]), row) for row in local.in_force(told["rules"], on)],
            "unless": local.in_force(told.get("unless", []), on),
            "lists": told.get("lists", {}),
            "reference": told["reference"],
            "details": list(details.KINDS.values()),
            "hours": queries.hours_on(on),
            "in_a_year": queries.told_of_a_year(now()),
        },
    )


def _moderate(request: Request, form: ModerateForm) -> int:
    ticked, sent_as = list(form.cleaned_data["contributions"]), form.cleaned_data["sent_as"]
    return actions.moderate(contributions=ticked, by=request.person, at=now(), reason=form.reason, sent_as=sent_as)


def _tell(request: Request, count: int, reason: str) -> None:
    if reason == Contribution.HeldBecause.CARE:
        told = _("Passed on. Nobody else can read it. If somebody is in danger now, ring 999.")
    elif reason:
        told = ngettext(
            "%(count)s is held back. Whoever said it is told why.",
            "%(count)s are held back. Those who said them are told why.",
            count,
        )
    else:
        told = ngettext("Everybody can see %(count)s now.", "Everybody can see all %(count)s now.", count)
    messages.success(request, told % {"count": count})


def _how(moderated: str) -> str:
    return str(Conversation.Moderated(moderated).label)


def _reasons() -> list[Any]:
    shown = Contribution.HeldBecause
    return [each.label for each in (shown.PERSONAL, shown.DETAILS, shown.UNKIND, shown.OFF_TOPIC, shown.ADVERT)]


def _about(code: str) -> str:
    return {
        "self_harm": _("Hurting oneself, or not wanting to live"),
        "abuse": _("Being hurt, forced or controlled by somebody"),
        "child": _("A child who may be in danger"),
    }.get(code, code)
