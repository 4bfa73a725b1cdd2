"""Effects on numbers: published tables, other people's code, and laws."""

import random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.oneway import anova_oneway, confint_effectsize_oneway

from tests.stats.laws import law
from titian.errors import InputError
from titian.stats.effects import NumberEffect, effect_on_number

PLANT_GROWTH = [
    [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14],
    [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69],
    [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26],
]
"""Dried weights of plants; Dobson, An Introduction to Statistical Modelling (1983)."""

VALUES = st.lists(st.lists(st.integers(-50, 50), min_size=1, max_size=12), min_size=2, max_size=5)


def effect(rows, **named) -> NumberEffect:
    """The effect, from the groups' own sizes, means and variances."""
    variances = [np.var(row, ddof=1) if len(row) > 1 else np.nan for row in rows]
    return effect_on_number([len(row) for row in rows], [np.mean(row) for row in rows], variances, **named)


def codes(found: NumberEffect) -> list[str]:
    return [note.code for note in found.notes]


def test_plant_growth_as_published():
    found = effect(PLANT_GROWTH)
    assert (found.f, found.p) == (pytest.approx(4.846, abs=5e-4), pytest.approx(0.01591, abs=5e-6))
    assert found.eta_squared == pytest.approx(3.76634 / (3.76634 + 10.49209), abs=1e-6)
    assert found.omega_squared == pytest.approx((3.76634 - 2 * 0.38860) / (14.25843 + 0.38860), abs=1e-5)


def test_welch_of_plant_growth_as_r_gives_it():
    welch = effect(PLANT_GROWTH).welch
    assert (round(welch.f, 3), welch.between, round(welch.within, 3), round(welch.p, 5)) == (5.181, 2, 17.128, 0.01739)


@law
@given(VALUES)
def test_f_and_p_are_scipys(rows):
    found = effect(rows)
    assume(found.welch is not None and found.f > 1e-9)
    f, p = stats.f_oneway(*rows)
    assert (found.f, found.p) == (pytest.approx(f), pytest.approx(p, rel=1e-6))


@law
@given(st.lists(st.lists(st.integers(-50, 50), min_size=2, max_size=12, unique=True), min_size=2, max_size=5))
def test_welch_is_statsmodels(rows):
    theirs = anova_oneway([np.array(row, dtype=float) for row in rows], use_var="unequal", welch_correction=True)
    ours = effect(rows).welch
    assert ours.f == pytest.approx(theirs.statistic, abs=1e-9)
    assert (ours.within, ours.p) == (pytest.approx(theirs.df_denom), pytest.approx(theirs.pvalue, rel=1e-6, abs=1e-12))


@pytest.mark.parametrize(("f", "freedom"), [(4.846, (2, 27)), (12.5, (4, 95)), (3.9, (3, 400))])
def test_the_interval_is_that_of_statsmodels(f, freedom):
    groups, customers = freedom[0] + 1, sum(freedom) + 1
    theirs = confint_effectsize_oneway(f, freedom, nobs=customers)  # true to four digits
    # Groups of unequal size whose means give just this F with a variance of one.
    sizes = np.full(groups, customers // groups) + (np.arange(groups) < customers % groups)
    means = np.arange(groups) - sizes @ np.arange(groups) / customers
    means *= np.sqrt(f * freedom[0] / (sizes @ means**2))
    found = effect_on_number(sizes, means, np.ones(groups))
    assert found.f == pytest.approx(f)
    assert (found.low, found.high) == pytest.approx(tuple(theirs.eta2), abs=1e-4)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    chance = np.random.default_rng(11)
    truth, sizes = 0.2, np.array([20, 30, 50])
    means = np.array([0.0, 1.0, 2.0])
    means -= sizes @ means / 100
    means *= np.sqrt(truth / (1 - truth) * 100 / (sizes @ means**2))
    drawn = [
        effect([chance.normal(mean, 1, size) for mean, size in zip(means, sizes, strict=True)]) for _ in range(300)
    ]
    assert 0.92 <= np.mean([one.low <= truth <= one.high for one in drawn]) <= 0.98
    assert np.mean([one.omega_squared for one in drawn]) == pytest.approx(truth, abs=0.015)


@law
@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_of_groups_does_not_matter(rows, chance: random.Random):
    one, other = effect(rows), effect(chance.sample(rows, len(rows)))
    assert one.omega_squared == pytest.approx(other.omega_squared, abs=1e-9)
    assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=1e-6)


@law
@given(VALUES, st.sampled_from([0.01, 7.0, -3.0]), st.integers(-100, 100))
def test_the_unit_does_not_matter(rows, times, plus):
    moved = effect([[value * times + plus for value in row] for row in rows])
    assert moved.omega_squared == pytest.approx(effect(rows).omega_squared, abs=1e-6)


@law
@given(VALUES)
def test_the_interval_holds_the_share_and_is_in_zero_to_one(rows):
    found = effect(rows)
    assume(found.omega_squared is not None)
    assert 0 <= found.low <= found.omega_squared <= found.high <= 1
    assert found.omega_squared <= found.eta_squared + 1e-12


@law
@given(VALUES)
def test_a_higher_level_gives_a_wider_interval(rows):
    wide, narrow = effect(rows, level=0.99), effect(rows, level=0.8)
    assume(wide.low is not None)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


@pytest.mark.parametrize(
    ("rows", "share", "code"),
    [
        ([], None, "nobody"),
        ([[1, 2, 5]], 0.0, "one_group"),
        ([[3, 3], [3, 3, 3]], 0.0, "all_equal"),
        ([[1], [2], [3]], None, "groups_of_one"),
        ([[1, 1], [2, 2]], 1.0, "no_spread_within"),
        ([[0.1] * 7, [0.1 + 2**-56] * 9], 0.0, "all_equal"),
    ],
    ids=["nobody", "one group", "all equal", "groups of one", "no spread within", "rounding"],
)
def test_at_the_edges_there_is_a_result_and_a_word(rows, share, code):
    found = effect(rows)
    assert (found.omega_squared, found.low, found.high) == (share, share, share)
    assert code in codes(found)


def test_layers_without_spread_are_left_out_of_welchs_test_and_said():
    found = effect([[0, 0, 0], [1, 2, 3], [4, 6, 9], [5]])
    assert codes(found) == ["few_customers", "left_out_of_test"]
    assert found.welch == effect([[1, 2, 3], [4, 6, 9]]).welch


def test_empty_groups_are_no_groups():
    assert effect_on_number([3, 0, 3], [1, 0, 2], [1, 0, 1]).groups == 2


def test_ten_million_customers_have_a_narrow_interval():
    found = effect_on_number([6_000_000, 4_000_000], [10.0, 11.0], [4.0, 4.0])
    assert found.omega_squared == pytest.approx(0.24 / 4.24, abs=1e-6)
    assert 0.0555 < found.low < found.high < 0.0577


@pytest.mark.parametrize(
    ("given_", "named"),
    [
        (([2], [1, 2], [1]), {}),
        (([2], [float("nan")], [1]), {}),
        (([2], [1], [-1]), {}),
        (([2], [1], [1]), {"level": 1}),
    ],
    ids=["lengths", "no number", "variance below zero", "level"],
)
def test_what_is_no_group_is_refused(given_, named):
    with pytest.raises(InputError):
        effect_on_number(*given_, **named)
