"""Lines: files with a row for each product of an order, as orders and order items."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import duckdb

from titian.warehouse import sql
from titian.warehouse.shaping import keys
from titian.warehouse.tables import ORDER_ITEMS

FILE = "shaping/shaping.sql"
ITEM_CONTENT = (
    "record_id",
    *(c.name for c in ORDER_ITEMS.columns if c.name not in ("item_id", "order_id", "recorded_at")),
)


def make_lines(connection: duckdb.DuckDBPyConnection, names: AbstractSet[str], recorded: str) -> str:
    """Make `shaped_items`, add the faults of whole orders, and return the query that gives the orders.

    An order's amount is the sum of quantity × unit price; where the file has an amount too, that counts: once if
    it is the same on all lines of every order, else summed.
    """
    said = sql.statements(FILE)
    own = "amount" in names
    once = own and _repeated(connection, "amount")
    line = "CAST(amount AS DECIMAL(36, 10))" if own else "product_of"
    _sort_out(connection, line)
    connection.execute(said["good_lines"])
    items = said["items_of_lines"].format(
        key=keys.made(ORDER_ITEMS.made_ids), content=keys.content(ITEM_CONTENT), recorded_at=recorded
    )
    connection.execute(said["shaped_items"].format(rows=items))
    totals = {name: _total(connection, name, names) for name in ("refunded_amount", "cost", "discount")}
    return said["orders_of_lines"].format(
        payment_told="true" if "paid_at" in names else "false",
        recorded_at=recorded,
        total="max(line)" if once else "sum(line)",
        **totals,
    )


def _sort_out(connection: duckdb.DuckDBPyConnection, line: str) -> None:
    """Turn away whole orders: those whose lines contradict each other, and those with a bad line."""
    said = sql.statements(FILE)
    connection.execute(said["lines"].format(line=line, where='WHERE "at" NOT IN (SELECT "at" FROM faults)'))
    connection.execute(said["order_faults"])
    connection.execute(said["siblings"])


def _total(connection: duckdb.DuckDBPyConnection, name: str, names: AbstractSet[str]) -> str:
    if name not in names:
        return "NULL::DECIMAL(18, 4)"
    return f"max({name})" if _repeated(connection, name) else f"CAST(sum({name}) AS DECIMAL(18, 4))"


def _repeated(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    row = connection.execute(sql.statements(FILE)["repeated"].format(column=sql.name(name))).fetchone()
    return bool(row and row[0])
