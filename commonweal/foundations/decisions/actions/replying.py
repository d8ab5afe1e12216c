"""The right to reply to an answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience
from commonweal.foundations.verbs.refusals import NotYours, Refusal

from .. import policy, queries
from ..models import Answer, OwedLine, Reply
from ..rules import keys_in


class RepliedAlready(Refusal):
    plainly = _("You have replied to this answer already. Your reply is kept.")


class ReplyTooLate(Refusal):
    plainly = _("The time to reply to this answer is over.")


class NotYourLine(NotYours):
    plainly = _("Only the person who was answered can reply.")


@transaction.atomic
def reply(*, answer: Answer, line: OwedLine, words: str, by: Person, at: datetime) -> Reply:
    """Reply to an answer: once, and within the time. A convenor may key in what came on paper or by phone."""
    is_own = line.person_id == by.pk
    if line.owed_id != answer.owed_id or not (is_own or keys_in(by)):
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
        keyed_in_by=None if is_own else by,
        at=at,
    )
    _one_at_a_time(answer, line)
    written.step = thread.record(
        kind="decisions.reply", subject=written, because=[answer.step, line.step], at=at, audience=audience
    )
    written.save(force_insert=True)
    audit.enter(by=by, verb="decisions.reply", subject=written, at=at, words=[said])
    for person in _who_answered(answer):
        notices.tell(person, about=written.step, at=at)
    return written


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
