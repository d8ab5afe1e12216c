"""What everybody may read: a decision, a promise of an answer, the answer; and the reply to it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonweal.foundations.look.templatetags.look import day
from commonweal.foundations.notices.models import Receipt
from commonweal.foundations.notices.queries import receipt_of
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import onward, telling
from commonweal.foundations.thread.naming import names_of
from commonweal.foundations.verbs.access import Request, loads, open_to_all, signed_in
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import NotYours, Refusal

from .. import actions as decisions
from .. import queries
from ..forms import ReplyForm
from ..models import Answer, Decision, Dissent, Owed, OwedLine, Reopening, Reply, Whose
from ..rules import keys_in
from . import seen


@open_to_all
@require_safe
@loads("decision", queries.decision_for)
def decision(request: Request, decision: Decision) -> HttpResponse:
    dissents, interests = queries.said_beside(decision)
    parties = [*(each.party for each in dissents), *(each.party for each in interests)]
    names = names_of([decision.decided_by, decision.recorded_by, *parties])
    context = {
        "decision": decision,
        "options": list(decision.options.order_by("place")),
        "who": names[decision.decided_by],
        "recorded_by": names[decision.recorded_by],
        "dissents": [(names[each.party], each) for each in dissents],
        "interests": [(names[each.party], each) for each in interests],
        "to_say": set(_to_say(request, decision)),
        "ways": onward.links_from(decision.step, person=request.person),
    }
    return render(request, "decisions/decision.html", context)


def _to_say(request: Request, decision: Decision) -> dict[UUID, Dissent]:
    """What somebody else wrote down here for whoever looks, or for their body."""
    if request.person is None:
        return {}
    waiting = queries.whose_to_say(request.person, on=today()).filter(decision=decision)
    return {dissent.pk: dissent for dissent in waiting}


@signed_in
@require_POST
@loads("decision", queries.decision_for)
def say_whose(request: Request, decision: Decision) -> HttpResponse:
    """Whoever is named says whether the words that somebody else wrote down are theirs."""
    named = {str(pk): dissent for pk, dissent in _to_say(request, decision).items()}
    dissent, whose = named.get(request.POST.get("dissent", "")), request.POST.get("whose", "")
    if dissent is None or whose not in Whose.values:
        messages.error(request, _("There is nothing here for you to say this of."))
        return redirect(decision)
    try:
        decisions.say_whose(dissent=dissent, whose=whose, by=request.person, at=now())
        messages.success(request, _("Thank you. What you said stands beside the words."))
    except NotYours:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect(decision)


@open_to_all
@require_safe
@loads("owed", seen.owed)
def owed(request: Request, owed: Owed) -> HttpResponse:
    is_at_the_desk = keys_in(request.person)
    extensions = list(queries.extensions_of(owed))
    names = names_of([owed.owed_by, *(each.by for each in extensions)])
    told = telling.lines([owed.because, *(line.step for line in queries.lines_of(request.person, owed))])
    context = {
        "owed": owed,
        "about": told[0] if told else None,
        "own": told[1:],
        "promised_by": names[owed.owed_by],
        "extensions": [(each, names[each.by]) for each in extensions],
        "covers": queries.covers(owed),
        "answer": queries.latest_answer(owed),
        "again": queries.missed(owed),
        "instead": queries.taken_over_by(owed) if owed.state == Owed.State.REPLACED else [],
        "is_late": owed.is_open and owed.due_on < today(),
        "is_at_the_desk": is_at_the_desk,
        "holding": queries.holdings([owed], on=today())[owed.pk] if is_at_the_desk else None,
    }
    return render(request, "decisions/owed.html", context)


@open_to_all
@require_safe
@loads("answer", seen.answer)
def answer(request: Request, answer: Answer) -> HttpResponse:
    return _answer_page(request, answer, _reply_form(request, answer))


@open_to_all
@require_POST
@loads("answer", seen.answer)
def reply(request: Request, answer: Answer) -> HttpResponse:
    """By whose line it answers, signed in or with the words of their receipt; or keyed in for them."""
    lines = {str(line.pk): line for line in _lines_left(request, answer)}
    if not lines:
        messages.error(request, _("There is nothing here that you can reply to."))
        return redirect(answer)
    form = ReplyForm(request.POST, lines=_labelled(request, list(lines.values())))
    if not form.is_valid():
        return _answer_page(request, answer, form, status=422)
    line = lines[form.cleaned_data["line"]]
    said = {"words": form.cleaned_data["words"], "meant_otherwise": form.cleaned_data["meant_otherwise"]}
    try:
        written = decisions.reply(answer=answer, line=line, by=_replier(request, line), at=now(), **said)
        messages.success(request, _thanks(written))
    except NotYours:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect(answer)


def _lines_left(request: Request, answer: Answer) -> list[OwedLine]:
    """Own lines, at the desk everybody's, and the one whose receipt was opened in this window."""
    own = queries.lines_to_reply_on(request.person, answer) if request.person is not None else []
    known = {line.pk for line in own}
    by_receipt = queries.line_of_receipt(receipt_of(request.session), answer)
    return [*own, *(line for line in by_receipt if line.pk not in known)]


def _replier(request: Request, line: OwedLine) -> Person | Receipt:
    receipt, person = receipt_of(request.session), request.person
    if receipt is not None and receipt.subject == line.contribution and (person is None or not keys_in(person)):
        return receipt
    if person is None:
        raise PermissionDenied("decisions.reply_to")
    return person


def _thanks(written: Reply) -> str:
    reopened = Reopening.objects.filter(reply=written).first()
    if reopened is not None:
        return _("Thank you. We will answer once more, by %(day)s.") % {"day": day(reopened.due_on)}
    if written.meant_otherwise:
        return _("Thank you. Your reply is kept. It was answered a second time already, so the answer stays.")
    return _("Thank you. Your reply is kept. Whoever published the answer is told.")


def _answer_page(request: Request, answer: Answer, form: ReplyForm | None, *, status: int = 200) -> HttpResponse:
    own = queries.lines_of(request.person, answer.owed)
    context = {
        "answer": answer,
        "form": form,
        "own": telling.lines([line.step for line in own], person=request.person),
        "covers": queries.covers(answer.owed),
        "corrected_by": getattr(answer, "corrected_by", None),
        "replies": list(queries.replies_to(answer)),
        "has_replied": bool(own) and not _replies_left(request, answer),
        "again": queries.missed(answer.owed),
        "ways": onward.links_from(answer.step, person=request.person),
        "can_reply_until": answer.reply_until if answer.reply_until >= today() else None,
    }
    return render(request, "decisions/answer.html", context, status=status)


def _replies_left(request: Request, answer: Answer) -> bool:
    person = request.person
    return person is not None and any(line.person_id == person.pk for line in queries.lines_to_reply_on(person, answer))


def _reply_form(request: Request, answer: Answer) -> ReplyForm | None:
    if answer.reply_until < today():
        return None
    lines = _lines_left(request, answer)
    return ReplyForm(lines=_labelled(request, lines)) if lines else None


def _labelled(request: Request, lines: list[OwedLine]) -> list[tuple[OwedLine, str]]:
    """Each line as its writer would know it again."""
    told = telling.lines([line.step for line in lines], person=request.person)
    by_step = {line.uuid: line.quote or line.title for line in told if line.uuid is not None}
    return [(line, by_step.get(line.step.uuid) or _("Something that was said")) for line in lines]
