"""A shop with all four tables: parts refunded, refunds without a date, items, events, and people who never bought."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from tests.oracle.shop import Customer, Order, Shop
from titian.app import importing
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.settings import WorkspaceSettings
from titian.app.workspace import Workspace
from titian.domain.mapping import Mapping as Columns
from titian.warehouse.progress import silent

ZONE = "America/New_York"
FIRST = datetime(2023, 9, 1, 22, 30)
DAYS = 290
END = date(2024, 6, 16)
"""The day after the newest row."""


@dataclass(frozen=True)
class Item:
    item_id: str
    order_id: str
    product_id: str | None
    product: str | None
    quantity: float | None


@dataclass(frozen=True)
class Event:
    event_id: str
    customer_id: str
    event: str
    occurred_at: datetime
    duration_s: float | None
    value: float | None


@dataclass(frozen=True)
class Person:
    customer_id: str
    name: str | None
    phone: str | None
    email: str | None
    city: str | None
    first_seen_at: datetime | None


def _order(i: int) -> Order:
    """The i-th order: every ninth is partly, every thirteenth wholly given back, with or without a date."""
    at = SHOPLESS.instant(FIRST + timedelta(days=(i * 53) % (DAYS - 2), minutes=(i * 71) % 300))
    amount = Decimal((i * 7919) % 40000) / 100
    status = {3: "unpaid", 8: "cancelled", 12: "refund"}.get(i % 23, "paid")
    who = None if i % 37 == 5 else f"b{(i * i + 3 * i) % 47:02}"
    back = amount if i % 13 == 4 else amount / 2 if i % 9 == 2 else None
    if status != "paid" or not back:
        return Order(f"r{i:03}", who, at, amount, status)
    later = None if i % 4 == 0 else at + timedelta(days=i % 60, hours=1)
    return Order(f"r{i:03}", who, at, amount, status, back.quantize(Decimal("0.01")), later)


SHOPLESS = Shop((), ZONE)
LAST = Order("last", "b00", SHOPLESS.instant(datetime(2024, 6, 15, 23, 59)), Decimal("1.00"))
ORDERS = (*(_order(i) for i in range(420)), LAST)

ITEMS = tuple(
    Item(
        f"{order.order_id}/{n:02}",
        order.order_id,
        f"p{n}" if n % 3 else None,
        ("茶杯" if n % 2 else None) if n < 15 else "Teapot",
        None if n % 5 == 4 else n + 0.5 * (n % 2),
    )
    for place, order in enumerate(ORDERS)
    if place % 11 == 0
    for n in range(1, 3 + place % 16)
)

EVENTS = tuple(
    Event(
        f"e{i}",
        f"b{(i * 5) % 60:02}",
        ("login", "watch", "tip")[i % 3],
        SHOPLESS.instant(FIRST + timedelta(days=(i * 31) % (DAYS - 5), minutes=(i * 17) % 600)),
        float(i % 50) if i % 3 else None,
        (i % 40) / 4 if i % 3 == 2 else None,
    )
    for i in range(240)
)

PEOPLE = (
    Person("b01", "李 雷", "13812345678", "li@example.com", "上海", None),
    Person("b02", "=HYPERLINK(1)", "12345", None, None, SHOPLESS.instant(datetime(2023, 9, 9))),
    Person("walk-in", "Zoë", None, "zoë@example.org", "杭州", None),
    Person("later", None, None, None, None, SHOPLESS.instant(datetime(2024, 5, 1))),
)

SHOP = Shop(ORDERS, ZONE, tuple(Customer(p.customer_id, p.first_seen_at) for p in PEOPLE))
"""The orders and people as the oracle knows them."""


def midnight(day: date) -> datetime:
    return SHOP.instant(day)


def everyone(until: date = END) -> set[str]:
    """All who were seen before a day, in whatever table."""
    end = midnight(until)
    ordered = {o.customer_id for o in ORDERS if o.customer_id and o.ordered_at < end}
    known = {p.customer_id for p in PEOPLE if p.first_seen_at is None or p.first_seen_at < end}
    return ordered | known | {e.customer_id for e in EVENTS if e.occurred_at < end}


def with_onlookers(layers: Mapping[str, str], until: date = END) -> dict[str, str]:
    """What the oracle says of orders and people, and *none* for those who only did something."""
    return {who: layers.get(who, "none") for who in everyone(until)}


def _written(path: Path, rows: Sequence[Order | Item | Event | Person]) -> Path:
    lines = [asdict(row) for row in rows]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        for line in lines:
            writer.writerow({k: v.isoformat() if isinstance(v, datetime) else v for k, v in line.items()})
    return path


def made(folder: Path) -> Workspace:
    """A workspace with all of it."""
    workspace = workspaces.init(folder, WorkspaceSettings(name="bazaar", currency="USD", timezone=ZONE))
    with Desk(workspace) as desk:
        for table, rows in (("orders", ORDERS), ("order_items", ITEMS), ("events", EVENTS), ("customers", PEOPLE)):
            path = _written(folder / f"{table}.csv", rows)
            columns = Columns(table=table, columns={name: name for name in asdict(rows[0])})
            importing.load(desk, SourceAsked(str(path)), columns, strict=True, progress=silent)
    return workspace
