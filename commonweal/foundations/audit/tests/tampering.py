"""What somebody can do who may write to the database as they please. The guards must be lifted first.

Each function takes dice, makes one edit, and leaves the trail otherwise in the best order that it can. The clumsy ones
are found from the database alone; those in `CAREFUL` leave everything consistent, signatures too, so that only a head
which left the house shows them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from commonweal.foundations.audit import entries, heads, keys
from commonweal.foundations.audit.models import Entry, Key, Leaf, Seal, Words
from commonweal.foundations.audit.tree import Frontier

Edit = Callable[[Random], None]

ELSEWHEN = "2025-12-24 18:00:00.000001"


def run(statement: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def any_leaf(dice: Random) -> Leaf:
    return Leaf.objects.get(position=dice.randrange(Leaf.objects.count()))


def two_leaves(dice: Random) -> tuple[Leaf, Leaf]:
    one, other = dice.sample(range(Leaf.objects.count()), 2)
    return Leaf.objects.get(position=one), Leaf.objects.get(position=other)


def some_words(dice: Random) -> Words:
    return dice.choice(list(Words.objects.filter(removed_at=None).order_by("pk")))


# Entries --------------------------------------------------------------------------------------------------------------


def change_an_entry(dice: Random) -> None:
    column, value = dice.choice(
        [
            ("verb", "ledger.post_quietly"),
            ('"by"', "people:person:00000000-0000-0000-0000-00000000dead"),
            ("subject", "people:person:00000000-0000-0000-0000-00000000beef"),
            ("happened_at", ELSEWHEN + ("" if connection.vendor == "sqlite" else "+00")),
            ("recorded_at", ELSEWHEN + ("" if connection.vendor == "sqlite" else "+00")),
            ("facts", '{"number": 1000000}'),
            ("sealed_words", f'["{dice.randbytes(32).hex()}"]'),
        ]
    )
    run(f"UPDATE audit_entry SET {column} = %s WHERE id = %s", value, any_leaf(dice).entry_id)


def delete_an_entry(dice: Random) -> None:
    run("DELETE FROM audit_entry WHERE id = %s", any_leaf(dice).entry_id)


def delete_an_entry_and_its_leaf(dice: Random) -> None:
    leaf = any_leaf(dice)
    run("DELETE FROM audit_leaf WHERE position = %s", leaf.position)
    run("DELETE FROM audit_entry WHERE id = %s", leaf.entry_id)


def delete_an_entry_and_close_the_gap(dice: Random) -> None:
    leaf = any_leaf(dice)
    run("DELETE FROM audit_leaf WHERE position = %s", leaf.position)
    run("DELETE FROM audit_entry WHERE id = %s", leaf.entry_id)
    _move_from(leaf.position, by=-1)


def insert_an_entry_into_the_past(dice: Random) -> None:
    Entry.objects.filter(pk=_copy(any_leaf(dice))).update(recorded_at=f"{ELSEWHEN}+00:00")


def insert_an_entry_and_a_leaf(dice: Random) -> None:
    leaf = any_leaf(dice)
    number = _copy(leaf)
    _move_from(leaf.position, by=1)
    Leaf.objects.create(position=leaf.position, entry_id=number, digest=_digest_of(number))


def insert_an_entry_and_a_leaf_at_the_end(dice: Random) -> None:
    number = _copy(any_leaf(dice))
    Leaf.objects.create(position=Leaf.objects.count(), entry_id=number, digest=_digest_of(number))


def insert_a_leaf_before_the_first(dice: Random) -> None:
    number = _copy(any_leaf(dice))
    Leaf.objects.create(position=-1, entry_id=number, digest=_digest_of(number))


def swap_what_two_entries_say(dice: Random) -> None:
    one, other = two_leaves(dice)
    first, second = Entry.objects.get(pk=one.entry_id), Entry.objects.get(pk=other.entry_id)
    first.pk, second.pk = second.pk, first.pk
    first.save(), second.save()


def swap_the_entries_of_two_leaves(dice: Random) -> None:
    one, other = two_leaves(dice)
    for leaf, entry in ((one, -1), (other, one.entry_id), (one, other.entry_id)):
        run("UPDATE audit_leaf SET entry_id = %s WHERE position = %s", entry, leaf.position)


def swap_two_leaves(dice: Random) -> None:
    one, other = two_leaves(dice)
    for old, new in ((one.position, -1), (other.position, one.position), (-1, other.position)):
        run("UPDATE audit_leaf SET position = %s WHERE position = %s", new, old)


def change_an_entry_and_its_leaf(dice: Random) -> None:
    leaf = any_leaf(dice)
    run("UPDATE audit_entry SET facts = '{\"number\": 1000000}' WHERE id = %s", leaf.entry_id)
    run("UPDATE audit_leaf SET digest = %s WHERE position = %s", _digest_of(leaf.entry_id), leaf.position)


def cut_leaves_and_leave_seals(dice: Random) -> None:
    run("DELETE FROM audit_leaf WHERE position >= %s", any_leaf(dice).position)


def take_the_last_seal(dice: Random) -> None:
    last = Seal.objects.order_by("-size").first()
    assert last is not None
    run("DELETE FROM audit_seal WHERE size = %s", last.size)


# Seals ----------------------------------------------------------------------------------------------------------------


def change_a_root(dice: Random) -> None:
    run("UPDATE audit_seal SET root = %s WHERE size = %s", dice.randbytes(32), _any_seal(dice).size)


def change_a_signature(dice: Random) -> None:
    run("UPDATE audit_seal SET signature = %s WHERE size = %s", dice.randbytes(64), _any_seal(dice).size)


def change_when_a_seal_was_signed(dice: Random) -> None:
    seal = _any_seal(dice)
    run("UPDATE audit_seal SET signed_at = %s WHERE size = %s", ELSEWHEN, seal.size)


def exchange_the_key(dice: Random) -> None:
    public = keys.public_half(Ed25519PrivateKey.from_private_bytes(dice.randbytes(32)))
    run("UPDATE audit_key SET public = %s", public)


def rebuild_everything_with_another_key(dice: Random) -> None:
    change_an_entry_and_its_leaf(dice)
    private = Ed25519PrivateKey.from_private_bytes(dice.randbytes(32))
    origin, public = keys.origin(), keys.public_half(private)
    key = Key.objects.create(id=heads.key_id(origin, public), origin=origin, public=public, made_at=f"{ELSEWHEN}Z")
    _sign_again(private, key)


# Words ----------------------------------------------------------------------------------------------------------------


def change_words(dice: Random) -> None:
    run("UPDATE audit_words SET text = 'I agree with everything.' WHERE id = %s", _id(some_words(dice)))


def change_words_with_their_digest(dice: Random) -> None:
    digest = hashlib.sha256(b"pepper" + b"I agree with everything.").digest()
    statement = "UPDATE audit_words SET text = 'I agree with everything.', salt = %s, digest = %s WHERE id = %s"
    run(statement, b"pepper", digest, _id(some_words(dice)))


def swap_two_texts(dice: Random) -> None:
    one, other = dice.sample(list(Words.objects.filter(removed_at=None).order_by("pk")), 2)
    for words, text in ((one, other.text), (other, one.text)):
        run("UPDATE audit_words SET text = %s WHERE id = %s", text, _id(words))


def delete_words(dice: Random) -> None:
    run("DELETE FROM audit_words WHERE id = %s", _id(some_words(dice)))


def empty_words_without_saying_who(dice: Random) -> None:
    Words.objects.filter(pk=some_words(dice).pk).update(
        text="", salt=b"", removed_at=f"{ELSEWHEN}Z", removed_because="private"
    )


# With the key in hand -------------------------------------------------------------------------------------------------


def rebuild_everything(dice: Random) -> None:
    """Change an entry, reckon every leaf and root again, and sign with this installation's own key."""
    change_an_entry_and_its_leaf(dice)
    _sign_again(keys.private(), None)


