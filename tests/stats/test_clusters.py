"""Clusters: planted groups are found, the same whatever the order; everybody is in the nearest one."""

import dataclasses
import json
import random
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, silhouette_score

from tests.stats.laws import law
from titian.errors import InputError
from titian.stats import kmeans
from titian.stats.clusters import Clustering, clustered

FEATURES = ["days", "orders"]
ROWS = st.lists(st.tuples(st.integers(0, 20), st.integers(-5, 5)), max_size=25)
PLACES = np.array([[0, 0], [30, 2], [5, 40], [60, 60]])


def planted(sizes=(50, 40, 30, 20), seed=4) -> tuple[np.ndarray, np.ndarray]:
    """Rows around four places far from each other, and the place of each."""
    place = np.repeat(np.arange(len(sizes)), sizes)
    return PLACES[place] + np.random.default_rng(seed).normal(0, 1.5, (len(place), 2)), place


def codes(found: Clustering) -> list[str]:
    return [note.code for note in found.notes]


def test_planted_groups_are_found_and_counted():
    rows, place = planted()
    found = clustered(FEATURES, rows)
    assert found.sizes == (50, 40, 30, 20)
    assert found.assign(FEATURES, rows).tolist() == place.tolist()
    assert (max(found.tried, key=lambda one: one[1])[0], codes(found)) == (4, [])


def test_the_silhouette_is_scikit_learns():
    rows, _ = planted()
    found = clustered(FEATURES, rows)
    scaled = np.column_stack([scale.scaled(rows[:, each]) for each, scale in enumerate(found.scales)])
    assert found.silhouette == pytest.approx(silhouette_score(scaled, found.assign(FEATURES, rows)))


@law
@given(ROWS, st.sampled_from([None, 2, 3]), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, k, chance: random.Random):
    assert clustered(FEATURES, rows, k=k) == clustered(FEATURES, chance.sample(rows, len(rows)), k=k)


@law
@given(ROWS, st.integers(1, 4))
def test_everybody_is_in_the_nearest_cluster(rows, k):
    found = clustered(FEATURES, rows, k=k)
    used = [(FEATURES.index(scale.feature), scale) for scale in found.scales]
    labels = found.assign(FEATURES, rows).tolist()
    least = 0.0
    for row, label in zip(rows, labels, strict=True):
        point = [float(scale.scaled([row[each]])[0]) for each, scale in used]
        away = [sum((a - b) ** 2 for a, b in zip(point, centre, strict=True)) for centre in found.centres]
        assert away[label] == min(away)
        least += min(away)
    assert found.inertia == pytest.approx(least)


@law
@given(ROWS, st.integers(1, 9))
def test_clusters_share_everybody_the_largest_first_and_none_is_empty(rows, k):
    found = clustered(FEATURES, rows, k=k)
    labels = found.assign(FEATURES, rows)
    assert list(found.sizes) == sorted(found.sizes, reverse=True)
    assert np.bincount(labels, minlength=len(found.sizes)).tolist() == list(found.sizes)
    assert all(found.sizes)
    assert len(found.sizes) <= min(k, len(set(rows)))


@law
@given(ROWS, st.integers(2, 4))
def test_the_marks_say_what_sets_each_apart(rows, k):
    found = clustered(FEATURES, rows, k=k)
    labels = found.assign(FEATURES, rows)
    for cluster, marks in enumerate(found.marks):
        assert [abs(mark.difference) for mark in marks] == sorted((abs(one.difference) for one in marks), reverse=True)
        for mark in marks:
            column = np.array(rows, dtype=float)[:, FEATURES.index(mark.feature)]
            means = column[labels == cluster].mean(), column[labels != cluster].mean()
            assert (mark.inside, mark.outside) == pytest.approx(means, abs=1e-9)


@law
@given(ROWS)
def test_a_clustering_can_be_written_down_and_nothing_is_warned(rows):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = clustered(FEATURES, rows)
    assert json.loads(json.dumps(dataclasses.asdict(dataclasses.replace(found, notes=()))))["seed"] == 0


def test_the_first_mark_is_the_feature_that_differs_most():
    rows, _ = planted()
    marks = clustered(FEATURES, rows).marks
    assert [one[0].feature for one in marks] == ["days", "orders", "orders", "days"]
    assert marks[3][0].difference > 1
    assert marks[3][0].inside == pytest.approx(60, abs=1.5)


def test_units_do_not_matter():
    rows, _ = planted()
    other = clustered(FEATURES, rows * [60, 0.001])
    assert other.sizes == clustered(FEATURES, rows).sizes


def test_clusters_of_many_start_on_a_sample_and_end_on_all(monkeypatch):
    monkeypatch.setattr(kmeans, "START_ROWS", 300)
    monkeypatch.setattr(kmeans, "SILHOUETTE_ROWS", 100)
    rows, place = planted((2000, 1500, 1000, 500))
    found = clustered(FEATURES, rows, seed=9)
    assert adjusted_rand_score(place, found.assign(FEATURES, rows)) > 0.99
    scaled = found.scales[0].scaled(rows[:, 0])
    means = [scaled[found.assign(FEATURES, rows) == one].mean() for one in range(4)]
    assert [centre[0] for centre in found.centres] == pytest.approx(means, abs=1e-6)


def test_equal_sizes_are_ordered_by_their_centres():
    found = clustered(["x"], [[0], [0], [9], [9]], k=2)
    assert found.centres == ((-1,), (1,))


@pytest.mark.parametrize(
    ("rows", "k", "sizes", "noted"),
    [
        ([], None, (), ["nobody"]),
        ([(1, 1)], None, (1,), ["all_alike"]),
        ([(1, 1)] * 5, 3, (5,), ["all_alike"]),
        ([(1, 1), (2, 1), (2, 1)], 5, (2, 1), ["constant:orders", "fewer_clusters"]),
        ([(0, 0), (9, 9)], 1, (2,), []),
    ],
    ids=["nobody", "one", "all alike", "fewer than asked for", "one cluster"],
)
def test_at_the_edges_there_is_a_result_and_a_word(rows, k, sizes, noted):
    found = clustered(FEATURES, rows, k=k)
    assert (found.sizes, codes(found), found.customers) == (sizes, noted, len(rows))
    assert len(found.assign(FEATURES, rows)) == len(rows)


def test_a_cloud_without_groups_is_said_to_be_one():
    chance = np.random.default_rng(0)
    rows = chance.normal(size=(400, 6))
    assert "weak_clusters" in codes(clustered(list("abcdef"), rows))


def test_the_columns_may_come_in_another_order():
    rows, place = planted()
    found = clustered(FEATURES, rows)
    assert found.assign(["orders", "days"], rows[:, ::-1]).tolist() == place.tolist()


@pytest.mark.parametrize(("rows", "k"), [([(1, 2)], 0), ([(1, float("nan"))], None), ([(1, 2, 3)], None)])
def test_what_can_not_be_clustered_is_refused(rows, k):
    with pytest.raises(InputError):
        clustered(FEATURES, rows, k=k)
