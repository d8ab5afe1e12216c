"""Following a step, and saying how one wishes to be told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from ..models import Follow, Wishes


@transaction.atomic
def follow(*, step: Step, by: Person, at: datetime) -> Follow:
    """Ask to be told what becomes of a step. This asks for the weekly summary, where the news will stand."""
    followed, is_new = Follow.objects.get_or_create(person=by, step=step, defaults={"since": at})
    if is_new:
        audit.enter(by=by, verb="notices.follow", subject=step.ref, at=at)
        wish(person=by, weekly=True, by=by, at=at)
    return followed


@transaction.atomic
def unfollow(*, step: Step, by: Person, at: datetime) -> None:
    removed, _ = Follow.objects.filter(person=by, step=step).delete()
    if removed:
        audit.enter(by=by, verb="notices.unfollow", subject=step.ref, at=at)


@transaction.atomic
def wish(
    *, person: Person, by: Record | Ref, at: datetime, own: bool | None = None, weekly: bool | None = None
) -> Wishes:
    """Say what a person wishes to hear: news of what is theirs, the weekly summary. None leaves it as it is."""
    wishes, _ = Wishes.objects.select_for_update().get_or_create(person=person)
    wishes.wants_own = wishes.wants_own if own is None else own
    wishes.wants_weekly = wishes.wants_weekly if weekly is None else weekly
    wishes.save(update_fields=["wants_own", "wants_weekly"])
    facts = {"own": wishes.wants_own, "weekly": wishes.wants_weekly}
    audit.enter(by=by, verb="notices.wish", subject=person, at=at, facts=facts)
    return wishes
