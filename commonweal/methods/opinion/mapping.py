"""From votes to an opinion map that keeps every step."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import statements as saying
from .groups import Partition, best, partitions
from .plane import Plane, place
from .stability import HOLDS, stability
from .statements import Tally, Telling
from .votes import Votes

#: Who voted on fewer statements is not put into a group.
FEWEST_VOTES = 7
#: With fewer people who voted enough there is no map: anybody could be told apart.
FEWEST_PEOPLE = 7
#: A group is at least so many people, and at least this share of all: fewer are single people far out.
SMALLEST_GROUP, SMALLEST_SHARE = 5, 0.02
#: So often people far out are set aside and the rest grouped anew.
MOST_SET_ASIDE = 5


@dataclass(frozen=True, slots=True)
class Group:
    """People who stand together.

    Attributes:
        name: A for the largest, then B, and so on.
        people: indexes into the votes' people.
        centre: where its middle lies.
        stability: how well it comes out again, between 0 and 1; None where that was not tried.
        representative: the statements that tell it from everybody else.
    """

    name: str
    people: NDArray[np.intp]
    centre: tuple[float, float]
    stability: float | None
    representative: tuple[Telling, ...]

    @property
    def size(self) -> int:
        return len(self.people)


@dataclass(frozen=True)
class OpinionMap:
    """The result, with every step on the way.

    Attributes:
        votes: what it was made from.
        is_out: statements that moderators took out; shape (m,).
        is_clustered: people who voted enough to be in a group; shape (n,).
        plane: the two directions and where people stand; None without a map.
        tried: for each number of groups the best partition of those who were grouped.
        labels: the group of each person, -1 for those in none; shape (n,).
        groups: the largest first; empty where there is no map, or where no groups would come out again.
        silhouette: of the groups; None where there are none.
        tally: votes on each statement in each group (in one group of all, where there are none).
        notes: codes of what a reader has to know (see `telling.NOTES`).
    """

    votes: Votes
    is_out: NDArray[np.bool_]
    is_clustered: NDArray[np.bool_]
    plane: Plane | None
    tried: dict[int, Partition]
    labels: NDArray[np.int8]
    groups: tuple[Group, ...]
    silhouette: float | None
    tally: Tally
    uniting: tuple[Telling, ...]
    dividing: tuple[Telling, ...]
    seed: int
    is_plain: bool
    notes: tuple[str, ...] = field(default=())

    @property
    def clustered(self) -> int:
        return int(self.is_clustered.sum())

    @property
    def set_aside(self) -> NDArray[Any]:
        """Ids of people who voted enough and are in no group."""
        return self.votes.people[self.is_clustered & (self.labels < 0)]

    @property
    def smallest(self) -> int:
        """Fewer people than this are no group."""
        return smallest_group(self.clustered)

    @property
    def tally_of_all(self) -> Tally:
        """Votes on each statement by everybody, in a group or not; arrays of shape (1, m)."""
        return saying.tally(self.votes, np.zeros(len(self.votes.people), dtype=np.int8), 1)


def map_votes(votes: Votes, *, moderated: Collection[Hashable] = (), seed: int = 0, plain: bool = False) -> OpinionMap:
    """Make the map of a conversation.

    Args:
        moderated: ids of statements that moderators took out. They count as nought.
        seed: of the drawn starts and the repetitions; the same votes and seed give the same map.
        plain: the method without our guards: no group is asked whether it would come out again, or is too small.
    """
    rng = np.random.default_rng(seed)
    is_out = votes.are_on(moderated) if moderated else np.zeros(len(votes.statements), dtype=bool)
    is_clustered = enough(votes)
    if is_clustered.sum() < FEWEST_PEOPLE:
        return _without_groups(
            votes, is_out, is_clustered, seed, plain, plane=None, tried={}, notes=("too_few_people",)
        )
    plane = place(votes, is_out)
    found = _plain if plain else _guarded
    return finish(votes, is_out, is_clustered, plane, found(votes, is_out, is_clustered, plane, rng), seed, plain)


@dataclass(frozen=True, slots=True)
class Grouping:
    """People in groups, before anybody is told about them."""

    labels: NDArray[np.int8]
    partition: Partition | None
    tried: dict[int, Partition]
    stability: NDArray[np.float64] | None = None
    notes: tuple[str, ...] = ()


def _plain(
    votes: Votes, is_out: NDArray[np.bool_], members: NDArray[np.bool_], plane: Plane, rng: np.random.Generator
) -> Grouping:
    tried = partitions(plane.points[members], rng)
    chosen = best(tried)
    return Grouping(spread(chosen, members), chosen, tried, notes=() if chosen else ("everybody_alike",))


def _guarded(
    votes: Votes, is_out: NDArray[np.bool_], members: NDArray[np.bool_], plane: Plane, rng: np.random.Generator
) -> Grouping:
    """Groups of which none is too small and each would come out again; or no groups, and why."""
    smallest = smallest_group(int(members.sum()))
    notes: tuple[str, ...] = ()
    for _ in range(MOST_SET_ASIDE):
        tried = partitions(plane.points[members], rng)
        chosen = best(tried)
        if chosen is None:
            return Grouping(spread(None, members), None, tried, notes=(*notes, "everybody_alike"))
        if chosen.sizes.min() >= smallest:
            break
        far_out = np.isin(chosen.labels, np.flatnonzero(chosen.sizes < smallest))
        members = members.copy()
        members[np.flatnonzero(members)[far_out]] = False
        notes = ("people_far_out",)
    for chosen in sorted(tried.values(), key=lambda each: -each.silhouette):
        if chosen.sizes.min() < smallest:
            continue
        labels = spread(chosen, members)
        holds = stability(votes, is_out, labels, chosen.centres, rng)
        if holds.min() >= HOLDS:
            return Grouping(labels, chosen, tried, holds, notes)
    return Grouping(spread(None, members), None, tried, notes=(*notes, "groups_do_not_hold"))


def smallest_group(clustered: int) -> int:
    return max(SMALLEST_GROUP, round(SMALLEST_SHARE * clustered))


def enough(votes: Votes) -> NDArray[np.bool_]:
    """Who voted on enough statements to be in a group; shape (n,)."""
    return votes.of_each_person >= FEWEST_VOTES


def spread(partition: Partition | None, members: NDArray[np.bool_]) -> NDArray[np.int8]:
    labels = np.full(len(members), -1, dtype=np.int8)
    if partition is not None:
        labels[members] = partition.labels
    return labels


def finish(
    votes: Votes,
    is_out: NDArray[np.bool_],
    is_clustered: NDArray[np.bool_],
    plane: Plane,
    found: Grouping,
    seed: int,
    plain: bool,
) -> OpinionMap:
    if found.partition is None:
        return _without_groups(votes, is_out, is_clustered, seed, plain, plane, found.tried, found.notes)
    order = _largest_first(found.labels, len(found.partition.centres))
    labels = np.full_like(found.labels, -1)
    for new, old in enumerate(order):
        labels[found.labels == old] = new
    counted = saying.tally(votes, labels, len(order))
    told = saying.representing(votes, counted, is_out)
    groups = tuple(
        Group(
            name="ABCDE"[new],
            people=np.flatnonzero(labels == new),
            centre=tuple(plane.points[labels == new].mean(axis=0).tolist()),
            stability=None if found.stability is None else float(found.stability[old]),
            representative=tuple(told[new]),
        )
        for new, old in enumerate(order)
    )
    return OpinionMap(
        votes=votes,
        is_out=is_out,
        is_clustered=is_clustered,
        plane=plane,
        tried=found.tried,
        labels=labels,
        groups=groups,
        silhouette=found.partition.silhouette,
        tally=counted,
        uniting=tuple(saying.uniting(votes, counted, is_out)),
        dividing=tuple(saying.dividing(votes, counted, is_out)),
        seed=seed,
        is_plain=plain,
        notes=found.notes,
    )


def _without_groups(
    votes: Votes,
    is_out: NDArray[np.bool_],
    is_clustered: NDArray[np.bool_],
    seed: int,
    plain: bool,
    plane: Plane | None,
    tried: dict[int, Partition],
    notes: tuple[str, ...],
) -> OpinionMap:
    everybody = np.zeros(len(votes.people), dtype=np.int8)
    counted = saying.tally(votes, everybody, 1)
    return OpinionMap(
        votes=votes,
        is_out=is_out,
        is_clustered=is_clustered,
        plane=plane,
        tried=tried,
        labels=np.full(len(votes.people), -1, dtype=np.int8),
        groups=(),
        silhouette=None,
        tally=counted,
        uniting=tuple(saying.uniting(votes, counted, is_out)),
        dividing=(),
        seed=seed,
        is_plain=plain,
        notes=notes,
    )


def _largest_first(labels: NDArray[np.int8], number: int) -> list[int]:
    first: Any = [int(np.flatnonzero(labels == group)[0]) for group in range(number)]
    sizes = [int((labels == group).sum()) for group in range(number)]
    return sorted(range(number), key=lambda group: (-sizes[group], first[group]))