def rebuild_everything_without_an_entry(dice: Random) -> None:
    words = some_words(dice)
    entry = Entry.objects.filter(sealed_words__icontains=bytes(words.digest).hex()).latest("pk")
    leaf = Leaf.objects.get(entry=entry)
    Words.objects.filter(pk=words.pk)._raw_delete(connection.alias)  # type: ignore[attr-defined]
    run("DELETE FROM audit_leaf WHERE position = %s", leaf.position)
    run("DELETE FROM audit_entry WHERE id = %s", leaf.entry_id)
    _move_from(leaf.position, by=-1)
    last = Seal.objects.order_by("-size").first()
    assert last is not None
    run("UPDATE audit_seal SET size = %s WHERE size = %s", last.size - 1, last.size)
    _sign_again(keys.private(), None)


def cut_the_tail(dice: Random) -> None:
    """Go back to an earlier seal as though nothing had happened since: neither entry nor words."""
    sizes = list(Seal.objects.order_by("size").values_list("size", flat=True))
    size = dice.choice(sizes[:-1])
    gone = list(Leaf.objects.filter(position__gte=size).values_list("entry_id", flat=True))
    run("DELETE FROM audit_seal WHERE size > %s", size)
    run("DELETE FROM audit_leaf WHERE position >= %s", size)
    Entry.objects.filter(pk__in=gone)._raw_delete(connection.alias)  # type: ignore[attr-defined]
    lists = Entry.objects.values_list("sealed_words", flat=True)
    named = [bytes.fromhex(digest) for digests in lists for digest in digests]
    Words.objects.exclude(digest__in=named)._raw_delete(connection.alias)  # type: ignore[attr-defined]


