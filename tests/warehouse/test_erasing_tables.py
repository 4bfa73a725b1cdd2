"""Erasing reaches every table and every kind of file that can be loaded, and leaves all that is not theirs."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from tests.warehouse.shop import csv, orders_csv, put, rows
from tests.warehouse.test_erasing import texts
from titian.domain.mapping import Mapping
from titian.errors import BusyError
from titian.warehouse.erased import Erased
from titian.warehouse.erasing import erase
from titian.warehouse.lake import Lake
from titian.warehouse.landing import Manifest
from titian.warehouse.tables import TABLES

pytestmark = pytest.mark.full
GONE = "zoe9"
HEAD = ("order_id", "customer_id", "ordered_at", "amount")


def mapping(table: str, *columns: str, **said: Any) -> Mapping:
    return Mapping(table=table, columns={name: name for name in columns}, **said)


LOADED: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "customers": (("customer_id", "name"), (f"{GONE},Zoe", "bob,Bob"), "customer_id"),
    "customer_changes": (
        ("change_id", "customer_id", "attribute", "value", "changed_at"),
        (f"1,{GONE},city,Paris,2020-01-01", "2,bob,city,Rome,2020-01-01"),
        "customer_id",
    ),
    "events": (
        ("event_id", "customer_id", "event", "occurred_at", "properties"),
        (f'e1,{GONE},view,2020-01-01,"{{""by"": ""{GONE}""}}"', "e2,bob,view,2020-01-01,"),
        "customer_id",
    ),
    "links": (
        ("link_id", "from_id", "to_id", "kind"),
        (f"l1,{GONE},bob,follow", f"l2,bob,{GONE},like", "l3,bob,cy,like"),
        "from_id",
    ),
    "invites": (
        ("invite_id", "inviter_id", "invitee_id", "invited_at"),
        (f"v1,{GONE},bob,2020-01-01", f"v2,bob,{GONE},2020-01-01", "v3,bob,cy,2020-01-01"),
        "inviter_id",
    ),
    "answers": (
        ("answer_id", "customer_id", "answered_at", "score", "text"),
        (f"a1,{GONE},2020-01-01,5,called {GONE}", "a2,bob,2020-01-01,4,"),
        "customer_id",
    ),
    "identities": (
        ("source", "source_id", "customer_id"),
        (f"wecom,wm-{GONE},{GONE}", "wecom,wm-bob,bob"),
        "customer_id",
    ),
}


def of(manifest: Manifest) -> tuple[str, int]:
    return manifest.table, manifest.erased


@pytest.mark.parametrize("table", LOADED)
def test_every_table_that_names_customers_is_emptied_of_them(lake: Lake, tmp_path: Path, table: str) -> None:
    columns, lines, who = LOADED[table]
    put(lake, csv(tmp_path / "a.csv", ",".join(columns), *lines), mapping(table, *columns))
    erase(lake, [GONE])
    assert [row[0] for row in rows(lake, table, who)] == ["bob"]
    assert GONE not in texts(lake.workspace)
    assert [of(one) for one in lake.landing.manifests()] == [(table, len(lines) - 1)]


def test_tables_that_name_nobody_are_left_as_they_are(lake: Lake, tmp_path: Path) -> None:
    path = csv(tmp_path / "costs.csv", "day,channel,kind,amount", f"2020-01-01,{GONE},acquire,5")
    put(lake, path, mapping("costs", "day", "channel", "kind", "amount"))
    put(lake, orders_csv(tmp_path / "a.csv", f"1,{GONE},2020-01-01,1", "2,bob,2020-01-01,1"))
    erase(lake, [GONE])
    assert len(rows(lake, "costs")) == 1
    assert [row[0] for row in rows(lake, "orders", "customer_id")] == ["bob"]


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet", "a.jsonl", "a.csv.gz"])
def test_whatever_kind_of_file_it_came_from(lake: Lake, tmp_path: Path, name: str) -> None:
    lines = [("1", GONE, "2020-01-01", "5"), ("2", "bob", "2020-01-02", "6")]
    frame = pd.DataFrame(lines, columns=list(HEAD))
    path = tmp_path / name
    match path.suffix:
        case ".xlsx":
            frame.to_excel(path, index=False)
        case ".parquet":
            frame.to_parquet(path)
        case ".jsonl":
            frame.to_json(path, orient="records", lines=True)
        case _:
            frame.to_csv(path, index=False)
    put(lake, path)
    before = [row for row in rows(lake, "orders", *HEAD) if row[1] == "bob"]
    erase(lake, [GONE])
    assert rows(lake, "orders", *HEAD) == before
    assert GONE not in texts(lake.workspace)


def test_columns_that_were_not_mapped_are_emptied_with_the_row(lake: Lake, tmp_path: Path) -> None:
    path = csv(
        tmp_path / "a.csv", ",".join((*HEAD, "remark")), f"1,{GONE},2020-01-01,1,secret", "2,bob,2020-01-02,2,kept"
    )
    put(lake, path)
    erase(lake, [GONE])
    said = texts(lake.landing.path)
    assert ("secret" in said, "kept" in said) == (False, True)


def test_rows_without_ids_of_their_own_keep_the_ids_that_were_made(lake: Lake, tmp_path: Path) -> None:
    lines = (f"{GONE},2020-01-01,1", "bob,2020-01-02,2", f"{GONE},2020-01-03,3", "bob,2020-01-02,2")
    put(lake, csv(tmp_path / "a.csv", "customer_id,ordered_at,amount", *lines), mapping("orders", *HEAD[1:]))
    before = [row for row in rows(lake, "orders", *HEAD) if row[1] == "bob"]
    erase(lake, [GONE])
    assert len(before) == 2
    assert rows(lake, "orders", *HEAD) == before
    lake.rebuild()
    assert rows(lake, "orders", *HEAD) == before


def test_an_order_that_passed_to_somebody_else_goes_with_who_had_it(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", f"1,{GONE},2020-01-01,1"))
    put(lake, orders_csv(tmp_path / "b.csv", "1,bob,2020-01-01,1", "2,bob,2020-01-02,2"))
    erase(lake, [GONE])
    assert rows(lake, "orders", "order_id", "customer_id") == [("2", "bob")]


def test_remarks_of_an_import_name_them_no_more(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", f"1,{GONE},2020-01-01,1"))
    report = put(lake, orders_csv(tmp_path / "b.csv", "1,bob,2020-01-01,1"))
    assert any(GONE in note.en for note in report.notes)
    erase(lake, [GONE])
    (manifest,) = [one for one in lake.landing.manifests() if one.batch_id == report.batch_id]
    assert not any(GONE in note.en or GONE in note.zh for note in manifest.notes)
    assert any("(erased)" in note.en for note in manifest.notes)


def test_many_at_once_are_as_one_after_another(lake: Lake, tmp_path: Path) -> None:
    lines = [f"{number},c{number % 5},2020-01-01,1" for number in range(40)]
    put(lake, orders_csv(tmp_path / "a.csv", *lines))
    wiped = erase(lake, ["c1", "c3", "nobody"])
    assert {row[0] for row in rows(lake, "orders", "customer_id")} == {"c0", "c2", "c4"}
    assert len(wiped.orders) == sum(len(places) for places in wiped.rows.values()) == 16


def test_an_id_is_only_itself(lake: Lake, tmp_path: Path) -> None:
    ids = ["7", "07", "77", "7 7", "a7", "‘7’"]
    put(lake, orders_csv(tmp_path / "a.csv", *(f"o{number},{one},2020-01-01,1" for number, one in enumerate(ids))))
    erase(lake, ["7"])
    assert sorted(row[0] for row in rows(lake, "orders", "customer_id")) == sorted(ids[1:])


ODD = ["o'brien", 'say "no"', "a,b", "=1+1", "客户 7", "x\\y", "%_", "😀"]


@pytest.mark.parametrize("odd", ODD)
def test_ids_of_any_characters_are_found(lake: Lake, tmp_path: Path, odd: str) -> None:
    quoted = '"' + odd.replace('"', '""') + '"'
    put(lake, orders_csv(tmp_path / "a.csv", f"1,{quoted},2020-01-01,1", "2,bob,2020-01-01,1"))
    assert erase(lake, [odd]).orders == frozenset({"1"})
    assert [row[0] for row in rows(lake, "orders", "customer_id")] == ["bob"]


def test_a_warehouse_without_batches_takes_the_digests_all_the_same(lake: Lake, tmp_path: Path) -> None:
    erase(lake, [GONE])
    report = put(lake, orders_csv(tmp_path / "a.csv", f"1,{GONE},2020-01-01,1", "2,bob,2020-01-01,1"))
    assert (report.added, [row[0] for row in rows(lake, "orders", "customer_id")]) == (1, ["bob"])


def test_a_strict_load_is_not_refused_for_rows_that_are_left_out(lake: Lake, tmp_path: Path) -> None:
    erase(lake, [GONE])
    lines = (f"1,{GONE},never,1", "2,bob,2020-01-01,1")
    report = put(lake, orders_csv(tmp_path / "a.csv", *lines), strict=True)
    assert (report.good, report.rejected) == (1, 0)


def test_who_is_reading_reads_on(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", f"1,{GONE},2020-01-01,1", "2,bob,2020-01-01,1"))
    connection = lake.connection()
    erase(lake, [GONE])
    connection.close()
    assert [row[0] for row in rows(lake, "orders", "customer_id")] == ["bob"]


def test_while_somebody_writes_nobody_is_erased(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", f"1,{GONE},2020-01-01,1"))
    begun, ended = threading.Event(), threading.Event()

    def write() -> None:
        with lake.write_lock("loading something"):
            begun.set()
            ended.wait(10)

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait(10)
    with pytest.raises(BusyError, match="loading something"):
        erase(lake, [GONE], timeout=0.1)
    ended.set()
    writer.join()
    assert (len(rows(lake, "orders")), Erased.read(lake.landing.path)) == (1, None)


def test_a_broken_file_of_digests_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "erased.json").write_text(json.dumps({"salt": "x"}), "utf-8")
    with pytest.raises(ValueError, match="customers"):
        Erased.read(tmp_path)


def test_emptied_rows_keep_the_places_of_the_others_in_a_large_file(lake: Lake, tmp_path: Path) -> None:
    count = 30_000
    lines = (f"{number},{GONE if number % 1000 == 7 else 'bob'},2020-01-01,1" for number in range(count))
    batch = str(put(lake, orders_csv(tmp_path / "a.csv", *lines)).batch_id)
    erase(lake, [GONE])
    path = lake.landing.path / batch / "rows.parquet"
    found = duckdb.sql(
        "SELECT count(*), count(*) FILTER (order_id IS NULL), count(*) FILTER (order_id::INT <> file_row_number) "
        f"FROM read_parquet('{path}', file_row_number = true)"
    ).fetchone()
    assert found == (count, count // 1000, 0)


def test_every_table_with_customers_is_known_to_erasing() -> None:
    """A table that comes to name customers in another column has to be told to it."""
    told = {"customer_id", "from_id", "to_id", "inviter_id", "invitee_id", "order_id"}
    naming = {
        name for name, table in TABLES.items() if {column.name for column in table.columns} & (told - {"order_id"})
    }
    assert set(TABLES) - naming <= {"order_items", "costs"}
