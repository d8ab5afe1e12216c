"""Questions to the audit: does it hold, does it wait, what was done, what may go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import rules as permissions
from django.db.models import QuerySet
from django.utils.translation import ngettext

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from .closed import closed_among
from .heads import Head
from .models import Entry, Key, Redaction, Seal, Words
from .sealing import settled_below
from .verification import Verification
from .verification import verify as _verify

#: An entry that is not sealed by then raises the alarm.
SOON = timedelta(minutes=1)


def verify(heads: Iterable[Head] = ()) -> Verification:
    """Read the whole trail and reckon it again, also against heads that were kept elsewhere."""
    return _verify(heads)


def unsealed_since(at: datetime) -> int:
    """How many entries that were recorded before `at` still wait for their seal."""
    return Entry.objects.filter(leaf=None, id__gt=settled_below(), recorded_at__lt=at).count()


def unsealed_alarm(at: datetime) -> str:
    """What is wrong with the sealing at this moment, in a line; nothing when all is well."""
    waiting = unsealed_since(at - SOON)
    if not waiting:
        return ""
    return ngettext(
        "%(count)s audit entry has waited for its seal for more than a minute.",
        "%(count)s audit entries have waited for their seal for more than a minute.",
        waiting,
    ) % {"count": waiting}


def heads() -> QuerySet[Seal]:
    """Signed heads, the latest first."""
    return Seal.objects.select_related("key").order_by("-size")


def published_keys() -> QuerySet[Key]:
    return Key.objects.order_by("-made_at")


def trail(
    *, subject: Ref | None = None, by: Ref | None = None, verb: str = "", before: int | None = None
) -> QuerySet[Entry]:
    """Acts, the latest first. `before` is the id at which the page above ended: no counting, however long the trail."""
    found = Entry.objects.select_related("leaf").order_by("-id")
    if subject:
        found = found.filter(subject=subject)
    if by:
        found = found.filter(by=by)
    if verb:
        found = found.filter(verb=verb)
    return found.filter(id__lt=before) if before else found


def did(by: Record | Ref, verb: str, subject: Record | Ref, *, at: datetime | None = None) -> bool:
    """Whether it was they who did this: the trail knows it also of what keeps no name itself.

    Args:
        at: the moment, where the same can be done to the same thing again.
    """
    found = trail(subject=subject.ref, by=by.ref, verb=verb)
    return (found if at is None else found.filter(happened_at=at)).exists()


def words_of(entries: Iterable[Entry]) -> dict[str, Words]:
    """The words that these entries name, by the digest that they name them by."""
    named = [bytes.fromhex(digest) for entry in entries for digest in entry.sealed_words]
    return {bytes(words.digest).hex(): words for words in Words.objects.filter(digest__in=named)}


def is_closed(words: Words) -> bool:
    """No desk of the audit shows these."""
    return words.pk in closed_among([words.pk])


def open_redactions() -> QuerySet[Redaction]:
    return Redaction.objects.select_related("words").filter(outcome="").order_by("proposed_at")


def settled_redactions() -> QuerySet[Redaction]:
    return Redaction.objects.select_related("words").exclude(outcome="").order_by("-settled_at")


def redaction_for(person: Any, uuid: UUID) -> Redaction:
    if not permissions.test_rule("settle a redaction", person):
        raise Redaction.DoesNotExist
    return Redaction.objects.select_related("words").get(pk=uuid)


def words_for(person: Any, uuid: UUID) -> Words:
    """One piece of text, for a steward who may have to take it away."""
    if not permissions.test_rule("propose a redaction", person):
        raise Words.DoesNotExist
    words = Words.objects.get(pk=uuid)
    if is_closed(words):
        raise Words.DoesNotExist
    return words


def redaction_of(words: Words) -> Redaction | None:
    """The proposal that waits about these words."""
    return Redaction.objects.filter(words=words, outcome="").first()
