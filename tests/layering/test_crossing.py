"""Crossing: counts, shares, money and TGI of every pair, against plain counting."""

from __future__ import annotations

import math

import pytest
from hypothesis import given

import titian as tt
from tests.acceptance.product import QUICK, answers, dataset
from tests.oracle.shop import Shop
from tests.oracle.strategies import asked_shops
from tests.oracle.tiers import values
from tests.shops import orders, shop, spread

DAY = "2024-06-01"


@QUICK
@given(asked_shops(min_size=1))
def test_every_pair_is_counted(asked: tuple[Shop, object]) -> None:
    shop_, as_of = asked
    first, second = tt.Quantiles(trait="spend"), tt.ValueLevels()
    data = dataset(shop_)
    a, b = (answers(one.assign(data, as_of=as_of)) for one in (first, second))
    for line in tt.cross(first, second, data, as_of=as_of).pairs:
        here = {who for who in a if a[who]["layer"] == line.first}
        there = {who for who in b if b[who]["layer"] == line.second}
        money = sum(values(shop_, who, as_of)["spend"] for who in here & there)
        assert line.customers == len(here & there)
        assert line.share == pytest.approx(len(here & there) / len(a))
        assert line.spend == pytest.approx(float(money))
        assert line.share_of_first == (pytest.approx(len(here & there) / len(here)) if here else None)
        assert line.share_of_second == (pytest.approx(len(here & there) / len(there)) if there else None)
        if here and there:
            assert line.tgi == pytest.approx(len(here & there) / len(here) / (len(there) / len(a)) * 100)


def test_the_frame_has_a_line_per_pair_in_rank_order() -> None:
    frame = tt.cross(tt.RFM(), tt.ValueLevels(), spread(), as_of=DAY).to_pandas()
    assert list(frame.columns) == [
        "first", "second", "customers", "share", "share_of_first", "share_of_second", "spend", "spend_share", "tgi",
    ]  # fmt: skip
    assert len(frame) == 9 * 5
    assert frame["customers"].sum() == 12
    assert frame["spend_share"].sum() == pytest.approx(1)


def test_a_layering_tells_all_of_itself_and_nothing_of_chance() -> None:
    twice = tt.cross(tt.RFM(), tt.RFM(key="again"), spread(60), as_of=DAY)
    assert twice.association.plain_v == pytest.approx(1)
    assert all(pair.first == pair.second for pair in twice.together)
    lines = [(f"c{n:03}", f"2024-05-{1 + n % 2:02}", float(1 + n // 2 % 2)) for n in range(80)]
    halves = {"shares": (0.5, 0.5)}
    spent, lately = tt.Quantiles(trait="spend", **halves), tt.Quantiles(key="lately", trait="recency_days", **halves)
    apart = tt.cross(spent, lately, shop(*lines), as_of=DAY)
    assert apart.association.v == 0
    assert apart.together == ()


def test_what_goes_together_comes_first() -> None:
    got = tt.cross(tt.Quantiles(trait="spend"), tt.Quantiles(key="often", trait="order_count"), spread(60), as_of=DAY)
    residuals = [pair.residual for pair in got.together]
    assert residuals == sorted(residuals, reverse=True)
    assert all(pair.tgi > 100 for pair in got.together if pair.tgi is not None)


def test_both_need_a_key_of_their_own() -> None:
    with pytest.raises(tt.TitianError, match="same key"):
        tt.cross(tt.RFM(), tt.RFM(window_days=None), spread(), as_of=DAY)


def test_without_orders_there_is_no_money() -> None:
    events = orders(("a", "2024-05-01", 1), ("b", "2024-05-02", 1)).assign(event="view", event_id=["1", "2"])
    events = events[["event_id", "customer_id", "event", "ordered_at"]].rename(columns={"ordered_at": "occurred_at"})
    data = tt.Dataset(events=events, timezone="UTC")
    got = tt.cross(tt.Matrix(dimensions=["view_count"]), tt.AARRR(), data, as_of=DAY)
    assert {pair.spend for pair in got.pairs} == {None}
    assert sum(pair.customers for pair in got.pairs) == 2


def test_nobody_to_cross_is_an_answer() -> None:
    got = tt.cross(tt.RFM(), tt.ValueLevels(), tt.Dataset(orders=orders(), timezone="UTC"), as_of=DAY)
    assert {pair.customers for pair in got.pairs} == {0}
    assert got.association.v is None
    assert {note.code for note in got.notes} == {"nobody"}
    assert all(math.isnan(share) for share in got.to_pandas()["share"].astype(float))
