"""The Merkle tree of RFC 6962, kept as its frontier: the roots of the full subtrees, left to right.

        root                 size 7: three full subtrees (4, 2 and 1 leaves), so three peaks.
       /    \\                Adding a leaf joins peaks of equal size; the root joins what is left, from the right.
      o      o               Leaves and nodes are hashed with different first bytes, so a node cannot pass as a leaf.
     / \\    / \\
    o   o  o   6
   /|  /|  |\\
   0 1 2 3 4 5
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

EMPTY = hashlib.sha256().digest()
WIDTH = 32


def leaf_digest(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def node_digest(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree that can grow and tell its root, without its old leaves.

    >>> tree = Frontier()
    >>> tree.grow([leaf_digest(b"")])
    >>> tree.root.hex()[:16], tree.size
    ('6e340b9cffb37a98', 1)
    """

    def __init__(self, size: int = 0, peaks: bytes = b"") -> None:
        if len(peaks) != WIDTH * size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} peaks")
        self.size = size
        self._peaks = [peaks[start : start + WIDTH] for start in range(0, len(peaks), WIDTH)]

    def add(self, leaf: bytes) -> None:
        size, node, peaks = self.size, leaf, self._peaks
        while size & 1:
            node = node_digest(peaks.pop(), node)
            size >>= 1
        peaks.append(node)
        self.size += 1

    def grow(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self.add(leaf)

    @property
    def peaks(self) -> bytes:
        return b"".join(self._peaks)

    @property
    def root(self) -> bytes:
        if not self._peaks:
            return EMPTY
        *rest, node = self._peaks
        for left in reversed(rest):
            node = node_digest(left, node)
        return node
