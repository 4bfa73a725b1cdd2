"""Noncentral: which strengths of an effect are compatible with the statistic that was seen."""

from __future__ import annotations

import math
from collections.abc import Callable

Chance = Callable[[float], float]


def of_f(f: float, between: int, within: int, level: float) -> tuple[float, float]:
    """The interval of the noncentrality λ for an F statistic with `between` and `within` degrees of freedom.

    Source: Steiger, *Beyond the F test* (Psychological Methods 9, 2004), pp. 164-182: the F distribution is inverted.
    """
    from scipy.stats import f as central
    from scipy.stats import ncf

    def below(strength: float) -> float:
        if strength == 0:
            return float(central.cdf(f, between, within))
        chance = float(ncf.cdf(f, between, within, strength))
        # Chances below 1e-180 come as NaN from some versions of scipy.
        return 0.0 if math.isnan(chance) else chance

    return _inverted(below, f * between, level)


def of_chi_squared(chi_squared: float, freedom: int, level: float) -> tuple[float, float]:
    """The interval of the noncentrality λ for a χ² statistic with `freedom` degrees of freedom.

    Source: Smithson, *Confidence Intervals* (2003); the inversion is Steiger's (2004).
    """
    from scipy.stats import chi2, ncx2

    def below(strength: float) -> float:
        return float(ncx2.cdf(chi_squared, freedom, strength) if strength else chi2.cdf(chi_squared, freedom))

    return _inverted(below, chi_squared, level)


def _inverted(below: Chance, seen: float, level: float) -> tuple[float, float]:
    """Where the chance of less than was seen, which falls as the strength grows, is as rare as the level allows."""
    rare = (1 - level) / 2
    return _strength(below, 1 - rare, seen), _strength(below, rare, seen)


def _strength(below: Chance, chance: float, seen: float) -> float:
    from scipy.optimize import brentq

    if below(0.0) <= chance:
        return 0.0
    most = max(seen, 1.0)
    while below(most) > chance and math.isfinite(most):
        most *= 2
    return float(brentq(lambda strength: below(strength) - chance, 0.0, most, xtol=1e-10, rtol=1e-12))
