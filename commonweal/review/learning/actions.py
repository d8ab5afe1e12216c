"""Verbs of learning: keep a lesson."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refusals import Refusal

from . import queries
from .models import Lesson


class LearnedFromNothing(Refusal):
    plainly = _("Say what this was learned from: something that was done, or a number that came in.")


class SentTwice(Refusal):
    plainly = _("This was already sent, with something else in it. Nothing has changed. Look at the page again.")


@transaction.atomic
def keep_lesson(
    *,
    what: str,
    why: str,
    context: str,
    by: Person,
    because: Step | Iterable[Step],
    at: datetime,
    language: str = "",
    sent_as: UUID | None = None,
) -> Lesson:
    """Keep what was learned, why it was so, and where it holds; from what was done and what was measured.

    Args:
        sent_as: the form's own number: the same form sent again keeps nothing new.
    """
    causes = [because] if isinstance(because, Step) else list(because)
    if not causes:
        raise LearnedFromNothing(what)
    said = (what, why, context)
    try:
        with transaction.atomic():
            return _keep(said, by, causes, at, language, sent_as)
    except IntegrityError:
        before = queries.lessons().filter(sent_as=sent_as).first() if sent_as else None
        if before is None:
            raise
        if (before.kept_by_id, before.what.text, before.why.text, before.context.text) != (by.pk, *said):
            raise SentTwice(before) from None
        return before


def _keep(
    said: tuple[str, str, str], by: Person, causes: list[Step], at: datetime, language: str, sent_as: UUID | None
) -> Lesson:
    words = [audit.keep_words(text, language=language) for text in said]
    lesson = Lesson(what=words[0], why=words[1], context=words[2], kept_by=by, kept_at=at, sent_as=sent_as)
    lesson.step = thread.record(kind="learning.lesson", subject=lesson, because=causes, at=at)
    lesson.save()
    audit.enter(by=by, verb="learning.keep_lesson", subject=lesson, at=at, words=words)
    return lesson
