"""Delivering what waits in the outbox: once, whatever dies when.

A worker *claims* a notice by changing its state on condition that it still waits, commits, sends, and marks it sent.
Two workers cannot both claim it. A kill before the mail is handed over leaves a claim that runs out, and the notice is
taken up again: nothing is lost. A kill in the moment between the mail server's yes and our commit makes one duplicate:
that is the 'at least once' of every mail system, and the most that one kill can do to a notice.

Nobody's database is locked while the mail server is spoken to.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person, Role
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.verbs.refs import SYSTEM

from . import composing, links, outbox
from .models import Failure, Link, Notice, Wishes

State = Notice.State

#: A claim older than this belongs to a worker that died.
A_CLAIM_LASTS = timedelta(minutes=10)
#: Later tries wait twice as long each time, up to six hours. The last one comes after three days, and somebody is told.
LONGEST_WAIT = timedelta(hours=6)
LAST_TRY = 20
#: How many a sweep takes on, so that it ends.
IN_ONE_SWEEP = 500


def send(notice_id: str, *, at: datetime) -> str:
    """Try to deliver one notice. Returns the state in which it is left, or 'not ours' when another has it."""
    if not Notice.objects.filter(claimable(at), pk=notice_id).update(
        state=State.SENDING, claimed_at=at, attempts=F("attempts") + 1
    ):
        return "not ours"
    notice = Notice.objects.select_related("to", "link", "about", "line").get(pk=notice_id)
    return _settle(notice, _deliver(notice, at), at)


def sweep(*, at: datetime) -> int:
    """Deliver all that is due and still waits. Returns how many were taken on."""
    due = Notice.objects.filter(claimable(at), cadence=Notice.Cadence.OWN).order_by("next_try_at")
    ids = list(due.values_list("pk", flat=True)[:IN_ONE_SWEEP])
    for id in ids:
        send(str(id), at=at)
    return len(ids)


def claimable(at: datetime) -> Q:
    return Q(state=State.WAITING, next_try_at__lte=at) | Q(state=State.SENDING, claimed_at__lte=at - A_CLAIM_LASTS)


def _deliver(notice: Notice, at: datetime) -> str | Failure.Why:
    """Hand the mail over. Wishes may have changed since the notice was written, so they are asked again."""
    if notice.to is not None:
        wishes = Wishes.objects.filter(person=notice.to).first()
        way = outbox.way_to(notice.to, cadence=notice.cadence, wishes=wishes)
        if way != State.WAITING:
            return way
        if not notice.to.email:
            return State.LETTER if notice.to.postal_address else Failure.Why.NO_ADDRESS
    elif notice.link is not None and not _is_for_its_holder(notice, notice.link, at):
        return State.NOT_WANTED
    try:
        composing.mail_for(notice).send()
    except (SMTPException, OSError) as trouble:
        return Failure.Why.REFUSED if is_for_good(trouble) else State.WAITING
    return State.SENT


def _is_for_its_holder(notice: Notice, link: Link, at: datetime) -> bool:
    """A link that can be opened; or news of what was done with one, while it knows whose it was."""
    if links.told_of(link, notice.about) is None:
        return link.is_open_at(at)
    return link.withdrawn_at is None and bool(link.email)


def is_for_good(trouble: Exception) -> bool:
    """The other side said that it will never take this mail, so trying again would be a nuisance."""
    if isinstance(trouble, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in trouble.recipients.values())
    return isinstance(trouble, SMTPDataError | SMTPResponseException) and 550 <= int(trouble.smtp_code) < 560


@transaction.atomic
def _settle(notice: Notice, outcome: str | Failure.Why, at: datetime) -> str:
    if outcome == State.WAITING and notice.attempts >= LAST_TRY:
        outcome = Failure.Why.GAVE_UP
    if isinstance(outcome, Failure.Why):
        return fail(notice, why=outcome, at=at)
    notice.state = outcome
    notice.done_at = None if outcome in (State.WAITING, State.LETTER) else at
    notice.next_try_at = at + wait_after(notice.attempts)
    notice.save(update_fields=["state", "done_at", "next_try_at"])
    return outcome


def wait_after(attempts: int) -> timedelta:
    """One minute after the first try, two after the second, four after the third.

    >>> [wait_after(attempts).seconds // 60 for attempts in (1, 2, 3, 20)]
    [1, 2, 4, 360]
    """
    return min(timedelta(minutes=2 ** min(attempts - 1, 12)), LONGEST_WAIT)


@transaction.atomic
def fail(notice: Notice, *, why: Failure.Why, at: datetime) -> str:
    """Give a delivery up, and tell the named person who sees to it, unless it is their own mail that fails."""
    notice.state, notice.done_at = State.FAILED, at
    notice.save(update_fields=["state", "done_at"])
    who = responsible(at=at)
    failure = Failure.objects.create(notice=notice, why=why, responsible=who, at=at)
    step = thread.record(kind="notices.failure", subject=failure, because=None, at=at, audience="parties")
    audit.enter(by=SYSTEM, verb="notices.fail", subject=failure, at=at, facts={"why": why})
    if who is not None and notice.about.kind != "notices.failure":
        outbox.write(who, about=step, line=None, cadence=Notice.Cadence.OWN, at=at)
    return State.FAILED


def responsible(*, at: datetime) -> Person | None:
    """Who sees to failed deliveries: the steward of longest standing, else the convenor."""
    on = timezone.localtime(at).date()
    current = Role.objects.filter(Q(until_on=None) | Q(until_on__gt=on), from_on__lte=on, person__erased_at=None)
    for kind in (Role.Kind.STEWARD, Role.Kind.CONVENOR):
        role = current.filter(kind=kind).select_related("person").order_by("from_on", "pk").first()
        if role is not None:
            return role.person
    return None
