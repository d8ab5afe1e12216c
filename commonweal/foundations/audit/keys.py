"""The key that signs heads. Its private half is a file that only this installation's own user can read."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from .heads import key_id
from .models import Key


def folder() -> Path:
    place = Path(settings.VAR) / "audit"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def key_file() -> Path:
    return Path(settings.VAR) / "audit" / "signing-key.pem"


def origin() -> str:
    """The name under which this place signs."""
    return f"{urlsplit(settings.SITE_ADDRESS).netloc}/audit"


def private() -> Ed25519PrivateKey:
    """The key, made on first use."""
    if not key_file().exists():
        _make()
    key = load_pem_private_key(key_file().read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{key_file()} holds no Ed25519 key")
    return key


def public_half(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def public_here() -> bytes | None:
    """The public half of this installation's key; None where it has not made one yet."""
    return public_half(private()) if key_file().exists() else None


def published(key: Ed25519PrivateKey, *, at: datetime) -> Key:
    """The row by which outsiders know the key."""
    public = public_half(key)
    row, _ = Key.objects.get_or_create(
        id=key_id(origin(), public), defaults={"origin": origin(), "public": public, "made_at": at}
    )
    return row


def _make() -> None:
    """Write a new key. Where two processes do so at once, one of them wins, whole."""
    draft = folder() / f".{token_hex(8)}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, key_file())
    except FileExistsError:
        pass
    finally:
        draft.unlink()
