"""Traits: what counts, when, and for whom."""

from __future__ import annotations

import pytest

import titian as tt
from tests.shops import by_customer, orders, shop
from titian.errors import InputError, UnknownNameError

DAY = "2024-03-01"


def value(data: tt.Dataset, name: str, customer: str = "a", as_of: str = DAY) -> object:
    found = by_customer(tt.traits([name], data, as_of=as_of), name)[customer]
    return None if found != found else found


def test_recency_is_the_difference_of_local_dates() -> None:
    data = shop(("a", "2024-02-29T23:30", 1), timezone="Asia/Shanghai")
    assert value(data, "recency_days", as_of="2024-03-01T00:10") == 1


def test_an_order_at_the_as_of_does_not_count() -> None:
    data = shop(("a", "2024-02-01", 1), ("a", DAY, 1))
    assert value(data, "order_count") == 1


def test_a_window_begins_with_its_first_instant() -> None:
    data = shop(("a", "2024-01-30", 1), ("a", "2024-01-31", 1), ("a", "2024-02-10", 1))
    assert value(data, "order_count_30d") == 2


def test_a_window_keeps_the_wall_time_over_a_change_of_the_clocks() -> None:
    data = shop(("a", "2024-03-30T12:00", 1), ("a", "2024-03-30T11:59", 1), timezone="Europe/London")
    assert value(data, "order_count_1d", as_of="2024-03-31T12:00") == 1


@pytest.mark.parametrize("status", ["unpaid", "cancelled"])
def test_orders_that_were_not_paid_count_for_nothing(status: str) -> None:
    data = shop(("a", "2024-02-01", 5), ("a", "2024-02-20", 9), status=["paid", status])
    assert (value(data, "spend"), value(data, "order_count"), value(data, "recency_days")) == (5, 1, 29)


def test_a_refund_row_takes_money_back_on_its_own_date() -> None:
    data = shop(("a", "2024-01-01", 50), ("a", "2024-02-20", 20), status=["paid", "refund"])
    assert (value(data, "spend"), value(data, "spend_30d"), value(data, "recency_days")) == (30, -20, 60)


def test_a_refunded_part_counts_from_its_own_date() -> None:
    data = shop(("a", "2024-01-01", 50), refunded_amount=[20.0], refunded_at=["2024-02-20"])
    assert (value(data, "spend", as_of="2024-02-20"), value(data, "spend", as_of="2024-02-21")) == (50, 30)


def test_an_undated_refund_counts_with_its_order_and_is_noted() -> None:
    data = shop(("a", "2024-01-01", 50), ("b", "2024-01-01", 5), refunded_amount=[20.0, 0.0])
    assert value(data, "spend", as_of="2024-01-02") == 30
    assert "undated_refunds" in {note.code for note in tt.RFM().assign(data, as_of=DAY).notes}


def test_a_fully_refunded_order_is_no_purchase_once_refunded() -> None:
    data = shop(("a", "2024-01-01", 50), refunded_amount=[50.0], refunded_at=["2024-02-20"])
    assert (value(data, "order_count", as_of="2024-02-20"), value(data, "order_count")) == (1, 0)


def test_an_order_of_amount_zero_is_an_order() -> None:
    assert value(shop(("a", "2024-02-01", 0)), "order_count") == 1


def test_rows_without_a_customer_belong_to_nobody() -> None:
    data = shop(("a", "2024-02-01", 1), (None, "2024-02-01", 7))
    assert list(tt.traits(["spend"], data, as_of=DAY)["customer_id"]) == ["a"]


def test_purchase_days_and_gaps_are_local_days() -> None:
    data = shop(
        ("a", "2024-01-01T01:00", 1), ("a", "2024-01-01T23:00", 1), ("a", "2024-01-04", 1), ("a", "2024-01-14", 1)
    )
    assert (value(data, "active_days"), value(data, "typical_gap_days")) == (3, 6.5)


def test_one_purchase_day_has_no_gap() -> None:
    assert value(shop(("a", "2024-01-01", 1)), "typical_gap_days") is None


def test_ratios_have_no_value_over_nothing() -> None:
    data = shop(("a", "2024-01-01", 9))
    assert value(data, "average_order_value_30d") is None
    assert value(data, "average_order_value") == 9


def test_customers_without_orders_are_part_of_the_population() -> None:
    data = tt.Dataset(orders=orders(("a", "2024-01-01", 1)), customers=orders(("b", "2024-01-01", 1))[["customer_id"]])
    assert by_customer(tt.traits(["order_count"], data, as_of=DAY), "order_count") == {"a": 1, "b": 0}


def test_event_traits_count_one_event_in_a_window() -> None:
    events = orders(("a", "2024-01-01", 1), ("a", "2024-02-20", 1), ("b", "2024-02-20", 1))
    events = events.rename(columns={"ordered_at": "occurred_at", "order_id": "event_id", "amount": "value"})
    data = tt.Dataset(events=events[["event_id", "customer_id", "occurred_at", "value"]].assign(event="login"))
    got = tt.traits(["login_count_30d", "days_since_login", "login_value"], data, as_of=DAY)
    assert [tuple(row)[1:] for row in got.sort_values("customer_id").itertuples(index=False)] == [
        (1, 10, 2),
        (1, 10, 1),
    ]


@pytest.mark.parametrize(("name", "error"), [("spnd", UnknownNameError), ("recency_days_30d", InputError)])
def test_a_trait_that_does_not_exist_is_named(name: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=name.removesuffix("_30d")):
        tt.traits([name], shop(("a", "2024-01-01", 1)), as_of=DAY)


def test_the_discount_share_is_of_the_price_before_it() -> None:
    data = shop(
        ("a", "2024-01-01", 30), ("a", "2024-02-20", 50), ("a", "2024-02-21", 9), ("b", "2024-02-20", 0), ("c", "2024-02-20", 5),
        status=["paid", "paid", "unpaid", "paid", "paid"], discount=[10.0, None, 9.0, 0.0, 15.0],
    )  # fmt: skip
    assert [value(data, "discount_share", who) for who in "abc"] == [10 / 90, None, 15 / 20]
    assert (value(data, "discount_amount"), value(data, "discount_share_30d")) == (10, 0)
