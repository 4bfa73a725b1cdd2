"""Confidence sequences: the paper's formula, the mSPRT that they are, how often they fail, and laws."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from tests.stats.laws import law
from titian.errors import InputError
from titian.stats.confidence_sequence import Boundary, as_normal, as_students

customers = st.floats(2, 1e7)
levels = st.sampled_from([0.8, 0.9, 0.95, 0.99])
plans = st.floats(20, 1e6)


def rho_of(level: float, plan: float) -> float:
    return math.sqrt((-2 * math.log(1 - level) + math.log(-2 * math.log(1 - level) + 1)) / plan)


@law
@given(customers, levels, plans)
def test_the_boundary_is_the_formula_of_the_paper(n, level, plan):
    rho, alpha = rho_of(level, plan), 1 - level
    half = math.sqrt(2 * (n * rho**2 + 1) / (n**2 * rho**2) * math.log(math.sqrt(n * rho**2 + 1) / alpha))
    assert Boundary(level, plan).critical(n) / math.sqrt(n) == pytest.approx(half)


@pytest.mark.parametrize("deviation", [0.5, 2.0, 3.5])
@pytest.mark.parametrize("n", [50, 1000, 40_000])
def test_the_p_value_is_one_over_the_likelihood_mixed_over_normal_effects(deviation, n):
    """The mSPRT: effects are as likely as a normal of variance ρ², in standard deviations of one customer."""
    rho = rho_of(0.95, 1000)

    def mixed(effect: float) -> float:
        return norm.pdf(effect, scale=rho) * math.exp(math.sqrt(n) * deviation * effect - n * effect**2 / 2)

    reach = 10 / math.sqrt(n) + 10 * rho
    evidence, _ = quad(mixed, -reach, reach, points=[deviation / math.sqrt(n)], limit=200)
    assert Boundary().p_value(deviation, n) == pytest.approx(min(1, 1 / evidence), rel=1e-6)


@law
@given(customers, levels, plans)
def test_at_the_end_of_the_interval_the_p_value_is_what_the_level_leaves(n, level, plan):
    boundary = Boundary(level, plan)
    assert boundary.p_value(boundary.critical(n), n) == pytest.approx(1 - level)


@law
@given(customers, st.floats(-50, 50), st.floats(0.01, 5))
def test_what_lies_farther_off_is_less_likely(n, deviation, more):
    farther = math.copysign(abs(deviation) + more, deviation)
    assert Boundary().p_value(farther, n) <= Boundary().p_value(deviation, n) <= 1


@law
@given(levels, plans, st.floats(0.05, 20))
def test_the_interval_is_tightest_near_the_plan(level, plan, times):
    planned = Boundary(level, plan).critical(plan)
    if abs(math.log(times)) > 0.5:
        assert Boundary(level, plan * times).critical(plan) > planned * 0.999


@pytest.mark.parametrize("plan", [1, 1000, 1e6])
def test_at_the_plan_it_is_half_as_wide_again_as_for_one_look(plan):
    assert Boundary(0.95, plan).critical(plan) / norm.ppf(0.975) == pytest.approx(1.549, abs=0.001)


def test_a_mean_that_is_looked_at_after_every_customer_leaves_it_one_time_of_twenty_at_most():
    drawn = np.random.default_rng(20240601).normal(size=(1000, 5000)).cumsum(axis=1)
    n = np.arange(1, 5001)
    bounds = np.array([Boundary(tuned_for=500).critical(float(one)) for one in n])
    wrong = (np.abs(drawn) / np.sqrt(n) > bounds).any(axis=1).mean()
    at_once = (np.abs(drawn[:, 20:]) / np.sqrt(n[20:]) > 1.96).any(axis=1).mean()
    assert 0.01 < wrong <= 0.05
    assert at_once > 0.4


@law
@given(st.floats(0, 6), st.floats(1, 1e6))
def test_a_deviation_of_students_is_farther_and_comes_back(deviation, degrees):
    there = as_students(deviation, degrees)
    assert there >= deviation - 1e-9
    assert as_normal(there, degrees) == pytest.approx(deviation, abs=1e-6)


def test_a_few_customers_far_from_the_plan_know_nothing():
    assert as_students(Boundary(tuned_for=1e9).critical(20), 18) == math.inf


@pytest.mark.parametrize("plan", [0, -5, float("nan")])
def test_a_plan_without_customers_is_refused(plan):
    with pytest.raises(InputError, match="tuned"):
        Boundary(tuned_for=plan)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_outside_of_0_and_1_is_refused(level):
    with pytest.raises(InputError, match="level"):
        Boundary(level)
