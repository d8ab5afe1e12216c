"""People are found by a few votes as often as brute force finds them; drawing comes near; names change nothing."""

import csv
import os
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.methods.reidentification import Attack, UnusableVotes, attack

SHARED_DATA = Path(os.environ.get("COMMONWEAL_SHARED_DATA", "../shared/data")) / "dialogue/polis"

#        1  2  3
TOY = """
    ann  1  1  0
    bob  1  1 -1
    cem  1  1 -1
    dee -1  .  .
"""

Votes = list[tuple[object, object, int]]


def drawn_by_hand(table: str) -> Votes:
    rows = [line.split() for line in table.strip().splitlines()]
    return [(row[0], at, int(cell)) for row in rows for at, cell in enumerate(row[1:]) if cell != "."]


def by_brute_force(votes: Votes, known: int) -> tuple[float, int] | None:
    """Each person, each choice of what is known of them, each other person: nothing cleverer."""
    of: dict[object, dict[object, int]] = {}
    for person, statement, choice in votes:
        of.setdefault(person, {})[statement] = choice
    shares = []
    for own in of.values():
        told = list(combinations(own.items(), known))
        if told:
            matching = [sum(all(o.get(s) == c for s, c in some) for o in of.values()) for some in told]
            shares.append(mean(count == 1 for count in matching))
    return (mean(shares), len(shares)) if shares else None


def told(result: Attack) -> list[tuple[int, float, int]]:
    return [(row.known, row.unique, row.others) for row in result.rows]


def test_a_toy_place_gives_what_one_counts_by_hand():
    one, two, three = attack(drawn_by_hand(TOY), rng=Random(1)).rows
    # One known vote: Ann's pass singles her out (1 of 3), Bob and Cem never, Dee always.
    assert one.unique == pytest.approx((1 / 3 + 0 + 0 + 1) / 4)
    assert (one.people, one.others, one.is_exact) == (4, 1, True)
    # Two: Ann by two choices of three. Dee cast no two votes.
    assert two.unique == pytest.approx((2 / 3) / 3)
    assert (three.people, three.unique, three.others) == (3, pytest.approx(1 / 3), 1)


votes_of_a_few = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 5)), st.sampled_from([-1, 0, 1]), min_size=1
).map(lambda table: [(person, statement, choice) for (person, statement), choice in table.items()])


@given(votes_of_a_few)
@settings(max_examples=150, deadline=None)
def test_small_sets_are_exact(votes):
    result = attack(votes, rng=Random(1))
    for row in result.rows:
        share, people = by_brute_force(votes, row.known)
        assert (row.is_exact, row.people) == (True, people)
        assert row.unique == row.low == row.high == pytest.approx(share)
    assert by_brute_force(votes, len(result.rows) + 1) is None


@given(votes_of_a_few, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_neither_names_nor_the_order_of_votes_make_a_difference(votes, dice):
    names = dice.sample(range(100, 200), 8)
    mixed = [(names[person], statement, choice) for person, statement, choice in dice.sample(votes, len(votes))]
    known = [(k, pytest.approx(unique), others) for k, unique, others in told(attack(votes, rng=Random(1)))]
    assert told(attack(mixed, rng=Random(2))) == known


@given(votes_of_a_few)
@settings(max_examples=40, deadline=None)
def test_who_knows_more_singles_out_no_fewer_of_the_same_people(votes):
    by_people: dict[int, list[float]] = {}
    for row in attack(votes, rng=Random(1)).rows:
        by_people.setdefault(row.people, []).append(row.unique)
    for shares in by_people.values():
        assert all(later >= earlier - 1e-9 for earlier, later in zip(shares, shares[1:], strict=False))


def test_drawing_comes_near_to_looking_at_all():
    dice = Random(5)
    votes = [(person, statement, dice.choice([-1, 0, 1, 1])) for person in range(60) for statement in range(9)]
    exact, drawn = attack(votes, rng=dice), attack(votes, rng=dice, exact=0)
    assert all(row.is_exact for row in exact.rows)
    assert not any(row.is_exact for row in drawn.rows)
    for true, near in zip(exact.rows, drawn.rows, strict=True):
        assert near.low - 0.005 <= true.unique <= near.high + 0.005
        assert abs(near.others - true.others) <= 1


def test_the_same_seed_gives_the_same_and_another_a_little_different():
    dice = Random(5)
    votes = [(person, statement, dice.choice([-1, 1])) for person in range(40) for statement in range(12)]
    first, again, other = (attack(votes, rng=Random(seed), exact=0, draws=200) for seed in (1, 1, 2))
    assert told(first) == told(again) != told(other)


def test_a_crowd_of_the_same_mind_hides_everybody_and_one_who_differs_is_seen():
    same = [(person, statement, 1) for person in range(30) for statement in range(4)]
    assert all(row.unique == 0 and row.others == 29 for row in attack(same, rng=Random(1)).rows)
    odd = [(person, statement, -1 if person == 7 else choice) for person, statement, choice in same]
    assert attack(odd, rng=Random(1)).at(1).unique == pytest.approx(1 / 30)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "votes", [[], [("ann", 1, 2)], [("ann", 1, 1), ("ann", 1, -1)]], ids=["none", "a choice of 2", "twice"]
)
def test_what_cannot_be_reckoned_with_is_refused(votes):
    with pytest.raises(UnusableVotes):
        attack(votes, rng=Random(1))


def test_nothing_is_said_about_more_votes_than_anybody_cast():
    result = attack([("ann", 1, 1), ("bob", 1, 1)], rng=Random(1))
    assert [row.known for row in result.rows] == [1]
    assert result.at(2) is None


def test_a_real_conversation_of_two_thousand_people():
    """american-assembly.bowling-green: one known vote hides everybody among hundreds, ten hide hardly anybody."""
    file = SHARED_DATA / "american-assembly.bowling-green/participants-votes.csv"
    if not file.is_file():
        pytest.skip(f"real data not found at {file} (set COMMONWEAL_SHARED_DATA)")
    with file.open(encoding="utf-8", newline="") as rows:
        votes = [
            (int(row["participant"]), int(column), int(cell))
            for row in csv.DictReader(rows)
            for column, cell in row.items()
            if column.isdigit() and cell
        ]
    result = attack(votes, rng=Random(1))
    assert (result.people, result.votes) == (2_031, 225_524)
    first, last = result.rows[0], result.rows[-1]
    assert first.unique < 0.02 < 0.5 < last.unique
    assert first.others > 100
    assert last.others == 0
