"""Incremental loads of a database against the rows that a program keeps beside it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.shop import ORDERS, rows
from titian.warehouse.importing import RejectedError, load
from titian.warehouse.lake import Lake
from titian.warehouse.report import LoadReport
from titian.warehouse.sources import open_source
from titian.warehouse.undoing import undo

COLUMNS = "order_id TEXT PRIMARY KEY, customer_id TEXT, ordered_at TEXT, amount REAL, changed"
Row = tuple[str, str, str, float, object]


def write(path: Path, *sold: Row, table: str = "sales") -> None:
    """Insert rows, or put them in place of those with their ids."""
    with closing(sqlite3.connect(path)) as shop:
        shop.execute(f"CREATE TABLE IF NOT EXISTS {table} ({COLUMNS})")
        shop.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?, ?)", sold)
        shop.commit()


def go_on(lake: Lake, path: Path, table: str = "sales", *, strict: bool = False) -> LoadReport:
    """Load what came after the last load, as a nightly job does."""
    url = f"sqlite:///{path}?table={table}"
    since = lake.landing.last_cursor(open_source(url).name, "orders")
    return load(lake, open_source(url, cursor="changed", since=since), ORDERS, zone="UTC", strict=strict)


def order(key: int, changed: object, amount: float = 1, day: str = "2020-01-01") -> Row:
    return (str(key), "ann", day, amount, changed)


def held(lake: Lake) -> dict[str, int]:
    return dict(rows(lake, "orders", "order_id", "amount::INT"))


@pytest.fixture(scope="module")
def folders() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    nights=st.lists(
        st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9)), max_size=5, unique_by=lambda sold: sold[0]),
        min_size=3,
        max_size=4,
    )
)
def test_each_night_brings_what_changed_and_the_end_is_the_table(
    folders: Path, nights: Sequence[list[tuple[int, int]]]
) -> None:
    folder, shop, clock = Path(tempfile.mkdtemp(dir=folders)), dict[str, int](), 0
    with Lake.open(folder / "shop") as lake:
        for night in nights:
            sold = [order(key, clock + place, amount) for place, (key, amount) in enumerate(night, 1)]
            clock += len(sold)
            write(folder / "shop.db", *sold)
            report = go_on(lake, folder / "shop.db")
            fresh = {str(key) for key, _ in night} - shop.keys()
            assert (report.rows, report.added) == (len(night), len(fresh))
            shop |= {str(key): amount for key, amount in night}
            assert held(lake) == shop


@pytest.mark.parametrize(
    "clock",
    [
        [1, 9, 10, 100],
        [0.5, 9.25, 10.125, 1e17],
        ["2020-01-01 09:00:00", "2020-01-01 10:00:00", "2020-01-02 00:00:00", "2020-01-10 00:00:00"],
        [-5, -1, 0, 3],
        [10**15, 10**15 + 1, 10**17, 10**18],
        [1.0, 2.5, 3, 4.0],
    ],
    ids=["integers", "floats", "times", "below zero", "large", "mixed"],
)
def test_a_cursor_of_any_kind_goes_on_one_by_one(lake: Lake, tmp_path: Path, clock: list[object]) -> None:
    path = tmp_path / "shop.db"
    for key, changed in enumerate(clock):
        write(path, order(key, changed))
        assert go_on(lake, path).rows == 1
    assert go_on(lake, path).rows == 0
    assert len(held(lake)) == len(clock)


def test_rows_without_a_cursor_come_with_the_first_load_only(lake: Lake, tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    write(path, order(1, None), order(2, 5))
    assert go_on(lake, path).rows == 2
    write(path, order(3, None), order(4, 6))
    assert go_on(lake, path).rows == 1
    assert sorted(held(lake)) == ["1", "2", "4"]


def test_each_table_has_a_cursor_of_its_own(lake: Lake, tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    write(path, order(1, 100))
    write(path, order(2, 5), table="returns")
    assert [go_on(lake, path, table).rows for table in ("sales", "returns")] == [1, 1]
    write(path, order(3, 6), table="returns")
    assert [go_on(lake, path, table).rows for table in ("sales", "returns")] == [0, 1]


def test_what_a_strict_load_refused_comes_again_when_it_is_mended(lake: Lake, tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    write(path, order(1, 1))
    go_on(lake, path)
    write(path, order(2, 2), order(3, 3, day="never"))
    with pytest.raises(RejectedError):
        go_on(lake, path, strict=True)
    write(path, order(3, 4, day="2020-02-02"))
    report = go_on(lake, path, strict=True)
    assert (report.rows, report.added, report.cursor) == (2, 2, "4")


def test_after_one_is_taken_back_the_next_load_brings_its_rows_again(lake: Lake, tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    write(path, order(1, 1))
    go_on(lake, path)
    write(path, order(2, 2), order(1, 3, amount=7))
    second = go_on(lake, path)
    undo(lake, str(second.batch_id))
    assert held(lake) == {"1": 1}
    write(path, order(3, 4))
    assert go_on(lake, path).rows == 3
    assert held(lake) == {"1": 7, "2": 1, "3": 1}


def test_a_rebuilt_warehouse_goes_on_where_it_was(lake: Lake, tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    for night in range(1, 4):
        write(path, order(night, night))
        go_on(lake, path)
    before = rows(lake)
    lake.rebuild()
    assert rows(lake) == before
    write(path, order(2, 9, amount=5))
    report = go_on(lake, path)
    assert (report.rows, report.updated, held(lake)) == (1, 1, {"1": 1, "2": 5, "3": 1})
