"""The log of moderation: what was done to which suggestions and why. Everybody can read its sums, never its rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from commonweal.foundations.people.models import Person

from ..models import Contribution, Flag, Moderated, Moderation


def note(
    contributions: Iterable[Contribution],
    *,
    what: str,
    by: Person | None,
    at: datetime,
    reason: str = "",
    sent_as: UUID | None = None,
) -> Moderation:
    """Write down one act, and that what readers flagged of it was looked at."""
    among = list(contributions)
    on = timezone.localdate(at)
    act = Moderation.objects.create(by=by, at=at, on=on, what=what, reason=reason, sent_as=sent_as)
    Moderated.objects.bulk_create([Moderated(act=act, contribution=each) for each in among], batch_size=500)
    if by is not None:
        flags_were_looked_at(among, at)
    return act


def flags_were_looked_at(contributions: Iterable[Contribution], at: datetime) -> None:
    Flag.objects.filter(contribution__in=[each.pk for each in contributions], looked_at=None).update(looked_at=at)
