"""People who stand together: k-means in the plane, and the number of groups by silhouette.

All starts run side by side in one array, so that a small conversation costs a few dozen numpy calls and not thousands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .plane import Floats

Labels = NDArray[np.int8]

MOST_GROUPS = 5
#: Seeded draws of k-means++ beside the three fixed starts.
DRAWS = 1
#: So many of the partitions with one number of groups are asked for their silhouette.
TIGHTEST = 2
MOST_ROUNDS = 100
#: A silhouette is taken over at most so many people, drawn with the seed; and the starts settle among so many first.
MOST_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Partition:
    """People in groups.

    Attributes:
        labels: the group of each point; shape (n,).
        centres: shape (k, 2).
        silhouette: mean over the points, between -1 and 1.
    """

    labels: Labels
    centres: Floats
    silhouette: float

    @property
    def sizes(self) -> NDArray[np.intp]:
        return np.bincount(self.labels, minlength=len(self.centres))


def partitions(
    points: Floats, rng: np.random.Generator, *, near: dict[int, Floats] | None = None, most: int = MOST_GROUPS
) -> dict[int, Partition]:
    """For each number of groups from two up, the best partition that was found.

    Every start is followed to where it settles; of the tightest partitions with one number of groups that with the best
    silhouette stays.

    Args:
        points: shape (n, 2).
        near: centres of a moment ago, by the number of groups: only they are followed, and nothing is drawn.
    """
    most = min(most, len(np.unique(points.round(9), axis=0)))
    if most < 2:
        return {}
    starts = _near(near, most) if near else _starts(points, rng, most)
    if len(points) > MOST_AT_ONCE:
        some = np.sort(rng.choice(len(points), MOST_AT_ONCE, replace=False))
        starts = np.where(np.isnan(starts), np.nan, settle(points[some], starts)[1])
    labels, centres = settle(points, starts)
    numbers = (~np.isnan(starts[:, :, 0])).sum(axis=1)
    silhouette = Silhouette(points, rng)
    found: dict[int, Partition] = {}
    for at in _tightest(points, labels, centres, numbers):
        number = int(numbers[at])
        value = silhouette.of(labels[at], number)
        if value is not None and (number not in found or value > found[number].silhouette):
            found[number] = Partition(labels[at], centres[at, :number], value)
    return dict(sorted(found.items()))


def best(found: dict[int, Partition]) -> Partition | None:
    """The partition with the best silhouette; of equal ones, that with fewer groups."""
    return max(found.values(), key=lambda each: (round(each.silhouette, 9), -len(each.centres)), default=None)


class Silhouette:
    """How much nearer people stand to their own group than to the next, reckoned from one table of distances."""

    def __init__(self, points: Floats, rng: np.random.Generator) -> None:
        self.some: NDArray[np.intp] | slice = slice(None)
        if len(points) > MOST_AT_ONCE:
            self.some = np.sort(rng.choice(len(points), MOST_AT_ONCE, replace=False))
        here = points[self.some]
        here = (here - here.mean(axis=0)).astype(np.float32)
        squares = (here**2).sum(axis=1)
        distances = here @ here.T
        distances *= -2
        distances += squares[:, None]
        distances += squares
        np.maximum(distances, 0, out=distances)
        np.sqrt(distances, out=distances)
        np.fill_diagonal(distances, 0)
        self.distances = distances

    def of(self, labels: Labels, number: int) -> float | None:
        """Its mean over everybody; None where a group is empty."""
        here = labels[self.some]
        is_in = (here[:, None] == np.arange(number)).astype(np.float32)
        sizes = is_in.sum(axis=0)
        if not sizes.all():
            return None
        each = np.arange(len(here))
        sums = self.distances @ is_in
        own = sums[each, here] / np.maximum(sizes[here] - 1, 1)
        means = sums / sizes
        means[each, here] = np.inf
        other = means.min(axis=1)
        widest = np.maximum(np.maximum(own, other), np.finfo(np.float32).tiny)
        return float(np.where(sizes[here] > 1, (other - own) / widest, 0).mean(dtype=np.float64))


def settle(points: Floats, starts: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Lloyd's rounds for all starts at once, until nobody changes group.

    Args:
        starts: centres, NaN where a start has fewer than the most; shape (r, k, 2).

    Returns:
        The labels, shape (r, n), and the centres where they settled, shape (r, k, 2).
    """
    is_absent = np.isnan(starts[:, :, 0])
    centres = np.where(np.isnan(starts), 0, starts)
    across = np.ascontiguousarray(points.T)
    every = np.arange(starts.shape[1], dtype=np.int8)[None, :, None]
    labels = np.full((len(starts), len(points)), -1, dtype=np.int8)
    moving = np.arange(len(starts))
    for _ in range(MOST_ROUNDS):
        at = centres[moving]
        far = (at.reshape(-1, 2) @ across).reshape(*at.shape[:2], -1)
        far *= -2
        far += (at**2).sum(axis=2)[:, :, None]
        far[is_absent[moving]] = np.inf
        now = far.argmin(axis=1).astype(np.int8)
        moved = (now != labels[moving]).any(axis=1)
        labels[moving] = now
        moving = moving[moved]
        if not len(moving):
            break
        is_in = (now[moved][:, None, :] == every).astype(np.float64)
        sizes = is_in.sum(axis=2)[:, :, None]
        centres[moving] = np.where(sizes > 0, is_in @ points / np.maximum(sizes, 1), centres[moving])
    return labels, centres


