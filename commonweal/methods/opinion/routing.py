"""Which statement to show next, so that few votes tell most, and new ones get their turn.

    weight(s) = information(s) + newness(s)

    information(s)   how many bits a vote on s is expected to tell about the person's group: the mutual information of
                     the vote and the group, where the group is as likely as the person's votes so far make it and a
                     vote in a group is as likely as the group's smoothed shares. Without groups: how open the vote is
                     (the entropy of everybody's votes, in bits).
    newness(s)       2 to the power of minus (votes on s) / 5: one for a statement that nobody has seen, a half after
                     five votes, and so on.

The next statement is drawn with these weights: whoever would only ever ask the most telling one never hears the others.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .mapping import OpinionMap
from .plane import Floats
from .votes import AGREE, DISAGREE, PASS

Counts = NDArray[np.intp]

#: After so many votes a statement is half as new.
HALF_AS_NEW_AFTER = 5


@dataclass(frozen=True, slots=True)
class Route:
    """What could be asked next.

    Attributes:
        statements: ids that the person has not voted on and that are open.
        weights: of each; they sum to one.
    """

    statements: tuple[Any, ...]
    weights: Floats

    def draw(self, rng: np.random.Generator) -> Any:
        """The next statement.

        Raises:
            LookupError: there is nothing left to ask.
        """
        if not self.statements:
            raise LookupError("this person has voted on every statement")
        return self.statements[int(rng.choice(len(self.statements), p=self.weights))]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the statements: enough to choose by, without the votes themselves.

    Attributes:
        statements: their ids; m of them.
        agrees, passes, disagrees: votes in each group (in one group of all, where there are none); shape (groups, m).
        sizes: people in each group; shape (groups,).
        seen: votes on each by everybody; shape (m,).
    """

    statements: tuple[Any, ...]
    agrees: Counts
    passes: Counts
    disagrees: Counts
    sizes: Counts
    seen: Counts

    @classmethod
    def of(cls, made: OpinionMap) -> Known:
        """What a map knows of the statements that are open."""
        is_open, counted = ~made.is_out, made.tally
        agrees, disagrees = counted.agrees[:, is_open], counted.disagrees[:, is_open]
        return cls(
            tuple(made.votes.statements[is_open].tolist()),
            agrees,
            counted.votes[:, is_open] - agrees - disagrees,
            disagrees,
            np.array([group.size for group in made.groups] or [1]),
            made.tally_of_all.votes[0][is_open],
        )

    def of_these(self, statements: tuple[Any, ...], seen: Counts) -> Known:
        """The same of the statements that are open now; of one that came since nobody's vote is known.

        Args:
            seen: votes on each of them, as they are now; shape (m,).
        """
        places = {one: at for at, one in enumerate(self.statements)}
        at = np.array([places.get(one, -1) for one in statements], dtype=np.intp)
        agrees, passes, disagrees = (
            np.where(at >= 0, counts[:, at], 0) for counts in (self.agrees, self.passes, self.disagrees)
        )
        return Known(statements, agrees, passes, disagrees, self.sizes, seen)


def route(made: OpinionMap | Known, voted: Mapping[Any, int], *, also: tuple[Hashable, ...] = ()) -> Route:
    """What to ask somebody next.

    Args:
        voted: the person's votes so far, by statement.
        also: open statements that nobody has voted on, which the map cannot know.
    """
    known = made if isinstance(made, Known) else Known.of(made)
    is_left = np.array([one not in voted for one in known.statements], dtype=bool)
    there = set(known.statements)
    new = [one for one in also if one not in voted and one not in there]
    chances = _chances(known)
    information = _information(chances, _likely_group(known, chances, voted))[is_left]
    newness = 2.0 ** (-known.seen[is_left] / HALF_AS_NEW_AFTER)
    weights = np.concatenate([information + newness, np.ones(len(new))])
    statements = tuple(one for one, left in zip(known.statements, is_left, strict=True) if left) + tuple(new)
    return Route(statements, weights / weights.sum() if len(weights) else weights)


def _chances(known: Known) -> Floats:
    """How likely each vote is in each group, every vote having been cast once before; shape (3, groups, m)."""
    counts = np.stack([known.agrees, known.passes, known.disagrees]) + 1.0
    return np.asarray(counts / counts.sum(axis=0))


def _likely_group(known: Known, chances: Floats, voted: Mapping[Any, int]) -> Floats:
    """How likely the person is to be in each group, after their votes; shape (groups,)."""
    places = {one: at for at, one in enumerate(known.statements)}
    told = np.log(known.sizes / known.sizes.sum())
    for statement, choice in voted.items():
        if statement in places:
            told = told + np.log(chances[(AGREE, PASS, DISAGREE).index(choice), :, places[statement]])
    likely = np.exp(told - told.max())
    return np.asarray(likely / likely.sum())


def _information(chances: Floats, likely: Floats) -> Floats:
    """Bits that a vote on each statement is expected to tell; shape (m,)."""
    overall = np.einsum("g,cgm->cm", likely, chances)
    openness = -(overall * np.log2(overall)).sum(axis=0)
    if len(likely) == 1:
        return np.asarray(openness)
    within = -(chances * np.log2(chances)).sum(axis=0)
    return np.maximum(openness - likely @ within, 0)
