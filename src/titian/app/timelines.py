"""Timelines: what one customer did and what happened to them, the newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

import ibis.expr.types as ir

from titian.app.answers.customers import TimelineEntry
from titian.app.desk import Reading
from titian.app.facts import change_words
from titian.app.past import Past, Row
from titian.app.showing import at_home, number
from titian.domain.meanings import Meanings
from titian.domain.words import Words
from titian.warehouse.dataset import Dataset

MOST_ENTRIES = 1_000
MOST_ITEMS = 12

ORDER_WORDS = {
    "paid": Words(zh="购买", en="order"),
    "unpaid": Words(zh="下单未付款", en="order, not paid"),
    "cancelled": Words(zh="订单取消", en="order cancelled"),
    "refund": Words(zh="退款", en="refund"),
}
KINDS = {"paid": "order"}
REFUNDED = Words(zh="订单退款", en="order refunded")


def timeline(reading: Reading, past: Past, day: date) -> tuple[tuple[TimelineEntry, ...], dict[str, int]]:
    """The newest 1,000 entries before `day`, and how many there are in all by kind."""
    until = reading.instant(day).replace(tzinfo=None)
    zone = reading.desk.workspace.zone
    orders = past.before("orders", "ordered_at", until)
    refunds = [row for row in past.before("orders", "refunded_at", until) if _given_back(row)]
    events = past.before("events", "occurred_at", until)
    changes = past.before("customer_changes", "changed_at", until)
    newest = _newest(orders, "ordered_at")
    items = _items(reading, past.customer_id, {str(row["order_id"]) for row in newest})
    entries = [
        *_orders(newest, items, zone),
        *_refunds(_newest(refunds, "refunded_at"), zone),
        *_events(_newest(events, "occurred_at"), reading.data.meanings, zone),
        *_changes(_newest(changes, "changed_at"), zone),
    ]
    entries.sort(key=lambda entry: (entry.at, entry.reference or ""), reverse=True)
    kinds = Counter(_kind(row) for row in orders)
    kinds.update({"refund": len(refunds), "event": len(events), "change": len(changes)})
    return tuple(entries[:MOST_ENTRIES]), {kind: count for kind, count in kinds.items() if count}


def _kind(order: Row) -> str:
    return KINDS.get(str(order["status"]), str(order["status"]))


def _given_back(row: Row) -> bool:
    return row["status"] == "paid" and (number(row["refunded_amount"]) or 0) > 0


def _newest(rows: list[Row], at: str) -> list[Row]:
    return sorted(rows, key=lambda row: str(row[at]), reverse=True)[:MOST_ENTRIES]


def _items(reading: Reading, customer_id: str, order_ids: set[str]) -> dict[str, list[str]]:
    """What was in these orders, by order."""
    if not order_ids or not reading.data.has("order_items"):
        return {}
    found: dict[str, list[str]] = {}
    for row in reading.desk.questions.ask(reading.data, customer_id, "items", lambda who: _items_of(reading.data, who)):
        if str(row["order_id"]) in order_ids:
            name = str(row["product"] or row["product_id"] or "–")
            quantity = number(row["quantity"])
            found.setdefault(str(row["order_id"]), []).append(name if quantity is None else f"{name} × {quantity:g}")
    return found


def _items_of(data: Dataset, who: ir.StringValue) -> ir.Table:
    orders, rows = data.table("orders"), data.table("order_items")
    theirs = rows.filter(rows.order_id.isin(orders.filter(orders.customer_id == who).order_id))
    return theirs.order_by("order_id", "item_id").select("order_id", "product_id", "product", "quantity")


def _orders(rows: list[Row], items: Mapping[str, list[str]], zone: ZoneInfo) -> Iterator[TimelineEntry]:
    for row in rows:
        status, reference = str(row["status"]), str(row["order_id"])
        bought = items.get(reference, [])
        more = [f"… +{len(bought) - MOST_ITEMS}"] if len(bought) > MOST_ITEMS else []
        yield TimelineEntry(
            at=_at(row["ordered_at"], zone),
            kind=_kind(row),
            reference=reference,
            amount=_signed(number(row["amount"]), status),
            text=ORDER_WORDS[status],
            recorded=None,
            items=(*bought[:MOST_ITEMS], *more),
        )


def _refunds(rows: list[Row], zone: ZoneInfo) -> Iterator[TimelineEntry]:
    for row in rows:
        yield TimelineEntry(
            at=_at(row["refunded_at"], zone),
            kind="refund",
            reference=str(row["order_id"]),
            amount=_signed(number(row["refunded_amount"]), "refund"),
            text=REFUNDED,
            recorded=None,
            items=(),
        )


def _events(rows: list[Row], meanings: Meanings, zone: ZoneInfo) -> Iterator[TimelineEntry]:
    for row in rows:
        event = str(row["event"])
        yield TimelineEntry(
            at=_at(row["occurred_at"], zone),
            kind="event",
            reference=str(row["event_id"]),
            amount=number(row["value"]),
            text=meanings.words(event),
            recorded=event,
            items=(),
        )


def _changes(rows: list[Row], zone: ZoneInfo) -> Iterator[TimelineEntry]:
    for row in rows:
        attribute, value = str(row["attribute"]), row["value"]
        yield TimelineEntry(
            at=_at(row["changed_at"], zone),
            kind="change",
            reference=str(row["change_id"]),
            amount=None,
            text=change_words(attribute, None if value is None else str(value)),
            recorded=attribute,
            items=(),
        )


def _signed(amount: float | None, status: str) -> float | None:
    """Money given back counts against the customer."""
    return -amount if amount is not None and status == "refund" else amount


def _at(stored: object, zone: ZoneInfo) -> datetime:
    assert isinstance(stored, datetime)
    return at_home(stored, zone)
