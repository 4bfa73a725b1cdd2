"""Every kind of frame gives the same layers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import ibis
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import titian as tt
from tests.acceptance.product import answers, dataset, orders_table
from tests.oracle.shop import Shop
from titian.warehouse.handed import Frame

KINDS = ["arrow", "pandas", "polars", "duckdb", "ibis", "parquet", "csv"]
AS_OF = datetime(1998, 7, 1, 4, tzinfo=UTC)


def frame(kind: str, table: pa.Table, folder: Path) -> Frame:
    """The same rows as another kind of frame or file."""
    match kind:
        case "pandas":
            return table.to_pandas()
        case "polars":
            return pl.from_arrow(table)
        case "duckdb":
            return duckdb.connect().from_arrow(table)
        case "ibis":
            return ibis.memtable(table)
        case "parquet":
            return written(table, folder / "订单 'of' all.parquet")
        case "csv":
            return written_csv(table, folder / "订单 'of' all.csv")
    return table


def written(table: pa.Table, path: Path) -> Path:
    pq.write_table(table, path)
    return path


def written_csv(table: pa.Table, path: Path) -> Path:
    table.to_pandas().to_csv(path, index=False)
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_answers_from_every_kind(kind: str, cdnow_sample: Shop, tmp_path: Path) -> None:
    given = frame(kind, orders_table(cdnow_sample.orders), tmp_path)
    data = tt.Dataset(orders=given, timezone=cdnow_sample.zone, currency="CNY")
    assert answers(tt.RFM().assign(data, as_of=AS_OF)) == answers(tt.RFM().assign(dataset(cdnow_sample), as_of=AS_OF))


@pytest.mark.parametrize("kind", KINDS[:5])
def test_a_frame_alone_is_enough(kind: str, tmp_path: Path) -> None:
    rows = {"customer_id": ["a", "b"], "ordered_at": [datetime(2024, 1, 1), datetime(2024, 2, 1)], "amount": [1.5, 2.5]}
    got = tt.RFM().assign(frame(kind, pa.table(rows), tmp_path), as_of="2024-03-01")
    assert {who: (row["spend"], row["order_count"]) for who, row in answers(got).items()} == {
        "a": (1.5, 1),
        "b": (2.5, 1),
    }
