"""The way of an answer: assigned, drafted, sent back or cleared by somebody else, published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.calendar.days import add_working_days
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices.models import Link
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs.refusals import NotYours, Refusal
from commonweal.methods.quantities import Money

from .. import policy, queries, writers
from ..models import Answer, Draft, Owed, OwedLine, ReasonCode


class AlreadyAnswered(Refusal):
    plainly = _("This has been answered. What was published cannot change, but a correction can stand beside it.")


class ReplacedAlready(Refusal):
    plainly = _("This was put together with something else, or split. Look for the answer that is promised instead.")


class NoDraft(Refusal):
    plainly = _("No answer has been written yet.")


class NothingToPublish(Refusal):
    plainly = _("Tick at least one answer first.")


class NotCleared(Refusal):
    plainly = _("Somebody other than the writer must check the answer before it is published.")


class NotTheDrafter(Refusal):
    """Two people, or it is no check."""

    plainly = _("You wrote this answer, so somebody else must check it.")


class NotAsked(NotYours):
    plainly = _("This link is not for this answer.")


class HowMuch(Refusal):
    plainly = _("Say how much it would cost.")


class SayToWhom(Refusal):
    plainly = _("Say who it was passed on to.")


@transaction.atomic
def draft(
    *,
    owed: Owed,
    reason_code: str,
    words: str,
    by: Person | Link,
    at: datetime,
    cost: Money | None = None,
    referred_to: str = "",
    corrects: Answer | None = None,
) -> Draft:
    """Write an answer. It becomes the current draft; the one before is kept, and has to be cleared anew.

    Args:
        cost: needed when it is too costly; welcome otherwise.
        referred_to: needed when it is passed on.
        corrects: the published answer that this will correct, where there is one.
    """
    code = ReasonCode(reason_code)
    if code == ReasonCode.TOO_COSTLY and (cost is None or cost.pence <= 0):
        raise HowMuch
    if code == ReasonCode.REFERRED and not referred_to.strip():
        raise SayToWhom
    owed = locked(owed)
    _is_in_place(corrects, owed)
    if isinstance(by, Link):
        _was_asked(by, owed)
        notices.use(link=by, at=at)
    said = audit.keep_words(words)
    Draft.objects.filter(owed=owed, is_current=True).update(is_current=False)
    written = Draft.objects.create(
        owed=owed,
        reason_code=code,
        words=said,
        cost_pence=None if cost is None else cost.pence,
        referred_to=referred_to,
        drafted_by=by.ref,
        writer=writers.person_behind(by) if isinstance(by, Link) else None,
        writer_digest=writers.digest_of(by.email),
        drafted_at=at,
        corrects=corrects,
    )
    if owed.state != Owed.State.ANSWERED:
        move(owed, Owed.State.DRAFTED)
    audit.enter(by=by, verb="decisions.draft", subject=owed, at=at, facts={"reason": str(code)}, words=[said])
    _tell_who_checks(owed, written, at)
    return written


@transaction.atomic
def clear(*, owed: Owed, by: Person, at: datetime) -> Draft:
    """Find the current draft right. Whoever wrote it cannot."""
    owed = locked(owed)
    current = waiting_draft(owed)
    if queries.is_drafter(by, current):
        raise NotTheDrafter(by)
    current.cleared_by, current.cleared_at = by.ref, at
    current.save(update_fields=["cleared_by", "cleared_at"])
    if owed.state != Owed.State.ANSWERED:
        move(owed, Owed.State.CLEARED)
    audit.enter(by=by, verb="decisions.clear", subject=owed, at=at, facts={"draft": str(current.ref)})
    return current


@transaction.atomic
def publish(*, owed: Owed, by: Person, at: datetime) -> Answer:
    """Publish the cleared draft. From now it cannot change, and every person whose line it answers is told.

    There is nothing left to check: by which address its drafts were written is kept no longer.
    """
    owed = locked(owed)
    current = waiting_draft(owed)
    if current.cleared_by is None:
        raise NotCleared(owed)
    lines = list(OwedLine.objects.filter(owed=owed).select_related("person", "step").order_by("step_id", "pk"))
    answer = Answer(
        owed=owed,
        reason_code=current.reason_code,
        words=current.words,
        cost_pence=current.cost_pence,
        referred_to=current.referred_to,
        drafted_by=current.drafted_by,
        writer=current.writer,
        cleared_by=current.cleared_by,
        answers_for=queries.body_behind(current, on=policy.day_of(at)),
        corrects=current.corrects,
        published_by=by.ref,
        published_at=at,
        reply_until=add_working_days(policy.day_of(at), policy.REPLY_WORKING_DAYS, queries.nation()),
        is_public=owed.is_public,
    )
    answer.step = _step_of(answer, lines, at)
    answer.save(force_insert=True)
    Draft.objects.filter(owed=owed).update(is_current=False, writer_digest="")
    if owed.state != Owed.State.ANSWERED:
        move(owed, Owed.State.ANSWERED, answered_at=at)
    text = audit.fingerprint(answer.referred_to)
    facts = {"owed": str(owed.ref), "reason": current.reason_code, "lines": len(lines), "text": text}
    audit.enter(by=by, verb="decisions.publish", subject=answer, at=at, facts=facts, words=[answer.words])
    for line in lines:
        if line.person is not None:
            notices.tell(line.person, about=answer.step, line=line.step, at=at)
    for link in queries.links_to_tell(answer):
        notices.tell_holder(link, about=answer.step, at=at)
    return answer


@transaction.atomic
def publish_together(*, owed: Sequence[Owed], by: Person, at: datetime) -> list[Answer]:
    """Publish several cleared drafts at once: all of them, or none."""
    if not owed:
        raise NothingToPublish
    return [publish(owed=each, by=by, at=at) for each in sorted(owed, key=lambda each: each.pk)]


def _tell_who_checks(owed: Owed, written: Draft, at: datetime) -> None:
    """Whoever asked for the answer, where they may check it; else everybody who may. It is no part of the story."""
    checkers = queries.may_clear(written, on=policy.day_of(at))
    assignment = queries.current_assignment(owed)
    askers = [person for person in checkers if assignment is not None and person.ref == assignment.by]
    step = thread.record(
        kind="decisions.written",
        subject=written,
        because=None,
        at=at,
        audience=Audience.PARTIES,
        params={"about": owed},
    )
    for person in askers or checkers:
        notices.tell(person, about=step, at=at)


def _step_of(answer: Answer, lines: list[OwedLine], at: datetime) -> Step:
    """One step for the answer, caused by the promise and by each line, so that each line leads to it."""
    return thread.record(
        kind="decisions.answer",
        subject=answer,
        because=[answer.owed.step, *(line.step for line in lines)],
        at=at,
        audience=Audience.PUBLIC if answer.is_public else Audience.PARTIES,
        params={"reason": str(answer.reason_code)},
    )


def locked(owed: Owed) -> Owed:
    found = Owed.objects.select_for_update(of=("self",)).select_related("step").get(pk=owed.pk)
    if found.state == Owed.State.REPLACED:
        raise ReplacedAlready(owed)
    return found


def move(owed: Owed, state: str, *, answered_at: datetime | None = None) -> None:
    owed.state, owed.answered_at = state, answered_at
    owed.first_answered_at = owed.first_answered_at or answered_at
    owed.save(update_fields=["state", "answered_at", "first_answered_at"])


def waiting_draft(owed: Owed) -> Draft:
    current = Draft.objects.filter(owed=owed, is_current=True).select_related("words", "corrects").first()
    if current is None:
        raise NoDraft(owed)
    current.owed = owed
    return current


def _is_in_place(corrects: Answer | None, owed: Owed) -> None:
    """A first answer to what is not answered, or a correction of the latest answer: nothing else."""
    if queries.latest_answer(owed) != corrects:
        raise AlreadyAnswered(owed)


def _was_asked(link: Link, owed: Owed) -> None:
    if link.purpose != "decisions.draft" or link.subject != owed.ref:
        raise NotAsked(link)
