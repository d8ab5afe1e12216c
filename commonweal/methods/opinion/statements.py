"""What statements say about the groups: which represent one, which divide them, which unite all of them.

Shares are smoothed by one vote either way, (agrees + 1) / (votes + 2): two votes are not yet a hundred per cent.
The tests are z tests of one share against a half, and of a group's share against everybody else's, as Polis uses them
(Small et al., 'Polis: Scaling deliberation by mapping high dimensional opinion spaces', RECERCA 26, 2021).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .plane import Floats
from .votes import AGREE, DISAGREE, Votes

#: One-sided, at nine in ten.
SIGNIFICANT = 1.2815515655446004
MOST_SHOWN = 5
#: A group says something about a statement when so many of its people voted on it.
FEWEST_VOTES = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes on each statement in each group; arrays of shape (groups, m)."""

    agrees: NDArray[np.intp]
    disagrees: NDArray[np.intp]
    votes: NDArray[np.intp]

    def share(self, choice: int) -> Floats:
        return (self.of(choice) + 1) / (self.votes + 2)

    def of(self, choice: int) -> NDArray[np.intp]:
        return self.agrees if choice == AGREE else self.disagrees

    @property
    def others(self) -> Tally:
        """For each group what everybody outside it said."""
        return Tally(*(part.sum(axis=0) - part for part in (self.agrees, self.disagrees, self.votes)))


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement and why it is told.

    Attributes:
        choice: 1 agree or -1 disagree: which way it tells.
        shares: of each group, how many in a hundred of its votes go that way, as a share between 0 and 1.
        strength: the figure by which it was chosen: larger tells more.
    """

    statement: Any
    choice: int
    shares: tuple[float, ...]
    strength: float


def tally(votes: Votes, labels: NDArray[np.int8], number: int) -> Tally:
    """Count the votes of each group. A person labelled -1 is in none."""
    statements = len(votes.statements)
    group = labels[votes.person].astype(np.intp)
    inside = group >= 0
    cell = group[inside] * statements + votes.statement[inside]
    choice = votes.choice[inside]
    counts = [
        np.bincount(some, minlength=number * statements).reshape(number, statements)
        for some in (cell[choice == AGREE], cell[choice == DISAGREE], cell)
    ]
    return Tally(*counts)


def representing(votes: Votes, counted: Tally, is_out: NDArray[np.bool_]) -> list[list[Telling]]:
    """For each group up to five statements on which it differs from everybody else and is of one mind.

    Chosen by ratio × its z × share × its z, as Polis does. A group without a significant one has its best one.
    """
    outside = counted.others
    sides = {choice: _strengths(counted, outside, choice) for choice in (AGREE, DISAGREE)}
    told = []
    for group in range(len(counted.votes)):
        chosen = []
        for choice, (strength, is_clear, difference) in sides.items():
            usable = ~is_out & (counted.votes[group] > 0)
            leads = difference[group] >= sides[-choice][2][group]
            chosen += [
                (float(strength[group, at]), choice, int(at))
                for at in np.flatnonzero(usable & is_clear[group] & leads & (counted.of(choice)[group] > 0))
            ]
        if not chosen:
            chosen = _best_of(group, counted, sides, is_out)
        told.append([_telling(votes, counted, each) for each in _strongest(chosen)])
    return told


def uniting(votes: Votes, counted: Tally, is_out: NDArray[np.bool_]) -> list[Telling]:
    """Up to five statements that most people in every group agree with, or that most in every group reject.

    Chosen by group-aware consensus: the product of the groups' shares.
    """
    heard = ~is_out & (counted.votes >= FEWEST_VOTES).all(axis=0)
    chosen = []
    for choice in (AGREE, DISAGREE):
        shares = counted.share(choice)
        consensus = shares.prod(axis=0)
        chosen += [(float(consensus[at]), choice, int(at)) for at in np.flatnonzero(heard & (shares.min(axis=0) > 0.5))]
    return [_telling(votes, counted, each) for each in _strongest(chosen)]


def dividing(votes: Votes, counted: Tally, is_out: NDArray[np.bool_]) -> list[Telling]:
    """Up to five statements on which two groups are furthest apart, where that is no accident of few votes.

    Chosen by the gap between the groups' shares of agreement.
    """
    if len(counted.votes) < 2:
        return []
    shares = counted.share(AGREE)
    heard = counted.votes >= FEWEST_VOTES
    highest, lowest = np.where(heard, shares, -1).argmax(axis=0), np.where(heard, shares, 2).argmin(axis=0)
    column = np.arange(shares.shape[1])
    gap = shares[highest, column] - shares[lowest, column]
    z = _difference(
        counted.agrees[highest, column],
        counted.votes[highest, column],
        counted.agrees[lowest, column],
        counted.votes[lowest, column],
    )
    usable = ~is_out & (heard.sum(axis=0) >= 2) & (z > SIGNIFICANT)
    return [
        _telling(votes, counted, each)
        for each in _strongest([(float(gap[at]), AGREE, int(at)) for at in np.flatnonzero(usable)])
    ]


def consensus(counted: Tally) -> dict[int, Floats]:
    """Group-aware consensus for and against each statement: the product of the groups' shares; shape (m,)."""
    return {choice: counted.share(choice).prod(axis=0) for choice in (AGREE, DISAGREE)}


def _strengths(inside: Tally, outside: Tally, choice: int) -> tuple[Floats, NDArray[np.bool_], Floats]:
    """For every group and statement: the strength, whether both tests are clear, and the z of the difference."""
    share, ratio = inside.share(choice), inside.share(choice) / outside.share(choice)
    own = 2 * np.sqrt(inside.votes + 1) * ((inside.of(choice) + 1) / (inside.votes + 1) - 0.5)
    difference = _difference(inside.of(choice), inside.votes, outside.of(choice), outside.votes)
    is_clear = (own > SIGNIFICANT) & (difference > SIGNIFICANT)
    return ratio * difference * share * own, is_clear, difference


def _difference(
    hits: NDArray[np.intp], tries: NDArray[np.intp], other_hits: NDArray[np.intp], other_tries: NDArray[np.intp]
) -> Floats:
    """The z of two shares, each with one vote more; nought where everybody said the same."""
    hits, tries, other_hits, other_tries = (each + 1 for each in (hits, tries, other_hits, other_tries))
    both = (hits + other_hits) / (tries + other_tries)
    spread = np.sqrt(np.maximum(both * (1 - both) * (1 / tries + 1 / other_tries), 0))
    apart = hits / tries - other_hits / other_tries
    return np.divide(apart, spread, out=np.zeros_like(apart), where=spread > 0)


def _best_of(group: int, counted: Tally, sides: Any, is_out: NDArray[np.bool_]) -> list[tuple[float, int, int]]:
    usable = np.flatnonzero(~is_out & (counted.agrees[group] + counted.disagrees[group] > 0))
    both = [(float(sides[choice][2][group, at]), choice, int(at)) for choice in (AGREE, DISAGREE) for at in usable]
    return _strongest(both)[:1]


def _strongest(chosen: list[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    """The strongest few; of equal ones those that agree, and then the first by id."""
    return sorted(chosen, key=lambda each: (-round(each[0], 9), -each[1], each[2]))[:MOST_SHOWN]


def _telling(votes: Votes, counted: Tally, chosen: tuple[float, int, int]) -> Telling:
    strength, choice, at = chosen
    shares = counted.of(choice)[:, at] / np.maximum(counted.votes[:, at], 1)
    return Telling(votes.statements[at].item(), choice, tuple(shares.tolist()), strength)
