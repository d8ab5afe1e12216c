"""Votes that were published without names: the sets, and the files of one."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from commonweal.foundations.people.models import Person
from commonweal.foundations.publishing.packages import Table

from .. import open_data
from ..models import Conversation, OpenSet, Statement
from .votes import votes_of


def open_set_of(conversation: Conversation) -> OpenSet | None:
    """The set of a conversation that stands, where there is one. Without the votes in it."""
    return OpenSet.objects.defer("table").filter(conversation=conversation, taken_back_at=None).first()


def open_set_for(person: Person | None, uuid: UUID) -> OpenSet:
    """A set is for everybody; one that was taken back still says that it was there."""
    return OpenSet.objects.select_related("conversation", "reason", "published_by", "step").get(pk=uuid)


def votes_for_an_open_set(conversation: Conversation) -> list[open_data.Vote]:
    """Everybody's last vote on what everybody may read. What is held back, and votes on it, stay inside."""
    return list(votes_of(conversation))


def package_of(published: OpenSet) -> dict[str, str]:
    """The files of a set, its words as they may be read now."""
    result = open_data.again(published.found)
    return open_data.files(
        name=f"votes-{published.pk}",
        title=published.conversation.question,
        made=tables_of(published),
        result=result,
        seed=published.seed,
        address=f"{settings.SITE_ADDRESS}{published.get_absolute_url()}",
        published=published.published_at.date().isoformat(),
    )


def tables_of(published: OpenSet) -> Sequence[Table]:
    votes = zlib.decompress(bytes(published.table)).decode()
    rows = Statement.objects.filter(conversation=published.conversation).order_by("number")
    words = [
        (each, "" if each.contribution.is_held else each.contribution.words.shown)
        for each in rows.select_related("contribution__words")
    ]
    return open_data.tables(votes, words, open_data.again(published.found))
