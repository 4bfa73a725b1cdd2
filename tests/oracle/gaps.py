"""Gaps: the least number of whole steps after which a dimension is high, and which dimension lacks most."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.cuts import Cut
from tests.oracle.matrix import Cuts, Dimension, Matrix, Row
from tests.oracle.shop import exact


@dataclass(frozen=True)
class Gap:
    """What one customer lacks: per trait, and the trait that lacks most (None: nothing does)."""

    gaps: dict[str, Fraction]
    shares: dict[str, Fraction]
    lacking: str | None


def gap(row: Row, cut: Cut, dimension: Dimension) -> Fraction:
    """The least multiple of the step beyond which the value is high; 0 when it is."""
    value = row[dimension.trait]
    assert value is not None
    assert cut.value is not None
    missing = exact(value) - cut.value if dimension.smaller_is_better else cut.value - exact(value)
    steps = missing / dimension.step
    whole = steps.__ceil__() if cut.inclusive else steps.__floor__() + 1
    return max(whole, 0) * dimension.step


def share(size: Fraction, cut: Cut, dimension: Dimension) -> Fraction:
    """The gap against the size of the cut, which counts as one step at least."""
    assert cut.value is not None
    return size / max(abs(cut.value), dimension.step)


def gaps(model: Matrix, row: Row, cuts: Cuts) -> Gap:
    """Everything that one customer lacks to be high on all dimensions; ties go to the earlier dimension."""
    sizes = {d.trait: gap(row, cuts[d.trait], d) for d in model.dimensions}
    shares = {d.trait: share(sizes[d.trait], cuts[d.trait], d) for d in model.dimensions}
    most = max(model.dimensions, key=lambda d: shares[d.trait]).trait
    return Gap(sizes, shares, most if sizes[most] else None)
