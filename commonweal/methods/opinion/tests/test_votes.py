import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.opinion import UnusableVotes, Votes, gather

cast = st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from([-1, 0, 1]))
some = st.lists(cast, min_size=1, max_size=60)


def gathered(rows: list[tuple[int, int, int]], at: list[int] | None = None) -> Votes:
    people, statements, choices = zip(*rows, strict=True)
    return gather(people, statements, choices, at=at)


def as_dict(votes: Votes) -> dict[tuple[int, int], int]:
    pairs = zip(votes.people[votes.person].tolist(), votes.statements[votes.statement].tolist(), strict=True)
    return dict(zip(pairs, votes.choice.tolist(), strict=True))


@given(some)
def test_the_last_of_repeated_votes_counts(rows):
    assert as_dict(gathered(rows)) == {(person, statement): choice for person, statement, choice in rows}


@given(some, st.randoms())
def test_the_last_by_time_counts_in_whatever_order_they_come(rows, dice):
    shuffled = list(enumerate(rows))
    dice.shuffle(shuffled)
    times, mixed = zip(*shuffled, strict=True)
    assert as_dict(gathered(list(mixed), list(times))) == as_dict(gathered(rows))


def test_a_twin_that_lets_the_first_vote_count_is_found():
    assert as_dict(gathered([(1, 1, 1), (1, 1, -1)])) != {(1, 1): 1}


@given(some, cast)
def test_one_more_vote_is_as_if_it_had_come_last(rows, more):
    votes, whole = gathered(rows).with_one_more(*more), gathered([*rows, more])
    assert as_dict(votes) == as_dict(whole)
    for name in ("people", "statements", "person", "statement", "choice"):
        assert getattr(votes, name).tolist() == getattr(whole, name).tolist()


@given(some)
def test_the_votes_of_some_keep_their_ids(rows):
    votes = gathered(rows)
    people, statements = votes.people % 2 == 0, votes.statements % 3 == 0
    kept = {pair: choice for pair, choice in as_dict(votes).items() if pair[0] % 2 == 0 and pair[1] % 3 == 0}
    assert as_dict(votes.only(people, statements)) == kept


def test_ids_may_be_texts_or_large_or_negative_numbers():
    for ids in (["b", "a", "b"], [10**15, 5, 10**15], [-4, 2, -4]):
        votes = gather(ids, [1, 1, 2], [1, 0, -1])
        assert votes.people.tolist() == sorted(set(ids))
        assert votes.of_each_person.sum() == 3


@pytest.mark.parametrize(
    ("people", "statements", "choices"), [([1], [1, 2], [1]), ([1], [1], [7]), ([1], [1], [0.5]), ([1, 2], [1, 1], [1])]
)
def test_what_are_no_votes_is_refused(people, statements, choices):
    with pytest.raises(UnusableVotes):
        gather(people, statements, choices)


def test_one_more_vote_that_is_none_is_refused():
    with pytest.raises(UnusableVotes):
        gather([1], [1], [1]).with_one_more(1, 1, 2)


def test_no_votes_are_no_votes():
    assert len(gather(np.zeros(0, int), np.zeros(0, int), np.zeros(0, int))) == 0
