"""A small shop that tests load for real: its rows are computed here, so that answers can be checked by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from tests import copying
from titian.app import importing
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.settings import WorkspaceSettings
from titian.app.workspace import Workspace
from titian.domain.mapping import Mapping
from titian.warehouse.progress import silent

COLUMNS = ("order_id", "customer_id", "ordered_at", "amount", "status")
MAPPING = Mapping(table="orders", columns={name: name for name in COLUMNS})
PEOPLE = Mapping(table="customers", columns={n: n for n in ("customer_id", "name", "phone", "email", "city")})
FIRST = datetime(2024, 1, 1, 9)
END = date(2024, 12, 1)
"""The day after the newest order."""


@dataclass(frozen=True)
class Order:
    order_id: str
    customer_id: str
    ordered_at: datetime
    amount: float
    status: str


def orders() -> Iterator[Order]:
    """400 orders of 61 customers in 2024: some unpaid, some refunds, some of nobody."""
    for i in range(400):
        status = "unpaid" if i % 17 == 3 else "refund" if i % 19 == 5 else "paid"
        customer = "" if i % 41 == 7 else f"{(i * 17 + i * i // 9) % 61:05d}"
        at = FIRST + timedelta(days=(i * 37) % 335, hours=i % 11)
        yield Order(f"o{i}", customer, at, round((i * 13) % 97 + (i % 7) * 11.5 + 5, 2), status)


def customers() -> set[str]:
    """Everyone who was ever seen."""
    return {order.customer_id for order in orders() if order.customer_id} | {"00003"}


def write_orders(path: Path, rows: list[Order]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows((o.order_id, o.customer_id, o.ordered_at, o.amount, o.status) for o in rows)
    return path


def write_people(path: Path) -> Path:
    lines = ["customer_id,name,phone,email,city", "00003,=cmd|'/C calc'!A0,13812345678,li@example.com,杭州"]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def made(folder: Path) -> Workspace:
    """A workspace with the shop's orders and one described customer."""
    workspace = workspaces.init(folder, WorkspaceSettings(name="test", currency="CNY"))
    source = write_orders(folder / "orders.csv", list(orders()))
    people = write_people(folder / "people.csv")
    with Desk(workspace) as desk:
        importing.load(desk, SourceAsked(str(source)), MAPPING, strict=True, progress=silent)
        importing.load(desk, SourceAsked(str(people)), PEOPLE, strict=True, progress=silent)
    return workspace


def copied(workspace: Workspace, folder: Path) -> Workspace:
    """The same workspace elsewhere, to be changed at will."""
    return workspaces.read(copying.copied(workspace.path, folder))


def paid_spend(rows: list[Order], until: datetime, days: int | None) -> dict[str, float]:
    """Spend per customer by the book: paid less refunds, in the window."""
    found: dict[str, float] = {}
    for o in rows:
        if not o.customer_id or o.ordered_at >= until:
            continue
        counts = days is None or o.ordered_at >= until - timedelta(days=days)
        sign = {"paid": 1, "refund": -1}.get(o.status, 0) if counts else 0
        found[o.customer_id] = round(found.get(o.customer_id, 0.0) + sign * o.amount, 2)
    return found
