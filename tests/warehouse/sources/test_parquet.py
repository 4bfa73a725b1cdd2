"""Parquet files: typed values written as text, none rounded."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.warehouse.sources.files import put, read, rows
from titian.warehouse.sources import open_source
from titian.warehouse.sources.faults import DamagedFileError, EmptySourceError

AT = datetime(2024, 1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("array", "text"),
    [
        (pa.array([17850.0]), "17850"),
        (pa.array([2.55]), "2.55"),
        (pa.array([123456789012345678]), "123456789012345678"),
        (pa.array([Decimal("12.50")]), "12.50"),
        (pa.array([AT], pa.timestamp("us")), "2024-01-02 03:04:05"),
        (pa.array([AT], pa.timestamp("ns")), "2024-01-02 03:04:05"),
        (pa.array([AT.replace(tzinfo=UTC)], pa.timestamp("us", "Asia/Shanghai")), "2024-01-02 03:04:05+00"),
        (pa.array([AT.date()]), "2024-01-02"),
        (pa.array([True]), "true"),
        (pa.array(["  x "]), "  x "),
        (pa.array([""]), None),
        (pa.array([{"a": 1}]), '{"a":1}'),
        (pa.array([["x", "y"]]), '["x","y"]'),
        (pa.array(["x"]).dictionary_encode(), "x"),
        (pa.array([None], pa.float64()), None),
    ],
)
def test_a_typed_value_becomes_text(tmp_path: Path, array: pa.Array, text: str | None) -> None:
    pq.write_table(pa.table({"v": array}), tmp_path / "a.parquet")
    assert rows(read(tmp_path / "a.parquet")) == [(text,)]


def test_rows_keep_their_order(tmp_path: Path) -> None:
    pq.write_table(pa.table({"n": list(range(300_000))}), tmp_path / "a.parquet", row_group_size=10_000)
    assert [row[0] for row in rows(read(tmp_path / "a.parquet"))] == [str(n) for n in range(300_000)]


def test_the_sample_knows_how_many_rows_there_are(tmp_path: Path) -> None:
    pq.write_table(pa.table({" id ": list(range(50)), "名": ["x"] * 50}), tmp_path / "a.parquet")
    sample = open_source(tmp_path / "a.parquet").columns_and_samples(3)
    assert (sample.columns, sample.rows) == (("id", "名"), 50)
    assert sample.records == (("0", "x"), ("1", "x"), ("2", "x"))


def test_a_parquet_file_without_rows_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": pa.array([], pa.int64())}), tmp_path / "a.parquet")
    with pytest.raises(EmptySourceError, match="header but no rows"):
        read(tmp_path / "a.parquet")


@pytest.mark.parametrize("keep", [10, 500, 5000])
def test_a_damaged_parquet_file_is_refused(tmp_path: Path, keep: int) -> None:
    pq.write_table(pa.table({"id": list(range(5_000))}), tmp_path / "a.parquet")
    cut = (tmp_path / "a.parquet").read_bytes()[:keep]
    with pytest.raises(DamagedFileError, match=r"b\.parquet is a damaged Parquet file"):
        read(put(tmp_path, "b.parquet", cut))


def test_a_parquet_file_spoilt_inside_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": [f"order {n}" for n in range(50_000)]}), tmp_path / "a.parquet")
    whole = (tmp_path / "a.parquet").read_bytes()
    spoilt = whole[:2000] + b"\xff" * 20_000 + whole[22_000:]
    with pytest.raises(DamagedFileError):
        read(put(tmp_path, "b.parquet", spoilt))
