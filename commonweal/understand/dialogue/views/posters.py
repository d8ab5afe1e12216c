"""On paper: a poster for everybody, and a handbill for those whose voice is missing."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from commonweal.foundations.look.qr import qr
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now, today

from .. import queries
from ..invitations import InviteForm
from ..models import Conversation


@require_safe
@open_to_all
@loads("conversation", queries.conversation_for)
def poster(request: Request, conversation: Conversation) -> HttpResponse:
    return render(request, "dialogue/poster.html", _paper(conversation))


@require_safe
@loads("conversation", queries.conversation_for)
@may("invite to a conversation")
def invite(request: Request, conversation: Conversation) -> HttpResponse:
    form = InviteForm(request.GET, on=today())
    told = _paper(conversation) | {"form": form, "invited": form.invited}
    return render(request, "dialogue/invite.html", told, status=422 if form.errors else 200)


def _paper(conversation: Conversation) -> dict[str, object]:
    path = reverse("ballot:vote", args=[conversation.code])
    at = now()
    return {
        "conversation": conversation,
        "qr": qr(settings.SITE_ADDRESS + path, scales=True),
        "host": settings.SITE_ADDRESS.partition("://")[2],
        "path": path.rstrip("/"),
        "is_open": conversation.is_open(at),
        "is_over": conversation.is_over(at),
    }
