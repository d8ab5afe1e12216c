"""An officer without an account writes an answer, by a link that they were sent."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from commonweal.foundations.notices.actions import LinkNotOpen
from commonweal.foundations.notices.models import Link
from commonweal.foundations.thread import telling
from commonweal.foundations.verbs.access import Request
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions as decisions
from .. import queries
from ..forms import DraftForm
from ..models import Owed


def draft_by_link(request: Request, link: Link) -> HttpResponse:
    """Served for `decisions.draft`: GET shows what was asked, POST keeps the draft, once."""
    owed = Owed.objects.select_related("because", "step").filter(pk=link.subject.uuid).first()
    if owed is None:
        raise Http404("owed")
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decisions.draft(owed=owed, by=link, at=now(), **form.cleaned_data)
            return redirect("notices:saved")
        except LinkNotOpen:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    told = telling.lines([owed.because])
    context = {
        "link": link,
        "owed": owed,
        "form": form,
        "about": told[0] if told else None,
        "contributions": telling.lines(queries.first_lines(owed)),
        "covers": queries.covers(owed),
    }
    return render(request, "decisions/draft.html", context, status=422 if form.errors else 200)
