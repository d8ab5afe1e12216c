"""Verbs of the audit: enter an act, keep words beside it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from .models import Entry, Words


def enter(
    *,
    by: Record | Ref,
    verb: str,
    subject: Record | Ref,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    words: Sequence[Words] = (),
) -> Entry:
    """Write down that `by` did `verb` to `subject`. Call it in the verb's own transaction.

    Args:
        verb: the verb's full name, as `dialogue.suggest`.
        facts: amounts, codes and Refs as text; never anybody's words or name.
        words: text that belongs to the act; only its salted digest is sealed.
    """
    return Entry.objects.create(
        verb=verb,
        by=by.ref,
        subject=subject.ref,
        happened_at=at,
        facts=dict(facts or {}),
        sealed_words=[bytes(each.digest).hex() for each in words],
    )


def keep_words(text: str, *, language: str = "") -> Words:
    """Keep a piece of somebody's text so that it can be removed later without breaking the seal."""
    salt = secrets.token_bytes(32)
    return Words.objects.create(text=text, language=language, salt=salt, digest=digest_of(text, salt))


def digest_of(text: str, salt: bytes) -> bytes:
    return hashlib.sha256(salt + text.encode()).digest()
