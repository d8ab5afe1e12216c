"""The right to reply to an answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices.models import Receipt
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience
from commonweal.foundations.verbs.refusals import NotYours, Refusal

from .. import policy, queries
from ..models import Answer, OwedLine, Reply
from ..rules import keys_in
from .reopening import reopen


class RepliedAlready(Refusal):
    plainly = _("You have replied to this answer already. Your reply is kept.")


class ReplyTooLate(Refusal):
    plainly = _("The time to reply to this answer is over.")


class NotYourLine(NotYours):
    plainly = _("Only the person who was answered can reply.")


@transaction.atomic
def reply(
    *,
    answer: Answer,
    line: OwedLine,
    words: str,
    by: Person | Receipt,
    at: datetime,
    meant_otherwise: bool = False,
) -> Reply:
    """Reply to an answer: once, and within the time. A convenor may key in what came on paper or by phone.

    Args:
        by: whose line it is, the receipt for it, or whoever keys in.
        meant_otherwise: 'that is not what I meant'. The answer is owed once more, unless it was before.
    """
    is_own = _is_theirs(line, by)
    if line.owed_id != answer.owed_id or not (is_own or (isinstance(by, Person) and keys_in(by))):
        raise NotYourLine(by)
    if policy.day_of(at) > answer.reply_until:
        raise ReplyTooLate(answer)
    said = audit.keep_words(words)
    audience = Audience.PUBLIC if answer.is_public else Audience.PARTIES
    written = Reply(
        answer=answer,
        line=line,
        person=line.person,
        words=said,
        keyed_in_by=by if isinstance(by, Person) and not is_own else None,
        meant_otherwise=meant_otherwise,
        at=at,
    )
    _one_at_a_time(answer, line)
    written.step = thread.record(
        kind="decisions.reply", subject=written, because=[answer.step, line.step], at=at, audience=audience
    )
    written.save(force_insert=True)
    audit.enter(by=by, verb="decisions.reply", subject=written, at=at, words=[said])
    if meant_otherwise:
        reopen(reply=written, by=by, at=at)
    for person in _who_answered(answer):
        notices.tell(person, about=written.step, at=at)
    return written


def _is_theirs(line: OwedLine, by: Person | Receipt) -> bool:
    return line.contribution == by.subject if isinstance(by, Receipt) else line.person_id == by.pk


def _who_answered(answer: Answer) -> list[Person]:
    """Whoever published it, and whoever wrote it, where they are known as a person. What is said in confidence goes to
    the publisher alone."""
    wrote = [ref for ref in (answer.drafted_by, answer.writer) if ref is not None and answer.is_public]
    people = [queries.person_of(ref) for ref in dict.fromkeys([answer.published_by, *wrote])]
    return [person for person in people if person is not None and person.erased_at is None]


def _one_at_a_time(answer: Answer, line: OwedLine) -> None:
    """Two replies at the same moment queue here, and the second finds the first."""
    OwedLine.objects.select_for_update().get(pk=line.pk)
    if Reply.objects.filter(answer=answer, line=line).exists():
        raise RepliedAlready(answer)
