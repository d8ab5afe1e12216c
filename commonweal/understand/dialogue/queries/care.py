"""What is held for care: how much, since when and how it stands for all who keep watch; the words for two alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import rules
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from commonweal.foundations.notices.waiting import Waiting
from commonweal.foundations.people.models import Person

from .. import local
from ..models import CareAct, Concern, Contribution

#: Fewer than so many in a year are told as 'fewer than': one more or less would point at somebody.
FEW, ROUNDED_TO = 8, 5
A_YEAR = timedelta(days=365)


def open_concerns() -> QuerySet[Concern]:
    """Those that nobody has settled, the oldest first. Words are not among what is asked."""
    return Concern.objects.filter(state__in=Concern.OPEN).select_related("taken_up_by").order_by("opened_at", "pk")


def concern_for(person: Person | None, uuid: UUID) -> Concern:
    """With its words: for the safeguarding role and nobody else."""
    if not rules.test_rule("see to what is held for care", person):
        raise Concern.DoesNotExist
    acts = CareAct.objects.select_related("by", "words").order_by("at", "pk")
    found = Concern.objects.select_related(
        "contribution__words", "contribution__person", "contribution__conversation", "taken_up_by"
    )
    return found.prefetch_related(Prefetch("acts", acts)).get(pk=uuid)


def held_for_care() -> int:
    """How many are held for care just now: all that convenors may know of it."""
    return Concern.objects.filter(state__in=Concern.OPEN).count()


def stays_private(contribution: Contribution) -> bool:
    return Concern.objects.filter(contribution=contribution, stays_private=True).exists()


def told_of_a_year(at: datetime) -> int | None:
    """How many were held for care in the last year, to the nearest five; None where they are too few to say."""
    count = Concern.objects.filter(opened_at__gt=at - A_YEAR).count()
    return None if count < FEW else ROUNDED_TO * round(count / ROUNDED_TO)


def hours_on(day: date) -> int:
    return int(local.latest("care_hours", day))


def help_lines(day: date, nation: str) -> list[dict[str, Any]]:
    """Who can be rung at once, in this nation."""
    lines = local.in_force(local.file_of("help_lines")["lines"], day)
    return [each for each in lines if nation in each.get("nations", [nation])]


def local_help() -> dict[str, Any]:
    """The place's own team, where it named one."""
    told: dict[str, Any] = local.file_of("help_lines").get("local", {})
    return told


def words_in_care(ids: Collection[UUID]) -> set[UUID]:
    """Of these words, those that are held for care, or tell how we know of them: no desk but one may show them."""
    held = Contribution.objects.filter(held_because=Contribution.HeldBecause.CARE)
    found = held.filter(Q(words__in=ids) | Q(on_word_of__in=ids)).values_list("words", "on_word_of")
    return {each for pair in found for each in pair if each in set(ids)}


def care_waits_for(person: Person, at: datetime) -> list[Waiting]:
    """For the safeguarding role, what nobody has settled; for stewards, only what is late."""
    if not rules.test_rule("see that something is held for care", person):
        return []
    waiting = list(open_concerns())
    if not rules.test_rule("see to what is held for care", person):
        waiting = [each for each in waiting if each.is_late(at)]
    if not waiting:
        return []
    count = len(waiting)
    told = ngettext("%(count)s held for care, not settled yet", "%(count)s held for care, not settled yet", count)
    due = [each.due_at for each in waiting if each.state == Concern.State.WAITING]
    return [
        Waiting(
            what=told % {"count": count},
            page=reverse("dialogue:care"),
            due_on=timezone.localdate(min(due)) if due else None,
            since=waiting[0].opened_at,
        )
    ]
