"""Work done later: sending what waits in the outbox."""

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks import task

from commonweal.foundations.people import erasers
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs import clock

from . import delivery, mail, summaries
from .models import Follow, Link, Wishes, WrongGuess


@task()
def send_notice(notice_id: str) -> str:
    """Send one notice. Safe to run twice: the second run finds it claimed or done."""
    return delivery.send(notice_id, at=clock.now())


def catch_up(*, at: datetime) -> int:
    """Send what a kill or a silent mail server has left behind, and the weekly summaries that are due."""
    WrongGuess.objects.filter(at__lt=at - timedelta(hours=1)).delete()
    return delivery.sweep(at=at) + summaries.send_due(at=at)


@erasers.register
def forget(person: Person, at: datetime) -> None:
    """What they followed and wished, and their name and address in links that were sent to them."""
    Follow.objects.filter(person=person).delete()
    Wishes.objects.filter(person=person).delete()
    if person.email:
        Link.objects.filter(email__iexact=person.email).update(name="", email="")
    transaction.on_commit(mail.throw_away_kept)
