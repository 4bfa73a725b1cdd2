"""The same rows in frames of every kind, and in files, are the same canonical tables, and what plain Python says."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import ibis
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from titian.warehouse.frames import canonical

ZONE = "America/Sao_Paulo"
ORDER = ("order_id", "customer_id", "ordered_at", "amount", "refunded_amount", "refunded_at", "status", "channel")
STORED = Decimal("0.0001")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def in_duckdb(rows: pa.Table) -> duckdb.DuckDBPyRelation:
    return duckdb.connect().from_arrow(rows)


def parquet(rows: pa.Table, folder: Path) -> Path:
    pq.write_table(rows, folder / "rows.parquet", row_group_size=3)
    return folder / "rows.parquet"


def csv(rows: pa.Table, folder: Path) -> str:
    pa_csv.write_csv(rows, folder / "rows.csv")
    return str(folder / "rows.csv")


KINDS: dict[str, Callable[[pa.Table, Path], Any]] = {
    "pandas": lambda rows, _: rows.to_pandas(),
    "pandas of arrow": lambda rows, _: rows.to_pandas(types_mapper=pd.ArrowDtype),
    "pandas with an index of its own": lambda rows, _: rows.to_pandas().set_index(
        pd.Index(range(rows.num_rows, 0, -1))
    ),
    "polars": lambda rows, _: pl.from_arrow(rows),
    "pyarrow": lambda rows, _: rows,
    "pyarrow in chunks": lambda rows, _: pa.concat_tables(rows.slice(at, 2) for at in range(0, rows.num_rows, 2)),
    "duckdb": lambda rows, _: in_duckdb(rows),
    "ibis": lambda rows, _: ibis.memtable(rows),
    "parquet": parquet,
    "csv": csv,
}


def made(frame: object, table: str, columns: tuple[str, ...], **said: str) -> list[tuple[Any, ...]]:
    """The rows of a canonical table, by their first column."""
    with duckdb.connect() as connection:
        canonical(connection, {table: frame}, {table: said}, ZONE, False)
        return connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY ALL").fetchall()


moments = st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1)).map(lambda at: at.replace(microsecond=0))
money = st.decimals(-(10**9), 10**9, places=6)
order: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "customer_id": st.none() | st.sampled_from(["007", "ann", "客户-1"]),
        "ordered_at": moments,
        "amount": money,
        "refunded_amount": st.none() | st.decimals(-(10**6), 10**6, places=2),
        "refunded_at": st.none() | moments,
        "status": st.none() | st.sampled_from(["paid", "UNPAID", "交易关闭", "refund"]),
        "channel": st.none() | st.sampled_from(["app", "门店", "a, b", 'a "b"']),
    }
).filter(lambda row: row["amount"] >= 0 or row["status"] != "UNPAID")
MEANT = {None: "paid", "paid": "paid", "UNPAID": "unpaid", "交易关闭": "cancelled", "refund": "refund"}


def arrow(orders: list[dict[str, Any]]) -> pa.Table:
    numbered = [{"order_id": f"o{place:03}", **row} for place, row in enumerate(orders)]
    kinds = {
        "order_id": pa.string(),
        "customer_id": pa.string(),
        "ordered_at": pa.timestamp("us"),
        "amount": pa.decimal128(20, 6),
        "refunded_amount": pa.decimal128(12, 2),
        "refunded_at": pa.timestamp("us"),
        "status": pa.string(),
        "channel": pa.string(),
    }
    return pa.Table.from_pylist(numbered, pa.schema(list(kinds.items())))


def instant(wall: datetime | None) -> datetime | None:
    return None if wall is None else wall.replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC).replace(tzinfo=None)


def expected(place: int, row: dict[str, Any]) -> tuple[Any, ...]:
    """The order as Python reads it."""
    amount = row["amount"].quantize(STORED, rounding=ROUND_HALF_EVEN)
    back = None if row["refunded_amount"] is None else abs(row["refunded_amount"])
    status = "refund" if amount < 0 else MEANT[row["status"]]
    times = (instant(row["ordered_at"]), abs(amount), back, instant(row["refunded_at"]))
    return (f"o{place:03}", row["customer_id"], *times, status, row["channel"])


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(orders=st.lists(order, min_size=15, max_size=40))
def test_orders_of_every_kind_are_what_python_reads(folder: Path, orders: list[dict[str, Any]]) -> None:
    rows = arrow(orders)
    wanted = [expected(place, row) for place, row in enumerate(orders)]
    for kind, frame in KINDS.items():
        assert made(frame(rows, folder), "orders", ORDER) == wanted, kind


def same_everywhere(rows: pa.Table, folder: Path, table: str, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """The canonical rows, which must be the same of every kind of frame."""
    found = {kind: made(frame(rows, folder), table, columns) for kind, frame in KINDS.items()}
    for kind, seen in found.items():
        assert seen == found["pyarrow"], kind
    return found["pyarrow"]


def test_made_ids_are_the_same_of_every_kind(folder: Path) -> None:
    rows = pa.table(
        {
            "customer_id": ["ann", "ann", "bob", None],
            "ordered_at": pa.array([datetime(2020, 1, 1)] * 4, pa.timestamp("us")),
            "amount": [1.5, 1.5, 1.5, 0.1],
            "channel": ["app", "app", None, None],
        }
    )
    found = same_everywhere(rows, folder, "orders", ("order_id", "customer_id"))
    assert len({key for key, _ in found}) == 4


def test_customers_of_every_kind_are_the_same(folder: Path) -> None:
    rows = pa.table(
        {
            "customer_id": ["1", "2", "3"],
            "birth_date": pa.array([datetime(1970, 2, 3).date(), None, datetime(2000, 12, 31).date()], pa.date32()),
            "registered_at": pa.array([datetime(2020, 1, 1, 12, 30), None, datetime(2021, 6, 1)], pa.timestamp("ms")),
            "phone": ["13800138000", None, "+49 30 123"],
            "city": ["上海", "", None],
        }
    )
    found = same_everywhere(rows, folder, "customers", ("customer_id", "birth_date::VARCHAR", "phone", "city"))
    assert found == [
        ("1", "1970-02-03", "13800138000", "上海"),
        ("2", None, None, None),
        ("3", "2000-12-31", "+49 30 123", None),
    ]


def test_events_of_every_kind_are_the_same(folder: Path) -> None:
    rows = pa.table(
        {
            "customer_id": pa.array([10**17 + 1, None, 7], pa.int64()),
            "event": ["view", "cart", "view"],
            "occurred_at": pa.array([1_600_000_000, 1_600_000_001, 1_600_000_002], pa.int64()),
            "value": pa.array([0.1, None, 1 / 3], pa.float64()),
            "duration_s": pa.array([1, 2, None], pa.int32()),
        }
    )
    shown = ("occurred_at", "customer_id", "event", "value", "duration_s")
    without_gaps = {
        kind: frame for kind, frame in KINDS.items() if kind not in ("pandas", "pandas with an index of its own")
    }
    first = datetime(2020, 9, 13, 12, 26, 40)
    for kind, frame in without_gaps.items():
        assert made(frame(rows, folder), "events", shown) == [
            (first, "100000000000000001", "view", 0.1, 1.0),
            (first.replace(second=41), None, "cart", None, 2.0),
            (first.replace(second=42), "7", "view", 1 / 3, None),
        ], kind


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", [None, "UTC", "Asia/Tokyo"])
def test_times_of_every_unit_and_zone_are_the_same_instant(folder: Path, unit: str, zone: str | None) -> None:
    moment = datetime(2020, 7, 1, 15, 30, tzinfo=UTC)
    at = pa.array([moment if zone else moment.replace(tzinfo=None)], pa.timestamp(unit, tz=zone))
    rows = pa.table({"customer_id": ["a"], "ordered_at": at, "amount": [1]})
    wanted = moment.replace(tzinfo=None) if zone else instant(moment.replace(tzinfo=None))
    for kind in ("pandas", "pandas of arrow", "polars", "pyarrow", "duckdb", "parquet"):
        assert made(KINDS[kind](rows, folder), "orders", ("ordered_at",)) == [(wanted,)], kind


@pytest.mark.parametrize(
    "ids",
    [
        pa.array([7, 8, None], pa.int8()),
        pa.array([7, 8, None], pa.uint64()),
        pa.array(["7", "8", None]).dictionary_encode(),
        pa.array(["7", "8", None], pa.large_string()),
        pa.array([Decimal(7), Decimal(8), None], pa.decimal128(18, 0)),
        pa.array([7.0, 8.0, None], pa.float32()),
    ],
    ids=lambda ids: str(ids.type),
)
def test_ids_of_every_arrow_type_are_the_same_text(folder: Path, ids: pa.Array) -> None:
    rows = pa.table({"customer_id": ids, "ordered_at": ["2020-01-01"] * 3, "amount": [1, 2, 3]})
    for kind in ("pandas", "polars", "pyarrow", "duckdb", "parquet"):
        assert made(KINDS[kind](rows, folder), "orders", ("amount", "customer_id")) == [
            (Decimal(1), "7"),
            (Decimal(2), "8"),
            (Decimal(3), None),
        ], kind
