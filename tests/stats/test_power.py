"""Power: other people's code, one question turned into another, and a simulation."""

import numpy as np
import pytest
import tea_tasting
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.power import NormalIndPower
from tea_tasting.aggr import Aggregates

from tests.stats.laws import law
from titian.errors import InputError
from titian.stats.power import critical_of, detectable, least_held_out, needed

variances, differences, parts = st.floats(0.01, 1e4), st.floats(0.001, 10), st.floats(0.02, 0.98)
powers = st.sampled_from([0.6, 0.8, 0.9])
ONE_LOOK = 1.959963984540054


@pytest.mark.parametrize(
    ("variance", "difference", "held_out"), [(0.09, 0.005, 0.1), (6400, 2.0, 0.5), (0.2, 0.03, 0.3)]
)
def test_it_takes_as_many_as_tea_tasting_and_statsmodels_say(variance, difference, held_out):
    ratio = (1 - held_out) / held_out
    metric = tea_tasting.Mean("x", effect_size=difference, ratio=ratio, use_t=False)
    theirs = metric.solve_power_from_aggregates(Aggregates(2, {"x": 1.0}, {"x": variance}), "n_obs")[0].n_obs
    control = NormalIndPower().solve_power(difference / variance**0.5, alpha=0.05, power=0.8, ratio=ratio)
    found = needed(variance, difference, held_out, ONE_LOOK)
    assert found == pytest.approx(theirs, abs=1)
    assert found == pytest.approx(control * (1 + ratio), rel=1e-4)


@law
@given(variances, differences, parts, powers)
def test_as_many_as_are_needed_detect_the_difference(variance, difference, held_out, power):
    customers = needed(variance, difference, held_out, ONE_LOOK, power)
    assert detectable(variance, customers, held_out, ONE_LOOK, power) <= difference * (1 + 1e-9)
    if customers > 2:
        assert detectable(variance, customers - 1, held_out, ONE_LOOK, power) > difference * (1 - 1e-9)


@law
@given(variances, differences, st.floats(0.02, 0.5), powers)
def test_the_least_holdout_is_the_one_that_takes_so_many_customers(variance, difference, held_out, power):
    customers = needed(variance, difference, held_out, ONE_LOOK, power)
    least = least_held_out(variance, difference, customers, ONE_LOOK, power)
    assert least is not None
    assert detectable(variance, customers, least, ONE_LOOK, power) == pytest.approx(difference)
    assert least <= held_out * (1 + 1e-9)


def test_too_few_customers_show_nothing_however_they_are_split():
    enough = needed(1.0, 0.1, 0.5, ONE_LOOK)
    assert least_held_out(1.0, 0.1, enough, ONE_LOOK) == pytest.approx(0.5, abs=0.05)
    assert least_held_out(1.0, 0.1, enough - 2, ONE_LOOK) is None


def test_the_effect_is_seen_as_often_as_was_said():
    chance, customers = np.random.default_rng(5), needed(0.16, 0.05, 0.2, ONE_LOOK)
    held_out = round(customers * 0.2)
    control = chance.normal(0.0, 0.4 / held_out**0.5, 5000)
    touched = chance.normal(0.05, 0.4 / (customers - held_out) ** 0.5, 5000)
    error = (0.16 / held_out + 0.16 / (customers - held_out)) ** 0.5
    assert (np.abs(touched - control) > ONE_LOOK * error).mean() == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize(("level", "critical"), [(0.95, 1.96), (0.9, 1.645), (0.99, 2.576)])
def test_the_interval_of_one_look(level, critical):
    assert critical_of(level) == pytest.approx(critical, abs=0.001)


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"variance": 0}, "variance"),
        ({"variance": float("nan")}, "variance"),
        ({"power": 0.2}, "power"),
        ({"power": 1}, "power"),
        ({"held_out": 0}, "held out"),
        ({"held_out": 1}, "held out"),
        ({"difference": 0}, "difference of 0"),
    ],
)
def test_numbers_that_make_no_experiment_are_refused(asked, what):
    given = {"variance": 1.0, "difference": 0.1, "held_out": 0.5, "critical": ONE_LOOK} | asked
    with pytest.raises(InputError, match=what):
        needed(**given)
