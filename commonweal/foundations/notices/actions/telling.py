"""Telling somebody."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step

from .. import outbox, tasks
from ..models import Link, Notice


@transaction.atomic
def tell(person: Person, *, about: Step, at: datetime, own: bool = True, line: Step | None = None) -> Notice:
    """Tell a person of a step, their way. Call it in the verb's own transaction; told twice, it is told once.

    Args:
        own: it is theirs, so it goes at once; else it waits for the weekly summary, which is off until asked for.
        line: the step that was the person's own, whose words are quoted before the news.
    """
    cadence = Notice.Cadence.OWN if own else Notice.Cadence.WEEKLY
    notice, is_new = outbox.write(person, about=about, line=line, cadence=cadence, at=at)
    if is_new and own and notice.state == Notice.State.WAITING:
        tasks.send_notice.enqueue(str(notice.pk))
    return notice


@transaction.atomic
def tell_holder(link: Link, *, about: Step, at: datetime) -> Notice | None:
    """Tell whoever used a link what became of it, in a short mail; what it says, the link's room says (`links.news`).

    Told twice, it is told once. Nobody is told by a link that was taken back, or that has forgotten whose it was.
    """
    if link.used_at is None or link.withdrawn_at is not None or not link.email:
        return None
    notice, is_new = outbox.write_news_to_holder(link, about=about, at=at)
    if is_new:
        tasks.send_notice.enqueue(str(notice.pk))
    return notice
