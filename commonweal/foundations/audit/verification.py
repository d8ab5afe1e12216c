"""Does the trail hold? Everything is read once, in order of position, and reckoned again.

    entries ──digest──▶ leaves ──tree──▶ roots ──▶ signed seals ──▶ heads that left the house
    words   ──digest──▶ the digests that sealed entries name
    titles  ──digest──▶ the fingerprints in what sealed entries say

Whoever can write to the database can also rebuild all of it; only a head that they cannot reach shows that. So a check
without heads is a check against mistakes and clumsy hands, and one with a witness's heads is a check against us.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils.dateparse import parse_datetime

from commonweal.foundations.verbs.refs import Ref

from . import claims, entries, keys
from .heads import Head, key_id, told
from .models import Entry, Key, Leaf, Seal
from .sealing import LONGEST_TRANSACTION
from .tree import Frontier

#: Verbs whose entries name the digests of words that were taken away.
REMOVING = ("audit.redact", "audit.forget")
#: The texts of so many acts are read at once.
TEXTS_AT_ONCE = 500
#: After so many faults there is no point in going on.
ENOUGH = 20


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where it was first seen."""

    #: changed, missing, inserted, reordered, cut, rebuilt or forged.
    kind: str
    where: str
    says: str

    def __str__(self) -> str:
        return f"{self.where}: {self.says}"


@dataclass(frozen=True)
class Verification:
    """What a check found."""

    entries: int
    seals: int
    heads: int
    words: int
    #: Pieces of text that were taken away, each with an entry that says so.
    redactions: int
    #: Entries that wait for the next seal.
    unsealed: int
    #: Words that no sealed entry names, so that nothing shows when they are changed.
    unsealed_words: int
    faults: tuple[Fault, ...]

    @property
    def is_sound(self) -> bool:
        return not self.faults

    @property
    def first_fault(self) -> Fault | None:
        return self.faults[0] if self.faults else None


class _Enough(Exception):
    pass


