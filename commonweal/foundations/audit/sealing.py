"""The sealer: gives entries their place in the tree, signs the root, and sends it out of the house.

Off the write path: a verb only inserts its entry. One sealer works at a time; another that comes meanwhile goes home.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.db.models.functions import Now

from . import entries, heads, keys
from .models import Leaf, Seal
from .removals import append, keep
from .tree import Frontier

#: Entries in one seal. What is left waits for the next one, a moment later.
BATCH = 10_000
#: No transaction lives longer, so an id below one that was sealed so long ago can no longer appear.
LONGEST_TRANSACTION = timedelta(hours=1)

_LOCK = 0x5EA1


@transaction.atomic
def seal(*, at: datetime) -> Seal | None:
    """Seal a batch of what has been committed; None when there is nothing to do or another sealer is at it.

    On SQLite the transaction itself is the lock: it begins as a writer's, and there is one writer.
    """
    if not _is_alone():
        return None
    rows = entries.unsealed(above=settled_below(), limit=BATCH)
    if not rows:
        return None
    last = Seal.objects.order_by("-size").first()
    tree = Frontier(last.size, bytes(last.peaks)) if last else Frontier()
    leaves = [
        Leaf(position=position, entry_id=row[0], digest=entries.digest(row))
        for position, row in enumerate(rows, start=tree.size)
    ]
    tree.grow(bytes(leaf.digest) for leaf in leaves)
    Leaf.objects.bulk_create(leaves, batch_size=2000)
    return _sign(tree, highest=max(rows[-1][0], last.highest if last else 0), at=at)


def settled_below() -> int:
    """The entry id up to which everything is sealed or will never be."""
    old = Seal.objects.filter(recorded_at__lt=Now() - LONGEST_TRANSACTION).order_by("-size")
    return old.values_list("highest", flat=True).first() or 0


def send_heads(*, at: datetime) -> Seal | None:
    """Put the latest head where the database cannot reach it: in a file, and with every witness.

    Witnesses hear from us each time, also when nothing is new: silence tells them that something is wrong.
    The list of removals goes to its file on the same occasion.
    """
    keep(removals_file())
    latest = Seal.objects.select_related("key").order_by("-size").first()
    if latest is None:
        return None
    if latest.size not in {head.size for head in kept_heads()[-1:]}:
        append(heads_file(), [f"{latest.head.note}\n"])
    _write_to_all(latest, at=at)
    return latest


def _write_to_all(seal: Seal, *, at: datetime) -> None:
    """Every witness is written to, whichever of them cannot be reached; then whoever could not is told as a fault."""
    faults: list[Exception] = []
    for witness in settings.WITNESSES:
        try:
            _write_to(witness, seal, at=at)
        except (OSError, SMTPException) as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup("a witness could not be written to", faults)


def heads_file() -> Path:
    return keys.folder() / "heads.txt"


def removals_file() -> Path:
    return keys.folder() / "removals.jsonl"


def kept_heads() -> list[heads.Head]:
    return heads.parse(heads_file().read_text(encoding="utf-8")) if heads_file().exists() else []


def _is_alone() -> bool:
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _sign(tree: Frontier, *, highest: int, at: datetime) -> Seal:
    private = keys.private()
    key = keys.published(private, at=at)
    signed = heads.body(origin=key.origin, size=tree.size, root=tree.root, signed_at=at.astimezone(UTC))
    return Seal.objects.create(
        size=tree.size,
        root=tree.root,
        signature=private.sign(signed.encode()),
        signed_at=at,
        key=key,
        peaks=tree.peaks,
        highest=highest,
    )


def _write_to(witness: str, latest: Seal, *, at: datetime) -> None:
    """In English, since programs read it too: the subject and the note are the same everywhere."""
    key = heads.verifier_key(latest.key.origin, bytes(latest.key.public))
    send_mail(
        f"Audit head of {latest.key.origin}: {latest.size} entries",
        f"Please keep this. It is the head of our audit trail on {at:%Y-%m-%d %H:%M} UTC.\n"
        f"Key: {key}\n\n{latest.head.note}",
        None,
        [witness],
    )
