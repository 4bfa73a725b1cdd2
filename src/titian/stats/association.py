"""Association: how far a split and a category go together (Cramér's V with its interval), from a table of counts."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from titian.domain.note import Note
from titian.errors import InputError
from titian.stats import magnitude, noncentral
from titian.stats.effect_notes import ALL_EQUAL, ALONE, NOBODY, ONE_GROUP, SPARSE, on_size
from titian.stats.effects import LEVEL, check_level
from titian.stats.links import Numbers
from titian.stats.magnitude import Magnitude

FEW_EXPECTED = 5
"""Cells that expect fewer make the χ² distribution rough when they are many (Cochran 1954)."""


@dataclass(frozen=True)
class CategoryEffect:
    """How far the layers of a split and the values of a category go together.

    `v` (0: not at all, 1: one tells the other) is Cramér's V with its bias taken out, `plain_v` the one in these very
    customers; `low` and `high` hold V in the population at `level`. All are None where nothing can be said, and `notes`
    says why. `p` is that of the χ² test, None where there is nothing to test. `groups` and `values` that occur,
    `customers` in all.
    """

    v: float | None
    plain_v: float | None
    low: float | None
    high: float | None
    level: float
    size: Magnitude | None
    chi_squared: float | None
    p: float | None
    groups: int
    values: int
    customers: int
    notes: tuple[Note, ...]


def effect_on_category(counts: ArrayLike, *, level: float = LEVEL) -> CategoryEffect:
    """How far groups (rows) and values (columns) go together, from the count of customers in each cell.

    With φ² = χ²/n for an r × c table of n customers: φ̃² = max(0, φ² - (r-1)(c-1)/(n-1)), r̃ = r - (r-1)²/(n-1), c̃
    likewise, V = √(φ̃² / min(r̃-1, c̃-1)). The interval inverts the noncentral χ² distribution, φ² = λ/n, on the same
    scale. Rows and columns without anyone are left out. A flag is a category with two values.

    Source: Bergsma, *A bias-correction for Cramér's V and Tschuprow's T* (J. Korean Stat. Soc. 42, 2013); Smithson,
    *Confidence Intervals* (2003) and Steiger (2004) for the interval. Raises InputError for counts that are not numbers
    of zero or more in rows of one length, and a level outside (0, 1).
    """
    check_level(level)
    table = _checked(counts)
    groups, values, customers = *table.shape, int(table.sum())
    notes = on_size(customers)
    if customers == 0:
        return _without(None, level, (0, 0, 0), (NOBODY,))
    if groups == 1 or values == 1:
        reason = ONE_GROUP if groups == 1 else ALL_EQUAL
        return _without(0.0, level, (groups, values, customers), (reason, *notes))
    if customers == max(groups, values):
        return _without(None, level, (groups, values, customers), (ALONE, *notes))
    return _estimated(table, level, notes)


def _checked(counts: ArrayLike) -> Numbers:
    try:
        table = np.asarray(counts, dtype=np.float64)
    except ValueError:
        raise _unfit() from None
    if table.size == 0:
        return np.zeros((0, 0))
    if table.ndim != 2 or not bool(np.all(np.isfinite(table) & (table >= 0))):
        raise _unfit()
    occurring: Numbers = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    return occurring


def _unfit() -> InputError:
    return InputError(
        "the counts are no table of numbers of zero or more",
        "give a row of counts for each group, all equally long",
        zh="计数表不是由不小于零的数组成的表格",
        hint_zh="请为每个分组给出一行计数，各行长度一致",
    )


def _without(v: float | None, level: float, counted: tuple[int, int, int], notes: tuple[Note, ...]) -> CategoryEffect:
    """Nothing to test: V is 0 by definition, or nobody can say."""
    size = None if v is None else magnitude.NONE
    return CategoryEffect(v, v, v, v, level, size, None, None, *counted, notes)


def _estimated(table: Numbers, level: float, notes: tuple[Note, ...]) -> CategoryEffect:
    from scipy.stats import chi2

    customers = float(table.sum())
    groups, values = table.shape
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / customers
    chi_squared = float(((table - expected) ** 2 / expected).sum())
    freedom, steps = (groups - 1) * (values - 1), min(groups, values) - 1
    scale = _corrected_steps(groups, values, customers)
    v = _on_scale(max(0.0, chi_squared / customers - freedom / (customers - 1)), scale)
    low, high = (_on_scale(one / customers, scale) for one in noncentral.of_chi_squared(chi_squared, freedom, level))
    sparse = float((expected < FEW_EXPECTED).mean()) > 0.2
    return CategoryEffect(
        v=v,
        plain_v=_on_scale(chi_squared / customers, steps),
        low=low,
        high=high,
        level=level,
        size=magnitude.of_association(v, steps),
        chi_squared=chi_squared,
        p=float(chi2.sf(chi_squared, freedom)),
        groups=groups,
        values=values,
        customers=int(customers),
        notes=(*notes, *((SPARSE,) if sparse else ())),
    )


def _corrected_steps(groups: int, values: int, customers: float) -> float:
    """min(r̃, c̃) - 1."""
    sides = (side - 1 - (side - 1) ** 2 / (customers - 1) for side in (groups, values))
    return min(sides)


def _on_scale(phi_squared: float, steps: float) -> float:
    """V for φ²; rounding and correction may carry it a hair above one."""
    return min(1.0, math.sqrt(phi_squared / steps))
