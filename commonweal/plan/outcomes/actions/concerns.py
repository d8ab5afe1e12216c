"""Verbs about concerns: raise one, put it in better words."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import SentTwice, once

from ..models import Concern, ConcernVersion


@transaction.atomic
def raise_concern(
    *,
    words: str,
    by: Person,
    because: Step | Iterable[Step] | None,
    at: datetime,
    language: str = "",
    sent_as: UUID | None = None,
) -> Concern:
    """Say what is wrong, as residents put it. Comes from a theme, a decision or a lesson, or begins by itself.

    Args:
        sent_as: the form's own number: the same form sent again puts nothing new on the list.
    """

    def make() -> ConcernVersion:
        concern = Concern(raised_by=by, raised_at=at)
        concern.step = thread.record(kind="outcomes.concern", subject=concern, because=because, at=at)
        concern.save()
        version = _word(concern, 1, words, language, by, at, sent_as)
        audit.enter(by=by, verb="outcomes.raise_concern", subject=concern, at=at, words=[version.words])
        return version

    version = _worded_once(make, words, by, sent_as)
    if version.number != 1:
        raise SentTwice(version)
    return version.concern


@transaction.atomic
def reword(
    *,
    concern: Concern,
    words: str,
    by: Person,
    because: Step | None,
    at: datetime,
    language: str = "",
    sent_as: UUID | None = None,
) -> ConcernVersion:
    """Put a concern in better words. The earlier ones stay to be read."""
    concern = Concern.objects.select_for_update(of=["self"]).select_related("step").get(pk=concern.pk)

    def make() -> ConcernVersion:
        number = concern.versions.count() + 1
        version = _word(concern, number, words, language, by, at, sent_as)
        thread.record(kind="outcomes.rewording", subject=concern, because=because or concern.step, at=at)
        facts = {"version": number}
        audit.enter(by=by, verb="outcomes.reword", subject=concern, at=at, facts=facts, words=[version.words])
        return version

    version = _worded_once(make, words, by, sent_as)
    if version.concern_id != concern.pk:
        raise SentTwice(version)
    return version


def _worded_once(make: Callable[[], ConcernVersion], words: str, by: Person, sent_as: UUID | None) -> ConcernVersion:
    return once(
        make,
        before=ConcernVersion.objects.select_related("words", "concern__step"),
        sent_as=sent_as,
        is_it=lambda version: (version.worded_by_id, version.words.text) == (by.pk, words),
    )


def _word(
    concern: Concern, number: int, words: str, language: str, by: Person, at: datetime, sent_as: UUID | None
) -> ConcernVersion:
    return ConcernVersion.objects.create(
        concern=concern,
        number=number,
        words=audit.keep_words(words, language=language),
        worded_by=by,
        worded_at=at,
        sent_as=sent_as,
    )
