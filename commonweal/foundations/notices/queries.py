"""Questions about notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import rules
from django.db.models import Count, Min, QuerySet
from django.utils.translation import ngettext

from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step

from . import tokens
from .models import Failure, Follow, Link, Notice, Receipt, Wishes
from .waiting import Waiting


def link_of(token: str) -> Link | None:
    """The link that this token opens, or None for a forged one. Used and run-out links are found too."""
    return Link.objects.select_related("because").filter(token_digest=tokens.digest_of(token)).first()


def is_following(person: Person | None, step: Step) -> bool:
    return person is not None and Follow.objects.filter(person=person, step=step).exists()


def followed_by(person: Person) -> QuerySet[Follow]:
    return Follow.objects.filter(person=person).select_related("step").order_by("-since", "pk")


def wishes_of(person: Person) -> Wishes:
    """What the person wishes to hear; what everybody hears, where they said nothing."""
    return Wishes.objects.filter(person=person).first() or Wishes(person=person)


def letters_waiting() -> QuerySet[Notice]:
    """Letters to print and post, oldest first. One to a person who is not safe to write to is never shown."""
    waiting = Notice.objects.filter(state=Notice.State.LETTER, to__contact_is_unsafe=False, to__erased_at=None)
    return waiting.select_related("to", "about", "line").order_by("told_at", "pk")


def waiting_for(person: Person, at: datetime) -> list[Waiting]:
    """The post that waits for whoever sees to it: letters to send on paper, messages that did not arrive."""
    if not rules.test_rule("see to the post", person):
        return []
    letters = letters_waiting().order_by().aggregate(count=Count("pk"), since=Min("told_at"))
    lost = failures().order_by().aggregate(count=Count("pk"), since=Min("at"))
    post = ngettext("%(count)s letter to print and post", "%(count)s letters to print and post", letters["count"])
    missed = ngettext("%(count)s message did not arrive", "%(count)s messages did not arrive", lost["count"])
    return [
        Waiting(what=what % {"count": found["count"]}, page=page, since=found["since"])
        for what, page, found in ((post, "notices:letters", letters), (missed, "notices:failures", lost))
        if found["count"]
    ]


def letter_for(person: Person | None, uuid: UUID) -> Notice:
    return letters_waiting().get(pk=uuid)


def failures() -> QuerySet[Failure]:
    """What did not arrive and nobody has seen to yet, oldest first."""
    unseen = Failure.objects.filter(seen_to_at=None)
    return unseen.select_related("notice__to", "notice__link", "notice__about", "responsible").order_by("at", "pk")


def failure_for(person: Person | None, uuid: UUID) -> Failure:
    found = Failure.objects.select_related("notice__to", "notice__link", "notice__about", "responsible", "seen_to_by")
    return found.get(pk=uuid)


def late(at: datetime) -> int:
    """How many messages wait although they have been tried: a sign that the mail server is silent."""
    return Notice.objects.filter(state=Notice.State.WAITING, attempts__gt=0, next_try_at__gt=at).count()


def receipt_of(session: Any) -> Receipt | None:
    """The receipt that was opened in this session."""
    opened = session.get("receipt")
    return Receipt.objects.filter(pk=opened).first() if opened else None


def things_told(person: Person) -> QuerySet[Notice]:
    """What the person was told, newest first."""
    return Notice.objects.filter(to=person).select_related("about").order_by("-told_at", "pk")
