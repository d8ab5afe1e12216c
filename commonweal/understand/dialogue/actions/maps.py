"""Make the opinion map of a conversation, and keep it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.refs import SYSTEM, Ref
from commonweal.foundations.verbs.refusals import Refusal

from .. import mapmaking, queries
from ..mapmaking import Reckoned
from ..models import Conversation, OpinionMap


class LastMapIsKept(Refusal):
    plainly = _("This conversation is over, and its last map is kept as it is.")


class MapIsOlder(Refusal):
    plainly = _("A newer map of this conversation was kept meanwhile.")


class NobodyHasVoted(Refusal):
    plainly = _("Nobody has voted here yet, so there is no map to make.")


def make_map(*, conversation: Conversation, at: datetime, by: Person | Ref = SYSTEM) -> OpinionMap:
    """Gather the votes, reckon, and keep what came out. Nothing is locked while we reckon."""
    ballots = queries.ballots_of(conversation)
    if not len(ballots.person):
        raise NobodyHasVoted(conversation)
    return keep_map(conversation=conversation, made=mapmaking.reckon(ballots), by=by, at=at)


@transaction.atomic
def keep_map(*, conversation: Conversation, made: Reckoned, by: Person | Ref, at: datetime) -> OpinionMap:
    """Keep a map in place of the one before; for good where the conversation is over.

    The audit takes the digest of all casts that it was made from: so a vote that was changed behind everybody's back
    shows.
    """
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    before = OpinionMap.objects.filter(conversation=conversation).first()
    if before is not None and before.is_last:
        raise LastMapIsKept(conversation)
    if before is not None and before.casts > made.casts:
        raise MapIsOlder(conversation)
    kept = before or OpinionMap(conversation=conversation)
    for name, value in asdict(made).items():
        setattr(kept, name, value)
    kept.made_at, kept.is_last = at, queries.is_final(conversation, at)
    kept.save(force_insert=before is None)
    facts = {
        "casts": made.casts,
        "digest": made.casts_digest,
        "seed": made.seed,
        "version": made.version,
        "groups": len(made.told["groups"]),
        "flagged": made.flagged["people"],
        "last": kept.is_last,
    }
    audit.enter(by=by, verb="dialogue.keep_map", subject=conversation, at=at, facts=facts)
    return kept
