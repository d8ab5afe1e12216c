"""Putting a notice in the outbox, and the way by which it will go.

The row is written in the transaction of the verb that tells: what is rolled back tells nobody, and what is committed is
told even when the machine dies in the next moment, because the row waits.
"""

from __future__ import annotations

from datetime import datetime

from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step

from .models import Link, Notice, Wishes

State, Cadence = Notice.State, Notice.Cadence


def way_to(person: Person, *, cadence: str, wishes: Wishes | None) -> str:
    """The state in which a notice to this person begins: waiting for the mail, for a letter, or done with.

    Safety comes first, then the person's wish, then how they can be reached. The weekly summary is never a letter.
    """
    if person.contact_is_unsafe:
        return State.UNSAFE
    wanted = wishes or Wishes()
    is_wanted = wanted.wants_own if cadence == Cadence.OWN else wanted.wants_weekly
    if person.erased_at is not None or person.reach == Person.Reach.NOTHING or not is_wanted:
        return State.NOT_WANTED
    if person.reach == Person.Reach.LETTER:
        return State.LETTER if cadence == Cadence.OWN else State.NOT_WANTED
    return State.WAITING


def write(person: Person, *, about: Step, line: Step | None, cadence: str, at: datetime) -> tuple[Notice, bool]:
    """Write the row, unless the person was told of this step before. Says whether it is new."""
    wishes = Wishes.objects.filter(person=person).first()
    state = way_to(person, cadence=cadence, wishes=wishes)
    return Notice.objects.get_or_create(
        to=person,
        about=about,
        defaults={
            "line": line,
            "cadence": cadence,
            "state": state,
            "told_at": at,
            "next_try_at": at,
            "done_at": at if state in (State.NOT_WANTED, State.UNSAFE) else None,
        },
    )


def write_to_holder(link: Link, *, at: datetime, about: Step | None = None) -> Notice:
    """The mail that brings the link, or brings it again because of another step."""
    return Notice.objects.create(
        link=link, about=about or link.because, cadence=Cadence.OWN, state=State.WAITING, told_at=at, next_try_at=at
    )


def write_news_to_holder(link: Link, *, about: Step, at: datetime) -> tuple[Notice, bool]:
    """What became of what they did with it, unless they were told before. Says whether it is new."""
    first = {"cadence": Cadence.OWN, "state": State.WAITING, "told_at": at, "next_try_at": at}
    return Notice.objects.get_or_create(link=link, about=about, defaults=first)
