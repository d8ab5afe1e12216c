"""Reminders of an answer: the officer before its date and after it, then the head of their service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices.actions import OfferedLink
from commonweal.foundations.notices.models import Link
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs.refs import SYSTEM

from .. import policy
from ..models import Assignment, Owed, Reminder
from .answering import NotAsked, locked
from .asking import assign

Kind = Reminder.Kind


def remind(*, at: datetime) -> int:
    """Send the reminders that are due and were not sent. Safe to run twice, and by two at once."""
    return sum(_remind(assignment, kind, at) for assignment in _asked() for kind in _due(assignment, at))


@transaction.atomic
def pass_on(*, link: Link, name: str, email: str, at: datetime) -> OfferedLink:
    """The head of a service asks somebody to write the answer, or somebody else, with the link that they got."""
    if link.purpose != "decisions.chase":
        raise NotAsked(link)
    owed = locked(Owed.objects.get(pk=link.subject.uuid))
    notices.use(link=link, at=at)
    return assign(owed=owed, name=name, email=email, by=link, at=at)


def _asked() -> list[Assignment]:
    """Whoever was asked last for what nobody has written yet."""
    waiting = Assignment.objects.filter(owed__state=Owed.State.ASSIGNED).select_related("owed__step", "link", "service")
    latest = waiting.annotate(last=Max("owed__assignments__number")).filter(number=F("last"))
    return list(latest.prefetch_related("reminders").order_by("owed__due_on", "pk"))


def _due(assignment: Assignment, at: datetime) -> Iterator[str]:
    on, due_on = policy.day_of(at), assignment.owed.due_on
    sent = {each.kind for each in assignment.reminders.all() if each.due_on == due_on}
    if assignment.link.is_open_at(at):
        if Kind.SOON not in sent and _is_near(on, due_on) and not _is_near(policy.day_of(assignment.at), due_on):
            yield Kind.SOON
        if Kind.LATE not in sent and due_on < on:
            yield Kind.LATE
    is_long_over = due_on + timedelta(days=policy.HEAD_IS_TOLD_AFTER_DAYS) <= on
    if Kind.HEAD not in sent and is_long_over and assignment.service is not None and assignment.service.head_email:
        yield Kind.HEAD


def _is_near(on: date, due_on: date) -> bool:
    return due_on - timedelta(days=policy.REMIND_DAYS_BEFORE) <= on <= due_on


def _remind(assignment: Assignment, kind: str, at: datetime) -> bool:
    """Whoever comes second finds the row, and sends nothing: the mail waits in the same transaction."""
    try:
        with transaction.atomic():
            _write(assignment, kind, at)
    except IntegrityError:
        return False
    return True


def _write(assignment: Assignment, kind: str, at: datetime) -> None:
    owed = assignment.owed
    step = thread.record(kind="decisions.reminded", subject=owed, because=owed.step, at=at, audience=Audience.PARTIES)
    link = assignment.link if kind != Kind.HEAD else _link_for_the_head(assignment, step, at)
    reminder = Reminder.objects.create(
        assignment=assignment, kind=kind, due_on=owed.due_on, link=link, step=step, at=at
    )
    if kind != Kind.HEAD:
        notices.remind(link=link, because=step, at=at)
    facts = {"kind": kind, "due_on": owed.due_on.isoformat()}
    audit.enter(by=SYSTEM, verb="decisions.remind", subject=reminder, at=at, facts=facts)


def _link_for_the_head(assignment: Assignment, step: Step, at: datetime) -> Link:
    service = assignment.service
    assert service is not None  # noqa: S101  (asked in `_due`)
    return notices.offer_link(
        purpose="decisions.chase",
        subject=assignment.owed,
        name=service.head_name,
        email=service.head_email,
        by=SYSTEM,
        because=step,
        at=at,
        expires_at=at + policy.A_LINK_LASTS,
    ).link
