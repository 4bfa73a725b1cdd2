"""What must not change anybody's layer: the order of rows, names, coins, calendars, twins, and what is no purchase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import differences
from tests.laws import changes
from tests.laws.asking import FEW, PLAIN, SETS, Asked, placed
from tests.oracle.facts import population
from tests.oracle.strategies import asked_shops, known_before

every_set = pytest.mark.parametrize("layerings", SETS.values(), ids=list(SETS))


@every_set
@FEW
@given(asked=asked_shops())
def test_everyone_who_was_seen_is_in_one_layer_of_each(layerings: Sequence[tt.Layering], asked: Asked) -> None:
    shop, as_of = asked
    found = placed(layerings, shop, as_of)
    assert found.keys() == population(shop, as_of)
    assert all(layer not in ("", "None", "nan") for layers in found.values() for layer in layers)


@every_set
@FEW
@given(asked=asked_shops(min_size=8))
def test_what_was_not_yet_known_does_not_count(layerings: Sequence[tt.Layering], asked: Asked) -> None:
    shop, as_of = asked
    then = placed(layerings, known_before(shop, as_of), as_of)
    assert differences(placed(layerings, shop, as_of), then) == {}


@every_set
@FEW
@given(asked=asked_shops(min_size=8), seed=st.integers(0, 99))
def test_the_order_of_rows_does_not_count(layerings: Sequence[tt.Layering], asked: Asked, seed: int) -> None:
    shop, as_of = asked
    mixed = placed(layerings, changes.shuffled(shop, seed), as_of)
    assert differences(placed(layerings, shop, as_of), mixed) == {}


@every_set
@FEW
@given(asked=asked_shops(min_size=8))
def test_names_do_not_count(layerings: Sequence[tt.Layering], asked: Asked) -> None:
    shop, as_of = asked
    backwards = placed(layerings, changes.renamed(shop, lambda who: f"新 {who[::-1]}"), as_of)
    expected = {f"新 {who[::-1]}": layers for who, layers in placed(layerings, shop, as_of).items()}
    assert differences(backwards, expected) == {}


@FEW
@given(asked=asked_shops(min_size=8), factor=st.sampled_from([10, 100, 7000]))
def test_the_size_of_the_coin_does_not_count_where_cuts_are_found_in_the_data(asked: Asked, factor: int) -> None:
    shop, as_of = asked
    found = placed(PLAIN, changes.priced(shop, factor), as_of)
    assert differences(found, placed(PLAIN, shop, as_of)) == {}


@every_set
@FEW
@given(asked=asked_shops(min_size=8), days=st.sampled_from([-700, -1, 1, 29, 366]))
def test_the_calendar_does_not_count_where_clocks_do_not_change(
    layerings: Sequence[tt.Layering], asked: Asked, days: int
) -> None:
    shop, as_of = replace(asked[0], zone="UTC"), asked[1]
    later = placed(layerings, changes.moved(shop, days), as_of + timedelta(days=days))
    assert differences(later, placed(layerings, shop, as_of)) == {}


@FEW
@given(asked=asked_shops(min_size=8))
def test_twins_are_in_the_same_layer_and_move_no_mean_or_median(asked: Asked) -> None:
    shop, as_of = asked
    layerings = (tt.RFM(), tt.RFM(key="by_mean", recency="mean", frequency="mean", monetary="mean"), tt.ValueLevels())
    alone, together = placed(layerings, shop, as_of), placed(layerings, changes.with_twins(shop), as_of)
    twins = {f"{who} twin": layers for who, layers in alone.items()}
    assert differences(together, alone | twins) == {}


@every_set
@FEW
@given(asked=asked_shops(min_size=8))
def test_what_is_no_purchase_does_not_count(layerings: Sequence[tt.Layering], asked: Asked) -> None:
    shop, as_of = asked
    noisy = placed(layerings, changes.with_noise(shop, as_of), as_of)
    assert differences(noisy, placed(layerings, shop, as_of)) == {}


@FEW
@given(asked=asked_shops(min_size=8))
def test_an_order_in_two_halves_is_the_same_money_on_the_same_day(asked: Asked) -> None:
    shop, as_of = asked
    assume(any(o.amount > 1 for o in shop.orders))
    money_and_days = (
        tt.ValueLevels(),
        tt.Matrix(dimensions=["spend", "active_days", "recency_days", "typical_gap_days"]),
    )
    halves = placed(money_and_days, changes.in_halves(shop), as_of)
    assert differences(halves, placed(money_and_days, shop, as_of)) == {}