def _tightest(points: Floats, labels: NDArray[np.int8], centres: Floats, numbers: NDArray[np.intp]) -> list[int]:
    """For each number of groups the tightest partitions; two that are equally tight to nine digits are the same."""
    tight = [float(((points - centre[label]) ** 2).sum()) for label, centre in zip(labels, centres, strict=True)]
    widest = max(*tight, 1e-30)
    kept: dict[tuple[int, float], int] = {}
    for at, number in enumerate(numbers.tolist()):
        kept.setdefault((number, round(tight[at] / widest, 9)), at)
    in_order = sorted(kept)
    return [kept[key] for rank, key in enumerate(in_order) if rank < TIGHTEST or in_order[rank - TIGHTEST][0] != key[0]]


def _near(near: dict[int, Floats], most: int) -> Floats:
    return np.stack([_padded(centres, most) for number, centres in near.items() if number <= most])


def _padded(centres: Floats, most: int) -> Floats:
    return np.concatenate([centres, np.full((most - len(centres), 2), np.nan)])


def _starts(points: Floats, rng: np.random.Generator, most: int) -> Floats:
    """For each number of groups: from the far ends, from slices along each axis, and some that are drawn."""
    ends = _far_ends(points, most)
    by_axis = [points[np.argsort(points[:, axis], kind="stable")] for axis in (0, 1)]
    starts = []
    for number in range(2, most + 1):
        starts.append(ends[:number])
        starts += [_slices(ordered, number) for ordered in by_axis]
        starts += [_drawn(points, number, rng) for _ in range(DRAWS)]
    return np.stack([_padded(start, most) for start in starts])


def _slices(ordered: Floats, number: int) -> Floats:
    """The middles of slices with as many points each, or one more."""
    begins = np.arange(number) * len(ordered) // number
    sizes = np.diff(np.append(begins, len(ordered)))
    return np.add.reduceat(ordered, begins) / sizes[:, None]


def _far_ends(points: Floats, number: int) -> Floats:
    """The point farthest from the middle, then each time the one farthest from those before."""
    from_middle = ((points - points.mean(axis=0)) ** 2).sum(axis=1)
    chosen = [int(from_middle.argmax())]
    nearest = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < number:
        chosen.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
    return points[chosen]


def _drawn(points: Floats, number: int, rng: np.random.Generator) -> Floats:
    """k-means++: each next centre is drawn with the square of its distance from those before."""
    chosen = [int(rng.integers(len(points)))]
    nearest = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < number:
        sums = nearest.cumsum()
        chosen.append(min(int(np.searchsorted(sums, rng.random() * sums[-1])), len(points) - 1))
        nearest = np.minimum(nearest, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
    return points[chosen]
