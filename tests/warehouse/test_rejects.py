"""The rejects file."""

import csv as csv_files
from pathlib import Path

from tests.warehouse.shop import csv, orders_csv, put, rows
from titian.warehouse.lake import Lake
from titian.warehouse.report import LoadReport

BAD = (
    "1,ann,2020-01-01,1",
    "2,bob,soon,much",
    "3,cy,2020-01-03,3",
    "4,dan,2020-01-04,NaN",
)


def told(report: LoadReport) -> list[dict[str, str]]:
    assert report.rejects_path is not None
    with report.rejects_path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv_files.DictReader(file))


def test_the_file_says_row_column_value_and_reason_in_both_languages(lake: Lake, tmp_path: Path) -> None:
    report = put(lake, orders_csv(tmp_path / "店 'a'.csv", *BAD))
    first, second = told(report)
    assert (first["file"], first["row"], first["column"]) == ("店 'a'.csv", "3", "amount; ordered_at")
    assert first["value"] == "much; soon"
    assert (second["row"], second["column"], second["value"]) == ("5", "amount", "NaN")
    assert "金额" in second["reason_zh"]
    assert "amount" in second["reason_en"]


def test_it_opens_in_excel(lake: Lake, tmp_path: Path) -> None:
    report = put(lake, orders_csv(tmp_path / "a.csv", *BAD))
    assert report.rejects_path is not None
    assert report.rejects_path.read_bytes().startswith(b"\xef\xbb\xbffile,row,")


def test_each_fault_is_in_the_report(lake: Lake, tmp_path: Path) -> None:
    report = put(lake, orders_csv(tmp_path / "a.csv", *BAD))
    assert [(r.row, r.column, r.value) for r in report.rejects] == [
        (3, "amount", "much"),
        (3, "ordered_at", "soon"),
        (5, "amount", "NaN"),
    ]
    assert (report.rows, report.good, report.rejected) == (4, 2, 2)


def test_mended_it_loads_again(lake: Lake, tmp_path: Path) -> None:
    report = put(lake, orders_csv(tmp_path / "a.csv", *BAD))
    assert report.rejects_path is not None
    text = report.rejects_path.read_text("utf-8-sig")
    mended = tmp_path / "mended.csv"
    mended.write_text(
        text.replace("2,bob,soon,much", "2,bob,2020-01-02,2").replace("dan,2020-01-04,NaN", "dan,2020-01-04,4")
    )
    assert put(lake, mended).added == 2
    assert rows(lake, "orders", "order_id") == [("1",), ("2",), ("3",), ("4",)]


def test_rows_of_a_wrong_shape_are_in_it_and_shift_the_numbers_of_those_below(lake: Lake, tmp_path: Path) -> None:
    report = put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1", "2,too,2020-01-01,1,9,9", "3,cy,soon,3"))
    assert [int(row["row"]) for row in told(report)] == [3, 4]
    assert (report.rows, report.good, report.rejected) == (3, 1, 2)


def test_columns_of_the_source_that_have_its_names_stay_theirs(lake: Lake, tmp_path: Path) -> None:
    header = "order_id,customer_id,ordered_at,amount,row,file"
    report = put(lake, csv(tmp_path / "a.csv", header, "1,ann,2020-01-01,1,x,y", "2,bob,soon,1,p,q"))
    (only,) = told(report)
    assert (only["row"], only["file"], only["rejected_row"], only["rejected_file"]) == ("p", "q", "3", "a.csv")
