"""The convenor's desk: suggestions that nobody has seen to yet, to put together or to set aside."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.look.templatetags.look import day
from commonweal.foundations.verbs.access import Request, may
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms import AsideForm, GatherForm, MergeForm
from ..models import Contribution, Conversation, SettingAside, Theme

#: Of the themes that wait for their answer, so many are named on the desk.
THEMES_SHOWN = 20
#: Of the proposals, so many at once; and so many suggestions of one.
PROPOSALS_SHOWN = 5
PROPOSED_ON_A_PAGE = 200


@require_http_methods(["GET", "POST"])
@may("gather suggestions")
def desk(request: Request) -> HttpResponseBase:
    if request.method != "POST":
        return show_desk(request, GatherForm(), AsideForm())
    return _set_aside(request) if "aside" in request.POST else _put_together(request)


def _put_together(request: Request) -> HttpResponseBase:
    form = GatherForm(request.POST)
    if form.is_valid():
        try:
            theme = _gather(request, form)
            return _on_from(request, theme)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    elif before := _made_before(request):
        return _on_from(request, before)
    return show_desk(request, form, AsideForm())


def _set_aside(request: Request) -> HttpResponseBase:
    form = AsideForm(request.POST)
    if form.is_valid():
        try:
            _tell_how_many(request, _lay_aside(request, form))
            return redirect(_desk_again(request))
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    elif before := queries.aside_sent_as(request.POST.get("sent_as", ""), request.person, _ticked(request)):
        _tell_how_many(request, before)
        return redirect(_desk_again(request))
    return show_desk(request, GatherForm(), form)


def _made_before(request: Request) -> Theme | None:
    """What this very form made when it was sent before: a double click. With another name or other ticks in it, it is
    another form."""
    before = queries.theme_sent_as(request.POST.get("sent_as", ""), request.person, _ticked(request))
    named = {request.POST.get("theme", ""), request.POST.get("title", "").strip()}
    return before if before is not None and named & {str(before.pk), before.title} else None


def _on_from(request: Request, theme: Theme) -> HttpResponseBase:
    """To the theme; or back to the desk, where somebody has more to put together."""
    if "stay" not in request.POST:
        messages.success(request, _("Put together. The answer is due by the date below."))
        return redirect(theme)
    told = _("Put together: %(theme)s. The answer is due by %(day)s.")
    messages.success(request, told % {"theme": theme.title, "day": day(theme.owed.due_on)})
    return redirect(_desk_again(request))


def _ticked(request: Request) -> list[str]:
    return request.POST.getlist("contributions")


def _gather(request: Request, form: GatherForm) -> Theme:
    ticked = list(form.cleaned_data["contributions"])
    theme: Theme | None = form.cleaned_data["theme"]
    sent = {"contributions": ticked, "by": request.person, "at": now(), "sent_as": form.cleaned_data["sent_as"]}
    if theme is not None:
        return actions.gather_more(theme=theme, **sent).theme
    asks = {"working_days": form.cleaned_data["working_days"], "service": form.cleaned_data["service"]}
    return actions.gather(title=form.cleaned_data["title"], **asks, **sent)


def _lay_aside(request: Request, form: AsideForm) -> SettingAside:
    return actions.set_aside(
        contributions=list(form.cleaned_data["contributions"]),
        reason=form.cleaned_data["reason"],
        words=form.cleaned_data["words"],
        language=get_language() or "",
        sent_as=form.cleaned_data["sent_as"],
        by=request.person,
        at=now(),
    )


def _tell_how_many(request: Request, act: SettingAside) -> None:
    count = act.set_aside.count()
    told = ngettext(
        "%(count)s is set aside. Whoever said it is told why, and everybody can read the reason.",
        "%(count)s are set aside. Those who said them are told why, and everybody can read the reason.",
        count,
    )
    messages.success(request, told % {"count": count})


def show_desk(
    request: Request, form: GatherForm, aside_form: AsideForm, merge_form: MergeForm | None = None
) -> HttpResponse:
    conversation, proposal = _asked_for(request), _proposed(request)
    page = _page(request, conversation, proposal)
    tallies, themes = queries.tallies(list(page)), queries.themes_without_answer()
    merging = merge_form or MergeForm()
    errors = form.errors or aside_form.errors or merging.errors
    told = {
        "form": form,
        "aside_form": aside_form,
        "merge_form": merging,
        "merging": set(request.POST.getlist("themes")),
        "page": page,
        "rows": [(each, tallies.get(each.pk)) for each in page],
        "late": queries.late(page, on=today()),
        "ticked": {str(id) for id in proposal.members} if proposal and not errors else set(_ticked(request)),
        "conversation": conversation,
        "proposal": proposal,
        **_proposals(conversation),
        "waiting": [] if conversation else queries.themes_wait_for(request.person),
        "not_promised": [] if conversation else queries.not_promised(request.person),
        "themes": themes[:THEMES_SHOWN],
        "more_themes": max(themes.count() - THEMES_SHOWN, 0),
        "today": today(),
    }
    return render(request, "dialogue/desk.html", told, status=422 if errors else 200)


def _proposals(conversation: Conversation | None) -> dict[str, Any]:
    every = queries.proposals(conversation)
    some = every[:PROPOSALS_SHOWN]
    firsts = queries.first_of(some)
    shown = [(each, firsts[each.name]) for each in some if each.name in firsts]
    return {"proposals": shown, "more_proposals": len(every) - len(shown)}


def _page(request: Request, conversation: Conversation | None, proposal: queries.Proposal | None) -> Page[Contribution]:
    """What waits; or what a proposal would put together."""
    if proposal is not None:
        return page_of(request, queries.members_of(proposal), per_page=PROPOSED_ON_A_PAGE)
    return page_of(request, queries.ungathered(conversation) if conversation else queries.waiting_contributions())


def _proposed(request: Request) -> queries.Proposal | None:
    """Where it was taken up meanwhile, the whole desk is shown instead."""
    asked = request.GET.get("proposal", "")
    return queries.proposal_named(asked) if asked else None


def _desk_again(request: Request) -> str:
    """The same part of the desk that the form was sent from."""
    kept = request.GET.copy()
    for name in ("proposal", "page"):
        kept.pop(name, None)
    asked = kept.urlencode()
    return reverse("dialogue:desk") + (f"?{asked}" if asked else "")


def _asked_for(request: Request) -> Conversation | None:
    asked = request.GET.get("conversation", "")
    try:
        return queries.conversation_for(request.person, UUID(asked)) if asked else None
    except (ValueError, Conversation.DoesNotExist) as unknown:
        raise Http404(asked) from unknown
