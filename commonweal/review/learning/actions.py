"""Verbs of learning: keep a lesson."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refusals import Refusal

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
) -> Lesson:
    """Keep what was learned, why it was so, and where it holds; from what was done and what was measured."""
    causes = [because] if isinstance(because, Step) else list(because)
    if not causes:
        raise LearnedFromNothing(what)
    words = [audit.keep_words(text, language=language) for text in (what, why, context)]
    lesson = Lesson(what=words[0], why=words[1], context=words[2], kept_by=by, kept_at=at)
    lesson.step = thread.record(kind="learning.lesson", subject=lesson, because=causes, at=at)
    lesson.save()
    audit.enter(by=by, verb="learning.keep_lesson", subject=lesson, at=at, words=words)
    return lesson
