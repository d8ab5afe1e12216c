"""The weekly summary: what became of what a person follows. Off until asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPException

from django.db.models import Q

from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread.models import Audience, Step

from . import composing, outbox
from .models import Follow, Notice, Wishes

A_WEEK = timedelta(days=7)
#: A mail of more lines is not read; the rest is counted and stands on the page of what is followed.
AT_MOST = 20


def send_due(*, at: datetime) -> int:
    """Send every summary that is due. A person to whom nothing happened gets none."""
    due = Wishes.objects.filter(Q(last_summary_at=None) | Q(last_summary_at__lte=at - A_WEEK), wants_weekly=True)
    return sum(send_to(wishes, at=at) for wishes in due.select_related("person").order_by("pk"))


def send_to(wishes: Wishes, *, at: datetime) -> int:
    """Send one person's summary. Returns 1 when a mail went out.

    The week is claimed before the mail is sent, so that two workers do not send it twice; a mail that cannot be handed
    over gives the claim back.
    """
    person, before = wishes.person, wishes.last_summary_at
    gather(person, at=at)
    waiting = Notice.objects.filter(to=person, cadence=Notice.Cadence.WEEKLY, state=Notice.State.WAITING)
    notices = list(waiting.select_related("about").order_by("told_at", "pk"))
    # Asked again, since it may have become unsafe to write to them.
    way = outbox.way_to(person, cadence=Notice.Cadence.WEEKLY, wishes=wishes)
    if way != Notice.State.WAITING or not notices or not person.email:
        return 0
    if not Wishes.objects.filter(pk=wishes.pk, last_summary_at=before).update(last_summary_at=at):
        return 0
    steps = [notice.about for notice in notices]
    try:
        composing.summary_for(person, steps[:AT_MOST], more=max(0, len(steps) - AT_MOST)).send()
    except (SMTPException, OSError):
        Wishes.objects.filter(pk=wishes.pk).update(last_summary_at=before)
        return 0
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(state=Notice.State.SENT, done_at=at)
    return 1


def gather(person: Person, *, at: datetime) -> None:
    """Put into the outbox what became of each step that the person follows, since they follow it."""
    for followed in Follow.objects.filter(person=person).select_related("step"):
        for step in news_since(followed):
            outbox.write(person, about=step, line=followed.step, cadence=Notice.Cadence.WEEKLY, at=at)


def news_since(followed: Follow) -> list[Step]:
    told = Notice.objects.filter(to=followed.person_id).values("about")
    fruits = Step.objects.filter(pk__in=thread.fruits(followed.step).ids, at__gte=followed.since)
    return list(fruits.filter(audience=Audience.PUBLIC).exclude(pk__in=told).order_by("at", "id"))
