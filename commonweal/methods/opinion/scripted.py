"""Who looks scripted: many accounts that one hand moves. A flag is a question, never a verdict.

Company are people who came from one network, or who began within the same ten minutes. Somebody is flagged where they
keep company and either rule holds:

    copies   at least six in their company voted as they did (nine in ten of the statements that both voted on, seven
             or more; in a company of one moment alone: every one of them), and among everybody else so few people are
             that much alike that chance would make such a company less than once in a million times.
    pace     they and at least six in their company vote faster than people read (half of the waits between two votes
             are shorter than a second), or like clockwork (the middle half of the waits differs by less than a tenth
             of their median).

How alike people are by chance is counted among those outside the company, not reckoned from shares: where opinions
are of one mind, or in camps, real people vote alike too. A single quick hand is nobody's script.

Not covered: accounts that come from many networks, on many days, at a reader's pace; people who were told what to vote
and vote it themselves; people with fewer than seven votes, who are in no group of a map either. Where the moments or
the networks are unknown, what needs them is not tried, and `untried` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.stats import binom

from .mapping import FEWEST_VOTES
from .votes import AGREE, DISAGREE, PASS, Votes, gather

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]
Mask = NDArray[np.bool_]

#: A company of fewer is not looked at.
FEWEST_TOGETHER = 7
#: People who began within so many seconds keep company.
ONE_MOMENT = 600.0
#: Votes alike of votes in common: from one network, and of one moment alone.
ALIKE, ALIKE_OF_ONE_MOMENT = 0.9, 1.0
#: Less likely than this is not chance.
CHANCE = 1e-6
#: With fewer people outside to compare with nobody knows what chance makes.
FEWEST_OUTSIDE = 20
#: Whoever is flagged is no measure of chance for the others: one hand in many companies would hide itself.
MOST_ROUNDS = 6
#: Seconds between two votes; nobody reads a statement in less, time after time.
TOO_QUICK = 1.0
CLOCKWORK = 0.1
#: People outside who are compared, at most; drawn with the seed.
MOST_OUTSIDE = 2_000

RULES = ("copies", "pace")


@dataclass(frozen=True, slots=True)
class Scripted:
    """Who looks scripted, and why.

    Attributes:
        people: ids of those whom any rule flags, sorted.
        by_rule: ids by rule; somebody may be in both.
        of: people with votes enough to be looked at.
        untried: 'moments' or 'networks', where too little was known of them.
    """

    people: NDArray[Any]
    by_rule: Mapping[str, NDArray[Any]]
    of: int
    untried: tuple[str, ...]

    @property
    def share(self) -> float:
        return len(self.people) / self.of if self.of else 0.0


def find_scripted(
    people: ArrayLike,
    statements: ArrayLike,
    choices: ArrayLike,
    *,
    at: ArrayLike,
    networks: Mapping[Any, str] | None = None,
    seed: int = 0,
) -> Scripted:
    """Flag people who look scripted.

    Args:
        people, statements, choices: every vote as it was cast; of repeated ones the last counts.
        at: when, in seconds from any moment; not-a-number where unknown.
        networks: where people came from, by a digest, for those of whom it is known.
        seed: of the people outside who are drawn for comparison, where there are very many.

    >>> hand = [(person, one, (-1) ** one, 30 * person + 0.2 * one) for person in range(9) for one in range(8)]
    >>> found = find_scripted(*zip(*[row[:3] for row in hand]), at=[row[3] for row in hand])
    >>> found.people.tolist(), sorted(rule for rule, some in found.by_rule.items() if len(some))
    ([0, 1, 2, 3, 4, 5, 6, 7, 8], ['pace'])
    """
    moments = np.asarray(at, dtype=float)
    votes = gather(people, statements, choices)
    begun, is_odd = _paces(votes, np.searchsorted(votes.people, np.asarray(people)), moments)
    looked_at = votes.of_each_person >= FEWEST_VOTES
    network = np.array([(networks or {}).get(one, "") for one in votes.people.tolist()], dtype=object)
    flagged = {rule: np.zeros(len(votes.people), dtype=bool) for rule in RULES}
    companies, likeness = list(_companies(network, begun, looked_at)), _likeness(votes)
    rng = np.random.default_rng(seed)
    for _ in range(MOST_ROUNDS):
        before = _count(flagged)
        for together, alike in companies:
            flagged["pace"][_together(together[is_odd[together]])] = True
            outside = np.setdiff1d(np.flatnonzero(looked_at & ~_any(flagged)), together)
            flagged["copies"][_copies(together, outside, alike, likeness, rng)] = True
        if _count(flagged) == before:
            break
    by_rule = {rule: votes.people[mask] for rule, mask in flagged.items()}
    untried = [("moments", np.isfinite(begun[looked_at])), ("networks", network[looked_at] != "")]
    return Scripted(
        votes.people[_any(flagged)],
        by_rule,
        int(looked_at.sum()),
        tuple(name for name, known in untried if not known.any()),
    )


def _any(flagged: Mapping[str, Mask]) -> Mask:
    return np.asarray(np.logical_or.reduce(list(flagged.values())))


def _count(flagged: Mapping[str, Mask]) -> int:
    return int(sum(mask.sum() for mask in flagged.values()))


def _paces(votes: Votes, person: Whole, moments: Floats) -> tuple[Floats, Mask]:
    """When each began, and whether their pace is no reader's."""
    begun, is_odd = np.full(len(votes.people), np.nan), np.zeros(len(votes.people), dtype=bool)
    known = np.isfinite(moments)
    order = np.lexsort((moments[known], person[known]))
    who, when = person[known][order], moments[known][order]
    for one, own in zip(*_runs(who, when), strict=True):
        begun[one] = own[0]
        if len(own) >= FEWEST_VOTES:
            first, middle, third = np.percentile(np.diff(own), [25, 50, 75])
            is_odd[one] = middle < TOO_QUICK or third - first < CLOCKWORK * middle
    return begun, is_odd


