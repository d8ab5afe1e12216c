"""Where do I stand? One person beside the groups, while the conversation is open."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .mapping import FEWEST_VOTES, OpinionMap
from .routing import Known
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
        is_own: whether the person is in it; False where that is not known.
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
    """Where somebody who voted stands beside the groups of the map.

    Raises:
        KeyError: nobody of that id has voted.
    """
    votes = made.votes
    at = int(np.searchsorted(votes.people, person))  # type: ignore[call-overload]
    if at >= len(votes.people) or votes.people[at] != person:
        raise KeyError(person)
    mine = slice(*np.searchsorted(votes.person, [at, at + 1]))
    voted = dict(zip(votes.statements[votes.statement[mine]].tolist(), votes.choice[mine].tolist(), strict=True))
    groups = len(made.groups)
    return stand_among(Known.of(made), voted, groups=groups, own=int(made.labels[at]))


def stand_among(known: Known, voted: Mapping[Any, int], *, groups: int, own: int | None = None) -> Standing:
    """Where somebody stands who voted so, beside groups of which only the tallies are known.

    Args:
        voted: the person's votes, by statement.
        groups: how many there are; 0 where `known` counts everybody as one.
        own: the number of the group that they are in, where it is known.
    """
    places = {one: at for at, one in enumerate(known.statements)}
    mine = [(places[one], choice) for one, choice in voted.items() if one in places and choice in (AGREE, DISAGREE)]
    statements = np.array([at for at, _ in mine], dtype=np.intp)
    choices = np.array([choice for _, choice in mine], dtype=np.int8)
    leaning = np.sign(known.agrees - known.disagrees)[:, statements]
    beside = [
        Beside(
            "ABCDE"[number], int((leaning[number] == choices).sum()), int((leaning[number] != 0).sum()), number == own
        )
        for number in range(groups)
    ]
    told = sorted((each for each in beside if each.of >= FEWEST_IN_COMMON), key=lambda each: (-each.share, each.group))
    return Standing(len(voted), max(0, FEWEST_VOTES - len(voted)), tuple(told))
