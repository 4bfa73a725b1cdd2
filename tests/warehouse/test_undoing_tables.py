"""Taking batches back in every table, in any order, and when it fails half way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.shop import LINE_HEADER, LINES, ORDERS, csv, orders_csv, put, rows
from titian.domain.mapping import Mapping
from titian.errors import DamagedError
from titian.warehouse import undoing
from titian.warehouse.lake import Lake
from titian.warehouse.tables import TABLES
from titian.warehouse.undoing import undo

TWO_FILES: dict[str, tuple[tuple[str, ...], list[str], list[str]]] = {
    "customers": (("customer_id", "city"), ["1,上海", "2,北京"], ["2,广州", "3,"]),
    "events": (("customer_id", "event", "occurred_at"), ["1,view,2020-01-01"] * 2, ["1,view,2020-01-01"] * 3),
    "order_items": (("item_id", "order_id", "quantity"), ["a,1,1", "b,1,2"], ["b,1,3", "c,2,1"]),
    "customer_changes": (
        ("customer_id", "attribute", "value", "changed_at"),
        ["1,city,上海,2020-01-01"],
        ["1,city,北京,2020-01-02", "1,city,上海,2020-01-01"],
    ),
    "links": (("from_id", "to_id", "kind"), ["1,2,follow"], ["1,2,follow", "2,1,follow"]),
    "invites": (("inviter_id", "invitee_id"), ["1,2", "1,"], ["1,", "1,"]),
    "answers": (
        ("customer_id", "answered_at", "score"),
        ["1,2020-01-01,5"],
        ["1,2020-01-01,5", "1,2020-01-01,5", "2,2020-01-01,"],
    ),
    "identities": (("source", "source_id", "customer_id"), ["wecom,w1,1", "web,w1,1"], ["wecom,w1,2", "web,w2,1"]),
    "costs": (("day", "channel", "amount"), ["2020-01-01,app,5"], ["2020-01-01,app,5", "2020-01-01,app,6"]),
}


def whole(lake: Lake, table: str) -> list[tuple[Any, ...]]:
    """All columns but the time when a row was learnt of."""
    return rows(lake, table, *(column.name for column in TABLES[table].columns if column.name != "recorded_at"))


def loaded(lake: Lake, folder: Path, table: str, name: str, columns: tuple[str, ...], lines: list[str]) -> str:
    mapping = Mapping(table=table, columns={column: column for column in columns})
    return str(put(lake, csv(folder / f"{name}.csv", ",".join(columns), *lines), mapping).batch_id)


OFTEN = ("events", "order_items")
EACH = [table if table in OFTEN else pytest.param(table, marks=pytest.mark.full) for table in TWO_FILES]


@pytest.mark.parametrize("table", EACH)
def test_an_earlier_file_that_is_taken_back_leaves_what_the_later_alone_would_give(
    lake: Lake, tmp_path: Path, table: str
) -> None:
    columns, first, second = TWO_FILES[table]
    one = loaded(lake, tmp_path, table, "a", columns, first)
    alone = whole(lake, table)
    other = loaded(lake, tmp_path, table, "b", columns, second)
    undo(lake, one)
    loaded(lake, tmp_path, table, "a", columns, first)
    undo(lake, other)
    assert whole(lake, table) == alone


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0), (2, 0, 1)], ids=str)
def test_all_that_was_loaded_can_be_taken_back_in_any_order(lake: Lake, tmp_path: Path, order: tuple[int, ...]) -> None:
    """Lines, orders and lines again that speak of the same orders."""
    files = [
        (csv(tmp_path / "0.csv", LINE_HEADER, "1,a,2,2020-01-01,2,ann", "1,b,-1,2020-01-01,2,ann"), LINES),
        (orders_csv(tmp_path / "1.csv", "1,bob,2020-02-02,9", "2,bob,2020-02-02,9"), ORDERS),
        (csv(tmp_path / "2.csv", LINE_HEADER, "1,c,1,2020-03-03,5,cy", "3,c,-1,2020-03-03,5,cy"), LINES),
    ]
    ids = [str(put(lake, path, said).batch_id) for path, said in files]
    for place in order:
        undo(lake, ids[place])
    assert (whole(lake, "orders"), whole(lake, "order_items")) == ([], [])


def two(lake: Lake, folder: Path) -> str:
    put(lake, orders_csv(folder / "a.csv", "1,ann,2020-01-01,1", "2,bob,2020-01-02,2"))
    return str(put(lake, orders_csv(folder / "b.csv", "2,cy,2020-01-02,9")).batch_id)


@pytest.mark.parametrize("error", [duckdb.Error("out of luck"), KeyboardInterrupt()], ids=["error", "stopped"])
def test_when_it_fails_half_way_everything_is_as_before(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    batch, change = two(lake, tmp_path), undoing._change
    before, version = whole(lake, "orders"), lake.version()

    def fail(*given: Any) -> tuple[int, int]:
        change(*given)
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(undoing, "_change", fail)
        with pytest.raises(type(error)):
            undo(lake, batch)
    assert (whole(lake, "orders"), lake.version()) == (before, version)
    assert [manifest.state for manifest in lake.landing.manifests()] == ["committed", "committed"]
    assert undo(lake, batch).restored == 1


def test_what_can_not_be_read_again_is_not_taken_back(lake: Lake, tmp_path: Path) -> None:
    batch = two(lake, tmp_path)
    before = whole(lake, "orders")
    first = lake.landing.committed()[0]
    lake.landing.rows_path(first).write_bytes(b"spoilt")
    with pytest.raises(DamagedError, match=first.batch_id):
        undo(lake, batch)
    assert whole(lake, "orders") == before
    assert [manifest.state for manifest in lake.landing.manifests()] == ["committed", "committed"]


def test_no_temporary_files_are_left(lake: Lake, tmp_path: Path) -> None:
    batch = two(lake, tmp_path)
    scratch = tmp_path / "shop" / ".scratch"
    before = {path.name for path in scratch.iterdir()}
    undo(lake, batch)
    assert {path.name for path in scratch.iterdir()} == before
