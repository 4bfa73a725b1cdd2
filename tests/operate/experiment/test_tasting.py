"""Tasting: what comes out is tea-tasting's own, and what a hand computation gives."""

import math

import pytest
import tea_tasting
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binomtest, ttest_ind

from tests.operate.experiment import by_hand
from tests.operate.experiment.tables import ARMS, hillstrom, two_arms
from tests.stats.laws import law
from titian.operate.experiment.analysis import Analysis, analyze
from titian.operate.experiment.difference import ArmMean
from titian.operate.experiment.tasting import at_one_look, sample_ratio

TABLE = hillstrom()
COVARIATES = {"spend": "history", "aov": ("history", "visit")}
METRICS = {
    "visit": "visit",
    "spend": "spend",
    "plain": "spend",
    "aov": ("spend", "orders"),
    "value": ("spend", "orders"),
}
samples = st.lists(st.floats(-100, 100), min_size=2, max_size=30)


@pytest.fixture(scope="module")
def found() -> Analysis:
    return analyze(TABLE, arm="segment", control="none", metrics=METRICS, covariates=COVARIATES)


@pytest.fixture(scope="module")
def theirs() -> tea_tasting.experiment.ExperimentResults:
    experiment = tea_tasting.Experiment(
        {
            "visit": tea_tasting.Mean("visit"),
            "spend": tea_tasting.Mean("spend", "history"),
            "plain": tea_tasting.Mean("spend"),
            "aov": tea_tasting.RatioOfMeans("spend", "orders", "history", "visit"),
            "value": tea_tasting.RatioOfMeans("spend", "orders"),
        },
        variant="segment",
    )
    return experiment.analyze(TABLE, control="none", all_variants=True)


@pytest.mark.parametrize("arm", ARMS[1:])
@pytest.mark.parametrize("metric", METRICS)
def test_every_figure_is_that_of_tea_tasting(found, theirs, metric, arm):
    (ours,) = (one for one in found.overall if (one.metric, one.arm) == (metric, arm))
    expected = theirs["none", arm][metric]
    assert (ours.control_mean, ours.mean, ours.difference) == pytest.approx(expected[:3], rel=1e-9)
    assert (ours.low, ours.high) == pytest.approx(expected[3:5], rel=1e-8)
    assert (ours.relative, ours.relative_low, ours.relative_high) == pytest.approx(expected[5:8], rel=1e-8)
    assert ours.p_value == pytest.approx(expected.pvalue, rel=1e-7)


def of_arm(arm: str, column: str) -> list[float]:
    return TABLE.loc[TABLE.segment == arm, column].astype(float).tolist()


def held_against(found: Analysis, metric: str, arm: str, expected: by_hand.Found) -> None:
    (ours,) = (one for one in found.overall if (one.metric, one.arm) == (metric, arm))
    figures = (ours.control_mean, ours.mean, ours.low, ours.high, ours.p_value)
    assert figures == pytest.approx((expected.control, expected.arm, expected.low, expected.high, expected.p), rel=1e-7)


@pytest.mark.parametrize("arm", ARMS[1:])
@pytest.mark.parametrize(("metric", "column"), [("visit", "visit"), ("plain", "spend")])
def test_means_are_welchs_by_hand(found, metric, column, arm):
    held_against(found, metric, arm, by_hand.welch(of_arm("none", column), of_arm(arm, column)))


@pytest.mark.parametrize("arm", ARMS[1:])
def test_a_covariate_is_taken_out_as_by_hand(found, arm):
    left = by_hand.cuped(*(of_arm(one, column) for column in ("spend", "history") for one in ("none", arm)))
    held_against(found, "spend", arm, by_hand.welch(*left))


@pytest.mark.parametrize("arm", ARMS[1:])
def test_a_ratio_is_that_of_the_delta_method_by_hand(found, arm):
    parts = (by_hand.ratio_parts(of_arm(one, "spend"), of_arm(one, "orders")) for one in ("none", arm))
    held_against(found, "value", arm, by_hand.welch(*parts))


def test_a_covariate_makes_intervals_shorter_and_leaves_the_effect_where_it_is(found):
    before, after = ([one for one in found.overall if one.metric == name] for name in ("plain", "spend"))
    for plain, adjusted in zip(before, after, strict=True):
        assert adjusted.high - adjusted.low < plain.high - plain.low
        assert plain.low < adjusted.difference < plain.high


@law
@given(samples, samples)
def test_small_samples_have_scipys_interval(control, arm):
    assume(min(map(by_hand.variance, (control, arm))) > 1e-6)
    apart = ttest_ind(arm, control, equal_var=False)
    ours = analyze(two_arms(control, arm), arm="arm", control="no", metrics="x").overall[0]
    interval = apart.confidence_interval(0.95)
    assert (ours.low, ours.high, ours.p_value) == pytest.approx((*interval, apart.pvalue), rel=1e-5, abs=1e-7)


@pytest.mark.parametrize(("control", "arm"), [(-3.0, 5.0), (0.0, 5.0), (5.0, -3.0), (-3.0, -2.0), (5.0, 0.0)], ids=str)
def test_where_a_mean_is_not_above_0_the_difference_is_the_same_and_has_no_relative_interval(control, arm):
    there, here = (
        at_one_look(ArmMean(50, control + away, 4.0), ArmMean(80, arm + away, 9.0), 0.95) for away in (100, 0)
    )
    assert (here.value, here.low, here.high) == pytest.approx((there.value, there.low, there.high))
    assert here.p_value == pytest.approx(there.p_value)
    assert (here.relative_low, here.relative_high) == (None, None)
    assert here.relative == (pytest.approx(arm / control - 1) if control > 0 else None)


def test_means_next_to_0_have_no_relative_interval_instead_of_an_overflow():
    found = at_one_look(ArmMean(2, 1e-9, 1.0), ArmMean(2, 2e-9, 1.0), 0.95)
    assert (found.relative_low, found.relative_high) == (None, None)
    assert (found.low, found.high) == pytest.approx((-4.3027, 4.3027), abs=1e-3)


@pytest.mark.parametrize("level", [0.5, 0.999, 0.999999])
def test_any_level_has_a_finite_interval(level):
    found = at_one_look(ArmMean(2, 0.0, 1.0), ArmMean(2, 1.0, 0.0), level)
    assert all(map(math.isfinite, (found.low, found.high, found.p_value)))


@pytest.mark.parametrize(("control", "arm", "ratio"), [(48, 52, 1.0), (100, 850, 9.0), (0, 12, 1.0)])
def test_a_split_of_few_is_tested_exactly(control, arm, ratio):
    exact = binomtest(arm, arm + control, ratio / (1 + ratio)).pvalue
    assert sample_ratio(control, arm, ratio) == pytest.approx(exact)


def test_a_split_of_many_is_tested_by_the_normal_distribution():
    exact = binomtest(50_600, 100_000, 0.5).pvalue
    assert sample_ratio(49_400, 50_600, 1.0) == pytest.approx(exact, rel=0.01)
