"""Verbs about time that will not count: somebody else says no, and why; or whoever gave it takes it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs.refusals import NotYours, Refusal

from .. import rules
from ..models import Doubt, GivenHours
from .hours import refuse_ones_own, still_waiting


class SayWhyNot(Refusal):
    plainly = _("Say why not, so that whoever wrote this down knows what would help.")


class NotYourTime(NotYours):
    plainly = _("Only who gave the time, or wrote it down, can take it back. You can say no to it, and why.")


@transaction.atomic
def decline_hours(*, given: GivenHours, words: str, by: Person, at: datetime, language: str = "") -> Doubt:
    """Say that the time was not given like this, and why. One no is enough; whoever wrote it down is told.

    Those who may confirm it may say no to it. It can be written down again, as it was.

    Args:
        words: why not, and not nothing. Only those whom the time concerns read them.
    """
    if not words.strip():
        raise SayWhyNot(given)
    given = still_waiting(given)
    refuse_ones_own(given, by, on=timezone.localdate(at))
    why = audit.keep_words(words, language=language)
    doubt = Doubt(given=given, words=why, by=by, at=at)
    doubt.step = _record(doubt)
    doubt.save(force_insert=True)
    _end(given, at)
    audit.enter(by=by, verb="initiatives.decline_hours", subject=given, at=at, words=[why])
    for person in {given.told_by, given.giver or given.told_by}:
        notices.tell(person, about=doubt.step, at=at)
    return doubt


@transaction.atomic
def take_back_hours(*, given: GivenHours, by: Person, at: datetime) -> GivenHours:
    """Take back time that nobody has confirmed yet. It stays, for those whom it concerns, and does not count."""
    given = still_waiting(given)
    if not rules.gave_or_told(by, given):
        raise NotYourTime(by)
    _end(given, at)
    audit.enter(by=by, verb="initiatives.take_back_hours", subject=given, at=at)
    return given


def _end(given: GivenHours, at: datetime) -> None:
    given.ended_at = at
    given.save(update_fields=["ended_at"])


def _record(doubt: Doubt) -> Step:
    """For the news to its giver. Time that does not count is no part of the story, so nothing caused this."""
    return thread.record(
        kind="initiatives.hours_declined",
        subject=doubt.given,
        because=None,
        at=doubt.at,
        audience=Audience.PARTIES,
        params={"time": doubt.given.time, "initiative": doubt.given.fund.initiative},
    )