class Check:
    """One reading of the trail. Call `run` once."""

    def __init__(self, heads: Iterable[Head] = ()) -> None:
        self.heads = sorted(heads, key=lambda head: head.size)
        self.faults: list[Fault] = []
        self.tree = Frontier()
        self.seals = self.words = self.redactions = self.unsealed = self.unsealed_words = 0
        #: Digests of words that sealed entries name, and of those that they say were taken away.
        self.named: set[bytes] = set()
        self.removed: set[bytes] = set()
        #: Where an entry stands, its subject and the fingerprint it seals, by verb: to be compared some at a time.
        self.claimed: dict[str, list[tuple[str, UUID, str]]] = defaultdict(list)
        self.newest = ""

    def run(self) -> Verification:
        try:
            self._keys()
            self._trail()
            self._claims()
            self._tail()
            self._late()
            self._words()
        except _Enough:
            pass
        return Verification(
            entries=self.tree.size,
            seals=self.seals,
            heads=len(self.heads),
            words=self.words,
            redactions=self.redactions,
            unsealed=self.unsealed,
            unsealed_words=self.unsealed_words,
            faults=tuple(self.faults),
        )

    def _fault(self, kind: str, where: str, says: str) -> None:
        self.faults.append(Fault(kind, where, says))
        if len(self.faults) >= ENOUGH:
            raise _Enough

    # Keys ------------------------------------------------------------------------------------------------------------

    def _keys(self) -> None:
        self.publics = {key.id: (key.origin, bytes(key.public)) for key in Key.objects.all()}
        for name, (origin, public) in self.publics.items():
            if key_id(origin, public) != name:
                self._fault("forged", f"key {name}", "the key is not the one that its number stands for")
        latest = Seal.objects.order_by("-size").first()
        ours = keys.public_here()
        if latest and ours and self.publics.get(latest.key_id, ("", b""))[1] != ours:
            self._fault("forged", f"seal of {latest.size}", "it was signed with a key that is not this installation's")

    # Entries, leaves, seals ------------------------------------------------------------------------------------------

    def _trail(self) -> None:
        self.last = Seal.objects.aggregate(size=Coalesce(Max("size"), 0))["size"]
        with closing(entries.sealed(size=self.last)) as rows:
            self._read(rows)

    def _read(self, rows: Iterator[tuple[Any, ...]]) -> None:
        seals = self._seals()
        seal, begun, before, late = next(seals, None), 0, 0, ""
        heads = iter([*self.heads, None])
        head = next(heads)
        for position, number, leaf, *row in rows:
            if position != self.tree.size:
                kind = "missing" if position > self.tree.size else "inserted"
                self._fault(kind, f"position {self.tree.size}", f"position {position} comes next in the tree")
                raise _Enough
            self._entry(position, number, bytes(leaf), tuple(row), late)
            if number <= before:
                self._fault("reordered", f"position {position}", f"entry {number} comes after entry {before}")
            before = number
            self.tree.add(bytes(leaf))
            if seal and self.tree.size == seal[0]:
                self._seal(seal, begun)
                seal, begun, before, late = next(seals, None), self.tree.size, 0, self._an_hour_before_the_newest()
            while head and head.size <= self.tree.size:
                self._head(head)
                head = next(heads)
        self.ahead = [each for each in (head, *heads) if each]
        self.beyond = [seal, *seals] if seal else []

    def _entry(self, position: int, number: int, leaf: bytes, row: tuple[Any, ...], late: str) -> None:
        where = f"position {position}, entry {number}"
        if row[0] is None:
            self._fault("missing", where, "the entry is gone")
            return
        try:
            is_as_sealed = entries.digest(row) == leaf
        except (ValueError, TypeError, RecursionError):
            is_as_sealed = False
        if not is_as_sealed:
            self._changed(where, row, leaf)
            return
        recorded_at = row[5]
        if recorded_at > self.newest:
            self.newest = recorded_at
        elif recorded_at < late:
            self._fault("inserted", where, f"it says that it was recorded at {recorded_at}, long before its neighbours")
        if row[7] != "[]":
            digests = [bytes.fromhex(each) for each in json.loads(row[7])]
            self.named.update(digests)
            if row[1] in REMOVING:
                self.removed.update(digests)
        if claims.texts_of(row[1]) is not None and (sealed := json.loads(row[6]).get(claims.FACT)):
            self._claim(row[1], where, Ref.parse(row[3]).uuid, sealed)

    def _changed(self, where: str, row: tuple[Any, ...], leaf: bytes) -> None:
        try:
            elsewhere = Leaf.objects.filter(digest=entries.digest(row)).values_list("position", flat=True).first()
        except (ValueError, TypeError, RecursionError):
            elsewhere = None
        if elsewhere is not None:
            self._fault("reordered", where, f"its digest stands at position {elsewhere}")
        else:
            self._fault("changed", where, "the entry is not what was sealed")

    def _seals(self) -> Iterator[tuple[Any, ...]]:
        seals = Seal.objects.filter(size__lte=self.last).order_by("size")
        rows = seals.values_list("size", "root", "signature", "signed_at", "key_id")
        return rows.iterator(chunk_size=entries.AT_ONCE)

    def _seal(self, seal: tuple[Any, ...], begun: int) -> None:
        size, root, signature, signed_at, name = seal
        self.seals += 1
        where = f"positions {begun} to {size - 1}"
        if bytes(root) != self.tree.root:
            self._fault("rebuilt", where, f"the leaves do not give the root that was signed at {told(signed_at)}")
            raise _Enough  # every later root would differ too
        origin, public = self.publics.get(name, ("", b""))
        head = Head(origin, size, bytes(root), signed_at, name, bytes(signature))
        if not head.is_signed_by(public):
            self._fault("forged", f"seal of {size}", "the signature is not ours")

    def _head(self, head: Head) -> None:
        where = f"head of {head.size}, signed at {told(head.signed_at)}"
        if head.size < self.tree.size or head.root != self.tree.root:
            self._fault("rebuilt", where, "the trail does not give this head's root any more")
            return
        _origin, public = self.publics.get(head.key_id, ("", b""))
        if not head.is_signed_by(public):
            self._fault("forged", where, "the signature is not by a key of ours")

    def _an_hour_before_the_newest(self) -> str:
        newest = parse_datetime(self.newest)
        return told(newest - LONGEST_TRANSACTION) if newest else ""

    # What should be there and is not, what is there and should not be ------------------------------------------------

    def _tail(self) -> None:
        for size, *_rest in self.beyond[:1]:
            self._fault("cut", f"seal of {size}", f"only {self.tree.size} leaves are there: the tail is cut")
        for head in self.ahead[:1]:
            says = f"only {self.tree.size} leaves are there: the tail is cut"
            self._fault("cut", f"head of {head.size}, signed at {told(head.signed_at)}", says)
        loose = Leaf.objects.filter(position__gte=Seal.objects.aggregate(size=Coalesce(Max("size"), 0))["size"])
        first = loose.order_by("position").values_list("position", flat=True).first()
        if first is not None and not Seal.objects.filter(size__gt=first).exists():
            self._fault("inserted", f"position {first}", "the leaf is under no seal")
        negative = Leaf.objects.filter(position__lt=0).order_by("position").first()
        if negative is not None:
            self._fault("inserted", f"position {negative.position}", "no leaf stands before the first")

    def _late(self) -> None:
        """Entries without a leaf: the newest wait for the sealer; one from long ago was put in afterwards."""
        late = self._an_hour_before_the_newest()
        loose = Entry.objects.filter(leaf=None)
        self.unsealed = loose.count()
        if not late:
            return
        limit = parse_datetime(late)
        for number, at in loose.filter(recorded_at__lt=limit).order_by("id").values_list("id", "recorded_at")[:1]:
            says = f"it says that it was recorded at {told(at)}, but was not there when its neighbours were sealed"
            self._fault("inserted", f"entry {number}", says)

    # Plain text ------------------------------------------------------------------------------------------------------

    def _claim(self, verb: str, where: str, subject: UUID, sealed: str) -> None:
        waiting = self.claimed[verb]
        waiting.append((where, subject, sealed))
        if len(waiting) >= TEXTS_AT_ONCE:
            self._compare(verb)

    def _claims(self) -> None:
        for verb in sorted(self.claimed):
            self._compare(verb)

    def _compare(self, verb: str) -> None:
        waiting, texts_of = self.claimed.pop(verb), claims.texts_of(verb)
        assert texts_of is not None
        texts = texts_of([subject for _where, subject, _sealed in waiting])
        for where, subject, sealed in waiting:
            if subject not in texts:
                self._fault("missing", where, f"what it wrote down about {subject} is gone ({verb})")
            elif claims.fingerprint(*texts[subject]) != sealed:
                self._fault("changed", where, f"the text of {subject} is not what was sealed ({verb})")

    # Words -----------------------------------------------------------------------------------------------------------

    def _words(self) -> None:
        emptied: dict[bytes, Any] = {}
        question = "SELECT id, text, salt, digest, removed_at IS NOT NULL FROM audit_words"
        for pk, text, salt, digest, is_removed in entries.stream(question, []):
            self.words += 1
            digest = bytes(digest)
            if digest in self.named:
                self.named.discard(digest)
            else:
                self.unsealed_words += 1
            if is_removed:
                self.redactions += 1
                if digest not in self.removed:
                    emptied[digest] = pk
                if text or len(salt):
                    self._fault("changed", f"words {UUID(str(pk))}", "they were removed, and are back")
            elif hashlib.sha256(bytes(salt) + text.encode()).digest() != digest:
                self._fault("changed", f"words {UUID(str(pk))}", "the text is not what was sealed")
        self._are_all_here()
        self._are_rightly_gone(emptied)

    def _are_all_here(self) -> None:
        for digest in sorted(self.named)[:1]:
            named_by = Entry.objects.filter(sealed_words__icontains=digest.hex()).order_by("id").first()
            where = f"entry {named_by.pk}" if named_by else f"words {digest.hex()}"
            self._fault("missing", where, f"{len(self.named)} pieces of its words are gone or were exchanged")

    def _are_rightly_gone(self, emptied: dict[bytes, Any]) -> None:
        """A removal that was not sealed yet when we read the trail is in an entry nonetheless."""
        if not emptied:
            return
        for digests in Entry.objects.filter(verb__in=REMOVING, leaf=None).values_list("sealed_words", flat=True):
            for each in digests:
                emptied.pop(bytes.fromhex(each), None)
        for digest in sorted(emptied)[:1]:
            self._fault(
                "changed", f"words {UUID(str(emptied[digest]))}", "they are gone, and no entry says who removed them"
            )


def verify(heads: Iterable[Head] = ()) -> Verification:
    return Check(heads).run()
