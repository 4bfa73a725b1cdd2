"""Emptying: rows of a batch of the landing that are of somebody lose every cell; the others keep their places."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence

import duckdb

from titian.warehouse import sql
from titian.warehouse.erased import Erased
from titian.warehouse.landing import Landing, Manifest
from titian.warehouse.parsing import Typed
from titian.warehouse.replay import typed_again

FILE = "emptying.sql"
OF_CUSTOMERS = ("customer_id", "from_id", "to_id", "inviter_id", "invitee_id")
"""Columns that say whom a row is of."""
OF_ORDERS = ("order_id",)


def orders_of(
    connection: duckdb.DuckDBPyConnection, landing: Landing, manifest: Manifest, customers: Collection[str]
) -> set[str]:
    """The orders of these customers that a batch tells of."""
    names = manifest.mapping.columns
    if "order_id" not in names or "customer_id" not in names:
        return set()
    typed = typed_again(connection, landing, manifest)
    said = sql.statements(FILE)
    connection.execute(said["wanted"].format(what="customers"), [sorted(customers)])
    named = " OR ".join(said["named"].format(cell=cell, what="customers") for cell in _cells(typed, OF_CUSTOMERS))
    return {row[0] for row in connection.execute(said["orders"].format(named=named)).fetchall()}


def empty(
    connection: duckdb.DuckDBPyConnection, landing: Landing, manifest: Manifest, erased: Erased
) -> tuple[Manifest, tuple[int, ...]]:
    """Empty the rows of whoever was erased: the manifest that says so, and the places of the rows."""
    typed = typed_again(connection, landing, manifest)
    said = sql.statements(FILE)
    named = []
    for what, digests, columns in (
        ("customers", erased.customers, OF_CUSTOMERS),
        ("orders", erased.orders, OF_ORDERS),
    ):
        connection.execute(said["wanted"].format(what=what), [sorted(digests)])
        salt = sql.literal(erased.salt)
        cells = _cells(typed, columns)
        named += [said["named_by_digest"].format(salt=salt, cell=cell, what=what) for cell in cells]
    return _emptied(connection, landing, manifest, typed, named)


def _emptied(
    connection: duckdb.DuckDBPyConnection, landing: Landing, manifest: Manifest, typed: Typed, named: Sequence[str]
) -> tuple[Manifest, tuple[int, ...]]:
    if not named:
        return manifest, ()
    said = sql.statements(FILE)
    connection.execute(said["found"].format(named=" OR ".join(named)))
    places = tuple(row[0] for row in connection.execute(said["places"]).fetchall())
    if not places:
        return manifest, ()
    emptied = manifest.model_copy(
        update={"erased": manifest.erased + len(places), "day_orders": {**typed.day_orders, **manifest.day_orders}}
    )
    # First the word that some rows are empty, then the rows: a crash between leaves all of them, and none is misread.
    landing.rewrite(emptied)
    _write(connection, landing, manifest)
    return emptied, places


def _write(connection: duckdb.DuckDBPyConnection, landing: Landing, manifest: Manifest) -> None:
    path = landing.rows_path(manifest)
    beside = path.with_suffix(".new")
    cells = ", ".join(
        f'CASE WHEN e."at" IS NULL THEN t.{sql.name(column)} END AS {sql.name(column)}' for column in manifest.columns
    )
    statement = sql.statements(FILE)["write"]
    connection.execute(statement.format(cells=cells, path=sql.literal(str(path)), target=sql.literal(str(beside))))
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(beside, path)


def _cells(typed: Typed, columns: Sequence[str]) -> list[str]:
    """Those of the columns that a batch has, quoted."""
    there = {target.column.name for target in typed.targets}
    return [sql.name(column) for column in columns if column in there]
