"""Where do I stand? One person beside the groups, while the conversation is open."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from .mapping import OpinionMap
from .votes import AGREE, DISAGREE

#: With fewer votes in common nothing is said about a group.
FEWEST_IN_COMMON = 3


@dataclass(frozen=True, slots=True)
class Beside:
    """A person beside one group.

    Attributes:
        group: its name.
        same, of: on how many statements the person chose as most of the group did, of how many that both have a
            majority view on (passes are left out).
        is_own: whether the person is in it.
    """

    group: str
    same: int
    of: int
    is_own: bool

    @property
    def share(self) -> float:
        return self.same / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands.

    Attributes:
        votes: how many statements they voted on.
        wanted: how many more it takes until they can be put beside others; 0 when they can.
        beside: each group with which they have votes in common, the most alike first.
    """

    votes: int
    wanted: int
    beside: tuple[Beside, ...]

    @property
    def is_between(self) -> bool:
        """As much like one group as like the next: less than five in a hundred apart."""
        return len(self.beside) > 1 and self.beside[0].share - self.beside[1].share < 0.05


def stand(made: OpinionMap, person: Hashable) -> Standing:
    """Where the person stands beside the groups of the map.

    Raises:
        KeyError: nobody of that id has voted.
    """
    votes = made.votes
    at = int(np.searchsorted(votes.people, person))  # type: ignore[call-overload]
    if at >= len(votes.people) or votes.people[at] != person:
        raise KeyError(person)
    mine = slice(*np.searchsorted(votes.person, [at, at + 1]))
    statements, choices = votes.statement[mine], votes.choice[mine]
    counted = made.tally
    beside = []
    for number, group in enumerate(made.groups):
        leaning = np.sign(counted.agrees[number] - counted.disagrees[number])[statements]
        is_known = (leaning != 0) & np.isin(choices, (AGREE, DISAGREE)) & ~made.is_out[statements]
        same = int((leaning == choices)[is_known].sum())
        if is_known.sum() >= FEWEST_IN_COMMON:
            beside.append(Beside(group.name, same, int(is_known.sum()), bool(made.labels[at] == number)))
    beside.sort(key=lambda each: (-each.share, each.group))
    from_seven = max(0, 7 - len(choices))
    return Standing(len(choices), from_seven, tuple(beside))
