"""A small shop to load into: makes files and text rows, loads them, and reads the warehouse back as plain rows."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from titian.domain.mapping import Mapping
from titian.warehouse.importing import load
from titian.warehouse.lake import Lake
from titian.warehouse.parsing import text_rows, type_rows
from titian.warehouse.report import LoadReport
from titian.warehouse.sources import open_source

ORDERS = Mapping(columns={c: c for c in ("order_id", "customer_id", "ordered_at", "amount")})
LINES = Mapping(
    columns={
        "order_id": "InvoiceNo",
        "customer_id": "CustomerID",
        "ordered_at": "InvoiceDate",
        "product_id": "StockCode",
        "quantity": "Quantity",
        "unit_price": "UnitPrice",
    }
)
LINE_HEADER = "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID"


def csv(path: Path, header: str, *rows: str) -> Path:
    """A CSV file of these lines."""
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return path


def orders_csv(path: Path, *rows: str) -> Path:
    """Orders: id, customer, time, amount."""
    return csv(path, "order_id,customer_id,ordered_at,amount", *rows)


def put(lake: Lake, path: Path, mapping: Mapping = ORDERS, *, zone: str = "UTC", **options: Any) -> LoadReport:
    """Load a file."""
    return load(lake, open_source(path), mapping, zone=zone, **options)


def rows(lake: Lake, table: str = "orders", *columns: str) -> list[tuple[Any, ...]]:
    """The warehouse's rows, in order."""
    connection = lake.connection()
    try:
        return sorted(connection.execute(f"SELECT {', '.join(columns) or '*'} FROM lake.{table}").fetchall(), key=repr)
    finally:
        connection.close()


def read(
    folder: Path,
    cells: ReadOnly[str, Sequence[str | None]],
    *,
    zone: str = "UTC",
    form: str = "csv",
    **mapping: Any,
) -> tuple[list[dict[str, Any]], list[tuple[int, str, str]]]:
    """Text cells, named like the canonical columns, as typed rows, and the faults as (row, column, fault)."""
    count = max(len(column) for column in cells.values())
    filled = {"order_id": [f"o{i}" for i in range(count)], "customer_id": ["c"] * count}
    filled |= {"ordered_at": ["2020-01-01"] * count, "amount": ["1"] * count}
    columns = {name: pa.array(column, pa.string()) for name, column in ({**filled, **cells}).items()}
    pq.write_table(pa.table(columns), folder / "rows.parquet")
    connection = duckdb.connect()
    said = Mapping(columns={name: name for name in columns}, **mapping)
    given = text_rows(folder / "rows.parquet", tuple(columns), "shop.csv", form, 1)
    typed = type_rows(connection, given, said, zone)
    found = connection.execute('SELECT * FROM typed ORDER BY "at"').fetchall()
    names = [column[0] for column in connection.description or ()]
    told = [dict(zip(names, row, strict=True)) for row in found]
    bad = (
        [(row["at"], f["column"], f["fault"]) for row in told for f in (row.get("faults") or [])]
        if not typed.clean
        else []
    )
    return told, bad
