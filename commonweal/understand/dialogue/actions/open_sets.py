"""Publish the votes of a conversation as open data; take them back."""

from __future__ import annotations

import hashlib
import secrets
import zlib
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import once
from commonweal.foundations.verbs.refusals import Refusal

from .. import open_data, queries
from ..models import Conversation, OpenSet
from ..models.open_sets import FEWEST
from ..wording import LONGEST_REASON, clean


class StillOpen(Refusal):
    plainly = _("Close the conversation first. Two sets of an open one would show how somebody voted in between.")


class TooFewPeople(Refusal):
    plainly = _("Fewer than fifty people voted. Among so few, somebody could be found. Their votes stay here.")


class EasyToSingleOut(Refusal):
    plainly = _("People are easy to single out in this set. Say that you publish it all the same, or leave it.")


class PublishedAlready(Refusal):
    plainly = _("The votes of this conversation are published already.")


class TakenBackAlready(Refusal):
    plainly = _("This set was taken back before.")


def publish_open_set(
    *,
    conversation: Conversation,
    reason: str,
    by: Person,
    at: datetime,
    because: Step | None = None,
    all_the_same: bool = False,
    sent_as: UUID | None = None,
    seed: int | None = None,
) -> OpenSet:
    """Put the votes out for everybody: under fresh numbers, without times, authors or anything about people.

    Args:
        all_the_same: yes, although people are easy to single out in it.
        seed: which known votes the attacker draws; drawn here where none is given, and kept.

    Raises:
        StillOpen, TooFewPeople, EasyToSingleOut, PublishedAlready.
    """
    seed = secrets.randbits(32) if seed is None else seed

    def make() -> OpenSet:
        return _publish(
            conversation, clean(reason, longest=LONGEST_REASON), by, at, because, all_the_same, sent_as, seed
        )

    before = OpenSet.objects.select_related("reason")
    return once(make, before=before, sent_as=sent_as, is_it=lambda made: made.published_by_id == by.pk)


@transaction.atomic
def _publish(
    conversation: Conversation,
    reason: str,
    by: Person,
    at: datetime,
    because: Step | None,
    all_the_same: bool,
    sent_as: UUID | None,
    seed: int,
) -> OpenSet:
    conversation = Conversation.objects.select_for_update(of=("self",)).select_related("step").get(pk=conversation.pk)
    if not conversation.is_over(at):
        raise StillOpen(conversation)
    cast = queries.votes_for_an_open_set(conversation)
    if len({person for person, _statement, _choice in cast}) < FEWEST:
        raise TooFewPeople(conversation)
    votes = open_data.renumbered(cast, lot=secrets.SystemRandom())
    result = open_data.found_in(votes, seed=seed)
    if open_data.is_easy(result) and not all_the_same:
        raise EasyToSingleOut(conversation)
    table = open_data.table_of(votes).encode()
    published = OpenSet(
        conversation=conversation,
        people=result.people,
        statements=result.statements,
        votes=result.votes,
        table=zlib.compress(table, 9),
        digest=hashlib.sha256(table).hexdigest(),
        found=open_data.kept(result),
        seed=seed,
        is_easy=open_data.is_easy(result),
        reason=audit.keep_words(reason),
        published_by=by,
        published_at=at,
        sent_as=sent_as,
    )
    published.step = thread.record(
        kind="dialogue.open_set",
        subject=published,
        because=because or conversation.step,
        at=at,
        params={"people": result.people},
    )
    try:
        with transaction.atomic():
            published.save(force_insert=True)
    except IntegrityError as twice:
        raise PublishedAlready(conversation) from twice
    facts = {"digest": published.digest, "people": result.people, "votes": result.votes, "easy": published.is_easy}
    audit.enter(
        by=by, verb="dialogue.publish_open_set", subject=published, at=at, facts=facts, words=[published.reason]
    )
    return published


@transaction.atomic
def take_back_open_set(*, published: OpenSet, by: Person, at: datetime, because: Step | None = None) -> OpenSet:
    """Take a set off the site. Whoever has a copy keeps it; that it was there is not hidden."""
    published = OpenSet.objects.select_for_update(of=("self",)).select_related("step").get(pk=published.pk)
    if published.taken_back_at is not None:
        raise TakenBackAlready(published)
    published.taken_back_at, published.table = at, b""
    published.save(update_fields=["taken_back_at", "table"])
    thread.record(kind="dialogue.open_set_back", subject=published, because=because or published.step, at=at)
    audit.enter(by=by, verb="dialogue.take_back_open_set", subject=published, at=at)
    return published
