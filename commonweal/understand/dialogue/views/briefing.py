"""The briefing of a conversation: everybody reads it on the conversation's page, convenors write it here."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundations.verbs.access import Request, loads, may
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms import PointForm, TakeBackForm
from ..models import Conversation, Point


@require_http_methods(["GET", "POST"])
@loads("conversation", queries.conversation_for)
@may("brief people")
def briefing(request: Request, conversation: Conversation) -> HttpResponseBase:
    form = PointForm(request.POST or None)
    if form.is_valid():
        try:
            actions.brief(
                conversation=conversation,
                by=request.person,
                at=now(),
                language=get_language() or "",
                **form.cleaned_data,
            )
            messages.success(request, _("Everybody can read it now."))
            return redirect("dialogue:briefing", conversation.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    return _show(request, conversation, form)


@require_POST
@loads("point", queries.point_for)
@may("brief people")
def take_back_point(request: Request, point: Point) -> HttpResponseBase:
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say what was wrong with it."))
        return _show(request, point.conversation, PointForm(), status=422)
    try:
        actions.take_back(point=point, because_words=form.cleaned_data["because"], by=request.person, at=now())
        messages.success(request, _("It is struck out, and everybody can read why."))
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect("dialogue:briefing", point.conversation_id)


def _show(
    request: Request, conversation: Conversation, form: PointForm, *, status: int | None = None
) -> HttpResponseBase:
    told = {
        "conversation": conversation,
        "form": form,
        "points": queries.points_of(conversation),
        "take_back_form": TakeBackForm(),
    }
    return render(request, "dialogue/briefing.html", told, status=status or (422 if form.errors else 200))
