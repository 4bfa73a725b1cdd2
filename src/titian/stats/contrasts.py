"""Contrasts: what sets each cluster apart from everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from titian.stats.links import Numbers
from titian.stats.scaling import Scale


@dataclass(frozen=True)
class Mark:
    """How a cluster differs from the rest in one feature.

    `difference` of the means on the feature's scale, in standard deviations of everybody: above zero when the cluster
    has more. `inside` and `outside` are the plain means of the cluster and of the rest, in the feature's unit.
    """

    feature: str
    difference: float
    inside: float
    outside: float


def contrasts(
    scales: Sequence[Scale], values: Sequence[Numbers], labels: NDArray[np.int64], clusters: int
) -> tuple[tuple[Mark, ...], ...]:
    """For each cluster its marks, the largest difference first, ties in the features' order; none where all are in one.

    `values` hold a column for each scale, `labels` the cluster of each row, from 0.
    """
    sizes = np.bincount(labels, minlength=clusters)
    if clusters < 2:
        return ((),) * clusters
    columns = [_marks(scale, column, labels, sizes) for scale, column in zip(scales, values, strict=True)]
    of_each = zip(*columns, strict=True)
    return tuple(tuple(sorted(marks, key=lambda mark: -abs(mark.difference))) for marks in of_each)


def _marks(scale: Scale, column: Numbers, labels: NDArray[np.int64], sizes: NDArray[np.int64]) -> list[Mark]:
    inside, outside = _means(column, labels, sizes)
    here, elsewhere = _means(scale.scaled(column), labels, sizes)
    rows = zip(here - elsewhere, inside, outside, strict=True)
    return [Mark(scale.feature, *(float(value) for value in row)) for row in rows]


def _means(column: Numbers, labels: NDArray[np.int64], sizes: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    """Means inside and outside of each cluster."""
    sums = np.bincount(labels, weights=column, minlength=len(sizes))
    return sums / sizes, (sums.sum() - sums) / (sizes.sum() - sizes)
