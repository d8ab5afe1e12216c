"""Work done later: sending what waits in the outbox."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django_tasks import task

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people import erasers, exporters
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.refs import SYSTEM

from . import delivery, mail, queries, summaries
from .models import Follow, Link, Wishes, WrongGuess

#: So long after a link is over we may still have to ask its holder what they meant.
HOLDERS_KEPT_FOR = timedelta(days=30)


@task()
def send_notice(notice_id: str) -> str:
    """Send one notice. Safe to run twice: the second run finds it claimed or done."""
    return delivery.send(notice_id, at=clock.now())


def catch_up(*, at: datetime) -> int:
    """Send what a kill or a silent mail server has left behind, and the weekly summaries that are due."""
    WrongGuess.objects.filter(at__lt=at - timedelta(hours=1)).delete()
    forget_holders(at=at)
    return delivery.sweep(at=at) + summaries.send_due(at=at)


def forget_holders(*, at: datetime) -> None:
    """Who held a link that was used, taken back or ran out long ago goes from it. That it was held stays."""
    since = at - HOLDERS_KEPT_FOR
    over = Q(used_at__lt=since) | Q(withdrawn_at__lt=since) | Q(expires_at__lt=since)
    Link.objects.filter(over).exclude(name="", email="").update(name="", email="")


@erasers.register
def forget(person: Person, at: datetime) -> None:
    """What they followed and wished, and their name and address in links that were sent to them, which close."""
    Follow.objects.filter(person=person).delete()
    Wishes.objects.filter(person=person).delete()
    if person.email:
        sent = Link.objects.filter(email__iexact=person.email)
        _close(sent, at)
        sent.update(name="", email="")
    transaction.on_commit(mail.throw_away_kept)


def _close(sent: QuerySet[Link], at: datetime) -> None:
    """Those that are open. Whoever is asked to forget the person closes no links: the software does, and says so."""
    for link in sent.filter(used_at=None, withdrawn_at=None, expires_at__gt=at).order_by("offered_at", "pk"):
        if Link.objects.filter(pk=link.pk, used_at=None, withdrawn_at=None).update(withdrawn_at=at):
            facts = {"because": audit.Because.FORGOTTEN.value}
            audit.enter(by=SYSTEM, verb="notices.withdraw", subject=link, at=at, facts=facts)


@exporters.register("notices")
def everything_of(person: Person) -> dict[str, Any]:
    wishes, told, followed = queries.wishes_of(person), queries.things_told(person), queries.followed_by(person)
    sent = Link.objects.filter(email__iexact=person.email).order_by("offered_at") if person.email else []
    titles = _titles([each.about for each in told] + [each.step for each in followed], person)
    return {
        "wishes": {"news of what is yours": wishes.wants_own, "weekly summary": wishes.wants_weekly},
        "follows": [{"what": titles.get(each.step.uuid, ""), "since": each.since} for each in followed],
        "was told": [
            {"what": titles.get(each.about.uuid, ""), "at": each.told_at, "how it went": each.get_state_display()}
            for each in told
        ],
        "links sent to your address": [
            {"name": each.name, "for": each.purpose, "at": each.offered_at, "used at": each.used_at} for each in sent
        ],
    }


def _titles(steps: list[Step], person: Person) -> dict[UUID, str]:
    """What each step says to this person; a step that they may not see any more says nothing."""
    return {line.uuid: line.title for line in telling.lines(steps, person=person) if line.uuid is not None}
