"""About: what a workspace is set to and what it holds."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version

import ibis

from titian.app import settings as files
from titian.app.answers.workspace import Settings, TableInfo, WorkspaceInfo
from titian.app.desk import Desk, Reading, default_compare
from titian.app.showing import at_home, number, whole
from titian.traits.counted import stores
from titian.traits.exact import total_of
from titian.warehouse.tables import TABLES, Table

VERSION = version("titian")


def workspace(reading: Reading) -> WorkspaceInfo:
    """Settings, and how much there is of what."""
    settings = reading.desk.workspace.settings
    end = reading.present.end
    orders, money = _without_customer(reading)
    return WorkspaceInfo(
        name=settings.name,
        timezone=settings.timezone,
        currency=settings.currency,
        language=settings.language,
        keep_snapshots_days=settings.warehouse.keep_snapshots_days,
        tables=tuple(_table(reading, table) for table in TABLES.values()),
        customers=_customers(reading),
        orders_without_customer=orders,
        money_without_customer=money,
        default_as_of=end,
        default_compare=None if end is None else default_compare(reading.present.first, end),
        stores=tuple(reading.desk.stores.get(reading.data.version, lambda: stores(reading.data))),
        excludes=reading.present.exclude is not None,
        data_version=reading.data.version,
        titian_version=VERSION,
    )


def change(desk: Desk, asked: Settings) -> None:
    """Put other settings in force. Raises InputError for a zone, currency or language that is none."""
    given = asked.model_dump(exclude_none=True)
    keep = given.pop("keep_snapshots_days", None)
    merged = desk.workspace.settings.model_dump() | given
    if keep is not None:
        merged["warehouse"] = merged["warehouse"] | {"keep_snapshots_days": keep}
    settings = files.checked(merged, files.FILE_NAME)
    with desk.trail.of("workspace.change", settings.name, **asked.model_dump(exclude_none=True)):
        desk.set(settings)


def _table(reading: Reading, table: Table) -> TableInfo:
    rows = reading.data.table(table.name)
    asked = {"rows": rows.count()}
    if table.at:
        asked |= {"first": rows[table.at].min(), "last": rows[table.at].max()}
    (found,) = reading.data.execute(rows.aggregate(**asked))
    zone = reading.desk.workspace.zone
    first, last = found.get("first"), found.get("last")
    return TableInfo(
        name=table.name,
        words=table.words,
        rows=whole(found["rows"]),
        first_at=at_home(first, zone) if isinstance(first, datetime) else None,
        last_at=at_home(last, zone) if isinstance(last, datetime) else None,
    )


def _customers(reading: Reading) -> int:
    """Everyone who was ever seen, in whatever table."""
    ids = [reading.data.table(name).select("customer_id") for name in ("customers", "orders", "events")]
    seen = ids[0].union(*ids[1:], distinct=True)
    (found,) = reading.data.execute(seen.aggregate(n=seen.customer_id.count()))
    return whole(found["n"])


def _without_customer(reading: Reading) -> tuple[int, float]:
    orders = reading.data.table("orders")
    nobody = orders.filter(orders.customer_id.isnull())
    net = ibis.cases(
        (nobody.status == "paid", nobody.amount - nobody.refunded_amount.coalesce(0)),
        (nobody.status == "refund", -nobody.amount),
        else_=0,
    )
    (found,) = reading.data.execute(nobody.aggregate(n=nobody.count(), net=total_of(net)))
    return whole(found["n"]), number(found["net"]) or 0.0
