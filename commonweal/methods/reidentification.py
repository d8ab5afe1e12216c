"""How easily somebody in a set of votes is found by a person who knows a few of their votes.

The attacker knows k votes of one person: on which statements they voted, and how. They look for those votes in a set
without names. Where nobody else voted like that on these k statements, the row is that person's, and all their other
votes with it.

    result = attack(votes, rng=random.Random(1))
    result.rows[4].unique        the share of people whom five known votes single out

The k votes are drawn from those that the person cast, each choice of k as likely as any other. Who cast fewer than k
is left out of that k. Where all the choices can be looked at, all of them are, and the result is exact; else so many
are drawn for every person, the same number for each. Sets of people are whole numbers, a bit for each person: 'who
voted like that on all of these' is one AND.

Source: the attack on a published set by a few known facts about a person is that of A. Narayanan and V. Shmatikov,
'Robust de-anonymization of large sparse datasets', IEEE Symposium on Security and Privacy (2008), without its errors:
this attacker knows every vote exactly, which is the worse case. Interval: E. B. Wilson (1927), 95 in 100.

Not covered: an attacker who also knows when, where or from which device somebody voted (an open set says none of it),
who knows votes only roughly, or who compares two sets made at different times.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from math import comb, sqrt
from operator import and_
from typing import Protocol

AGREE, PASS, DISAGREE = 1, 0, -1
#: An attacker who knows more of somebody's votes than this hardly needs the set.
MOST_KNOWN = 10
#: Drawn in all, shared out evenly among the people; and so many choices of k are looked at one by one.
DRAWS, EXACT = 20_000, 50_000
#: 95 in 100.
Z = 1.959963984540054

Vote = tuple[Hashable, Hashable, int]


class UnusableVotes(ValueError):
    """There is no vote, a choice is none of 1, 0 and -1, or somebody has two votes on one statement."""


class Dice(Protocol):
    """What we need of `random.Random`."""

    def sample(self, population: Sequence[int], k: int) -> list[int]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """What somebody finds out who knows k votes of a person.

    Attributes:
        known: k.
        people: how many cast at least k votes; the row is about them.
        unique: the share of them whom the k votes single out, on the average of all choices of k.
        low, high: where the share lies with all the choices looked at, 95 times in 100; `unique` itself where exact.
        others: how many others match too, in the middle case (the median).
        is_exact: every choice of k was looked at; else they were drawn.
    """

    known: int
    people: int
    unique: float
    low: float
    high: float
    others: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Attack:
    """Attributes:
    people, statements, votes: how much the set holds.
    rows: for each k that somebody cast at least as many votes as.
    """

    people: int
    statements: int
    votes: int
    rows: tuple[Row, ...]

    def at(self, known: int) -> Row | None:
        return next((row for row in self.rows if row.known == known), None)


def attack(
    votes: Iterable[Vote], *, rng: Dice, most: int = MOST_KNOWN, draws: int = DRAWS, exact: int = EXACT
) -> Attack:
    """Find people by k of their votes, for k = 1 … `most`.

    Args:
        votes: (person, statement, choice), each pair of person and statement once; choice 1 agree, 0 pass, -1 disagree.
            In whatever order; ids of people, and those of statements, sort among themselves.
        draws: how many choices of known votes are drawn in all, where not all of them are looked at.
        exact: up to so many choices of k votes, over all the people, are all looked at.

    Raises:
        UnusableVotes: there are none; a choice is another; a pair comes twice.

    >>> from random import Random
    >>> votes = [("ann", 1, 1), ("bob", 1, 1), ("cem", 1, -1), ("ann", 2, 0), ("bob", 2, 1)]
    >>> [(row.known, round(row.unique, 3), row.others) for row in attack(votes, rng=Random(1)).rows]
    [(1, 0.667, 0), (2, 1.0, 0)]
    """
    cast, statements = _gathered(votes)
    alike = _alike(cast)
    sets = [[alike[each] for each in own] for own in cast]
    longest = min(most, max(map(len, cast)))
    choices = {k: sum(comb(len(own), k) for own in sets) for k in range(1, longest + 1)}
    drawn = _drawn(sets, [k for k in choices if choices[k] > exact], rng, draws)
    rows = tuple(_row(k, drawn[k]) if k in drawn else _row(k, _all(sets, k), is_exact=True) for k in choices)
    return Attack(len(cast), statements, sum(map(len, cast)), rows)


#: For each person who cast enough votes: how many people match, for each choice of known votes that was looked at.
Matches = list[list[int]]


def _gathered(votes: Iterable[Vote]) -> tuple[list[list[tuple[Hashable, int]]], int]:
    """What each person cast, in an order that does not depend on how the votes came; and how many statements."""
    of: dict[Hashable, dict[Hashable, int]] = {}
    statements: set[Hashable] = set()
    for person, statement, choice in votes:
        own = of.setdefault(person, {})
        if choice not in (AGREE, PASS, DISAGREE) or statement in own:
            raise UnusableVotes(f"{person!r} on {statement!r}: {choice!r}")
        own[statement] = choice
        statements.add(statement)
    if not of:
        raise UnusableVotes("nobody voted")
    return [sorted(of[person].items()) for person in sorted(of)], len(statements)  # type: ignore[type-var]


def _alike(cast: list[list[tuple[Hashable, int]]]) -> dict[tuple[Hashable, int], int]:
    """Who voted so on a statement: a bit for each person."""
    members: dict[tuple[Hashable, int], bytearray] = {}
    width = len(cast) // 8 + 1
    for place, own in enumerate(cast):
        for each in own:
            members.setdefault(each, bytearray(width))[place // 8] |= 1 << place % 8
    return {each: int.from_bytes(bits, "little") for each, bits in members.items()}


def _all(sets: list[list[int]], known: int) -> Matches:
    return [[reduce(and_, some).bit_count() for some in combinations(own, known)] for own in sets if len(own) >= known]


def _drawn(sets: list[list[int]], wanted: list[int], rng: Dice, draws: int) -> dict[int, Matches]:
    """Votes become known one after the other: each draw serves every k at once."""
    found: dict[int, Matches] = {k: [] for k in wanted}
    if not wanted:
        return found
    rounds = -(-draws // len(sets))
    for own in sets:
        counts = [_one_by_one(own, rng.sample(range(len(own)), min(len(own), wanted[-1]))) for _ in range(rounds)]
        for k in wanted:
            if k <= len(own):
                found[k].append([count[k - 1] for count in counts])
    return found


def _one_by_one(own: list[int], order: list[int]) -> list[int]:
    left, counts = own[order[0]], []
    for place in order:
        left &= own[place]
        counts.append(left.bit_count())
    return counts


def _row(known: int, matches: Matches, *, is_exact: bool = False) -> Row:
    """Every person counts the same, however many choices of their votes were looked at."""
    people = len(matches)
    unique = sum(each.count(1) / len(each) for each in matches) / people
    looked_at = sum(map(len, matches))
    low, high = (unique, unique) if is_exact else _interval(unique, looked_at)
    return Row(known, people, unique, low, high, _middle(matches) - 1, is_exact)


def _interval(share: float, draws: int) -> tuple[float, float]:
    middle = (share + Z**2 / (2 * draws)) / (1 + Z**2 / draws)
    reach = Z / (1 + Z**2 / draws) * sqrt(share * (1 - share) / draws + Z**2 / (4 * draws**2))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def _middle(matches: Matches) -> int:
    """The lower median, each person of the same weight."""
    weights: dict[int, float] = {}
    for each in matches:
        for count in each:
            weights[count] = weights.get(count, 0.0) + 1 / len(each)
    passed = 0.0
    for count in sorted(weights):
        passed += weights[count]
        if passed >= len(matches) / 2 - 1e-9:
            return count
    raise AssertionError("half of the people are passed before the last count")
