"""A signed head, written as a 'signed note' checkpoint (c2sp.org/tlog-checkpoint), so that any witness can check it.

commonweal.example.org/audit
1234
q8Ys…=                                   the root, in base64
signed at 2026-11-21T20:00:00.000000Z
                                         an empty line
— commonweal.example.org/audit 3q2+7w…=  the key's first four bytes and an Ed25519 signature of the lines above
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.refusals import Refusal

ED25519 = b"\x01"


class UnusableHeads(Refusal):
    plainly = _("That file holds no signed heads, or a part of one is missing.")


@dataclass(frozen=True)
class Head:
    """What the tree was when it had `size` leaves, with a signature."""

    origin: str
    size: int
    root: bytes
    signed_at: datetime
    key_id: str
    signature: bytes

    @property
    def text(self) -> str:
        return body(origin=self.origin, size=self.size, root=self.root, signed_at=self.signed_at)

    @property
    def note(self) -> str:
        sealed = b64encode(bytes.fromhex(self.key_id) + self.signature).decode()
        return f"{self.text}\n— {self.origin} {sealed}\n"

    def is_signed_by(self, public: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(self.signature, self.text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


def body(*, origin: str, size: int, root: bytes, signed_at: datetime) -> str:
    """The lines that are signed."""
    return f"{origin}\n{size}\n{b64encode(root).decode()}\nsigned at {told(signed_at)}\n"


def told(at: datetime) -> str:
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


def key_id(origin: str, public: bytes) -> str:
    return hashlib.sha256(origin.encode() + b"\n" + ED25519 + public).digest()[:4].hex()


def verifier_key(origin: str, public: bytes) -> str:
    """The key in the one line that note verifiers read."""
    return f"{origin}+{key_id(origin, public)}+{b64encode(ED25519 + public).decode()}"


_NOTE = re.compile(
    r"(?P<origin>\S+)\n(?P<size>\d{1,18})\n(?P<root>[A-Za-z0-9+/]{43}=)\nsigned at (?P<at>\S{20,40})\n"
    r"\n— (?P=origin) (?P<sealed>[A-Za-z0-9+/=]+)\n"
)


def parse(text: str) -> list[Head]:
    """Every head in a file of notes, in the file's order; raises UnusableHeads where there is none."""
    text = text.replace("\r\n", "\n").rstrip("\n") + "\n"
    found = [_head(match) for match in _NOTE.finditer(text)]
    if not found or len(found) != len(re.findall(r"^signed at ", text, flags=re.MULTILINE)):
        raise UnusableHeads()
    return found


def _head(match: re.Match[str]) -> Head:
    try:
        sealed = b64decode(match["sealed"], validate=True)
        signed_at = datetime.fromisoformat(match["at"])
    except ValueError as unreadable:
        raise UnusableHeads() from unreadable
    return Head(
        origin=match["origin"],
        size=int(match["size"]),
        root=b64decode(match["root"]),
        signed_at=signed_at,
        key_id=sealed[:4].hex(),
        signature=sealed[4:],
    )
