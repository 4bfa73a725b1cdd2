"""The landing folder."""

import json
from pathlib import Path

import pytest

from tests.warehouse.shop import ORDERS, orders_csv, put, rows
from titian.errors import DamagedError
from titian.warehouse.lake import Lake
from titian.warehouse.landing import Landing, fingerprint


def test_a_manifest_says_all_that_is_needed_to_read_the_batch_again(lake: Lake, tmp_path: Path) -> None:
    report = put(lake, orders_csv(tmp_path / "订单 1.csv", "1,ann,2020-01-01,1"), zone="Asia/Shanghai")
    folder = lake.landing.path / str(report.batch_id)
    said = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert (said["name"], said["state"], said["zone"], said["table"]) == (
        "订单 1.csv",
        "committed",
        "Asia/Shanghai",
        "orders",
    )
    assert said["mapping"]["columns"] == ORDERS.columns
    assert said["counts"]["added"] == 1
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "rows.parquet"]


def test_batches_are_in_the_order_in_which_they_came(lake: Lake, tmp_path: Path) -> None:
    for number in range(3):
        put(lake, orders_csv(tmp_path / f"{number}.csv", f"1,ann,2020-01-01,{number}"))
    assert [m.name for m in lake.landing.committed()] == ["0.csv", "1.csv", "2.csv"]
    assert [m.order for m in lake.landing.committed()] == [1, 2, 3]


def test_what_makes_two_loads_the_same() -> None:
    base = fingerprint("abc", ORDERS, "UTC")
    assert base == fingerprint("abc", ORDERS.model_copy(), "UTC")
    other = ORDERS.model_copy(update={"date_order": "dmy"})
    assert (
        len(
            {base, fingerprint("abd", ORDERS, "UTC"), fingerprint("abc", other, "UTC"), fingerprint("abc", ORDERS, "Z")}
        )
        == 4
    )


def test_a_batch_whose_rows_are_gone_stops_a_rebuild_by_name(lake: Lake, tmp_path: Path) -> None:
    report = put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1"))
    (lake.landing.path / str(report.batch_id) / "rows.parquet").unlink()
    with pytest.raises(DamagedError, match=str(report.batch_id)):
        lake.rebuild()
    assert len(rows(lake)) == 1


def test_no_cursor_where_nothing_was_loaded(tmp_path: Path) -> None:
    assert Landing(tmp_path).last_cursor("shop.db", "orders") is None
