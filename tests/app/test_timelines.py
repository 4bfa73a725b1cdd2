"""A timeline is everything that happened to one customer, the newest first, in the shop's own time."""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.app import bazaar
from tests.oracle.shop import Order
from titian.app.answers.customers import TimelineEntry
from titian.app.desk import Reading
from titian.app.past import past_of
from titian.app.timelines import MOST_ENTRIES, MOST_ITEMS, timeline

WHO = "b10"


def mine(until: date = bazaar.END) -> list[tuple[datetime, str, str]]:
    """(when, kind, reference) of everything that happened to WHO before a day."""
    end = bazaar.midnight(until)
    orders = [o for o in bazaar.ORDERS if o.customer_id == WHO]
    happened = [(o.ordered_at, "order" if o.status == "paid" else o.status, o.order_id) for o in orders]
    happened += [(o.refunded_at, "refund", o.order_id) for o in orders if o.refunded_at and o.refunded_amount]
    happened += [(e.occurred_at, "event", e.event_id) for e in bazaar.EVENTS if e.customer_id == WHO]
    return sorted((entry for entry in happened if entry[0] < end), key=lambda e: (e[0], e[2]), reverse=True)


def entries(reading: Reading, who: str = WHO, day: date = bazaar.END) -> list[TimelineEntry]:
    return list(timeline(reading, past_of(reading, who), day)[0])


@pytest.mark.parametrize("day", [bazaar.END, date(2024, 3, 10), date(2023, 10, 1)])
def test_everything_before_the_day_is_there_once(market_day: Reading, day: date) -> None:
    found, counts = timeline(market_day, past_of(market_day, WHO), day)
    assert [(e.at, e.kind, e.reference) for e in found] == mine(day)
    assert counts == Counter(entry.kind for entry in found)


def test_times_are_those_of_the_shops_clock(market_day: Reading) -> None:
    for entry in entries(market_day):
        assert entry.at.utcoffset() == entry.at.replace(tzinfo=ZoneInfo(bazaar.ZONE)).utcoffset()


def test_money_given_back_counts_against_the_customer(market_day: Reading) -> None:
    for entry in entries(market_day):
        order = next((o for o in bazaar.ORDERS if o.order_id == entry.reference), None)
        if entry.kind == "refund" and order is not None:
            back = order.amount if order.status == "refund" else order.refunded_amount
            assert entry.amount == -float(back or 0)
        elif order is not None:
            assert entry.amount == float(order.amount)


def test_an_undated_refund_is_no_entry_of_its_own(market_day: Reading) -> None:
    undated = next(o for o in bazaar.ORDERS if o.refunded_amount and not o.refunded_at and o.customer_id)
    kinds = [e.kind for e in entries(market_day, str(undated.customer_id)) if e.reference == undated.order_id]
    assert kinds == ["order"]


def test_events_are_said_with_their_meaning_their_name_and_value(market_day: Reading) -> None:
    events = {e.event_id: e for e in bazaar.EVENTS}
    meant = {"login": ("登录", "login"), "watch": ("观看", "watch"), "tip": ("打赏", "tip")}
    shown = [entry for entry in entries(market_day) if entry.kind == "event"]
    assert shown
    for entry in shown:
        event = events[str(entry.reference)]
        assert (entry.text.zh, entry.text.en) == meant[event.event]
        assert (entry.recorded, entry.amount) == (event.event, event.value)


def test_items_are_listed_with_their_quantity(market_day: Reading) -> None:
    order = bazaar.ORDERS[33]
    assert items_shown(market_day, order) == items_said(order)


def test_a_long_order_is_cut_short_and_says_how_many_more(market_day: Reading) -> None:
    order = next(o for o in bazaar.ORDERS if o.customer_id and len(items_said(o)) > MOST_ITEMS)
    said = items_said(order)
    assert items_shown(market_day, order) == [*said[:MOST_ITEMS], f"… +{len(said) - MOST_ITEMS}"]


def items_said(order: Order) -> list[str]:
    """The items of an order in words."""
    items = [item for item in bazaar.ITEMS if item.order_id == order.order_id]
    names = [item.product or item.product_id or "–" for item in items]
    return [n if i.quantity is None else f"{n} × {i.quantity:g}" for n, i in zip(names, items, strict=True)]


def items_shown(reading: Reading, order: Order) -> list[str]:
    found = entries(reading, str(order.customer_id))
    return list(next(e.items for e in found if e.reference == order.order_id and e.kind != "refund"))


def test_nobody_has_an_empty_timeline(market_day: Reading) -> None:
    assert timeline(market_day, past_of(market_day, "nobody"), bazaar.END) == ((), {})
    assert timeline(market_day, past_of(market_day, "walk-in"), bazaar.END) == ((), {})


def test_without_items_and_events_there_are_the_orders_alone(reading: Reading) -> None:
    found, counts = timeline(reading, past_of(reading, "00003"), date(2024, 12, 1))
    assert 0 < len(found) == sum(counts.values()) <= MOST_ENTRIES
    assert all(entry.items == () and entry.kind != "event" for entry in found)