def _runs(who: Whole, when: Floats) -> tuple[list[int], list[Floats]]:
    starts = np.flatnonzero(np.append(True, who[1:] != who[:-1])) if len(who) else np.zeros(0, dtype=np.intp)
    return who[starts].tolist(), np.split(when, starts[1:]) if len(starts) else []


def _companies(network: NDArray[Any], begun: Floats, looked_at: Mask) -> Iterator[tuple[Whole, float]]:
    """People of one network; people of one moment, and of the moments in between, so that no border parts them."""
    for one in np.unique(network[looked_at & (network != "")]):
        yield np.flatnonzero(looked_at & (network == one)), ALIKE
    timed = looked_at & np.isfinite(begun)
    for shift in (0.0, 0.5):
        moment = np.full(len(begun), -1.0)
        moment[timed] = np.floor((begun[timed] - begun[timed].min(initial=np.inf)) / ONE_MOMENT + shift)
        for one in np.unique(moment[timed]):
            yield np.flatnonzero(moment == one), ALIKE_OF_ONE_MOMENT


def _together(some: Whole) -> Whole:
    return some if len(some) >= FEWEST_TOGETHER else some[:0]


def _likeness(votes: Votes) -> Callable[[Whole, Whole, float], tuple[Mask, Mask]]:
    """Who can be compared with whom (seven votes in common), and who of them is alike."""
    shape = (len(votes.people), len(votes.statements))
    cast = {
        choice: sparse.csr_array(
            ((votes.choice == choice).astype(np.float32), (votes.person, votes.statement)), shape=shape
        )
        for choice in (AGREE, PASS, DISAGREE)
    }
    every = sparse.csr_array((np.ones(len(votes), dtype=np.float32), (votes.person, votes.statement)), shape=shape)

    def compared(rows: Whole, others: Whole, alike: float) -> tuple[Mask, Mask]:
        common = (every[rows] @ every[others].T).toarray()
        same = sum((one[rows] @ one[others].T).toarray() for one in cast.values())
        is_comparable = common >= FEWEST_VOTES
        return is_comparable, is_comparable & (same >= alike * common - 1e-3)

    return compared


def _copies(
    together: Whole,
    outside: Whole,
    alike: float,
    likeness: Callable[[Whole, Whole, float], tuple[Mask, Mask]],
    rng: np.random.Generator,
) -> Whole:
    if len(together) < FEWEST_TOGETHER or len(outside) < FEWEST_OUTSIDE:
        return together[:0]
    comparable, close = likeness(together, together, alike)
    own = np.arange(len(together))
    comparable[own, own] = close[own, own] = False
    candidates = close.sum(axis=1) >= FEWEST_TOGETHER - 1
    if not candidates.any():
        return together[:0]
    if len(outside) > MOST_OUTSIDE:
        outside = np.sort(rng.choice(outside, MOST_OUTSIDE, replace=False))
    met, met_close = likeness(together[candidates], outside, alike)
    usual = (met_close.sum(axis=1) + 1) / (met.sum(axis=1) + 1)
    chance = binom.sf(close[candidates].sum(axis=1) - 1, comparable[candidates].sum(axis=1), usual)
    return together[candidates][(chance < CHANCE) & (met.sum(axis=1) >= FEWEST_OUTSIDE)]
