"""Excel files: cells as a person sees them, the right sheet, and what Excel has lost."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.warehouse.sources.files import CHINESE, put, read, row_numbers, rows, workbook, zipped
from titian.errors import UnknownNameError
from titian.warehouse.sources import open_source
from titian.warehouse.sources.faults import ArchiveError, DamagedFileError, EmptySourceError

HEADER: list[object] = ["订单编号", "客户", "时间", "金额"]


def test_ids_survive_whole_and_times_are_iso(tmp_path: Path) -> None:
    book = workbook({"订单": [HEADER, ["012345678901234567", 17850.0, datetime(2024, 1, 2, 3, 4, 5), 12.5]]})
    batch = read(put(tmp_path, "a.xlsx", book))
    assert rows(batch) == [("012345678901234567", "17850", "2024-01-02 03:04:05", "12.5")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (-1.25, "-1.25"),
        (0.00001, "0.00001"),
        (True, "TRUE"),
        (date(2024, 1, 2), "2024-01-02"),
        ("+8613800138000", "+8613800138000"),
        (None, None),
    ],
)
def test_a_cell_becomes_text(tmp_path: Path, value: object, text: str) -> None:
    batch = read(put(tmp_path, "a.xlsx", workbook({"s": [["id", "v"], ["x", value]]})))
    assert rows(batch)[0][1] in (text, f"{text} 00:00:00")


def test_digits_that_excel_has_lost_are_pointed_out(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.xlsx", workbook({"s": [HEADER, [123456789012345678, "c", "2024-01-01", 1]]})))
    assert any("more than 15 digits" in note.en and "订单编号" in note.en for note in batch.notes)


def test_whole_ids_kept_as_text_raise_no_alarm(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.xlsx", workbook({"s": [HEADER, ["123456789012345678", "c", "2024-01-01", 1]]})))
    assert batch.notes == ()


def test_the_first_sheet_with_anything_in_it_is_read_and_said(tmp_path: Path) -> None:
    book = workbook({"空": [], "订单": [["a", "b"], ["1", "2"]], "客户": [["c", "d"], ["3", "4"]]})
    batch = read(put(tmp_path, "a.xlsx", book))
    assert rows(batch) == [("1", "2")]
    assert [note.zh for note in batch.notes] == ["读取的是工作表“订单”，其他有内容的工作表：客户"]


def test_a_sheet_can_be_named(tmp_path: Path) -> None:
    path = put(tmp_path, "a.xlsx", workbook({"订单": [["a", "b"], ["1", "2"]], "客户": [["c", "d"], ["3", "4"]]}))
    assert rows(read(path, sheet="客户")) == [("3", "4")]
    with pytest.raises(UnknownNameError) as caught:
        open_source(path, sheet="商品").columns_and_samples()
    assert caught.value.details["valid"] == ["订单", "客户"]


def test_titles_and_blank_rows_count_in_row_numbers(tmp_path: Path) -> None:
    content: list[list[object]] = [["报表"], [None], HEADER, ["1", "c", "t", 1], [None], ["2", "c", "t", 1]]
    batch = read(put(tmp_path, "a.xlsx", workbook({"s": content})))
    assert batch.columns == ("订单编号", "客户", "时间", "金额")
    assert row_numbers(batch) == [4, 6]


def test_an_excel_file_named_csv_is_read_as_what_it_is(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.csv", workbook({"s": [["a", "b"], ["1", "2"]]})))
    assert batch.format == "xlsx"
    assert batch.notes[0].en == "a.csv is named .csv but is an Excel file: it was read as what it is"


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_a_text_file_named_like_excel_is_read_as_what_it_is(tmp_path: Path, name: str) -> None:
    batch = read(put(tmp_path, name, CHINESE.replace(",", "\t").encode("gbk")))
    assert (batch.format, batch.rows) == ("tsv", 300)
    assert "内容其实是文本" in batch.notes[0].zh


def test_a_workbook_without_cells_is_empty(tmp_path: Path) -> None:
    with pytest.raises(EmptySourceError):
        read(put(tmp_path, "a.xlsx", workbook({"s": []})))


def test_a_workbook_with_a_header_only_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptySourceError, match="header but no rows"):
        read(put(tmp_path, "a.xlsx", workbook({"s": [HEADER]})))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_damaged_workbook_is_refused(tmp_path: Path, share: float) -> None:
    book = workbook({"s": [HEADER, ["1", "c", "t", 1]]})
    with pytest.raises(DamagedFileError, match=r"a\.xlsx is a damaged Excel file"):
        read(put(tmp_path, "a.xlsx", book[: int(len(book) * share)]))


def test_a_workbook_that_unpacks_without_measure_is_refused(tmp_path: Path) -> None:
    bomb = zipped(("[Content_Types].xml", "<Types/>"), ("xl/worksheets/sheet1.xml", "0" * (80 << 20)))
    with pytest.raises(ArchiveError, match="out of proportion"):
        read(put(tmp_path, "a.xlsx", bomb))


DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("orders.xls", ("012345678901234567", "17850", "2024-01-02 03:04:05", "12.5")),
        ("orders.ods", ("012", "c", "12.5")),
    ],
)
def test_the_other_formats_of_sheets_are_read(tmp_path: Path, name: str, first: tuple[str, ...]) -> None:
    path = put(tmp_path, "orders.data", (DATA / name).read_bytes())
    batch = read(path)
    assert (batch.format, rows(batch)[0]) == (name[-3:], first)
