"""Clusters: customers who are alike, found by k-means on scaled features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from titian.domain.note import Note
from titian.errors import InputError
from titian.stats.cluster_notes import ALL_ALIKE, FEWER, NOBODY, WEAK, constant
from titian.stats.contrasts import Mark, contrasts
from titian.stats.kmeans import Centres, found_centres
from titian.stats.links import Numbers
from titian.stats.scaling import Scale, checked, in_order, scales_of

NO_STRUCTURE = 0.25
"""Up to this mean silhouette there is no substantial structure (Kaufman & Rousseeuw, *Finding Groups in Data*, 1990)."""


@dataclass(frozen=True)
class Clustering:
    """Clusters found once and frozen: numbered from 0, the largest first, equal ones by their centres.

    `scales` of the features used, and for each cluster its centre on them: a customer belongs to the cluster with the
    smallest sum over features of (scaled value - centre)², the first of equal ones; that is all an engine needs to know.
    `dropped` features are the same for everybody. `sizes` in customers, `inertia` the sum of those squares.
    `silhouette` (-1 to 1) says how well clusters are apart on a sample, None for one cluster; `tried` has it for each
    number of clusters that was tried. `marks` for each cluster say what sets it apart. All numbers are plain: the
    clustering can be written as JSON and read again.
    """

    scales: tuple[Scale, ...]
    dropped: tuple[str, ...]
    centres: Centres
    sizes: tuple[int, ...]
    inertia: float
    silhouette: float | None
    tried: tuple[tuple[int, float], ...]
    marks: tuple[tuple[Mark, ...], ...]
    seed: int
    customers: int
    notes: tuple[Note, ...]

    def assign(self, features: Sequence[str], values: ArrayLike) -> NDArray[np.int64]:
        """The cluster of each row of values, whose columns are named by `features`."""
        rows = checked(features, values)
        columns = [scale.scaled(rows[:, list(features).index(scale.feature)]) for scale in self.scales]
        return nearest(columns, self.centres, len(rows))[0]


def clustered(features: Sequence[str], values: ArrayLike, *, k: int | None = None, seed: int = 0) -> Clustering:
    """Clusters of the rows of `values` (a column for each feature), `k` of them or as many as the silhouette says.

    Features are scaled (see `scales_of`), k-means starts ten times by k-means++ on a sample of at most 20 thousand rows
    and goes on over all. Without `k` each number from 2 to 8 is tried, and the one with the largest mean silhouette of
    at most 2 thousand rows is taken, the smaller of equal ones. The same rows in any order and the same seed give the
    same clusters; there are never more than there are different rows.

    Source: Lloyd, *Least squares quantization in PCM* (1982); Arthur & Vassilvitskii, *k-means++* (2007); Rousseeuw,
    *Silhouettes* (1987). Raises InputError for values that are no table of finite numbers, and for k below 1.
    """
    if k is not None and k < 1:
        raise InputError(
            f"{k} clusters were asked for",
            "ask for one or more, or leave the number open",
            zh=f"要求的分群数为 {k}",
            hint_zh="请填写不小于 1 的数，或留空由系统选择",
            k=k,
        )
    rows = in_order(checked(features, values))
    scales = scales_of(features, rows)
    used = [rows[:, list(features).index(scale.feature)] for scale in scales]
    columns = [scale.scaled(column) for scale, column in zip(scales, used, strict=True)]
    found = found_centres(columns, len(rows), k, seed)
    centres, sizes = _ordered(columns, found.centres, len(rows))
    labels, squares = nearest(columns, centres, len(rows))
    dropped = tuple(feature for feature in features if feature not in {scale.feature for scale in scales})
    return Clustering(
        scales=scales,
        dropped=dropped,
        centres=centres,
        sizes=sizes,
        inertia=float(squares.sum()),
        silhouette=found.silhouette,
        tried=found.tried,
        marks=contrasts(scales, used, labels, len(centres)),
        seed=seed,
        customers=len(rows),
        notes=_notes(len(rows), dropped, k, len(centres), found.silhouette),
    )


def nearest(columns: Sequence[Numbers], centres: Centres, rows: int) -> tuple[NDArray[np.int64], Numbers]:
    """The nearest centre of each row, the first of equal ones, and the squared distance to it.

    Squares are added in the features' order, as an engine adds them.
    """
    label, least = np.zeros(rows, dtype=np.int64), np.full(rows, np.inf if centres else 0.0)
    for number, centre in enumerate(centres):
        squares = np.zeros(rows)
        for column, middle in zip(columns, centre, strict=True):
            squares += (column - middle) ** 2
        nearer = squares < least
        label[nearer], least[nearer] = number, squares[nearer]
    return label, least


def _ordered(columns: Sequence[Numbers], centres: Centres, rows: int) -> tuple[Centres, tuple[int, ...]]:
    """Centres that somebody is nearest to, the largest cluster first, and their sizes."""
    sizes = np.bincount(nearest(columns, centres, rows)[0], minlength=len(centres)).tolist()
    ranked = sorted((-size, centre) for size, centre in zip(sizes, centres, strict=True) if size)
    return tuple(centre for _, centre in ranked), tuple(-size for size, _ in ranked)


def _notes(
    customers: int, dropped: tuple[str, ...], k: int | None, clusters: int, silhouette: float | None
) -> tuple[Note, ...]:
    if customers == 0:
        return (NOBODY,)
    if clusters == 1 and k != 1:
        return (ALL_ALIKE,)
    notes = [constant(feature) for feature in dropped]
    if k is not None and clusters < k:
        notes.append(FEWER)
    if silhouette is not None and silhouette <= NO_STRUCTURE:
        notes.append(WEAK)
    return tuple(notes)
