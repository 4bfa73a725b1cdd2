"""Noncentral: at the bounds what was seen is just as rare as the level allows, by the definition of the distributions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from tests.stats.laws import law
from titian.stats.noncentral import of_chi_squared, of_f

FREEDOM = st.integers(1, 8)
SEEN = st.floats(0, 60)


def weighted(strength: float, chances: np.ndarray) -> float:
    """Central distributions, one for each possible number of extra pairs of freedom, weighted by Poisson's."""
    extra = np.arange(len(chances))
    logs = special.xlogy(extra, strength / 2) - strength / 2 - special.gammaln(extra + 1)
    return float(np.exp(logs) @ chances)


def f_below(f: float, between: int, within: int, strength: float) -> float:
    x = between * f / (between * f + within)
    return weighted(strength, special.betainc(between / 2 + np.arange(3000), within / 2, x))


def chi_squared_below(seen: float, freedom: int, strength: float) -> float:
    return weighted(strength, special.gammainc(freedom / 2 + np.arange(3000), seen / 2))


def bounded(chance: float, wanted: float, bound: float) -> bool:
    """Just as rare as wanted; at a bound of zero it may be less likely than that."""
    return chance == pytest.approx(wanted, abs=1e-6) or (bound == 0 and chance <= wanted + 1e-9)


@law
@given(SEEN, FREEDOM, st.integers(2, 500), st.sampled_from([0.8, 0.95]))
def test_the_bounds_for_f(f, between, within, level):
    low, high = of_f(f, between, within, level)
    assert bounded(f_below(f, between, within, low), (1 + level) / 2, low)
    assert bounded(f_below(f, between, within, high), (1 - level) / 2, high)


@law
@given(SEEN, FREEDOM, st.sampled_from([0.8, 0.95]))
def test_the_bounds_for_chi_squared(seen, freedom, level):
    low, high = of_chi_squared(seen, freedom, level)
    assert bounded(chi_squared_below(seen, freedom, low), (1 + level) / 2, low)
    assert bounded(chi_squared_below(seen, freedom, high), (1 - level) / 2, high)


@pytest.mark.parametrize("seen", [0, 1e-9])
def test_what_is_weaker_than_chance_leaves_zero(seen):
    assert of_f(seen, 3, 50, 0.95) == (0, 0)
    assert of_chi_squared(seen, 3, 0.95) == (0, 0)


@pytest.mark.parametrize("seen", [1e3, 1e5, 1e7])
def test_strong_effects_are_bounded_from_both_sides(seen):
    low, high = of_chi_squared(seen, 4, 0.95)
    # A noncentral χ² is close to normal with mean 4 + λ and variance 2(4 + 2λ).
    assert (low, high) == pytest.approx((seen - 1.96 * 2 * seen**0.5, seen + 1.96 * 2 * seen**0.5), abs=12)
    low, high = of_f(seen, 4, 10**7, 0.95)
    assert low < 4 * seen < high
