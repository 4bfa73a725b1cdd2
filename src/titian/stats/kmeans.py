"""k-means: centres of clusters and how many there should be, by scikit-learn, the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from titian.stats.links import Numbers
from titian.stats.scaling import rounded

Centres = tuple[tuple[float, ...], ...]

TRIED = range(2, 9)
"""Numbers of clusters tried when none is given."""

START_ROWS = 20_000
"""Rows that k-means starts on."""

SILHOUETTE_ROWS = 2_000
"""Rows that the silhouette rests on: its cost grows with their square."""


@dataclass(frozen=True)
class Found:
    """Centres in no order, the silhouette of the number chosen, and of each number tried."""

    centres: Centres
    silhouette: float | None
    tried: tuple[tuple[int, float], ...]


def found_centres(columns: Sequence[Numbers], rows: int, k: int | None, seed: int) -> Found:
    """Centres of `k` clusters, or of as many as the silhouette says, of sorted rows in scaled columns."""
    if rows == 0:
        return Found((), None, ())
    if not columns:
        return Found(((),), None, ())
    # More threads would add in another order, and a last bit can move a centre.
    from threadpoolctl import threadpool_limits

    points = np.column_stack(columns)
    with threadpool_limits(limits=1):
        return _found(points, k, seed)


def _found(points: Numbers, k: int | None, seed: int) -> Found:
    chance = np.random.default_rng(seed)
    start = _sample(points, START_ROWS, chance)
    judged = _sample(start, SILHOUETTE_ROWS, chance)
    different = 1 + int(np.any(np.diff(start, axis=0) != 0, axis=1).sum())
    if k is not None:
        k = min(k, different)
        tried = [(k, _silhouette(judged, _fit(start, k, seed, starts=10)))] if k > 1 else []
    else:
        tried = [(each, _silhouette(judged, _fit(start, each, seed, starts=3))) for each in TRIED if each <= different]
        k = max(tried, key=lambda one: (one[1], -one[0]))[0] if tried else 1
    centres = _fit(start, k, seed, starts=10)
    if len(start) < len(points):
        centres = _fit(points, k, seed, starts=1, init=centres)
    plain = tuple(tuple(rounded(float(value)) for value in centre) for centre in centres)
    return Found(plain, dict(tried).get(k), tuple(tried))


def _sample(points: Numbers, most: int, chance: np.random.Generator) -> Numbers:
    """At most so many rows, in their order."""
    if len(points) <= most:
        return points
    chosen: Numbers = points[np.sort(chance.choice(len(points), most, replace=False))]
    return chosen


def _fit(points: Numbers, k: int, seed: int, *, starts: int, init: Any = "k-means++") -> NDArray[np.float64]:
    from sklearn.cluster import KMeans

    fitted = KMeans(k, init=init, n_init=starts, tol=1e-6, random_state=seed).fit(points)
    return np.asarray(fitted.cluster_centers_, dtype=np.float64)


def _silhouette(points: Numbers, centres: Numbers) -> float:
    """The mean silhouette of the points by their nearest centres; who is alone in a cluster counts 0 (Rousseeuw 1987)."""
    from sklearn.metrics import pairwise_distances_argmin, silhouette_score

    labels = pairwise_distances_argmin(points, centres)
    if not 2 <= len(set(labels.tolist())) < len(points):
        return 0.0
    return rounded(float(silhouette_score(points, labels)))
