"""A theme: what people said, and the answer that is owed or given. All themes of a conversation."""

from __future__ import annotations

import rules
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.foundations.decisions import queries as answers
from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import onward
from commonweal.foundations.verbs.access import Request, loads, open_to_all
from commonweal.foundations.verbs.clock import today

from .. import queries
from ..models import Conversation, Theme
from .next import what_happened_next


@require_safe
@open_to_all
@loads("theme", queries.theme_for)
def theme(request: Request, theme: Theme) -> HttpResponse:
    page = page_of(request, queries.contributions_in(theme))
    tallies = queries.tallies(list(page))
    told = {
        "theme": theme,
        "owed": theme.owed,
        "page": page,
        "rows": [(each, tallies.get(each.pk)) for each in page],
        "held": queries.held_in(theme),
        "answer": answers.latest_answer(theme.owed),
        "extensions": answers.extensions_of(theme.owed),
        "is_late": theme.owed.is_open and theme.owed.due_on < today(),
        "became": queries.became_of(theme) if theme.owed.state == theme.owed.State.REPLACED else [],
        "may_split": rules.test_rule("gather suggestions", request.person) and answers.can_be_reshaped(theme.owed),
        "again": answers.missed(theme.owed),
        "may_see_to": rules.test_rule("see to answers", request.person),
        "ways": onward.links_from(theme.step, person=request.person),
        **what_happened_next(theme.step, person=request.person),
    }
    return render(request, "dialogue/theme.html", told)


@require_safe
@open_to_all
@loads("conversation", queries.conversation_for)
def themes(request: Request, conversation: Conversation) -> HttpResponse:
    page = page_of(request, queries.themes_of(conversation))
    return render(request, "dialogue/themes.html", {"conversation": conversation, "page": page})
