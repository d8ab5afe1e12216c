"""An officer without an account writes an answer, by a link that they were sent."""

from __future__ import annotations

from typing import Any

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
from ..models import Owed, SentBack
from ..requests import who_asks


def draft_by_link(request: Request, link: Link) -> HttpResponse:
    """Served for `decisions.draft`: GET shows what was asked, POST keeps the draft, once."""
    owed = Owed.objects.select_related("because", "step").filter(pk=link.subject.uuid).first()
    if owed is None:
        raise Http404("owed")
    note = queries.sent_back_by(link.because)
    form = DraftForm(request.POST or None, initial=as_it_was(note))
    if request.method == "POST" and form.is_valid():
        try:
            decisions.draft(owed=owed, by=link, at=now(), corrects=queries.to_answer_anew(owed), **form.cleaned_data)
            return redirect("notices:saved")
        except LinkNotOpen:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    context = {**what_is_asked(owed), "link": link, "owed": owed, "form": form, "note": note}
    context["asked_by"] = who_asks(link)
    return render(request, "decisions/draft.html", context, status=422 if form.errors else 200)


def as_it_was(note: SentBack | None) -> dict[str, Any]:
    """What came back is there to be changed, not to be written once more."""
    if note is None:
        return {}
    draft = note.draft
    return {
        "reason_code": draft.reason_code,
        "cost": draft.cost,
        "referred_to": draft.referred_to,
        "words": draft.words.text,
    }


def what_is_asked(owed: Owed) -> dict[str, Any]:
    about = telling.lines([owed.because])[0]
    covered = queries.covered(owed)
    return {
        "about": about,
        "named": owed.title or ("" if about.is_hidden else about.title),
        "typical": [line for line in telling.lines(queries.typical_lines(owed)) if not line.is_hidden],
        "covered": covered,
        "missed": queries.missed(owed),
        "covers": covered.things,
    }
