"""Verdicts: what an interval says, and how many more customers make it clear."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.operate.experiment.tables import two_arms
from tests.stats.laws import law
from titian.errors import InputError
from titian.operate.experiment.analysis import analyze
from titian.operate.experiment.comparison import Comparison
from titian.operate.experiment.verdict import Terms


def spread(mean: float, deviation: float, customers: int) -> list[float]:
    """Values of exactly this mean and standard deviation."""
    half = deviation * ((customers - 1) / customers) ** 0.5
    return [mean + half, mean - half] * (customers // 2)


def judged(control: list[float], arm: list[float], **terms: object) -> Comparison:
    return analyze(two_arms(control, arm), arm="arm", control="no", metrics="x", **terms).overall[0]


@pytest.mark.parametrize(
    ("mean", "verdict"),
    [(110, "keep"), (90, "stop"), (100, "change"), (101.5, "change"), (98.5, "change"), (102.5, "keep")],
)
def test_an_interval_of_two_to_either_side_decides(mean, verdict):
    found = judged(spread(100, 10, 200), spread(mean, 10, 200), matters=0.04)
    assert (found.verdict.key, found.high - found.low) == (verdict, pytest.approx(3.93, abs=0.01))


@pytest.mark.parametrize(("mean", "verdict"), [(110, "stop"), (90, "keep"), (100, "change"), (98.5, "not_enough")])
def test_of_what_should_fall_less_is_better(mean, verdict):
    found = judged(spread(100, 10, 100), spread(mean, 10, 100), matters=0.04, lower_is_better=["x"])
    assert found.verdict.key == verdict


def test_a_wide_interval_is_not_enough():
    found = judged(spread(100, 50, 20), spread(103, 50, 20))
    assert found.verdict.key == "not_enough"
    assert found.more_customers > 1000


@law
@given(st.integers(10, 200), st.floats(1, 60), st.floats(-10, 10), st.floats(0.02, 0.3))
def test_with_as_many_more_the_answer_is_clear_or_the_effect_would_show(half, deviation, apart, matters):
    """As many more of the same kind: the chance to see the effect is 80 %, or the interval is shorter than it."""
    now = judged(spread(100, deviation, 2 * half), spread(100 + apart, deviation, 2 * half), matters=matters)
    if now.verdict.key != "not_enough":
        assert now.more_customers is None
        return
    grown = 2 * half + now.more_customers // 2
    error = deviation * (2 / grown) ** 0.5
    assert min((1.96 + 0.8416) * error, 2 * 1.96 * error) <= 100 * matters * 1.05


def test_among_many_that_were_looked_at_a_lucky_one_is_not_enough():
    lucky = spread(103, 10, 100)
    columns = {f"m{place}": spread(100, 10, 100) * 2 for place in range(20)}
    frame = two_arms(spread(100, 10, 100), lucky, **columns)
    metrics = ["x", *columns]
    found = {how: analyze(frame, arm="arm", control="no", metrics=metrics, correction=how) for how in ("holm", "none")}
    assert [found[how].overall[0].verdict.key for how in ("holm", "none")] == ["not_enough", "keep"]
    assert "may be chance" in found["holm"].overall[0].sentence.en


def test_a_holdout_of_a_few_buyers_is_not_enough_however_sure_the_interval_is():
    found = judged([0.0] * 20, [1.0] * 10 + [0.0] * 170, split={"no": 1, "yes": 9})
    assert found.low > 0
    assert (found.verdict.key, [note.code for note in found.notes]) == ("not_enough", ["few_acting", "few_customers"])


def test_a_share_of_nearly_all_rests_on_the_few_who_are_not_in_it():
    found = judged([1.0] * 40, [0.0] * 12 + [1.0] * 188, split={"no": 1, "yes": 5})
    assert (found.high < 0, found.is_share, found.verdict.key) == (True, True, "not_enough")


def test_a_large_holdout_in_which_nobody_bought_is_enough():
    assert judged([0.0] * 1000, [1.0] * 500 + [0.0] * 8500, split={"no": 1, "yes": 9}).verdict.key == "keep"


@pytest.mark.parametrize(
    ("control", "arm", "code"),
    [([1.0] * 30, [1.0] * 30, "all_alike"), ([0.0] * 30, [1.0] * 30, "all_alike"), ([1.0], [2.0, 3.0], "one_customer")],
)
def test_without_spread_nothing_can_be_told(control, arm, code):
    found = judged(control, arm)
    assert (found.verdict.key, found.low, found.high, found.p_value, found.more_customers) == (
        "not_enough",
        *[None] * 4,
    )
    assert found.difference == np.mean(arm) - np.mean(control)
    assert code in [note.code for note in found.notes]


def test_one_buyer_alone_has_a_ratio_without_spread():
    frame = two_arms([0, 0, 61.77, 0, 0], [0, 55.3, 0, 0, 0, 0], orders=[0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0])
    (one,) = analyze(frame, arm="arm", control="no", metrics={"aov": ("x", "orders")}).overall
    assert (one.difference, one.low, one.verdict.key) == (pytest.approx(-6.47), None, "not_enough")


def test_where_the_control_does_nothing_there_is_no_share_that_matters():
    found = judged(spread(0, 10, 40), spread(1, 10, 40))
    assert (found.verdict.key, found.relative, found.more_customers) == ("not_enough", None, None)


def test_with_twenty_customers_every_number_comes_out_and_says_how_few_it_rests_on():
    found = judged(spread(10, 3, 10), spread(16, 3, 10))
    figures = (found.low, found.high, found.relative_low, found.relative_high, found.p_value, found.p_adjusted)
    assert None not in figures
    assert [note.code for note in found.notes] == ["few_customers"]
    assert "10 customers" in found.notes[0].text.en


@pytest.mark.parametrize("matters", [0, -0.1, float("nan"), float("inf")])
def test_an_effect_that_can_not_matter_is_refused(matters):
    with pytest.raises(InputError, match="smallest that matters"):
        Terms(matters=matters)
