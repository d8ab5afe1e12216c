"""The steps one by one, each beside a plain way to reckon the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.methods.opinion import Votes, gather, groups, plane, stability
from commonweal.methods.opinion import statements as saying

from .conftest import planted, without_groups

OPEN = lambda votes: np.zeros(len(votes.statements), dtype=bool)  # noqa: E731


def dense(votes: Votes, is_out: np.ndarray) -> np.ndarray:
    """Imputed and centred, the plain way."""
    table = np.full(votes.shape, np.nan)
    table[votes.person, votes.statement] = votes.choice
    table[:, is_out] = 0
    means = np.nanmean(table, axis=0)
    return np.where(np.isnan(table), means, table) - means


@pytest.mark.parametrize("seed", range(5))
def test_the_axes_are_the_principal_components_of_the_imputed_table(seed):
    votes = planted((20, 15, 9), seed=seed)
    is_out = votes.are_on([3, 4])
    found = plane.place(votes, is_out)
    _left, widths, right = np.linalg.svd(dense(votes, is_out), full_matrices=False)
    assert np.allclose(np.abs(found.axes @ right[:2].T), np.eye(2), atol=1e-7)
    assert np.allclose(found.explained_variance, (widths**2 / (widths**2).sum())[:2])
    cast = np.where(is_out[votes.statement], 0, 1)
    scale = np.sqrt(30 / (np.bincount(votes.person, cast, votes.shape[0]) + 2))
    assert np.allclose(found.points, dense(votes, is_out) @ found.axes.T * scale[:, None])


def test_each_axis_points_to_its_largest_loading():
    axes = plane.place(planted((20, 15)), np.zeros(30, bool)).axes
    assert (axes[np.arange(2), np.abs(axes).argmax(axis=1)] > 0).all()


def test_the_search_for_two_directions_finds_what_the_whole_table_gives(monkeypatch):
    votes = planted((60, 40, 30), statements=50)
    whole = plane.place(votes, OPEN(votes))
    monkeypatch.setattr(plane, "SMALL", 5)
    searched = plane.place(votes, OPEN(votes))
    again = plane.place(votes, OPEN(votes), near=searched.axes + 1e-3)
    assert np.allclose(whole.points, searched.points, atol=1e-6)
    assert np.allclose(whole.points, again.points, atol=1e-6)


def silhouette_by_hand(points: np.ndarray, labels: np.ndarray) -> float:
    told = []
    for at, here in enumerate(points):
        far = np.sqrt(((points - here) ** 2).sum(axis=1))
        own = labels == labels[at]
        if own.sum() == 1:
            told.append(0.0)
            continue
        inside = far[own].sum() / (own.sum() - 1)
        outside = min(far[labels == other].mean() for other in set(labels) - {labels[at]})
        told.append((outside - inside) / max(inside, outside))
    return float(np.mean(told))


@given(st.integers(0, 10_000), st.integers(2, 4))
@settings(max_examples=30)
def test_the_silhouette_is_the_one_in_the_books(seed, number):
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(25, 2))
    labels = np.concatenate([np.arange(number), rng.integers(0, number, 25 - number)]).astype(np.int8)
    assert groups.Silhouette(points, rng).of(labels, number) == pytest.approx(
        silhouette_by_hand(points, labels), abs=1e-5
    )


def test_every_start_settles_where_nobody_is_nearer_to_another_middle():
    rng = np.random.default_rng(3)
    points = rng.normal(size=(200, 2))
    starts = groups._starts(points, rng, 4)
    labels, centres = groups.settle(points, starts)
    for label, centre, start in zip(labels, centres, starts, strict=True):
        present = ~np.isnan(start[:, 0])
        far = ((points[:, None] - centre[present]) ** 2).sum(axis=2)
        assert (far.argmin(axis=1) == label).all()
        assert np.allclose([points[label == group].mean(axis=0) for group in range(present.sum())], centre[present])


def test_groups_that_were_planted_are_found():
    votes = planted((30, 20, 10))
    points = plane.place(votes, OPEN(votes)).points
    found = groups.best(groups.partitions(points, np.random.default_rng(0)))
    assert sorted(found.sizes.tolist()) == [10, 20, 30]


def test_people_on_one_spot_are_not_split():
    assert groups.partitions(np.zeros((10, 2)), np.random.default_rng(0)) == {}


def test_a_silhouette_of_many_is_near_that_of_all(monkeypatch):
    rng = np.random.default_rng(5)
    points = np.concatenate([rng.normal(size=(600, 2)), rng.normal(size=(600, 2)) + 4])
    labels = np.repeat([0, 1], 600).astype(np.int8)
    whole = groups.Silhouette(points, rng).of(labels, 2)
    monkeypatch.setattr(groups, "MOST_AT_ONCE", 400)
    assert groups.Silhouette(points, rng).of(labels, 2) == pytest.approx(whole, abs=0.02)


def test_planted_groups_come_out_again_and_chance_ones_do_not():
    for votes, holds in ((planted((30, 20, 10)), True), (without_groups(), False)):
        points = plane.place(votes, OPEN(votes)).points
        found = groups.best(groups.partitions(points, np.random.default_rng(0)))
        again = stability.stability(votes, OPEN(votes), found.labels, found.centres, np.random.default_rng(0))
        assert bool(again.min() >= stability.HOLDS) is holds, again


def three_and_two() -> tuple[Votes, np.ndarray]:
    """Statement 0: A agrees 3 of 3, B 0 of 2. Statement 1: all agree. Statement 2: nobody in B voted."""
    rows = [(person, 0, 1) for person in range(3)] + [(3, 0, -1), (4, 0, 0)]
    rows += [(person, 1, 1) for person in range(5)] + [(0, 2, -1)]
    return gather(*zip(*rows, strict=True)), np.array([0, 0, 0, 1, 1], dtype=np.int8)


def test_votes_are_counted_by_group():
    counted = saying.tally(*three_and_two(), 2)
    assert counted.agrees.tolist() == [[3, 3, 0], [0, 2, 0]]
    assert counted.disagrees.tolist() == [[0, 0, 1], [1, 0, 0]]
    assert counted.votes.tolist() == [[3, 3, 1], [2, 2, 0]]
    assert saying.consensus(counted)[1].round(4).tolist() == [0.2, 0.6, 0.1667]  # 4/5 × 1/4, 4/5 × 3/4, 1/3 × 1/2


def test_the_strength_of_a_statement_is_the_published_one():
    counted = saying.tally(*three_and_two(), 2)
    strength, _is_clear, difference = saying._strengths(counted, counted.others, 1)
    pooled = (4 + 1) / (4 + 3)
    z = (4 / 4 - 1 / 3) / np.sqrt(pooled * (1 - pooled) * (1 / 4 + 1 / 3))
    assert difference[0, 0] == pytest.approx(z)
    assert strength[0, 0] == pytest.approx((4 / 5) / (1 / 4) * z * 4 / 5 * 2 * np.sqrt(4) * 0.5)


def test_what_unites_is_agreed_in_every_group_and_what_divides_is_not():
    votes = planted((30, 20))
    labels = np.repeat([0, 1], [30, 20]).astype(np.int8)
    counted = saying.tally(votes, labels, 2)
    uniting, dividing = saying.uniting(votes, counted, OPEN(votes)), saying.dividing(votes, counted, OPEN(votes))
    assert 0 in [told.statement for told in uniting]
    assert all(min(told.shares) > 0.5 for told in uniting)
    assert all(max(told.shares) - min(told.shares) > 0.5 for told in dividing)
    assert not {told.statement for told in uniting} & {told.statement for told in dividing}


def test_a_statement_that_moderators_took_out_is_never_told():
    votes = planted((30, 20))
    labels = np.repeat([0, 1], [30, 20]).astype(np.int8)
    counted, all_out = saying.tally(votes, labels, 2), np.ones(30, dtype=bool)
    assert saying.uniting(votes, counted, all_out) == saying.dividing(votes, counted, all_out) == []
    assert saying.representing(votes, counted, all_out) == [[], []]
