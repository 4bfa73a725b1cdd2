"""Loading a database table bit by bit."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.warehouse.shop import ORDERS, rows
from titian.warehouse.importing import load
from titian.warehouse.lake import Lake
from titian.warehouse.report import LoadReport
from titian.warehouse.sources import open_source


def add(path: Path, *lines: tuple[str, str, str, float]) -> None:
    with closing(sqlite3.connect(path)) as shop:
        shop.execute("CREATE TABLE IF NOT EXISTS sales (order_id TEXT, customer_id TEXT, ordered_at TEXT, amount REAL)")
        shop.executemany("INSERT INTO sales VALUES (?, ?, ?, ?)", lines)
        shop.commit()


def go_on(lake: Lake, path: Path) -> LoadReport:
    url = f"sqlite:///{path}?table=sales"
    name = open_source(url).name
    since = lake.landing.last_cursor(name, "orders")
    return load(lake, open_source(url, cursor="ordered_at", since=since), ORDERS, zone="UTC")


def test_each_load_goes_on_where_the_last_one_ended(lake: Lake, tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    add(path, ("1", "ann", "2020-01-01", 1.5), ("2", "bob", "2020-01-02", 2))
    assert go_on(lake, path).added == 2
    add(path, ("3", "cy", "2020-01-03", 3))
    report = go_on(lake, path)
    assert (report.rows, report.added, report.cursor) == (1, 1, "2020-01-03")
    assert rows(lake, "orders", "order_id") == [("1",), ("2",), ("3",)]


def test_a_load_that_finds_nothing_new_lands_nothing(lake: Lake, tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    add(path, ("1", "ann", "2020-01-01", 1.5))
    go_on(lake, path)
    version = lake.version()
    report = go_on(lake, path)
    assert (report.rows, report.batch_id, lake.version()) == (0, None, version)
    assert go_on(lake, path).rows == 0
