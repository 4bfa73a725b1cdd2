"""Buckets: how a large table lies in its files, which changes nothing of what it holds."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.shop import orders_csv, put, rows
from titian.warehouse import buckets
from titian.warehouse.erasing import erase
from titian.warehouse.lake import Lake

LARGE = 6


@pytest.fixture(autouse=True)
def soon_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "FROM_ROWS", LARGE)


def batch(folder: Path, first: int, count: int) -> Path:
    """Orders of as many customers."""
    lines = [f"{n},c{n},2024-01-{n % 28 + 1:02d} 10:00:00,{n}.5" for n in range(first, first + count)]
    return orders_csv(folder / f"from-{first}.csv", *lines)


def lying(lake: Lake) -> tuple[int, int]:
    """Rows of orders in buckets, and together."""
    asked = (
        "SELECT count(*) FILTER (contains(filename, '/bucket=')), count(*) FROM (SELECT *, filename FROM lake.orders)"
    )
    shared, whole = lake.connection().execute(asked).fetchall()[0]
    return shared, whole - shared


def files_read(connection: duckdb.DuckDBPyConnection, condition: str) -> int:
    said = connection.execute(f"EXPLAIN ANALYZE SELECT * FROM lake.orders WHERE {condition}").fetchall()[0][1]
    return int(re.findall(r"Total Files Read: (\d+)", said)[0])


def test_a_small_table_is_kept_together(tmp_path: Path) -> None:
    with Lake.open(tmp_path / "shop") as lake:
        put(lake, batch(tmp_path, 0, LARGE - 1))
        assert lying(lake) == (0, LARGE - 1)


def test_a_large_batch_is_shared_out_and_a_customer_found_in_one_file(tmp_path: Path) -> None:
    with Lake.open(tmp_path / "shop") as lake:
        put(lake, batch(tmp_path, 0, 200))
        assert lying(lake) == (200, 0)
        assert files_read(lake.connection(), "amount >= 0") == buckets.BUCKETS
        assert files_read(lake.connection(), "customer_id = 'c7'") == 1


def test_what_comes_later_is_shared_out_too(tmp_path: Path) -> None:
    with Lake.open(tmp_path / "shop") as lake:
        put(lake, batch(tmp_path, 0, 20))
        put(lake, batch(tmp_path, 20, 1))
        assert lying(lake) == (21, 0)


def test_rows_are_the_same_however_they_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = []
    for name, large in (("shared", LARGE), ("together", 1_000)):
        monkeypatch.setattr(buckets, "FROM_ROWS", large)
        with Lake.open(tmp_path / name) as lake:
            put(lake, batch(tmp_path, 0, 12))
            put(lake, batch(tmp_path, 8, 12))
            put(lake, orders_csv(tmp_path / "again.csv", "3,other,2024-02-01,9", "99,new,2024-02-01,1"))
            held.append(rows(lake, "orders", "order_id", "customer_id", "ordered_at", "amount"))
    assert held[0] == held[1]
    assert len(held[0]) == 21


def test_many_small_batches_are_shared_out_when_the_warehouse_is_tidied(tmp_path: Path) -> None:
    with Lake.open(tmp_path / "shop") as lake:
        for first in range(0, LARGE, 2):
            put(lake, batch(tmp_path, first, 2))
        before = rows(lake)
        assert lying(lake) == (0, LARGE)
        lake.tidy()
        assert (lying(lake), rows(lake)) == ((LARGE, 0), before)


def test_tidying_leaves_few_as_they_lie(tmp_path: Path) -> None:
    with Lake.open(tmp_path / "shop") as lake:
        put(lake, batch(tmp_path, 0, 2))
        lake.tidy()
        assert lying(lake) == (0, 2)


def test_tidying_that_fails_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Lake.open(tmp_path / "shop") as lake:
        for first in range(0, LARGE, 2):
            put(lake, batch(tmp_path, first, 2))
        before, connection = rows(lake), lake.connection()
        said = {**buckets.sql.statements(buckets.FILE), "put_back": "SELECT * FROM nothing_of_this_name"}
        monkeypatch.setattr(buckets.sql, "statements", lambda _: said)
        with pytest.raises(duckdb.CatalogException):
            buckets.gather(connection)
        monkeypatch.undo()
        assert (lying(lake), rows(lake)) == ((0, LARGE), before)


def test_an_erased_customer_is_in_no_bucket(tmp_path: Path) -> None:
    with Lake.open(tmp_path / "shop") as lake:
        put(lake, batch(tmp_path, 0, 20))
        erase(lake, ["c7"])
        assert [row for row in rows(lake, "orders", "customer_id") if row == ("c7",)] == []
        assert lying(lake) == (19, 0)


def test_a_rebuilt_warehouse_is_shared_out_alike(tmp_path: Path) -> None:
    with Lake.open(tmp_path / "shop") as lake:
        put(lake, batch(tmp_path, 0, 20))
        before = rows(lake, "orders", "order_id", "customer_id")
        lake.rebuild()
        assert (lying(lake), rows(lake, "orders", "order_id", "customer_id")) == ((20, 0), before)
