"""Say what people should know before they take part: what cannot change, reasons on both sides, and at what cost."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.once import once
from commonweal.foundations.verbs.refusals import Refusal
from commonweal.methods.quantities import Money

from ..models import Conversation, Point
from ..wording import LONGEST_REASON, clean


class PointIsTakenBack(Refusal):
    plainly = _("This was taken back already.")


class NotAKindOfPoint(Refusal):
    plainly = _("Choose what this is: fixed, known, for or against.")


@transaction.atomic
def brief(
    *,
    conversation: Conversation,
    kind: str,
    words: str,
    source: str,
    by: Person,
    at: datetime,
    cost: Money | None = None,
    sent_as: UUID | None = None,
    language: str = "",
) -> Point:
    """Add a point to the briefing.

    Args:
        source: who says so; nothing stands in a briefing without one.
        cost: to whom it is a cost, the words say.
    """
    if kind not in Point.Kind.values:
        raise NotAKindOfPoint(kind)
    said, told_by = clean(words, longest=LONGEST_REASON), clean(source, longest=300)

    def make() -> Point:
        point = Point.objects.create(
            conversation=conversation,
            kind=kind,
            words=audit.keep_words(said, language=language),
            cost_pence=None if cost is None else cost.pence,
            source=told_by,
            by=by,
            at=at,
            sent_as=sent_as,
        )
        facts = {"kind": kind, "text": audit.fingerprint(told_by)}
        audit.enter(by=by, verb="dialogue.brief", subject=point, at=at, facts=facts, words=[point.words])
        return point

    return once(
        make,
        before=Point.objects.select_related("words"),
        sent_as=sent_as,
        is_it=lambda point: (point.conversation_id, point.by_id, point.words.text) == (conversation.pk, by.pk, said),
    )


@transaction.atomic
def take_back(*, point: Point, because_words: str, by: Person, at: datetime) -> Point:
    """Say that a point was wrong. It stays to be seen, struck out, with the reason."""
    reason = clean(because_words, longest=LONGEST_REASON)
    point = Point.objects.select_for_update().get(pk=point.pk)
    if point.taken_back_at is not None:
        raise PointIsTakenBack(point)
    point.taken_back_at, point.taken_back_because = at, audit.keep_words(reason)
    point.save(update_fields=["taken_back_at", "taken_back_because"])
    audit.enter(by=by, verb="dialogue.take_back", subject=point, at=at, words=[point.taken_back_because])
    return point
