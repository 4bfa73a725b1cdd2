"""What a person is told about a batch."""

from pathlib import Path

import pytest

from tests.warehouse.shop import ORDERS, csv, orders_csv, put
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


def test_a_plain_file_needs_no_words(lake: Lake, tmp_path: Path) -> None:
    assert put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1")).notes == ()


@pytest.mark.parametrize(("table", "prefix"), [("events", "e-"), ("order_items", "i-")])
def test_made_ids_are_named_after_their_table(lake: Lake, tmp_path: Path, table: str, prefix: str) -> None:
    columns = {"events": ["customer_id", "event", "occurred_at"], "order_items": ["order_id", "product_id", "quantity"]}
    values = {"events": "1,view,2020-01-01", "order_items": "1,p,2"}
    path = csv(tmp_path / "a.csv", ",".join(columns[table]), values[table])
    report = put(lake, path, Mapping(table=table, columns={c: c for c in columns[table]}))
    assert any(f"({prefix}…)" in note.en for note in report.notes)
