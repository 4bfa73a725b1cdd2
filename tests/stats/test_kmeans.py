"""k-means: centres are means of their own, the number is the silhouette's, and scikit-learn is not called for nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from tests.stats.laws import law
from titian.stats.kmeans import TRIED, found_centres

POINTS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=30)


def columns(points) -> list[np.ndarray]:
    return list(np.array(sorted(map(tuple, points)), dtype=float).T)


def nearest(points, centres) -> np.ndarray:
    away = ((np.array(points, dtype=float)[:, None] - np.array(centres)) ** 2).sum(axis=2)
    return away.argmin(axis=1)


@law
@given(POINTS, st.integers(1, 5))
def test_each_centre_is_the_mean_of_those_nearest_to_it(points, k):
    centres = found_centres(columns(points), len(points), k, seed=1).centres
    labels = nearest(points, centres)
    for number, centre in enumerate(centres):
        assert np.array(points)[labels == number].mean(axis=0) == pytest.approx(centre, abs=1e-2)


@law
@given(POINTS)
def test_the_number_with_the_largest_silhouette_is_taken(points):
    found = found_centres(columns(points), len(points), None, seed=1)
    tried = dict(found.tried)
    assert list(tried) == [k for k in TRIED if k <= len(set(points))]
    if tried:
        best = max(tried.values())
        assert len(found.centres) == min(k for k, silhouette in tried.items() if silhouette == best)
        assert found.silhouette == best


def test_it_is_as_good_as_scikit_learn_alone():
    chance = np.random.default_rng(3)
    points = chance.normal(size=(300, 3)) + chance.integers(0, 3, (300, 1)) * 4
    ours = found_centres(columns(points), 300, 3, seed=0).centres
    squares = ((points[:, None] - np.array(ours)) ** 2).sum(axis=2).min(axis=1).sum()
    theirs = KMeans(3, n_init=20, random_state=5).fit(points)
    assert squares <= theirs.inertia_ * 1.001


def test_the_silhouette_tried_is_that_of_the_labels():
    points = [(0, 0), (1, 0), (0, 1), (20, 20), (21, 20), (20, 22)]
    found = found_centres(columns(points), 6, 2, seed=0)
    labels = nearest(points, found.centres)
    assert found.tried == ((2, pytest.approx(silhouette_score(points, labels))),)


def test_two_who_differ_are_two_clusters_of_no_structure():
    found = found_centres(columns([(0, 0), (5, 5)]), 2, None, seed=0)
    assert (sorted(found.centres), found.silhouette) == ([(0, 0), (5, 5)], 0)


def test_another_seed_may_be_given_and_the_same_gives_the_same():
    points = np.random.default_rng(8).normal(size=(100, 2))
    one, same = (found_centres(columns(points), 100, 6, seed=2) for _ in range(2))
    assert one == same
