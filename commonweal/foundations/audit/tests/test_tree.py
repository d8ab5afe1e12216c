"""The tree against the test vectors of Certificate Transparency, and against RFC 6962's own recursive words."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.audit.tree import EMPTY, Frontier, leaf_digest, node_digest

#: Leaves, and roots for sizes 1 to 8: google/certificate-transparency, merkletree/merkle_tree_test.cc (Apache-2.0).
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def recursive_root(leaves: list[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaf_digest(leaves[0])
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node_digest(recursive_root(leaves[:split]), recursive_root(leaves[split:]))


@pytest.mark.parametrize("size", range(1, 9))
def test_the_root_is_the_published_one(size):
    tree = Frontier()
    tree.grow(leaf_digest(bytes.fromhex(each)) for each in LEAVES[:size])
    assert tree.root.hex() == ROOTS[size - 1]


def test_an_empty_tree_has_the_root_of_nothing():
    assert Frontier().root == EMPTY


@given(st.lists(st.binary(max_size=8), max_size=70), st.integers(0, 70))
def test_a_tree_that_stops_and_goes_on_is_the_tree_of_the_rfc(contents, stop):
    tree = Frontier()
    tree.grow(map(leaf_digest, contents[:stop]))
    tree = Frontier(tree.size, tree.peaks)
    tree.grow(map(leaf_digest, contents[stop:]))
    assert tree.root == recursive_root(contents)


def test_a_frontier_refuses_peaks_that_do_not_fit():
    with pytest.raises(ValueError, match="3 leaves has 2 peaks"):
        Frontier(3, b"0" * 32)