CLUMSY: list[Edit] = [
    change_an_entry,
    delete_an_entry,
    delete_an_entry_and_its_leaf,
    delete_an_entry_and_close_the_gap,
    insert_an_entry_into_the_past,
    insert_an_entry_and_a_leaf,
    insert_an_entry_and_a_leaf_at_the_end,
    insert_a_leaf_before_the_first,
    swap_what_two_entries_say,
    swap_the_entries_of_two_leaves,
    swap_two_leaves,
    change_an_entry_and_its_leaf,
    cut_leaves_and_leave_seals,
    take_the_last_seal,
    change_a_root,
    change_a_signature,
    change_when_a_seal_was_signed,
    exchange_the_key,
    rebuild_everything_with_another_key,
    change_words,
    change_words_with_their_digest,
    swap_two_texts,
    delete_words,
    empty_words_without_saying_who,
]
CAREFUL: list[Edit] = [rebuild_everything, rebuild_everything_without_an_entry, cut_the_tail]


def _any_seal(dice: Random) -> Seal:
    return dice.choice(list(Seal.objects.order_by("size")))


def _id(words: Words) -> str:
    return words.pk.hex if connection.vendor == "sqlite" else str(words.pk)


def _copy(leaf: Leaf) -> int:
    entry = Entry.objects.get(pk=leaf.entry_id)
    entry.pk = None
    entry.sealed_words = []
    entry.save(force_insert=True)
    assert entry.pk is not None
    return entry.pk


def _digest_of(number: int) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {entries.columns()} FROM audit_entry e WHERE e.id = %s", [number])
        return entries.digest(cursor.fetchone())


def _move_from(position: int, *, by: int) -> None:
    """Move the leaves from a position on; by way of numbers that are far away, since a position is unique."""
    far = 1_000_000_000
    run("UPDATE audit_leaf SET position = position + %s WHERE position >= %s", far + by, position)
    run("UPDATE audit_leaf SET position = position - %s WHERE position >= %s", far, far)


def _sign_again(private: Ed25519PrivateKey, key: Key | None) -> None:
    tree = Frontier()
    seals = {seal.size: seal for seal in Seal.objects.select_related("key")}
    for leaf in Leaf.objects.order_by("position"):
        tree.add(bytes(leaf.digest))
        if seal := seals.get(tree.size):
            signer = key or seal.key
            at = seal.signed_at.astimezone(UTC)
            text = heads.body(origin=signer.origin, size=tree.size, root=tree.root, signed_at=at)
            Seal.objects.filter(size=tree.size).update(
                root=tree.root, peaks=tree.peaks, signature=private.sign(text.encode()), key=signer
            )
