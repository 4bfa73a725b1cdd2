"""Sizes: the three questions, each the other turned round, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stats.laws import law
from titian.errors import InputError
from titian.operate.experiment.power import sizes


def test_a_textbook_case_of_two_shares():
    """10 % against 12 %, half and half: 1.96 and 0.84 deviations of √(0.1·0.9) give 7,064 customers."""
    found = sizes(share=0.1, effect=0.2, holdout=0.5)
    assert (found.customers, found.held_out, found.touched) == (7064, 3532, 3532)
    assert (found.difference, found.enough, found.customers_needed) == (pytest.approx(0.02), True, 7064)


def test_ten_percent_are_held_out_where_nothing_is_said():
    assert sizes(share=0.1, effect=0.05).held_out == sizes(share=0.1, effect=0.05, holdout=0.1).held_out == 31_396


@law
@given(st.floats(0.02, 0.6), st.floats(0.01, 0.5), st.floats(0.05, 0.5))
def test_the_customers_that_an_effect_takes_show_that_effect(share, effect, holdout):
    takes = sizes(share=share, effect=effect, holdout=holdout)
    shows = sizes(share=share, customers=max(4, takes.customers), holdout=holdout)
    assert shows.effect <= effect * (1 + 1e-9)


@law
@given(st.floats(1, 1000), st.floats(1, 1000), st.floats(0.02, 0.5), st.integers(100, 10**7))
def test_the_smallest_holdout_shows_the_effect_and_leaves_all_others_to_be_touched(mean, deviation, effect, customers):
    found = sizes(mean=mean, deviation=deviation, effect=effect, customers=customers)
    assert found.held_out + found.touched == customers
    assert found.enough is (found.customers_needed <= customers + 1)
    if found.enough:
        shown = sizes(mean=mean, deviation=deviation, customers=customers, holdout=found.holdout).effect
        assert shown == pytest.approx(effect)


def test_who_looks_daily_needs_more_customers():
    once, daily = sizes(share=0.1, effect=0.1), sizes(share=0.1, effect=0.1, peeking=True)
    assert daily.customers / once.customers == pytest.approx(((3.036 + 0.8416) / 2.8016) ** 2, rel=1e-3)


def test_where_all_are_too_few_it_says_how_many_it_takes():
    found = sizes(share=0.1, effect=0.05, customers=20_000)
    assert (found.enough, found.holdout, found.customers_needed) == (False, 0.5, 113_024)
    assert found.sentence.en == (
        "20,000 customers are not enough: even with half of them held out an effect of 5.00% would not show; it takes 113,024."
    )
    assert found.sentence.zh.startswith("20,000 位客户不够")


def test_what_is_enough_is_said_in_both_languages():
    said = sizes(mean=35, deviation=80, effect=0.1, customers=100_000).sentence
    assert said.en.startswith("Of 100,000 customers, 4,285 held out and 95,715 touched")
    assert "有 80% 的把握看出 10.00% 的效果" in said.zh


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({}, "metric is not said"),
        ({"share": 0.1, "mean": 3}, "metric is not said"),
        ({"share": 1.2, "effect": 0.1}, "metric is not said"),
        ({"mean": 3, "effect": 0.1}, "metric is not said"),
        ({"mean": -3, "deviation": 1, "effect": 0.1}, "metric is not said"),
        ({"mean": 3, "deviation": float("nan"), "effect": 0.1}, "metric is not said"),
        ({"share": 0.1}, "neither the effect nor the customers"),
        ({"share": 0.1, "effect": 0.1, "customers": 100, "holdout": 0.1}, "all said"),
        ({"share": 0.1, "effect": 0}, "can't be"),
        ({"share": 0.5, "effect": 1.5}, "the mean would be 1.25"),
        ({"share": 0.5, "effect": -1.5}, "can't be"),
        ({"share": 0.5, "effect": 0.1, "customers": 3}, "3 customers make no experiment"),
        ({"share": 0.5, "effect": 0.1, "holdout": 1.0}, "held out"),
        ({"share": 0.5, "effect": 0.1, "level": 95}, "level"),
        ({"share": 0.5, "effect": 0.1, "power": 0.1}, "power"),
    ],
)
def test_what_makes_no_experiment_is_refused_in_both_languages(asked, what):
    with pytest.raises(InputError, match=what) as refused:
        sizes(**asked)
    assert max(refused.value.zh) > "一"
