"""Lines or orders: which grain a file of orders has, and which of its times and amounts count."""

from __future__ import annotations

from titian.warehouse.guessing.lines import are_lines, settled
from titian.warehouse.guessing.looks import look
from titian.warehouse.guessing.matching import Match, assign, candidates

DAY = ["2024-01-02"] * 8
ORDER = ["1", "1", "2", "2", "3", "3", "4", "4"]
BUYER = ["a", "a", "b", "b", "a", "a", "c", "c"]
QUANTITY = ["1", "2", "3", "1", "2", "5", "1", "1"]
PRICE = ["2.50", "1.00", "4.00", "2.00", "0.50", "3.00", "9.00", "1.50"]
LINE_TOTAL = ["2.50", "2.00", "12.00", "2.00", "1.00", "15.00", "9.00", "1.50"]
ORDER_TOTAL = ["4.50", "4.50", "14.00", "14.00", "16.00", "16.00", "10.50", "10.50"]


def understood(**columns: list[str]) -> dict[str, Match]:
    records = list(zip(*columns.values(), strict=True))
    found = candidates("orders", look(tuple(columns), records))
    return settled(assign(found), found)


def test_quantity_and_price_without_amount_are_lines() -> None:
    chosen = understood(order_id=ORDER, buyer=BUYER, order_date=DAY, qty=QUANTITY, price=PRICE)
    assert are_lines(chosen)


def test_an_amount_that_is_the_product_is_that_of_the_line() -> None:
    chosen = understood(order_id=ORDER, buyer=BUYER, order_date=DAY, qty=QUANTITY, price=PRICE, amount=LINE_TOTAL)
    assert are_lines(chosen)


def test_an_amount_that_is_the_same_on_all_lines_is_that_of_the_order() -> None:
    chosen = understood(order_id=ORDER, buyer=BUYER, order_date=DAY, qty=QUANTITY, price=PRICE, amount=ORDER_TOTAL)
    assert not are_lines(chosen)
    assert chosen["amount"].source.name == "amount"
    assert "unit_price" not in chosen


def test_one_row_for_each_order_is_no_lines() -> None:
    alone = [str(n) for n in range(8)]
    chosen = understood(order_id=alone, buyer=BUYER, order_date=DAY, qty=QUANTITY, price=PRICE, amount=LINE_TOTAL)
    assert not are_lines(chosen)


def test_a_price_without_quantity_is_the_amount() -> None:
    chosen = understood(order_id=ORDER, buyer=BUYER, order_date=DAY, price=PRICE)
    assert chosen["amount"].source.name == "price"


def test_a_quantity_without_price_is_left_out() -> None:
    chosen = understood(order_id=ORDER, buyer=BUYER, order_date=DAY, qty=QUANTITY, amount=ORDER_TOTAL)
    assert "quantity" not in chosen


def test_a_payment_time_beside_a_creation_time_tells_who_paid() -> None:
    chosen = understood(order_id=ORDER, buyer=BUYER, created_at=DAY, paid_at=DAY, amount=ORDER_TOTAL)
    assert (chosen["ordered_at"].source.name, chosen["paid_at"].source.name) == ("created_at", "paid_at")


def test_a_payment_time_alone_is_the_time_of_the_order() -> None:
    chosen = understood(order_id=ORDER, buyer=BUYER, payment_time=DAY, amount=ORDER_TOTAL)
    assert chosen["ordered_at"].source.name == "payment_time"
    assert "paid_at" not in chosen
