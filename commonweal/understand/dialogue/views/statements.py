"""What is put to the vote: convenors seed statements, put suggestions to the vote, and close what is done."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.verbs.access import Request, loads, may
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, queries
from ..forms import SeedForm
from ..models import Contribution, Conversation


@require_http_methods(["GET", "POST"])
@loads("conversation", queries.conversation_for)
@may("put to the vote")
def statements(request: Request, conversation: Conversation) -> HttpResponseBase:
    form = SeedForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.seed(
                conversation=conversation,
                statements=form.cleaned_data["statements"],
                by=request.person,
                at=now(),
                language=get_language() or "",
            )
            messages.success(request, _said(len(made)))
            return redirect("dialogue:statements", conversation.pk)
        except Refusal as refusal:
            form.add_error("statements", str(refusal.plainly))
    page = page_of(request, queries.statements_of(conversation))
    tallies = queries.tallies([each.contribution for each in page])
    told = {
        "conversation": conversation,
        "form": form,
        "page": page,
        "rows": [(each, tallies.get(each.contribution_id)) for each in page],
        "is_over": conversation.is_over(now()),
    }
    return render(request, "dialogue/statements.html", told, status=422 if form.errors else 200)


@require_POST
@loads("contribution", queries.contribution_for)
@may("put to the vote")
def put_to_the_vote(request: Request, contribution: Contribution) -> HttpResponseBase:
    try:
        actions.put_to_the_vote(contributions=[contribution], by=request.person, at=now())
        messages.success(request, _("People can vote on it now."))
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect(contribution)


@require_POST
@loads("contribution", queries.contribution_for)
@may("put to the vote")
def close_statement(request: Request, contribution: Contribution) -> HttpResponseBase:
    """Of the statement that this suggestion is put to the vote as."""
    statement = queries.statement_on(contribution)
    if statement is None:
        raise Http404
    try:
        actions.close_statement(statement=statement, by=request.person, at=now())
        messages.success(request, _("It takes no more votes. Those it has stay."))
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect("dialogue:statements", contribution.conversation_id)


def _said(count: int) -> str:
    told = ngettext("%(count)s statement is put to the vote.", "%(count)s statements are put to the vote.", count)
    return told % {"count": count}
