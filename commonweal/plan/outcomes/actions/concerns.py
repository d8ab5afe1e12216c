"""Verbs about concerns: raise one, put it in better words."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step

from ..models import Concern, ConcernVersion


@transaction.atomic
def raise_concern(
    *, words: str, by: Person, because: Step | Iterable[Step] | None, at: datetime, language: str = ""
) -> Concern:
    """Say what is wrong, as residents put it. Comes from a theme, a decision or a lesson, or begins by itself."""
    concern = Concern(raised_by=by, raised_at=at)
    concern.step = thread.record(kind="outcomes.concern", subject=concern, because=because, at=at)
    concern.save()
    version = _word(concern, number=1, words=words, language=language, by=by, at=at)
    audit.enter(by=by, verb="outcomes.raise_concern", subject=concern, at=at, words=[version.words])
    return concern


@transaction.atomic
def reword(
    *, concern: Concern, words: str, by: Person, because: Step | None, at: datetime, language: str = ""
) -> ConcernVersion:
    """Put a concern in better words. The earlier ones stay to be read."""
    concern = Concern.objects.select_for_update().select_related("step").get(pk=concern.pk)
    number = concern.versions.count() + 1
    version = _word(concern, number=number, words=words, language=language, by=by, at=at)
    thread.record(kind="outcomes.rewording", subject=concern, because=because or concern.step, at=at)
    audit.enter(by=by, verb="outcomes.reword", subject=concern, at=at, facts={"version": number}, words=[version.words])
    return version


def _word(concern: Concern, *, number: int, words: str, language: str, by: Person, at: datetime) -> ConcernVersion:
    return ConcernVersion.objects.create(
        concern=concern,
        number=number,
        words=audit.keep_words(words, language=language),
        worded_by=by,
        worded_at=at,
    )
