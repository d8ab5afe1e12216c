"""Verbs of the audit: enter an act, keep words beside it, take words away."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import rules as permissions
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.inserts import Insert
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import SYSTEM, Ref
from commonweal.foundations.verbs.refusals import NotYours, Refusal

from . import removals, rules  # noqa: F401  the rules have to be known before anybody asks
from .claims import fingerprint
from .models import Because, Redaction, Removal, Words
from .sealing import seal, send_heads

__all__ = [
    "Because",
    "confirm_redaction",
    "decline_redaction",
    "enter",
    "entry",
    "fingerprint",
    "forget_words",
    "keep_words",
    "note_removals",
    "propose_redaction",
    "redact",
    "replay_removals",
    "seal",
    "send_heads",
]

ENTER = (
    'INSERT INTO audit_entry (verb, "by", subject, happened_at, facts, sealed_words) VALUES (%s, %s, %s, %s, %s, %s)'
)
ENTER_BY_FUNCTION = "audit_enter(%s, %s, %s, %s, %s, %s)"

#: So many words go in one entry when many are forgotten at once.
IN_ONE_ENTRY = 500


class NobodyRedactsAlone(Refusal):
    plainly = _("Somebody else has to agree before words are removed.")


class AlreadyRemoved(Refusal):
    plainly = _("Those words were removed before.")


class AlreadySettled(Refusal):
    plainly = _("Somebody has already decided about this.")


class AlreadyProposed(Refusal):
    plainly = _("Somebody has already asked to remove these words. A second person has to decide.")


def enter(
    *,
    by: Record | Ref,
    verb: str,
    subject: Record | Ref,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    words: Sequence[Words] = (),
) -> None:
    """Write down that `by` did `verb` to `subject`. Call it in the verb's own transaction.

    Args:
        verb: the verb's full name, as `dialogue.suggest`.
        facts: amounts, codes and Refs as text, and the `fingerprint` of plain text; never anybody's words or name.
        words: text that belongs to the act; only its salted digest is sealed.
    """
    entry(by=by, verb=verb, subject=subject, at=at, facts=facts, words=words).run()


def entry(
    *,
    by: Record | Ref,
    verb: str,
    subject: Record | Ref,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    words: Sequence[Words] = (),
) -> Insert:
    """What `enter` writes down, for a verb that sends it together with its own work."""
    return _entry(by=by, verb=verb, subject=subject, at=at, facts=facts, digests=[bytes(each.digest) for each in words])


def keep_words(text: str, *, language: str = "") -> Words:
    """Keep a piece of somebody's text so that it can be removed later without breaking the seal."""
    salt = secrets.token_bytes(32)
    return Words.objects.create(text=text, language=language, salt=salt, digest=digest_of(text, salt))


def digest_of(text: str, salt: bytes) -> bytes:
    return hashlib.sha256(salt + text.encode()).digest()


@transaction.atomic
def redact(*, words: Words, by: Record, second: Record, because: str, at: datetime) -> Words:
    """Take one piece of text away, where a steward and a second person agree."""
    _require("propose a redaction", by)
    _require("settle a redaction", second)
    if by.ref == second.ref:
        raise NobodyRedactsAlone(words.pk)
    if not _empty([words.pk], because=Because(because), at=at):
        raise AlreadyRemoved(words.pk)
    _enter(
        by=by,
        verb="audit.redact",
        subject=words,
        at=at,
        facts={"because": Because(because).value, "second": str(second.ref)},
        digests=[bytes(words.digest)],
    )
    _overtake([words.pk], at=at)
    words.refresh_from_db()
    return words


@transaction.atomic
def propose_redaction(*, words: Words, by: Record, because: str, at: datetime) -> Redaction:
    """Ask that a piece of text be taken away. Nothing goes until a second person confirms."""
    _require("propose a redaction", by)
    words = Words.objects.select_for_update().get(pk=words.pk)
    if words.is_removed:
        raise AlreadyRemoved(words.pk)
    redaction, is_new = Redaction.objects.get_or_create(
        words=words, outcome="", defaults={"because": Because(because), "by": by.ref, "proposed_at": at}
    )
    if not is_new:
        raise AlreadyProposed(words.pk)
    _enter(by=by, verb="audit.propose_redaction", subject=redaction, at=at, facts={"because": redaction.because})
    return redaction


@transaction.atomic
def confirm_redaction(*, redaction: Redaction, by: Record, at: datetime) -> Redaction:
    """As the second person: agree, and the words go."""
    redaction = _open(redaction, by)
    if redaction.by == by.ref:
        raise NobodyRedactsAlone(redaction.pk)
    if not _empty([redaction.words_id], because=redaction.because, at=at):
        raise AlreadyRemoved(redaction.words_id)
    _enter(
        by=redaction.by,
        verb="audit.redact",
        subject=redaction.words,
        at=at,
        facts={"because": redaction.because, "second": str(by.ref)},
        digests=[bytes(redaction.words.digest)],
    )
    redaction.settle(Redaction.Outcome.CONFIRMED, second=by, at=at)
    return redaction


