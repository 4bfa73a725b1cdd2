"""Effects: how much of a number a split explains (ω² with its interval), from each group's size, mean and variance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from titian.domain.note import Note
from titian.errors import InputError
from titian.stats import magnitude, noncentral
from titian.stats.effect_notes import ALL_EQUAL, ALONE, NOBODY, ONE_GROUP, PERFECT, WITHOUT_SPREAD, on_size
from titian.stats.links import Numbers, same_length
from titian.stats.magnitude import Magnitude

LEVEL = 0.95
ROUNDING = 1e-12
"""A spread this small beside the values is a trace of rounding."""


@dataclass(frozen=True)
class WelchTest:
    """Whether means differ when variances may: `f` on `between` and `within` degrees of freedom, and its p value.

    Source: Welch, *On the comparison of several mean values* (Biometrika 38, 1951).
    """

    f: float
    between: int
    within: float
    p: float


@dataclass(frozen=True)
class NumberEffect:
    """How much of a number's variance lies between the groups of a split.

    `omega_squared` (0 to 1) is the share in the population, with the bias of small groups taken out and not below zero;
    `eta_squared` is the share in these very customers; `low` and `high` hold the share in the population at `level`.
    All are None where nothing can be said, and `notes` says why. `f` and `p` are those of the analysis of variance, None
    where there is nothing to test; `f` is infinite when nobody differs from their group. `groups` with anyone in them,
    `customers` in all.
    """

    omega_squared: float | None
    eta_squared: float | None
    low: float | None
    high: float | None
    level: float
    size: Magnitude | None
    f: float | None
    p: float | None
    welch: WelchTest | None
    groups: int
    customers: int
    notes: tuple[Note, ...]


@dataclass(frozen=True, eq=False)
class _Groups:
    sizes: Numbers
    means: Numbers
    variances: Numbers

    @property
    def customers(self) -> float:
        return float(self.sizes.sum())

    @property
    def between(self) -> float:
        """Sum of squares between the groups; zero when it is but rounding."""
        middle = float(self.sizes @ self.means) / self.customers
        return self._beyond_rounding(float(self.sizes @ (self.means - middle) ** 2))

    @property
    def within(self) -> float:
        """Sum of squares within the groups; zero when it is but rounding."""
        return self._beyond_rounding(float((self.sizes - 1) @ self.variances))

    def _beyond_rounding(self, squares: float) -> float:
        scale = ROUNDING * float(np.abs(self.means).max())
        return squares if squares > self.customers * scale**2 else 0.0


def effect_on_number(sizes: ArrayLike, means: ArrayLike, variances: ArrayLike, *, level: float = LEVEL) -> NumberEffect:
    """How much of a number the split into groups explains, from each group's size, mean and sample variance.

    With SSB, SSW the sums of squares between and within k groups of N customers and MSW = SSW / (N - k):
    η² = SSB / (SSB + SSW), ω² = (SSB - (k - 1)·MSW) / (SSB + SSW + MSW). The interval inverts the noncentral F
    distribution: share = λ / (λ + N). Empty groups are left out; variances of groups of one are not read.

    Source: Hays, *Statistics for Psychologists* (1963) for ω²; Steiger, *Beyond the F test* (2004) for the interval.
    Raises InputError for arrays of different lengths, values that are not numbers, and a level outside (0, 1).
    """
    groups = _checked(sizes, means, variances, level)
    count, customers = len(groups.sizes), int(groups.customers)
    notes = on_size(customers)
    if count == 0:
        return _without(None, level, 0, 0, (NOBODY,))
    if count == 1:
        return _without(0.0, level, 1, customers, (ONE_GROUP, *notes))
    if groups.between == 0 and groups.within == 0:
        return _without(0.0, level, count, customers, (ALL_EQUAL, *notes))
    if customers == count:
        return _without(None, level, count, customers, (ALONE, *notes))
    if groups.within == 0:
        return _perfect(level, count, customers, (PERFECT, *notes))
    return _estimated(groups, level, notes)


def _checked(sizes: ArrayLike, means: ArrayLike, variances: ArrayLike, level: float) -> _Groups:
    count, mean, variance = (np.asarray(given, dtype=np.float64) for given in (sizes, means, variances))
    same_length(sizes=count, means=mean, variances=variance)
    check_level(level)
    some = count > 0
    count, mean = count[some], mean[some]
    variance = np.where(count > 1, variance[some], 0.0)
    if not bool(np.all(np.isfinite(count) & np.isfinite(mean) & np.isfinite(variance) & (variance >= 0))):
        raise InputError(
            "a group's size, mean or variance is not a number, or a variance is below zero",
            "leave customers without a value out before the groups are summed up",
            zh="有分组的人数、均值或方差不是数字，或方差小于零",
            hint_zh="请在汇总分组之前去掉没有取值的客户",
        )
    return _Groups(count, mean, variance)


def check_level(level: float) -> None:
    """Raises InputError unless the level of an interval is between 0 and 1."""
    if not 0 < level < 1:
        raise InputError(
            f"the level of the interval is {level}",
            "choose a number between 0 and 1; 0.95 is usual",
            zh=f"区间的置信水平为 {level}",
            hint_zh="请选择 0 与 1 之间的数，常用 0.95",
            level=level,
        )


def _without(share: float | None, level: float, groups: int, customers: int, notes: tuple[Note, ...]) -> NumberEffect:
    """Nothing to test: the share is 0 by definition, or nobody can say."""
    size = None if share is None else magnitude.of_share(share)
    return NumberEffect(share, share, share, share, level, size, None, None, None, groups, customers, notes)


def _perfect(level: float, groups: int, customers: int, notes: tuple[Note, ...]) -> NumberEffect:
    return NumberEffect(1.0, 1.0, 1.0, 1.0, level, magnitude.LARGE, float("inf"), 0.0, None, groups, customers, notes)


def _estimated(groups: _Groups, level: float, notes: Sequence[Note]) -> NumberEffect:
    from scipy.stats import f as f_distribution

    between, within = len(groups.sizes) - 1, int(groups.customers) - len(groups.sizes)
    error = groups.within / within
    total = groups.between + groups.within
    f = groups.between / between / error
    omega = max(0.0, (groups.between - between * error) / (total + error))
    low, high = (one / (one + groups.customers) for one in noncentral.of_f(f, between, within, level))
    tested = (groups.sizes > 1) & (groups.variances > 0)
    return NumberEffect(
        omega_squared=omega,
        eta_squared=groups.between / total,
        low=low,
        high=high,
        level=level,
        size=magnitude.of_share(omega),
        f=f,
        p=float(f_distribution.sf(f, between, within)),
        welch=_welch(_Groups(groups.sizes[tested], groups.means[tested], groups.variances[tested])),
        groups=between + 1,
        customers=int(groups.customers),
        notes=(*notes, *(() if tested.all() else (WITHOUT_SPREAD,))),
    )


def _welch(groups: _Groups) -> WelchTest | None:
    from scipy.stats import f as f_distribution

    between = len(groups.sizes) - 1
    if between < 1:
        return None
    weights = groups.sizes / groups.variances
    shares = weights / weights.sum()
    spread = float(weights @ (groups.means - shares @ groups.means) ** 2) / between
    unsure = float(((1 - shares) ** 2 / (groups.sizes - 1)).sum())
    f = spread / (1 + 2 * (between - 1) / (between * (between + 2)) * unsure)
    within = between * (between + 2) / (3 * unsure)
    return WelchTest(f, between, within, float(f_distribution.sf(f, between, within)))
