"""What waits for a moderator, what was done so far, and the words of the policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    Exists,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from commonweal.foundations.calendar.days import add_working_days
from commonweal.foundations.decisions import queries as decisions
from commonweal.foundations.notices.waiting import Waiting

from .. import details
from ..models import Contribution, Conversation, Flag, Moderated, Moderation, Policy

_WAITS = Q(held_because__in=[Contribution.HeldBecause.WAITING, Contribution.HeldBecause.DETAILS])
#: So many working days may something wait before it is late.
LATE_AFTER = 1


@dataclass(frozen=True)
class LogLine:
    """What was done on one day, for one reason, to how many."""

    on: date
    what: str
    reason: str
    count: int


def to_look_at(conversation: Conversation | None = None) -> QuerySet[Contribution]:
    """What waits before anybody but its author sees it, and what readers flagged; the longest waiting first."""
    flagged = Exists(Flag.objects.filter(contribution=OuterRef("pk"), looked_at=None))
    found = Contribution.objects.filter(_WAITS | Q(held_at=None) & flagged)
    if conversation is not None:
        found = found.filter(conversation=conversation)
    return found.select_related("words", "conversation", "person").order_by("kept_at", "pk")


def flags_of(contributions: Iterable[Contribution]) -> dict[object, list[str]]:
    """Why readers flagged each of them, without who did: each reason with its number."""
    rows = (
        Flag.objects.filter(contribution__in=[each.pk for each in contributions], looked_at=None)
        .values_list("contribution", "because")
        .annotate(count=Count("pk"))
        .order_by("contribution", "because")
    )
    told: dict[object, list[str]] = {}
    for contribution, because, count in rows:
        told.setdefault(contribution, []).append(f"{Flag.Because(because).label} ({count})")
    return told


def details_in(contribution: Contribution) -> list[details.Detail]:
    """What looks like a private detail in words that are held back for it. Found afresh, never kept."""
    is_held_for_it = contribution.held_because == Contribution.HeldBecause.DETAILS
    return details.found_in(contribution.words.text) if is_held_for_it else []


def log_of(conversation: Conversation) -> QuerySet[Moderated, Any]:
    """The public log, newest day first: sums only. What is held for care is not in it."""
    rows = Moderated.objects.filter(contribution__conversation=conversation)
    return (
        rows.values("act__on", "act__what", "act__reason")
        .annotate(count=Count("pk"))
        .order_by("-act__on", "act__what", "act__reason")
    )


def lines_of_log(rows: Iterable[Mapping[str, Any]]) -> list[LogLine]:
    """The same in words."""
    return [_log_line(row) for row in rows]


def policy() -> Policy | None:
    """The place's own words in the reader's language, else the latest in any."""
    latest = Policy.objects.select_related("words").order_by("-at", "-pk")
    return latest.filter(words__language=get_language() or "").first() or latest.first()


def how_much_to_look_at() -> QuerySet[Contribution, Any]:
    """One row: how many wait to be looked at, and since when. In the shape of `waiting.py`'s own rows, so that one
    question asks for both."""
    flagged = Flag.objects.filter(contribution=OuterRef("pk"), looked_at=None).order_by("at").values("at")[:1]
    waits = to_look_at().order_by().annotate(waits_since=Coalesce(Subquery(flagged), "kept_at"))
    return waits.annotate(
        nowhere=Cast(Value(None), UUIDField()),
        nothing=Value("", output_field=CharField()),
        is_statement=Value(False, output_field=BooleanField()),
    ).values_list("nowhere", "nothing", "is_statement", Count("pk"), Min("waits_since"))


def look_at_them(count: int, since: datetime) -> Waiting:
    """What my day says of them: by when somebody must have looked."""
    due_on = add_working_days(timezone.localdate(since), LATE_AFTER, decisions.nation())
    told = ngettext("%(count)s suggestion to look at", "%(count)s suggestions to look at", count)
    return Waiting(what=told % {"count": f"{count:,}"}, page=reverse("dialogue:moderation"), due_on=due_on, since=since)


def _log_line(row: Mapping[str, Any]) -> LogLine:
    reason = row["act__reason"]
    return LogLine(
        on=row["act__on"],
        what=str(Moderation.What(row["act__what"]).label),
        reason=str(Contribution.HeldBecause(reason).label) if reason else "",
        count=row["count"],
    )
