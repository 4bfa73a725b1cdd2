"""Exports hold the selected customers, and nothing that a spreadsheet would run."""

import csv
import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from tests.app import market
from titian.app import customers, exporting
from titian.app.customers import CustomerQuery
from titian.app.desk import Reading
from titian.app.xlsx import write_xlsx
from titian.errors import InputError


def test_csv_holds_every_selected_customer(reading: Reading) -> None:
    asked = CustomerQuery(layers=("important_value",))
    raw = b"".join(exporting.export(reading, asked, "csv").chunks)
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert len(rows) == customers.page(reading, asked, None, 1).total > 0
    assert {(row["layer"], row["layer_zh"]) for row in rows} == {("important_value", "重要价值客户")}


def test_excel_and_parquet_hold_the_same_numbers(reading: Reading, tmp_path: Path) -> None:
    for name in ("all.xlsx", "all.parquet"):
        exporting.write(reading, CustomerQuery(), tmp_path / name)
    sheet = openpyxl.load_workbook(tmp_path / "all.xlsx").active
    assert sheet is not None
    headings, *rows = sheet.iter_rows(values_only=True)
    column = headings.index("spend_365d")
    in_excel = {row[0]: row[column] for row in rows}
    table = pq.read_table(tmp_path / "all.parquet")
    in_parquet = dict(zip(table["customer_id"].to_pylist(), table["spend_365d"].to_pylist(), strict=True))
    assert in_excel == pytest.approx(in_parquet)
    assert set(in_excel) == market.customers()
    assert str(table.schema.field("last_order_at").type) == "timestamp[us, tz=Asia/Shanghai]"


@pytest.mark.parametrize(("window_days", "heading"), [(365, "spend_365d"), (30, "spend_30d"), (None, "spend")], ids=str)
def test_a_heading_says_the_window_of_its_numbers(reading: Reading, window_days: int | None, heading: str) -> None:
    asked = CustomerQuery(parameters={"window_days": window_days})
    raw = b"".join(exporting.export(reading, asked, "csv").chunks).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(raw)))
    assert {name for name in rows[0] if name.startswith("spend")} == {heading}
    midnight = datetime.combine(market.END, datetime.min.time())
    spend = market.paid_spend(list(market.orders()), midnight, window_days)
    assert {r["customer_id"]: float(r[heading]) for r in rows if r["customer_id"] in spend} == pytest.approx(spend)


def test_a_selection_of_nobody_is_a_file_with_headings(reading: Reading, tmp_path: Path) -> None:
    nobody = CustomerQuery(minimum={"spend": 1e9})
    for name in ("none.csv", "none.xlsx", "none.parquet"):
        exporting.write(reading, nobody, tmp_path / name)
    assert pq.read_table(tmp_path / "none.parquet").num_rows == 0
    assert (tmp_path / "none.csv").read_text("utf-8-sig").startswith("customer_id,layer")


def test_another_kind_of_file_is_refused_with_the_valid_ones(reading: Reading, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="doc") as refused:
        exporting.write(reading, CustomerQuery(), tmp_path / "all.doc")
    assert ".csv" in refused.value.details["valid"]
    assert not list(tmp_path.iterdir())


def test_text_that_xml_can_not_hold_does_not_break_the_file(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "odd.xlsx", ["a"], [["<&>\x00\x07 梯田\ttab"]])
    sheet = openpyxl.load_workbook(tmp_path / "odd.xlsx").active
    assert sheet is not None
    assert sheet["A2"].value == "<&> 梯田\ttab"