@transaction.atomic
def decline_redaction(*, redaction: Redaction, by: Record, at: datetime) -> Redaction:
    """Leave the words where they are. Whoever proposed it may also take the proposal back."""
    redaction = _open(redaction, by)
    redaction.settle(Redaction.Outcome.DECLINED, second=by, at=at)
    _enter(by=by, verb="audit.decline_redaction", subject=redaction, at=at)
    return redaction


@transaction.atomic
def forget_words(
    words_ids: Iterable[UUID],
    *,
    at: datetime,
    because: str = Because.FORGOTTEN,
    by: Record | Ref = SYSTEM,
) -> int:
    """Take many pieces of text away at once, as when a person is erased. Tells how many went."""
    return _forget(words_ids, verb="audit.forget", by=by, because=Because(because), at=at)


@transaction.atomic
def note_removals(subjects: Iterable[Record | Ref], *, because: str, at: datetime) -> None:
    """Put records on the list of what must go again when a backup comes back."""
    Removal.objects.bulk_create(
        [Removal(subject=subject.ref, because=Because(because), at=at) for subject in subjects],
        ignore_conflicts=True,
        batch_size=IN_ONE_ENTRY,
    )


@transaction.atomic
def replay_removals(lines: Sequence[removals.Line], *, at: datetime) -> tuple[int, list[Ref]]:
    """Bring a restored database up to date: what had gone goes again.

    Returns:
        How many lines were replayed, and the subjects that no room knows how to remove.
    """
    known = set(Removal.objects.values_list("subject", flat=True))
    waiting = [line for line in lines if line.subject not in known]
    foreign = [line.subject for line in waiting if removals.replay_of(line.subject) is None]
    for line in waiting:
        if replay := removals.replay_of(line.subject):
            replay([line.subject.uuid], line.because, line.at)
            note_removals([line.subject], because=line.because, at=line.at)
    if waiting:
        facts = {"removed": len(waiting) - len(foreign)}
        _enter(by=SYSTEM, verb="audit.replay_removals", subject=SYSTEM, at=at, facts=facts)
    return len(waiting) - len(foreign), foreign


def _forget_again(words_ids: list[UUID], because: str, at: datetime) -> None:
    _forget(words_ids, verb="audit.forget", by=SYSTEM, because=because, at=at)


removals.replay_by("audit", "words", _forget_again)


def _forget(words_ids: Iterable[UUID], *, verb: str, by: Record | Ref, because: str, at: datetime) -> int:
    count = 0
    for some in _in_batches(sorted(set(words_ids))):
        gone = _empty(some, because=because, at=at)
        if gone:
            _enter(by=by, verb=verb, subject=by, at=at, facts={"because": str(because)}, digests=gone)
        count += len(gone)
        _overtake(some, at=at)
    return count


def _empty(words_ids: Collection[UUID], *, because: str, at: datetime) -> list[bytes]:
    """Remove text and salt of what is still there, put it on the list, and give back the digests that stay."""
    standing = Words.objects.select_for_update().filter(pk__in=words_ids, removed_at=None).order_by("pk")
    gone = list(standing.values_list("pk", "digest"))
    ids = [pk for pk, _digest in gone]
    Words.objects.filter(pk__in=ids).update(text="", salt=b"", removed_at=at, removed_because=because)
    note_removals((Ref("audit", "words", pk) for pk in ids), because=because, at=at)
    return [bytes(digest) for _pk, digest in gone]


def _overtake(words_ids: Collection[UUID], *, at: datetime) -> None:
    """Proposals about words that have gone wait for nobody any more."""
    Redaction.objects.filter(words__in=words_ids, outcome="").update(outcome=Redaction.Outcome.OVERTAKEN, settled_at=at)


def _open(redaction: Redaction, by: Record) -> Redaction:
    _require("settle a redaction", by)
    redaction = Redaction.objects.select_for_update(of=("self",)).select_related("words").get(pk=redaction.pk)
    if not redaction.is_open:
        raise AlreadySettled(redaction.pk)
    return redaction


def _require(rule: str, person: Record) -> None:
    if not permissions.test_rule(rule, person):
        raise NotYours(rule)


def _enter(**entry: Any) -> None:
    _entry(**entry).run()


def _entry(
    *,
    by: Record | Ref,
    verb: str,
    subject: Record | Ref,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    digests: Sequence[bytes] = (),
) -> Insert:
    values = (
        verb,
        str(by.ref),
        str(subject.ref),
        connection.ops.adapt_datetimefield_value(at),
        json.dumps(facts) if facts else "{}",
        json.dumps([digest.hex() for digest in digests]) if digests else "[]",
    )
    return Insert(ENTER_BY_FUNCTION, values, lambda cursor: cursor.execute(ENTER, values))


def _in_batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), IN_ONE_ENTRY):
        yield ids[start : start + IN_ONE_ENTRY]
