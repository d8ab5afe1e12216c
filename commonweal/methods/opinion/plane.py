"""Two directions along which people differ most, and where each person stands.

A vote that was not cast is taken to be the statement's mean, so after centring it is nought: the matrix stays sparse,
and imputation costs nothing. A statement that moderators took out counts as nought for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import eigh
from scipy.sparse.linalg import LinearOperator, eigsh

from .votes import Votes

Floats = NDArray[np.float64]

#: Up to so many people or statements the whole Gram matrix is cheaper than a search for two directions.
SMALL = 400
#: How near the search comes to the directions; they settle about 1e-6 further out than this.
NEARNESS = 1e-9


@dataclass(frozen=True, slots=True)
class Plane:
    """Where people stand.

    Attributes:
        means: of each statement, over those who voted on it; shape (m,).
        axes: two directions of length one, the wider first; shape (2, m).
        explained_variance: the share of all differences along each; shape (2,).
        points: of each person, further out the fewer votes they cast (see `place`); shape (n, 2).
    """

    means: Floats
    axes: Floats
    explained_variance: Floats
    points: Floats


def place(votes: Votes, is_out: NDArray[np.bool_], *, near: Floats | None = None) -> Plane:
    """Put people on a plane.

    A point is the projection of a person's centred votes, times the square root of the number of statements over the
    number that the person has a value for, so that whoever voted little does not stand in the middle for that alone.
    Each axis points so that its largest loading is positive, of equal ones the first.

    Args:
        is_out: statements that moderators took out; shape (m,).
        near: axes to begin the search from, where they are known from a moment ago; shape (2, m).
    """
    people, statements = votes.shape
    counts = ~is_out[votes.statement]
    person, statement = votes.person[counts], votes.statement[counts]
    choice = votes.choice[counts].astype(np.float64)
    cast_on = np.bincount(statement, minlength=statements)
    means = np.bincount(statement, choice, statements) / np.maximum(cast_on, 1)
    cast_by = np.bincount(person, minlength=people)
    starts = np.concatenate([[0], cast_by.cumsum()]).astype(np.int32)
    centred = sparse.csr_array((choice - means[statement], statement.astype(np.int32), starts), (people, statements))
    spread, axes = _directions(centred, near)
    total = float((centred.data**2).sum())
    scale = np.sqrt(statements / np.maximum(1, cast_by + is_out.sum()))
    return Plane(means, axes, spread / total if total else np.zeros(2), centred @ axes.T * scale[:, None])


def _directions(centred: sparse.csr_array, near: Floats | None) -> tuple[Floats, Floats]:
    """The squared lengths along the two widest directions, and the directions."""
    people, statements = centred.shape
    if min(people, statements) < 2 or not centred.nnz:
        return np.zeros(2), np.zeros((2, statements))
    if near is not None and min(people, statements) > SMALL:
        widths, axes = _from_near(centred, near)
    elif min(people, statements) <= SMALL:
        widths, axes = _by_gram(centred)
    else:
        widths, axes = _by_search(centred)
    return widths, _signed(axes)


def _by_gram(centred: sparse.csr_array) -> tuple[Floats, Floats]:
    dense = centred.toarray()
    is_wide = dense.shape[1] > dense.shape[0]
    gram = dense @ dense.T if is_wide else dense.T @ dense
    widths, found = eigh(gram, subset_by_index=[len(gram) - 2, len(gram) - 1])
    widths, found = np.maximum(widths[::-1], 0), found[:, ::-1]
    if is_wide:
        found = dense.T @ found / np.sqrt(np.maximum(widths, np.finfo(float).tiny))
    return widths, found.T


def _by_search(centred: sparse.csr_array) -> tuple[Floats, Floats]:
    across = centred.T.tocsr()
    size = centred.shape[1]
    gram = LinearOperator((size, size), matvec=lambda vector: across @ (centred @ vector), dtype=np.float64)
    widths, found = eigsh(gram, k=2, tol=NEARNESS, v0=np.full(size, size**-0.5))
    order = np.argsort(-widths)
    return widths[order], found[:, order].T


def _from_near(centred: sparse.csr_array, near: Floats, *, rounds: int = 4) -> tuple[Floats, Floats]:
    """From axes that are nearly right: a few rounds of subspace iteration, each with a Rayleigh-Ritz step."""
    across = centred.T.tocsr()
    axes = near.T
    for _ in range(rounds):
        image = across @ (centred @ axes)
        basis, _triangle = np.linalg.qr(image)
        seen = centred @ basis
        widths, turn = np.linalg.eigh(seen.T @ seen)
        axes = basis @ turn[:, ::-1]
    return widths[::-1], axes.T


def _signed(axes: Floats) -> Floats:
    largest = np.abs(axes).round(9).argmax(axis=1)
    signs = np.sign(axes[np.arange(len(axes)), largest])
    return axes * np.where(signs == 0, 1, signs)[:, None]
