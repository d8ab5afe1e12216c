"""What waits for a convenor: what people said that is in no theme yet and was promised an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import rules
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from commonweal.foundations.calendar.days import add_working_days
from commonweal.foundations.decisions import queries as decisions
from commonweal.foundations.notices.waiting import Waiting
from commonweal.foundations.people.models import Person

from ..models import Contribution, Conversation, Gathered, SettingAside
from .care import care_waits_for
from .moderation import how_much_to_look_at, look_at_them

_IN_A_FILE = Q(channel=Contribution.Channel.FILE)
#: What was said here is owed an answer. What was brought in is, where somebody here promised one.
_PROMISED = ~_IN_A_FILE | Q(conversation__promise__isnull=False)


def ungathered(conversation: Conversation | None = None) -> QuerySet[Contribution]:
    """What is shown, in no theme yet and not set aside, oldest first: all that can be put together."""
    gathered = Gathered.objects.filter(contribution=OuterRef("pk"))
    loose = Contribution.objects.filter(~Exists(gathered), held_at=None, aside=None)
    loose = loose.exclude(channel=Contribution.Channel.SEED)
    if conversation is not None:
        loose = loose.filter(conversation=conversation)
    return loose.select_related("words", "conversation", "person", "statement").order_by("given_on", "kept_at", "pk")


def late(waiting: Iterable[Contribution], *, on: date) -> set[UUID]:
    """Those that nobody has seen to in the time that their conversation promised for an answer."""
    nation = decisions.nation()
    return {
        each.pk
        for each in waiting
        if (within := each.conversation.answer_within) is not None
        and add_working_days(timezone.localdate(each.kept_at), within, nation) < on
    }


def waiting_contributions() -> QuerySet[Contribution]:
    """Of these, what waits: somebody was promised an answer to it."""
    return ungathered().filter(_PROMISED)


def waiting_for(person: Person, at: datetime) -> list[Waiting]:
    """What waits for a person in this room: what is held for care, what to look at, what to put into themes."""
    return [*care_waits_for(person, at), *_waits_for_convenors(person)]


def _waits_for_convenors(person: Person) -> list[Waiting]:
    """What to look at and what to put into themes, by one question."""
    if not rules.test_rule("gather suggestions", person):
        return []
    themes = _rows(waiting_contributions()).values_list(*_COLUMNS)
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in themes.union(how_much_to_look_at(), all=True)]
    looks = [look_at_them(row["count"], row["since"]) for row in rows if row["conversation"] is None and row["count"]]
    return looks + _told([row for row in rows if row["conversation"] is not None])


def themes_wait_for(person: Person) -> list[Waiting]:
    """What waits for a convenor to put it into a theme, by conversation."""
    if not rules.test_rule("gather suggestions", person):
        return []
    return _by_conversation(waiting_contributions())


def not_promised(person: Person) -> list[Waiting]:
    """Statements of other conversations, brought in without a promise: they wait for nobody, and can be answered."""
    if not rules.test_rule("gather suggestions", person):
        return []
    return _by_conversation(ungathered().exclude(_PROMISED))


def aside_sent_as(sent_as: str, person: Person, ticked: Iterable[str]) -> SettingAside | None:
    """What this person's form set aside when it was sent before, with the same ticks."""
    try:
        act = SettingAside.objects.filter(sent_as=UUID(sent_as), by=person).first()
    except ValueError:
        return None
    same = act is not None and set(ticked) == {str(each.contribution_id) for each in act.set_aside.all()}
    return act if same else None


def set_aside_by(person: Person) -> QuerySet[SettingAside]:
    """What this person set aside, and what they added to the reason, oldest first."""
    acts = SettingAside.objects.filter(by=person).select_related("words").prefetch_related("set_aside")
    return acts.order_by("at", "pk")


_COLUMNS = ("conversation", "conversation__question", "is_statement", "count", "since")


def _by_conversation(loose: QuerySet[Contribution]) -> list[Waiting]:
    return _told(_rows(loose))


def _rows(loose: QuerySet[Contribution]) -> QuerySet[Contribution, Any]:
    return (
        loose.order_by()
        .annotate(is_statement=ExpressionWrapper(_IN_A_FILE, output_field=BooleanField()))
        .values("conversation", "conversation__question", "is_statement")
        .annotate(count=Count("pk"), since=Min("kept_at"))
    )


def _told(rows: Iterable[Any]) -> list[Waiting]:
    ordered = sorted(rows, key=lambda row: (row["since"], str(row["conversation"]), row["is_statement"]))
    return [
        Waiting(
            what=_said(row),
            page=f"{reverse('dialogue:desk')}?conversation={row['conversation']}",
            since=row["since"],
        )
        for row in ordered
    ]


def _said(row: Mapping[str, Any]) -> str:
    """What it is about first, then what is asked."""
    if row["is_statement"]:
        told = ngettext(
            "%(question)s: %(count)s statement from another conversation, in no theme yet",
            "%(question)s: %(count)s statements from another conversation, in no theme yet",
            row["count"],
        )
    else:
        told = ngettext(
            "%(question)s: %(count)s suggestion to put into a theme",
            "%(question)s: %(count)s suggestions to put into themes",
            row["count"],
        )
    return told % {"question": row["conversation__question"], "count": f"{row['count']:,}"}
