"""Whoever reads the counts, and knows every person but one, learns nothing about that one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.disclosure import HIDDEN_UP_TO, UnusableCounts, protect

counts = st.lists(st.integers(0, 400), min_size=1, max_size=12)


@given(counts, st.data())
def test_a_hidden_count_could_be_any_small_one(some, data):
    """The attacker knows all the others exactly: what is shown is the same for every count that this one can be."""
    at = data.draw(st.integers(0, len(some) - 1))
    shown = {protect([*some[:at], small, *some[at + 1 :]]) for small in range(1, HIDDEN_UP_TO + 1)}
    assert len(shown) == 1


def test_a_total_of_the_true_counts_would_give_one_away():
    """The broken twin: the same counts with a total rounded from the truth are told apart."""
    assert len({5 * ((8 + small + 2) // 5) for small in range(1, HIDDEN_UP_TO + 1)}) > 1


@given(counts)
def test_what_is_shown_is_within_two_of_the_truth_and_nothing_small_is_shown(some):
    for shown, true in zip(protect(some).counts, some, strict=True):
        assert (shown is None) == (1 <= true <= HIDDEN_UP_TO)
        assert shown is None or abs(shown - true) <= 2


@given(counts)
def test_the_order_of_the_counts_makes_no_difference_to_the_total(some):
    assert protect(some).total == protect(sorted(some)).total


def test_counts_below_nought_are_refused():
    with pytest.raises(UnusableCounts):
        protect([3, -1])


def test_nobody_is_nobody():
    assert (protect([]).total, protect([0, 0]).counts) == (0, (0, 0))
