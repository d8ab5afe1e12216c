"""One more vote: the map of a moment later, from where the last one settled.

    state = begin(votes, moderated=…)
    state = update(state, Vote("person", "statement", AGREE))
    state.made        the map

The axes start from the old ones, the groups from their old middles, so only what moved is reckoned again. Nobody's
groups are asked anew whether they would come out again: they keep what the last whole map said, and
`state.votes_since` says how long ago that was. Make a whole map (`begin`) from time to time.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass, replace

import numpy as np

from .groups import best, partitions
from .mapping import Grouping, OpinionMap, enough, finish, map_votes, spread
from .plane import place
from .votes import Votes


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote: who, on what, and 1 agree, 0 pass or -1 disagree."""

    person: Hashable
    statement: Hashable
    choice: int


@dataclass(frozen=True, slots=True)
class State:
    """A map, and what the next one starts from.

    Attributes:
        made: the map.
        moderated: statements that moderators took out.
        votes_since: how many votes came since the last whole map.
    """

    made: OpinionMap
    moderated: frozenset[Hashable]
    votes_since: int = 0


def begin(votes: Votes, *, moderated: Collection[Hashable] = (), seed: int = 0, plain: bool = False) -> State:
    """A whole map, and the state to go on from."""
    return State(map_votes(votes, moderated=moderated, seed=seed, plain=plain), frozenset(moderated))


def update(state: State, vote: Vote) -> State:
    """The state after one more vote; a vote on the same statement replaces the person's earlier one."""
    before = state.made
    votes = before.votes.with_one_more(vote.person, vote.statement, vote.choice)
    if before.plane is None or not before.groups:
        return replace(begin(votes, moderated=state.moderated, seed=before.seed, plain=before.is_plain), votes_since=0)
    is_out = votes.are_on(state.moderated) if state.moderated else np.zeros(len(votes.statements), dtype=bool)
    near = before.plane.axes
    if near.shape[1] != len(votes.statements):
        near = np.insert(near, int(np.searchsorted(before.votes.statements, vote.statement)), 0, axis=1)  # type: ignore[call-overload]
    plane = place(votes, is_out, near=near)
    is_clustered = enough(votes)
    members = is_clustered & ~np.isin(votes.people, before.set_aside)
    rng = np.random.default_rng(before.seed)
    tried = partitions(plane.points[members], rng, near={number: each.centres for number, each in before.tried.items()})
    chosen = tried.get(len(before.groups)) if not before.is_plain else best(tried)
    if chosen is None or not before.is_plain and chosen.sizes.min() < before.smallest:
        return begin(votes, moderated=state.moderated, seed=before.seed, plain=before.is_plain)
    holds = None if before.is_plain else _as_before(before, chosen.centres)
    grouping = Grouping(spread(chosen, members), chosen, tried, holds, before.notes)
    made = finish(votes, is_out, is_clustered, plane, grouping, before.seed, before.is_plain)
    return State(made, state.moderated, state.votes_since + 1)


def _as_before(before: OpinionMap, centres: np.ndarray) -> np.ndarray:
    """The stability of each group as the last whole map found it: that of the old group whose middle is nearest."""
    old = np.array([group.centre for group in before.groups])
    nearest = ((centres[:, None, :] - old[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
    return np.array([before.groups[at].stability for at in nearest], dtype=float)
