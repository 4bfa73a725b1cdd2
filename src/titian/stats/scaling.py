"""Scaling: features of different units made comparable, by arithmetic that any engine can repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from titian.errors import InputError
from titian.stats.links import Numbers

SKEWED = 1.0
"""A feature whose skewness is above this has a long tail (Bulmer, *Principles of Statistics*, 1979)."""

DIGITS = 12
"""Significant digits kept of what is fitted, so that an engine's last bit changes nothing."""


@dataclass(frozen=True)
class Scale:
    """How one feature is scaled: (ln(1 + x) if `logarithm` else x, minus `centre`) / `spread`."""

    feature: str
    logarithm: bool
    centre: float
    spread: float

    def scaled(self, values: ArrayLike) -> Numbers:
        """The values in standard deviations from the mean."""
        column = np.asarray(values, dtype=np.float64)
        return ((np.log(column + 1) if self.logarithm else column) - self.centre) / self.spread


def rounded(value: float) -> float:
    """The value to `DIGITS` significant digits."""
    return float(f"{value:.{DIGITS}g}")


def checked(features: Sequence[str], values: ArrayLike) -> Numbers:
    """Values as rows × features. Raises InputError for another shape and for values that are not finite numbers."""
    rows = np.asarray(values, dtype=np.float64)
    rows = rows.reshape(0, len(features)) if rows.size == 0 else rows
    if rows.ndim != 2 or rows.shape[1] != len(features) or not bool(np.isfinite(rows).all()):
        raise InputError(
            f"the values are no table of finite numbers with {len(features)} columns",
            "give one number for each feature in every row; fill or leave out what is missing",
            zh=f"取值不是 {len(features)} 列有限数字的表格",
            hint_zh="请为每一行的每个特征给出一个数字；缺失值请先填补或去掉",
            features=list(features),
        )
    return rows


def scales_of(features: Sequence[str], rows: Numbers) -> tuple[Scale, ...]:
    """A scale for each feature that differs between rows; constant ones have none.

    A feature without negative values and with a long right tail is taken by its logarithm if that makes it less skewed.
    """
    columns = zip(features, rows.T, strict=True) if len(rows) else ()
    return tuple(scale for feature, column in columns if (scale := _scale(feature, column)))


def _scale(feature: str, column: Numbers) -> Scale | None:
    if not _spread(column):
        return None
    logarithm = bool(column.min() >= 0) and _shortened(_skewness(column), _skewness(np.log(column + 1)))
    taken = np.log(column + 1) if logarithm else column
    spread = _spread(taken)
    return Scale(feature, logarithm, rounded(float(taken.mean())), rounded(spread)) if spread else None


def _shortened(plain: float, logarithmic: float) -> bool:
    """Whether a long tail becomes shorter; of two values the logarithm is as skewed but for the last bit."""
    return rounded(plain) > max(SKEWED, rounded(abs(logarithmic)))


def _spread(column: Numbers) -> float:
    """The standard deviation; zero when it is but rounding."""
    spread = float(column.std())
    return spread if spread > 1e-12 * float(np.abs(column).max()) else 0.0


def _skewness(column: Numbers) -> float:
    """The third standardised moment; 0 for a constant."""
    away = column - column.mean()
    deviation = _spread(column)
    return float((away**3).mean()) / deviation**3 if deviation else 0.0


def in_order(rows: Numbers) -> NDArray[np.float64]:
    """The rows sorted by their values, so that what is found does not depend on how they came."""
    ordered: Numbers = rows[np.lexsort(rows.T[::-1])] if rows.size else rows
    return ordered
