"""Owing an answer, and being late with it in the open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.calendar.days import add_working_days
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from .. import policy, queries
from ..models import Extension, Owed, OwedLine

#: A contribution that the answer covers, whose it is, and the step that is their own line.
Line = tuple[Record | Ref, Person | None, Step]


class NoDateGiven(Refusal):
    plainly = _("Say by when the answer will come.")


class DateNotLater(Refusal):
    plainly = _("The new date must be later than the date that was promised.")


class AnsweredAlready(Refusal):
    plainly = _("This has been answered already.")


class CoveredAlready(Refusal):
    plainly = _("The answer covers this already.")


@transaction.atomic
def owe(
    *,
    subject: Record | Ref,
    because: Step | Sequence[Step],
    by: Record | Ref,
    at: datetime,
    working_days: int | None = None,
    due_on: date | None = None,
    lines: Sequence[Line] = (),
    title: str = "",
    is_public: bool = True,
) -> Owed:
    """Promise an answer, by a day, to everybody whose contribution it covers.

    Args:
        working_days: counted from the day after `at`, in the nation of the place. Or give the day itself, `due_on`.
        lines: each contribution covered: its Ref, the person whose it is (None for nobody we know), its own step.
    """
    first = because if isinstance(because, Step) else because[0]
    due = due_on or _after(working_days, at)
    owed = Owed(
        subject=subject.ref,
        title=title,
        owed_by=by.ref,
        owed_at=at,
        first_due_on=due,
        due_on=due,
        is_public=is_public,
        because=first,
    )
    audience = Audience.PUBLIC if is_public else Audience.PARTIES
    owed.step = thread.record(kind="decisions.owed", subject=owed, because=because, at=at, audience=audience)
    owed.save(force_insert=True)
    _cover(owed, lines)
    facts = {"due_on": due.isoformat(), "lines": len(lines), "text": audit.fingerprint(owed.title)}
    audit.enter(by=by, verb="decisions.owe", subject=owed, at=at, facts=facts)
    return owed


@transaction.atomic
def owe_more(*, owed: Owed, lines: Sequence[Line], by: Record | Ref, at: datetime) -> Owed:
    """Let the answer cover more contributions: they are owed it by the same date.

    Raises:
        AnsweredAlready: it was published meanwhile, and could not reach them any more.
        CoveredAlready: the answer covers one of them already.
    """
    owed = Owed.objects.select_for_update().get(pk=owed.pk)
    if not owed.is_open:
        raise AnsweredAlready(owed)
    try:
        with transaction.atomic():
            _cover(owed, lines)
    except IntegrityError as twice:
        raise CoveredAlready(owed) from twice
    audit.enter(by=by, verb="decisions.owe_more", subject=owed, at=at, facts={"lines": len(lines)})
    return owed


@transaction.atomic
def extend(*, owed: Owed, until: date, because_words: str, by: Record | Ref, at: datetime) -> Extension:
    """Say in the open that the answer will be late: until when, because, and by whom. The first date stays."""
    owed = Owed.objects.select_for_update().get(pk=owed.pk)
    if not owed.is_open:
        raise AnsweredAlready(owed)
    if until <= owed.due_on:
        raise DateNotLater(until)
    words = audit.keep_words(because_words)
    last = Extension.objects.filter(owed=owed).aggregate(last=Max("number"))["last"] or 0
    extension = Extension.objects.create(
        owed=owed, number=last + 1, before=owed.due_on, until=until, words=words, by=by.ref, at=at
    )
    owed.due_on = until
    owed.save(update_fields=["due_on"])
    facts = {"before": extension.before.isoformat(), "until": until.isoformat()}
    audit.enter(by=by, verb="decisions.extend", subject=owed, at=at, facts=facts, words=[words])
    return extension


def _cover(owed: Owed, lines: Sequence[Line]) -> None:
    OwedLine.objects.bulk_create(
        OwedLine(owed=owed, contribution=contribution.ref, person=person, step=step)
        for contribution, person, step in lines
    )


def _after(working_days: int | None, at: datetime) -> date:
    if working_days is None:
        raise NoDateGiven
    return add_working_days(policy.day_of(at), working_days, queries.nation())
