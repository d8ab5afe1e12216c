"""Questions about oneself that nobody can connect with what one voted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonweal.foundations.verbs.access import Request, open_to_all
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms_after import TicksForm
from ..models import Conversation
from ..taking import remember, taking, token
from .ballot import by_code


@require_http_methods(["GET", "POST"])
@open_to_all
@never_cache
@by_code
def about_you(request: Request, conversation: Conversation) -> HttpResponseBase:
    by, at = taking(request, conversation), now()
    participant = queries.participant_by(by.uuid, by.person, conversation)
    form = TicksForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.tick(conversation=conversation, by=by, answers=form.answers, at=at)
            messages.success(request, _("Thank you. Your answers are counted, and nobody can tell whose they were."))
            return remember(redirect("ballot:vote", conversation.code), by.uuid, conversation)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    told = {
        "conversation": conversation,
        "form": form,
        "is_open": conversation.is_open(at),
        "has_voted": participant is not None and bool(queries.votes_by(participant)),
        "has_ticked": participant is not None and actions.has_ticked(conversation, participant),
        "token": token(by.uuid, conversation),
        "fewest": queries.FEWEST_ANSWERS,
    }
    answer = render(request, "dialogue/about_you.html", told, status=422 if form.errors else 200)
    return remember(answer, by.uuid, conversation)
