"""From votes to a map that can be kept: reckoned by `methods.opinion`, told as plain data that names nobody.

ballots = queries.ballots_of(conversation)      gather
made = mapmaking.reckon(ballots)                reckon: pure
actions.keep_map(conversation=…, made=made)     keep
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from commonweal.methods import opinion
from commonweal.methods.opinion import telling

#: The same for everybody: who chooses a seed chooses a map.
SEED = 0
#: Points lie on a grid of so many steps either way: near enough to see groups, too coarse to be a finger-print.
GRID = 400


class Telling(TypedDict):
    statement: int
    choice: int
    shares: list[float]


class Group(TypedDict):
    name: str
    size: int
    stability: float | None
    representative: list[Telling]


class Told(TypedDict):
    """What a map says: `points` by the name of the group, '' for people in none."""

    clustered: int
    groups: list[Group]
    uniting: list[Telling]
    dividing: list[Telling]
    notes: list[str]
    silhouette: float | None
    explained: list[float]
    points: dict[str, list[list[int]]]


@dataclass(frozen=True)
class Ballots:
    """Every vote as it was cast, in the order in which they count.

    Attributes:
        person, statement, choice, at: one for each cast: numbers, and seconds (not a number where unknown).
        is_shown: whether everybody may read the statement.
        networks: a digest of where people came from, by their number, where it is known.
        digest: of all casts, held back or not; one line each: id, participant's number, statement's number, choice.
        state: changes with the casts and with what is shown.
    """

    person: NDArray[np.int64]
    statement: NDArray[np.int64]
    choice: NDArray[np.int8]
    at: NDArray[np.float64]
    is_shown: NDArray[np.bool_]
    networks: Mapping[int, str]
    digest: str
    state: str


@dataclass(frozen=True)
class Reckoned:
    """A map as it is kept; the attributes are those of the record."""

    seed: int
    method: str
    version: str
    casts: int
    casts_digest: str
    state: str
    people: int
    statements: int
    votes: int
    told: Told
    told_without: Told | None
    tallies: dict[str, list[Any]]
    flagged: dict[str, Any]


def reckon(ballots: Ballots, *, seed: int = SEED) -> Reckoned:
    """The map of everybody; and, where some look scripted, what it would be without them."""
    shown = ballots.is_shown
    person, statement, choice = ballots.person[shown], ballots.statement[shown], ballots.choice[shown]
    votes = opinion.gather(person, statement, choice)
    made = opinion.map_votes(votes, seed=seed)
    scripted = opinion.find_scripted(
        person, statement, choice, at=ballots.at[shown], networks=ballots.networks, seed=seed
    )
    without = None
    if len(scripted.people):
        others = ~np.isin(votes.people, scripted.people)
        without = opinion.map_votes(votes.only(others, np.ones(len(votes.statements), dtype=bool)), seed=seed)
    people, statements = votes.shape
    return Reckoned(
        seed=seed,
        method=telling.METHOD + telling.GUARDS,
        version=opinion.VERSION,
        casts=len(ballots.person),
        casts_digest=ballots.digest,
        state=ballots.state,
        people=people,
        statements=statements,
        votes=len(votes),
        told=_told(made, points=True),
        told_without=None if without is None else _told(without, points=False),
        tallies=_tallies(made),
        flagged={
            "people": len(scripted.people),
            "of": scripted.of,
            "by_rule": {rule: len(some) for rule, some in scripted.by_rule.items()},
            "untried": list(scripted.untried),
        },
    )


def known(tallies: Mapping[str, list[Any]]) -> opinion.Known:
    """What is kept of the groups, as the method wants it to say where somebody stands."""
    agrees, passes, disagrees = (
        np.array(tallies[choice], dtype=np.intp) for choice in ("agrees", "passes", "disagrees")
    )
    seen, sizes = np.array(tallies["seen"], dtype=np.intp), np.array(tallies["sizes"], dtype=np.intp)
    return opinion.Known(tuple(tallies["statements"]), agrees, passes, disagrees, sizes, seen)


def _tallies(made: opinion.OpinionMap) -> dict[str, list[Any]]:
    found = opinion.Known.of(made)
    return {
        "statements": list(found.statements),
        "agrees": found.agrees.tolist(),
        "passes": found.passes.tolist(),
        "disagrees": found.disagrees.tolist(),
        "sizes": found.sizes.tolist(),
        "seen": found.seen.tolist(),
    }


def _told(made: opinion.OpinionMap, *, points: bool) -> Told:
    return Told(
        clustered=made.clustered,
        groups=[
            Group(
                name=group.name,
                size=group.size,
                stability=None if group.stability is None else round(group.stability, 4),
                representative=_tellings(group.representative),
            )
            for group in made.groups
        ],
        uniting=_tellings(made.uniting),
        dividing=_tellings(made.dividing),
        notes=list(made.notes),
        silhouette=None if made.silhouette is None else round(made.silhouette, 4),
        explained=[] if made.plane is None else np.round(made.plane.explained_variance, 4).tolist(),
        points=_points(made) if points else {},
    )


def _tellings(told: tuple[opinion.Telling, ...]) -> list[Telling]:
    return [
        Telling(statement=int(each.statement), choice=each.choice, shares=[round(share, 4) for share in each.shares])
        for each in told
    ]


def _points(made: opinion.OpinionMap) -> dict[str, list[list[int]]]:
    """Where people stand, in each group sorted by place: the order tells nothing of who they are.

    Whoever stands further out than all groups is put at the edge.
    """
    if made.plane is None or not made.groups:
        return {}
    places, labels = made.plane.points[made.is_clustered], made.labels[made.is_clustered]
    low, high = places[labels >= 0].min(axis=0), places[labels >= 0].max(axis=0)
    steps = np.round((places.clip(low, high) - low) / np.maximum(high - low, 1e-9) * GRID).astype(int)
    names = ["", *(group.name for group in made.groups)]
    return {name: sorted(steps[labels == at - 1].tolist()) for at, name in enumerate(names) if (labels == at - 1).any()}
