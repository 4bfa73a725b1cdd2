"""The difference at any look: its formula, its floor of the variance, and that it is never shorter than one look's."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.operate.experiment.tables import two_arms
from tests.stats.laws import law
from titian.operate.experiment.analysis import analyze
from titian.operate.experiment.difference import ArmMean, at_any_look, telling
from titian.operate.experiment.tasting import at_one_look
from titian.stats.confidence_sequence import Boundary

arms = st.builds(ArmMean, st.integers(2, 10_000), st.floats(-100, 100), st.floats(0.01, 1e4))


def test_with_many_customers_it_is_the_boundary_times_the_standard_error():
    control, arm = ArmMean(40_000, 10.0, 4.0), ArmMean(60_000, 10.1, 4.0)
    error = math.sqrt(4 / 40_000 + 4 / 60_000)
    found = at_any_look(control, arm, Boundary())
    half = Boundary().critical(100_000) * error
    assert (found.low, found.high) == pytest.approx((0.1 - half, 0.1 + half), rel=1e-3)
    assert found.p_value == pytest.approx(Boundary().p_value(0.1 / error, 100_000), rel=1e-2)


@law
@given(arms, arms, st.sampled_from([0.8, 0.95]), st.sampled_from([10, 1000]))
def test_it_is_never_shorter_than_the_interval_of_one_look(control, arm, level, plan):
    one, any_ = at_one_look(control, arm, level), at_any_look(control, arm, Boundary(level, plan))
    assert any_.value == one.value
    assert any_.p_value >= one.p_value * (1 - 1e-9)
    if any_.low is not None:
        assert any_.low <= one.low
        assert one.high <= any_.high


@law
@given(arms, arms)
def test_p_is_below_what_the_level_leaves_just_where_the_interval_leaves_no_difference_out(control, arm):
    found = at_any_look(control, arm, Boundary())
    if found.low is not None and abs(found.p_value - 0.05) > 1e-6:
        assert (found.p_value < 0.05) == (found.low > 0 or found.high < 0)


@law
@given(arms, arms, st.floats(-50, 50))
def test_what_is_added_to_both_means_changes_nothing(control, arm, more):
    moved = [ArmMean(one.customers, one.mean + more, one.variance) for one in (control, arm)]
    here, there = at_any_look(control, arm, Boundary()), at_any_look(*moved, Boundary())
    assert (there.value, there.p_value) == pytest.approx((here.value, here.p_value), abs=1e-6)


def test_a_holdout_without_spread_has_that_of_both():
    found = at_any_look(ArmMean(20, 0.0, 0.0), ArmMean(180, 0.055, 0.052), Boundary(tuned_for=200))
    assert found.low < 0 < found.high
    assert at_one_look(ArmMean(20, 0.0, 0.0), ArmMean(180, 0.055, 0.052), 0.95).low > 0


def test_far_from_the_plan_there_is_no_interval_yet_and_that_is_said():
    frame = two_arms([1, 2, 3, 4] * 3, [2, 3, 4, 6] * 3)
    (one,) = analyze(frame, arm="arm", control="no", metrics="x", peeking=10**9).overall
    assert (one.low, one.high, one.p_value, one.verdict.key) == (None, None, pytest.approx(1), "not_enough")
    assert "too_early" in [note.code for note in one.notes]


@pytest.mark.parametrize(
    ("control", "arm", "told"),
    [
        (ArmMean(2, 0, 1), ArmMean(2, 0, 0), True),
        (ArmMean(2, 0, 0), ArmMean(2, 1, 0), False),
        (ArmMean(1, 0, 0), ArmMean(9, 0, 1), False),
    ],
)
def test_two_customers_in_either_arm_and_some_spread_are_needed(control, arm, told):
    assert telling(control, arm) is told


def test_the_relative_interval_lies_around_the_relative_difference():
    found = at_any_look(ArmMean(5000, 10.0, 100.0), ArmMean(5000, 12.0, 100.0), Boundary())
    assert found.relative == pytest.approx(0.2)
    assert found.relative_low < 0.2 < found.relative_high
    assert (1 + found.relative_low) * (1 + found.relative_high) == pytest.approx(1.44)
