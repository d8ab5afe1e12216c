"""Plain text that an act wrote down for good: its fingerprint is sealed with the act, and `verify` compares it.

    audit.enter(…, facts={"text": audit.fingerprint(decision.question, decision.outcome)})

A room says in its own `claims.py`, found by autodiscovery, which texts those are now:

    def decided(ids):
        return {each.pk: [each.question, each.outcome] for each in Decision.objects.filter(pk__in=ids)}

    claims.register("decisions.decide", decided)

People's words need none of it: they are `Words`, and the entry seals their salted digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

#: The ids of an act's subjects in, the texts of each as they stand now out.
Texts = Callable[[Sequence[UUID]], Mapping[UUID, Sequence[str]]]

#: The fact of an entry that holds the fingerprint.
FACT = "text"

_texts_of: dict[str, Texts] = {}


def register(verb: str, texts: Texts) -> None:
    if _texts_of.setdefault(verb, texts) is not texts:
        raise ValueError(f"{verb} has its claim already")


def texts_of(verb: str) -> Texts | None:
    return _texts_of.get(verb)


def fingerprint(*texts: str) -> str:
    """SHA-256 of the texts as a JSON list without spaces, in hex: for the fact `text` of the entry that seals them."""
    return hashlib.sha256(json.dumps([str(each) for each in texts], separators=(",", ":")).encode()).hexdigest()
