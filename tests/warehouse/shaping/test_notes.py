"""What a person is told about a batch."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.warehouse.shop import LINE_HEADER, LINES, ORDERS, csv, orders_csv, put
from titian.domain.mapping import Mapping
from titian.warehouse.lake import Lake

UNKEYED = Mapping(columns={"customer_id": "customer_id", "ordered_at": "ordered_at", "amount": "amount"})


@pytest.mark.parametrize(
    ("lines", "mapping", "en", "zh"),
    [
        (["1,ann,2020-01-01,1"], UNKEYED, "no order id", "没有订单编号"),
        (["1,ann,2020-01-01,1"] * 2, ORDERS, "1 repeated row counted once", "完全重复"),
        (["1,ann,2020-01-01,1.00005"], ORDERS, "more than four decimals", "超过四位小数"),
        (["1,,2020-01-01,1"], ORDERS, "1 row without a customer", "没有客户编号"),
        (["1,ann,13/01/2020,1"], ORDERS, "'ordered_at' were read as day-month-year", "日-月-年"),
    ],
)
def test_each_thing_worth_knowing_is_said_in_both_languages(
    lake: Lake, tmp_path: Path, lines: list[str], mapping: Mapping, en: str, zh: str
) -> None:
    report = put(lake, orders_csv(tmp_path / "a.csv", *lines), mapping)
    assert any(en in note.en and zh in note.zh for note in report.notes)


def test_an_order_that_changes_hands_is_counted_and_named(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", *(f"{i},ann,2020-01-01,1" for i in range(1, 6)), "6,,2020-01-01,1"))
    again = [*(f"{i},bob,2020-01-01,1" for i in range(1, 5)), "5,ann,2020-01-01,2", "6,ann,2020-01-01,1"]
    report = put(lake, orders_csv(tmp_path / "b.csv", *again))
    assert (report.updated, report.reassigned) == (6, 4)
    (note,) = [note for note in report.notes if "another customer" in note.en]
    assert "4 rows" in note.en
    assert "1 (ann → bob), 2 (ann → bob), 3 (ann → bob);" in note.en
    assert f"titian undo {report.batch_id}" in note.zh


def test_an_order_that_loses_its_customer_has_changed_hands_too(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1"))
    report = put(lake, orders_csv(tmp_path / "b.csv", "1,,2020-01-01,1"))
    assert report.reassigned == 1
    assert any("1 (ann → nobody)" in note.en and "1（ann → 无）" in note.zh for note in report.notes)


def test_lines_of_an_order_that_changes_hands_count_once(lake: Lake, tmp_path: Path) -> None:
    lines = [f"1,{item},1,2020-01-01,2.5,{{who}}" for item in "ab"]
    put(lake, csv(tmp_path / "a.csv", LINE_HEADER, *(line.format(who="ann") for line in lines)), LINES)
    report = put(lake, csv(tmp_path / "b.csv", LINE_HEADER, *(line.format(who="bob") for line in lines)), LINES)
    assert report.reassigned == 1


def test_rows_after_today_land_and_the_first_is_named(lake: Lake, tmp_path: Path) -> None:
    days = ["2020-01-01", "soon", "2099-05-06 07:08:00", "2098-01-01"]
    lines = [f"{i},ann,{day},1" for i, day in enumerate(days)]
    report = put(lake, orders_csv(tmp_path / "a.csv", *lines), zone="Asia/Shanghai")
    assert (report.added, report.rejected, report.after_today) == (3, 1, 2)
    assert any("row 4, column 'ordered_at': 2099-05-06 07:08;" in note.en for note in report.notes)
    assert any("第 4 行 'ordered_at' 列" in note.zh for note in report.notes)


@pytest.mark.parametrize(("ahead", "counted"), [(timedelta(), 0), (timedelta(days=1), 1)], ids=["today", "tomorrow"])
def test_today_ends_at_midnight_of_the_zone(lake: Lake, tmp_path: Path, ahead: timedelta, counted: int) -> None:
    day = (datetime.now(ZoneInfo("Pacific/Kiritimati")) + ahead).date()
    path = orders_csv(tmp_path / "a.csv", f"1,ann,{day} 23:59:59,1")
    assert put(lake, path, zone="Pacific/Kiritimati").after_today == counted


def test_a_plain_file_needs_no_words(lake: Lake, tmp_path: Path) -> None:
    assert put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1")).notes == ()


@pytest.mark.parametrize(("table", "prefix"), [("events", "e-"), ("order_items", "i-")])
def test_made_ids_are_named_after_their_table(lake: Lake, tmp_path: Path, table: str, prefix: str) -> None:
    columns = {"events": ["customer_id", "event", "occurred_at"], "order_items": ["order_id", "product_id", "quantity"]}
    values = {"events": "1,view,2020-01-01", "order_items": "1,p,2"}
    path = csv(tmp_path / "a.csv", ",".join(columns[table]), values[table])
    report = put(lake, path, Mapping(table=table, columns={c: c for c in columns[table]}))
    assert any(f"({prefix}…)" in note.en for note in report.notes)
