"""Would these groups come out again? The map is made anew from parts of the people and of the statements.

A group's stability is the mean, over the repetitions, of the largest Jaccard likeness between it and any group that
came out then, among the people who were in both. Below 0.6 is doubtful, from 0.75 stable (C. Hennig, 'Cluster-wise
assessment of cluster stability', Computational Statistics and Data Analysis 52, 2007).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .groups import settle
from .plane import Floats, place
from .votes import Votes

#: A group that scores less is an artefact, and is not reported as a group.
HOLDS = 0.6
REPETITIONS = 24
#: Of people, and of statements, in each repetition.
PART = 0.8
#: People in a repetition at most: more tell nothing new about a whole.
MOST_PEOPLE = 1_500


def stability(
    votes: Votes,
    is_out: NDArray[np.bool_],
    labels: NDArray[np.int8],
    centres: Floats,
    rng: np.random.Generator,
    *,
    repetitions: int = REPETITIONS,
) -> Floats:
    """How well each group comes out again; shape (k,), each between 0 and 1.

    Args:
        labels: the group of each person, -1 for those in none; shape (n,).
        centres: where the groups lie in the plane; shape (k, 2). Each repetition starts from the groups' own middles
            in its own plane, and once from their far ends, so that it can also find something else.
    """
    inside = np.flatnonzero(labels >= 0)
    number = len(centres)
    likeness = np.zeros((repetitions, number))
    for repetition in range(repetitions):
        people = _part(rng, inside, MOST_PEOPLE)
        statements = _part(rng, np.arange(len(votes.statements)), len(votes.statements))
        some = votes.only(_mask(len(votes.people), people), _mask(len(votes.statements), statements))
        points = place(some, is_out[statements]).points
        likeness[repetition] = _likeness(labels[people], _again(points, labels[people], number), number)
    return likeness.mean(axis=0)


def _part(rng: np.random.Generator, of: NDArray[np.intp], most: int) -> NDArray[np.intp]:
    size = min(most, max(2, round(PART * len(of))))
    return np.sort(rng.choice(of, size, replace=False))


def _mask(size: int, which: NDArray[np.intp]) -> NDArray[np.bool_]:
    mask = np.zeros(size, dtype=bool)
    mask[which] = True
    return mask


def _again(points: Floats, labels: NDArray[np.int8], number: int) -> NDArray[np.int8]:
    """Groups of these points: from the old groups' middles, and from slices along each axis; the tightest stays."""
    slices = [np.array_split(np.argsort(points[:, axis], kind="stable"), number) for axis in (0, 1)]
    old = [np.flatnonzero(labels == group) for group in range(number)]
    middles = [[points[some].mean(axis=0) if len(some) else points[0] for some in parts] for parts in (old, *slices)]
    found, centres = settle(points, np.array(middles))
    tightness = [((points - centre[label]) ** 2).sum() for label, centre in zip(found, centres, strict=True)]
    return found[int(np.argmin(tightness))]


def _likeness(before: NDArray[np.int8], after: NDArray[np.int8], number: int) -> Floats:
    """For each group before, the largest Jaccard likeness to a group after; shape (k,)."""
    both = np.zeros((number, number))
    np.add.at(both, (before, after), 1)
    either = both.sum(axis=1)[:, None] + both.sum(axis=0)[None, :] - both
    return np.asarray((both / np.maximum(either, 1)).max(axis=1))
