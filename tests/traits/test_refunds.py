"""Money given back: part or all, dated or not, later than its order or, by a slip of the books, before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import product

import pytest

import titian as tt
from tests.acceptance.product import answers, dataset, differences, layers, wrong
from tests.oracle.facts import all_traits
from tests.oracle.matrix import rfm
from tests.oracle.score import score_layers
from tests.oracle.shop import Order, Shop
from tests.oracle.value_levels import ValueLevels

AS_OF = datetime(2024, 6, 1, tzinfo=UTC)
TRAITS = ["recency_days", "order_count", "spend", "average_order_value", "active_days", "tenure_days", "refund_share"]
WITHIN = ["order_count", "spend", "refund_share", "active_days"]


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def given_back(back: str, on: str | None, ordered: str = "2024-05-20", status: str = "paid") -> Shop:
    """One order of 100 with `back` refunded, beside a plain one of 10 long ago."""
    order = Order("a1", "a", at(ordered), Decimal(100), status, Decimal(back), at(on) if on else None)
    return Shop((Order("a0", "a", at("2024-01-05"), Decimal(10)), order), "UTC")


def spend(shop: Shop, name: str = "spend", as_of: datetime = AS_OF) -> object:
    return answers(tt.traits([name], dataset(shop), as_of=as_of))["a"][name]


BACK = ["0", "0.01", "99.99", "100", "130"]
ON = [None, "2024-05-19", "2024-05-20", "2024-05-31", "2024-06-01", "2024-07-01", "2023-12-01"]
EACH = list(product(BACK, ON, ["paid", "unpaid"]))


def everyone() -> Shop:
    """A customer for every part that may go back, on every day, of an order that was paid or not."""
    shops = [(f"c{place}", given_back(back, on, status=status)) for place, (back, on, status) in enumerate(EACH)]
    rows = (replace(o, customer_id=who, order_id=who + o.order_id) for who, shop in shops for o in shop.orders)
    return Shop(tuple(rows), "UTC")


@pytest.mark.parametrize("days", [None, 30, 12, 1])
def test_every_refund_counts_as_the_oracle_counts(days: int | None) -> None:
    suffix = "" if days is None else f"_{days}d"
    names = TRAITS if days is None else WITHIN
    said = answers(tt.traits([name + suffix for name in names], dataset(everyone()), as_of=AS_OF))
    assert wrong(said, all_traits(everyone(), AS_OF, days), names, suffix) == []


@pytest.mark.parametrize("definition", [tt.RFM(), tt.ValueLevels(), tt.RFMScore()], ids=lambda d: d.kind)
def test_everyone_with_a_refund_is_in_the_layer_of_the_oracle(definition: tt.Layering) -> None:
    expected = {"rfm": rfm().assign, "value_levels": ValueLevels().assign, "rfm_score": score_layers}[definition.kind]
    assert differences(layers(definition.assign(dataset(everyone()), as_of=AS_OF)), expected(everyone(), AS_OF)) == {}


def test_a_refund_dated_before_its_order_counts_on_its_own_date() -> None:
    shop = given_back("40", on="2024-04-01")
    assert spend(shop) == 70
    assert spend(shop, "spend_30d") == 100


def test_a_full_refund_dated_before_its_order_undoes_it_at_once() -> None:
    shop = given_back("100", on="2024-04-01")
    assert spend(shop, "order_count", at("2024-05-21")) == 1
    assert spend(shop, "spend", at("2024-05-21")) == 10


def test_more_given_back_than_was_paid_leaves_less_than_nothing() -> None:
    assert spend(given_back("130", on="2024-05-25"), "spend_30d") == -30


def test_a_window_may_hold_the_refund_without_its_order() -> None:
    shop = given_back("100", on="2024-05-31", ordered="2024-03-01")
    assert spend(shop, "spend_30d") == -100
    assert spend(shop, "order_count_30d") == 0


def test_a_customer_whose_every_order_went_back_never_bought() -> None:
    shop = Shop((Order("a1", "a", at("2024-05-01"), Decimal(5), "paid", Decimal(5), at("2024-05-09")),), "UTC")
    before, after = (tt.RFM().assign(dataset(shop), as_of=at(day)).row("a") for day in ("2024-05-09", "2024-05-10"))
    assert (before["layer"], after["layer"]) == ("general_retain", "none")


@pytest.mark.parametrize("amount", ["0", "0.0001", "12.34"])
def test_a_refund_row_alone_makes_no_buyer(amount: str) -> None:
    shop = Shop((Order("a1", "a", at("2024-05-01"), Decimal(amount), "refund"),), "UTC")
    row = tt.RFM().assign(dataset(shop), as_of=AS_OF).row("a")
    assert (row["layer"], row["order_count"]) == ("none", 0)
    assert row["spend"] == -float(amount)
