"""The four plain words of a receipt.

They are drawn from the 2,048 words of `words/receipt-words.txt`: 11 bits each, 44 bits in all. That is enough against
guessing through the page, which allows ten wrong tries in a quarter of an hour; against a stolen database the digest
is made slow with scrypt and keyed with the installation's secret.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

HOW_MANY = 4
_LIST = Path(__file__).parent / "words" / "receipt-words.txt"
_PURPOSE = "commonweal.notices.receipt"


@cache
def all_words() -> tuple[str, ...]:
    return tuple(_LIST.read_text(encoding="utf-8").split())


def draw() -> str:
    return " ".join(secrets.choice(all_words()) for _ in range(HOW_MANY))


def tidy(typed: str) -> str:
    """What somebody typed, as the words were drawn: small letters, single spaces; commas and hyphens are forgiven."""
    return " ".join(re.findall(r"[a-z]+", typed[:200].lower()))


def lookups(code: str) -> list[str]:
    """Keys under which the code may be stored: with the secret of today first, then with earlier ones."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(_PURPOSE, code, secret=key, algorithm="sha256").hexdigest() for key in keys]


def digest_of(code: str, salt: bytes) -> bytes:
    return hashlib.scrypt(code.encode(), salt=salt, n=2**13, r=8, p=1, dklen=32)


def proves(code: str, *, salt: bytes, digest: bytes) -> bool:
    return hmac.compare_digest(digest_of(code, salt), digest)
