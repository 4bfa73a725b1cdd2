"""Timelines: what one customer did and what happened to them, the newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from titian.app.answers.customers import TimelineEntry
from titian.app.desk import Reading
from titian.app.showing import at_home, number, whole
from titian.domain.words import Words

MOST_ENTRIES = 200
MOST_ITEMS = 12

ORDER_WORDS = {
    "paid": Words(zh="购买", en="order"),
    "unpaid": Words(zh="下单未付款", en="order, not paid"),
    "cancelled": Words(zh="订单取消", en="order cancelled"),
    "refund": Words(zh="退款", en="refund"),
}
KINDS = {"paid": "order"}
REFUNDED = Words(zh="订单退款", en="order refunded")


def timeline(reading: Reading, customer_id: str, day: date) -> tuple[tuple[TimelineEntry, ...], int]:
    """The newest 200 entries before `day`, and how many there are in all."""
    until = reading.instant(day).replace(tzinfo=None)
    zone = reading.desk.workspace.zone
    orders, order_count = _newest(reading, "orders", "ordered_at", customer_id, until)
    refunds, refund_count = _newest(reading, "orders", "refunded_at", customer_id, until)
    events, event_count = _newest(reading, "events", "occurred_at", customer_id, until)
    items = _items(reading, [str(row["order_id"]) for row in orders])
    entries = [
        *_orders(orders, items, zone),
        *_refunds(refunds, zone),
        *_events(events, zone),
    ]
    entries.sort(key=lambda entry: (entry.at, entry.reference or ""), reverse=True)
    return tuple(entries[:MOST_ENTRIES]), order_count + refund_count + event_count


def _newest(
    reading: Reading, name: str, at: str, customer_id: str, until: datetime
) -> tuple[list[dict[str, object]], int]:
    if not reading.data.has(name):
        return [], 0
    rows = reading.data.table(name)
    rows = rows.filter(rows.customer_id == customer_id, rows[at] < until)
    if at == "refunded_at":
        rows = rows.filter(rows.status == "paid", rows.refunded_amount > 0)
    (counted,) = reading.data.execute(rows.aggregate(n=rows.count()))
    return reading.data.execute(rows.order_by(rows[at].desc()).limit(MOST_ENTRIES)), whole(counted["n"])


def _items(reading: Reading, order_ids: list[str]) -> dict[str, list[str]]:
    if not order_ids or not reading.data.has("order_items"):
        return {}
    rows = reading.data.table("order_items")
    rows = rows.filter(rows.order_id.isin(order_ids)).order_by("order_id", "item_id")
    found: dict[str, list[str]] = {}
    for row in reading.data.execute(rows.select("order_id", "product_id", "product", "quantity")):
        name = str(row["product"] or row["product_id"] or "–")
        quantity = number(row["quantity"])
        found.setdefault(str(row["order_id"]), []).append(name if quantity is None else f"{name} × {quantity:g}")
    return found


def _orders(rows: list[dict[str, object]], items: Mapping[str, list[str]], zone: ZoneInfo) -> Iterator[TimelineEntry]:
    for row in rows:
        status, reference = str(row["status"]), str(row["order_id"])
        bought = items.get(reference, [])
        more = [f"… +{len(bought) - MOST_ITEMS}"] if len(bought) > MOST_ITEMS else []
        yield TimelineEntry(
            at=_at(row["ordered_at"], zone),
            kind=KINDS.get(status, status),
            reference=reference,
            amount=_signed(number(row["amount"]), status),
            text=ORDER_WORDS[status],
            items=(*bought[:MOST_ITEMS], *more),
        )


def _refunds(rows: list[dict[str, object]], zone: ZoneInfo) -> Iterator[TimelineEntry]:
    for row in rows:
        yield TimelineEntry(
            at=_at(row["refunded_at"], zone),
            kind="refund",
            reference=str(row["order_id"]),
            amount=_signed(number(row["refunded_amount"]), "refund"),
            text=REFUNDED,
            items=(),
        )


def _events(rows: list[dict[str, object]], zone: ZoneInfo) -> Iterator[TimelineEntry]:
    for row in rows:
        event = str(row["event"])
        yield TimelineEntry(
            at=_at(row["occurred_at"], zone),
            kind="event",
            reference=str(row["event_id"]),
            amount=number(row["value"]),
            text=Words(zh=event, en=event),
            items=(),
        )


def _signed(amount: float | None, status: str) -> float | None:
    """Money given back counts against the customer."""
    return -amount if amount is not None and status == "refund" else amount


def _at(stored: object, zone: ZoneInfo) -> datetime:
    assert isinstance(stored, datetime)
    return at_home(stored, zone)
