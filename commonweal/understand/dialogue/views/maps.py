"""The opinion map: for everybody; and for whoever has voted, with where they stand."""

from __future__ import annotations

from typing import Any

import rules
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commonweal.foundations.verbs.access import Request, loads, open_to_all
from commonweal.foundations.verbs.clock import now
from commonweal.methods.opinion.stability import REPETITIONS

from .. import queries, readings
from ..models import Conversation
from ..readings import Flagged, Reading
from ..taking import taking
from .ballot import by_code


@require_safe
@open_to_all
@loads("conversation", queries.conversation_for)
def opinion_map(request: Request, conversation: Conversation) -> HttpResponse:
    return render(request, "dialogue/map.html", _told(request, conversation))


@require_safe
@open_to_all
@never_cache
@by_code
def own_map(request: Request, conversation: Conversation) -> HttpResponseBase:
    """The same page where a browser sends what it keeps of this conversation: who has voted sees where they stand."""
    by = taking(request, conversation)
    place = queries.own_place(conversation, by.uuid, by.person)
    own = {"place": place, "stands": readings.standing_in_words(place) if place else []}
    return render(request, "dialogue/map.html", _told(request, conversation) | own | {"is_own": True})


def _told(request: Request, conversation: Conversation) -> dict[str, Any]:
    kept, at = queries.map_of(conversation), now()
    missing = queries.who_is_missing(conversation, at)
    told = {
        "conversation": conversation,
        "map": kept,
        "is_open": conversation.is_open(at),
        "missing": missing,
        "by_age": readings.who_chart(missing.by_age, _("Who took part, by age"), "age"),
        "by_area": readings.who_chart(missing.by_area, _("Who took part, by area"), "area"),
        "may_invite": rules.test_rule("invite to a conversation", request.person),
    }
    if kept is None:
        return told
    statements = queries.shown_in(conversation, [kept.told, kept.told_without])
    return told | {
        "reading": Reading.of(kept.told, statements),
        "without": Reading.of(kept.told_without, statements) if kept.told_without else None,
        "chart": readings.chart(kept) if kept.told["groups"] else "",
        "flagged": Flagged.of_map(kept),
        "rules": readings.RULES.values(),
        "repetitions": REPETITIONS,
        "always": readings.ALWAYS,
    }
