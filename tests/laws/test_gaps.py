"""A gap is the least that helps: whoever does so much more is high, and with one step less is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import dataset, layers
from tests.laws.asking import FEW, Asked
from tests.laws.changes import with_orders
from tests.oracle.shop import Order, Shop
from tests.oracle.strategies import asked_shops
from titian.layering.assignment import Assignment

CENT = Decimal("0.01")
CUTS = st.sampled_from(["median", "mean", "q0.8"])


def one(trait: str, cut: str, days: int | None = None) -> tt.Matrix:
    """A layering with one dimension: high or low."""
    return tt.Matrix(dimensions=[tt.MatrixDimension(trait=trait, cut=cut, window_days=days)])


def lacking(got: Assignment) -> dict[str, Decimal]:
    """What each customer lacks who bought and is not yet high."""
    rows = got.gap(target="high").to_dict("records")
    column = next(name for name in rows[0] if str(name).endswith("_gap")) if rows else ""
    return {
        str(row["customer_id"]): Decimal(str(row[column])).quantize(CENT)
        for row in rows
        if row["layer"] == "low" and row[column] > 0
    }


def bought(who: str, at: datetime, amount: Decimal, place: int = 0) -> Order:
    return Order(f"more {who} {place}", who, at, amount)


def sides(got: Assignment, shop: Shop, *more: Order) -> dict[str, str]:
    """Everyone's side by the same cut, had these orders been made too."""
    again = got.definition.assign(dataset(with_orders(shop, *more)), as_of=got.as_of, fitted=got.fitted)
    return layers(again)


@FEW
@given(asked=asked_shops(min_size=8), cut=CUTS, days=st.sampled_from([None, 365, 30]))
def test_so_much_money_more_is_enough_and_a_cent_less_is_not(asked: Asked, cut: str, days: int | None) -> None:
    shop, as_of = asked
    got = one("spend", cut, days).assign(dataset(shop), as_of=as_of)
    gaps, now = lacking(got), as_of - timedelta(hours=1)
    enough = sides(got, shop, *(bought(who, now, gap) for who, gap in gaps.items()))
    short = sides(got, shop, *(bought(who, now, gap - CENT) for who, gap in gaps.items()))
    assert {enough[who] for who in gaps} <= {"high"}
    assert {short[who] for who in gaps} <= {"low"}


@FEW
@given(asked=asked_shops(min_size=8), cut=CUTS, days=st.sampled_from([None, 365]))
def test_so_many_orders_more_are_enough_and_one_less_is_not(asked: Asked, cut: str, days: int | None) -> None:
    shop, as_of = asked
    got = one("order_count", cut, days).assign(dataset(shop), as_of=as_of)
    gaps, now = lacking(got), as_of - timedelta(hours=1)

    def orders(less: int) -> Iterator[Order]:
        for who, gap in gaps.items():
            yield from (bought(who, now, Decimal(0), place) for place in range(int(gap) - less))

    enough, short = sides(got, shop, *orders(less=0)), sides(got, shop, *orders(less=1))
    assert {enough[who] for who in gaps} <= {"high"}
    assert {short[who] for who in gaps} <= {"low"}


def noon(shop: Shop, day: date) -> datetime:
    return shop.instant(datetime(day.year, day.month, day.day, 12))


@FEW
@given(asked=asked_shops(min_size=8), cut=CUTS)
def test_to_have_come_so_many_days_later_is_enough_and_a_day_less_is_not(asked: Asked, cut: str) -> None:
    shop, as_of = asked
    shop = replace(shop, zone="Asia/Shanghai")
    got = one("recency_days", cut).assign(dataset(shop), as_of=as_of)
    silent = {row["customer_id"]: row["recency_days"] for row in got.to_arrow().to_pylist()}
    days = {who: shop.day(as_of) - timedelta(days=silent[who] - int(gap)) for who, gap in lacking(got).items()}
    possible = {who: day for who, day in days.items() if noon(shop, day) < as_of}
    enough = sides(got, shop, *(bought(who, noon(shop, day), Decimal(0)) for who, day in possible.items()))
    day_before = {who: day - timedelta(days=1) for who, day in days.items()}
    short = sides(got, shop, *(bought(who, noon(shop, day), Decimal(0)) for who, day in day_before.items()))
    assert {enough[who] for who in possible} <= {"high"}
    assert {short[who] for who in days} <= {"low"}


@pytest.mark.parametrize("trait", ["spend", "order_count", "recency_days", "active_days", "average_order_value"])
@FEW
@given(asked=asked_shops(min_size=8), cut=CUTS)
def test_who_is_high_lacks_nothing_and_who_is_low_lacks_something(trait: str, asked: Asked, cut: str) -> None:
    shop, as_of = asked
    got = one(trait, cut).assign(dataset(shop), as_of=as_of)
    for row in got.gap(target="high").to_dict("records"):
        gap = row[next(name for name in row if str(name).endswith("_gap"))]
        if row["layer"] == "high":
            assert gap == 0
        if row["layer"] == "low" and gap == gap and gap is not None:
            assert gap > 0
