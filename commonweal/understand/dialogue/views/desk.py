"""The convenor's desk: suggestions that nobody has put together yet."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.verbs.access import Request, may
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms import GatherForm
from ..models import Conversation, Theme


@require_http_methods(["GET", "POST"])
@may("gather suggestions")
def desk(request: Request) -> HttpResponseBase:
    if request.method != "POST":
        return _show(request, GatherForm())
    form = GatherForm(request.POST)
    if form.is_valid():
        try:
            theme = _gather(request, form)
            messages.success(request, _("Put together. The answer is due by the date below."))
            return redirect(theme)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    elif before := _made_before(request):
        return redirect(before)
    return _show(request, form)


def _made_before(request: Request) -> Theme | None:
    """What this very form made when it was sent before: a double click. With another name in it, it is another form."""
    before = queries.theme_sent_as(request.POST.get("sent_as", ""), request.person)
    named = {request.POST.get("theme", ""), request.POST.get("title", "").strip()}
    return before if before is not None and named & {str(before.pk), before.title} else None


def _gather(request: Request, form: GatherForm) -> Theme:
    ticked = list(form.cleaned_data["contributions"])
    theme: Theme | None = form.cleaned_data["theme"]
    sent = {"contributions": ticked, "by": request.person, "at": now(), "sent_as": form.cleaned_data["sent_as"]}
    if theme is not None:
        return actions.gather_more(theme=theme, **sent).theme
    days = form.cleaned_data["working_days"]
    return actions.gather(title=form.cleaned_data["title"], working_days=days, **sent)


def _show(request: Request, form: GatherForm) -> HttpResponse:
    conversation = _asked_for(request)
    page = page_of(request, queries.ungathered(conversation))
    tallies = queries.tallies(list(page))
    told = {
        "form": form,
        "page": page,
        "rows": [(each, tallies.get(each.pk)) for each in page],
        "ticked": set(request.POST.getlist("contributions")),
        "conversation": conversation,
        "waiting": [] if conversation else queries.waiting_for(request.person, now()),
        "themes": queries.themes_without_answer()[:50],
        "now": now(),
    }
    return render(request, "dialogue/desk.html", told, status=422 if form.errors else 200)


def _asked_for(request: Request) -> Conversation | None:
    asked = request.GET.get("conversation", "")
    try:
        return queries.conversation_for(request.person, UUID(asked)) if asked else None
    except (ValueError, Conversation.DoesNotExist) as unknown:
        raise Http404(asked) from unknown
