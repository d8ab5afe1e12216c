"""Verbs of learning: keep a lesson."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import once
from commonweal.foundations.verbs.refusals import Refusal

from . import queries
from .models import Lesson


class LearnedFromNothing(Refusal):
    plainly = _("Say what this was learned from: something that was done, or a number that came in.")


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
    return once(
        lambda: _keep(said, by, causes, at, language, sent_as),
        before=queries.lessons(),
        sent_as=sent_as,
        is_it=lambda before: (before.kept_by_id, *_said(before)) == (by.pk, *said),
    )


def _keep(
    said: tuple[str, str, str], by: Person, causes: list[Step], at: datetime, language: str, sent_as: UUID | None
) -> Lesson:
    words = [audit.keep_words(text, language=language) for text in said]
    lesson = Lesson(what=words[0], why=words[1], context=words[2], kept_by=by, kept_at=at, sent_as=sent_as)
    lesson.step = thread.record(kind="learning.lesson", subject=lesson, because=causes, at=at)
    lesson.save()
    audit.enter(by=by, verb="learning.keep_lesson", subject=lesson, at=at, words=words)
    return lesson


def _said(lesson: Lesson) -> tuple[str, str, str]:
    return lesson.what.text, lesson.why.text, lesson.context.text
