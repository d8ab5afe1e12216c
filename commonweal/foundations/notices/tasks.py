"""Work done later: sending what waits in the outbox."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django_tasks import task

from commonweal.foundations.people import erasers
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs import clock

from . import delivery, mail, summaries
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
    """What they followed and wished, and their name and address in links that were sent to them."""
    Follow.objects.filter(person=person).delete()
    Wishes.objects.filter(person=person).delete()
    if person.email:
        Link.objects.filter(email__iexact=person.email).update(name="", email="")
    transaction.on_commit(mail.throw_away_kept)
