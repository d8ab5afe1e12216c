"""A theme: what people said, and the answer that is owed or given."""

from __future__ import annotations

import rules
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.foundations.decisions import queries as answers
from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import onward, telling
from commonweal.foundations.verbs.access import Request, loads, open_to_all
from commonweal.foundations.verbs.clock import today

from .. import queries
from ..models import Theme

SHOWN = 30


@require_safe
@open_to_all
@loads("theme", queries.theme_for)
def theme(request: Request, theme: Theme) -> HttpResponse:
    page = page_of(request, queries.contributions_in(theme))
    tallies = queries.tallies(list(page))
    effects = theme.step.effects.order_by("id")
    told = {
        "theme": theme,
        "owed": theme.owed,
        "page": page,
        "rows": [(each, tallies.get(each.pk)) for each in page],
        "held": queries.held_in(theme),
        "answer": answers.latest_answer(theme.owed),
        "extensions": answers.extensions_of(theme.owed),
        "is_late": theme.owed.answered_at is None and theme.owed.due_on < today(),
        "lines": telling.lines(list(effects[:SHOWN]), person=request.person),
        "may_see_to": rules.test_rule("see to answers", request.person),
        "ways": onward.links_from(theme.step, person=request.person),
    }
    return render(request, "dialogue/theme.html", told)
