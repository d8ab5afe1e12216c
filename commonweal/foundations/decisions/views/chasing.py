"""The head of a service, without an account, asks somebody to write an answer that is late."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from commonweal.foundations.notices.actions import LinkNotOpen
from commonweal.foundations.notices.models import Link
from commonweal.foundations.verbs.access import Request
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions as decisions
from .. import queries
from ..forms import PassOnForm
from ..models import Owed
from .drafting import what_is_asked


def chase_by_link(request: Request, link: Link) -> HttpResponse:
    """Served for `decisions.chase`: GET shows what is late and who was asked, POST asks somebody, once."""
    owed = Owed.objects.select_related("because", "step").filter(pk=link.subject.uuid).first()
    if owed is None:
        raise Http404("owed")
    form = PassOnForm(request.POST or None)
    if form.is_valid():
        try:
            decisions.pass_on(link=link, at=now(), **form.cleaned_data)
            return redirect("notices:saved")
        except LinkNotOpen:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    holding = queries.holdings([owed], on=today())[owed.pk]
    context = {**what_is_asked(owed), "link": link, "owed": owed, "form": form, "holding": holding}
    return render(request, "decisions/chase.html", context, status=422 if form.errors else 200)
