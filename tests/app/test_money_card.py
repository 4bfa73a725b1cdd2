"""The money card says what known customers spent, and what it leaves out because it names nobody."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.app import bazaar, market
from titian.app.answers.base import Period
from titian.app.desk import Reading
from titian.app.money_card import money_card
from titian.domain.money import money_text
from titian.domain.words import Words

SINCE = Words(zh="", en="")


def card(reading: Reading, as_of: date, compare: date | None) -> tuple[str, str] | None:
    left_out = money_card(reading, Period(as_of=as_of, compare=compare, excluded=0), SINCE).left_out
    return None if left_out is None else (left_out.zh, left_out.en)


def of_nobody(start: datetime, end: datetime) -> tuple[int, Decimal]:
    """Orders of the bazaar that name nobody: how many, and their net amount by each part's own date."""
    orders, net = 0, Decimal(0)
    for o in (o for o in bazaar.ORDERS if not o.customer_id):
        placed = start <= o.ordered_at < end
        orders += placed and o.status in ("paid", "refund")
        net += {"paid": 1, "refund": -1}.get(o.status, 0) * o.amount * placed
        back = o.refunded_at or o.ordered_at
        if o.status == "paid" and start <= back < end and o.ordered_at < end:
            net -= o.refunded_amount or 0
    return orders, net


@pytest.mark.parametrize("days", [30, 90, 250])
def test_orders_of_nobody_are_said_with_their_number_and_amount(market_day: Reading, days: int) -> None:
    compare = bazaar.END - timedelta(days=days)
    orders, net = of_nobody(bazaar.midnight(compare), bazaar.midnight(bazaar.END))
    zh, en = card(market_day, bazaar.END, compare) or ("", "")
    assert f"{orders} 笔没有客户编号的订单" in zh
    assert en.startswith(f"without {orders} order")
    assert zh.endswith(money_text(float(net), "USD", 0))


def test_one_order_of_nobody_is_singular(reading: Reading) -> None:
    lonely = [o for o in market.orders() if not o.customer_id and o.status != "unpaid"]
    day = max(o.ordered_at for o in lonely).date()
    assert sum(o.ordered_at.date() == day for o in lonely) == 1
    zh, en = card(reading, day + timedelta(days=1), day) or ("", "")
    assert "1 笔" in zh
    assert "without 1 order that names no customer" in en


def test_nothing_is_left_out_where_every_order_names_somebody(reading: Reading) -> None:
    nobody = {o.ordered_at.date() for o in market.orders() if not o.customer_id}
    day = next(d for n in range(1, 200) if (d := date(2024, 3, 1) + timedelta(days=n)) not in nobody)
    assert card(reading, day + timedelta(days=1), day) is None
