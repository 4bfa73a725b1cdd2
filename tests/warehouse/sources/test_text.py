"""Text files: what is read of sound ones, and where broken ones are said to break."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest

from tests.warehouse.sources.files import CHINESE, long_csv, put, read, row_numbers, rows
from titian.domain.mapping import FixedColumn, Mapping
from titian.domain.words import Words
from titian.warehouse.sources import open_source
from titian.warehouse.sources.faults import BrokenTextError, EmptySourceError, TooManyBadRowsError
from titian.warehouse.sources.writing import Shapes


def test_every_cell_of_a_csv_arrives_as_the_csv_module_reads_it(tmp_path: Path) -> None:
    text = long_csv()
    batch = read(put(tmp_path, "long.csv", text))
    expected = [tuple(row) for row in csv.reader(io.StringIO(text))]
    assert batch.columns == expected[0]
    assert rows(batch) == expected[1:]


def test_the_checksum_is_that_of_the_file(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.csv", CHINESE))
    assert batch.sha256 == hashlib.sha256(CHINESE.encode()).hexdigest()
    assert batch.bytes == len(CHINESE.encode())


@pytest.mark.parametrize(("delimiter", "kind"), [(",", "csv"), (";", "csv"), ("|", "csv"), ("\t", "tsv")])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str, kind: str) -> None:
    batch = read(put(tmp_path, "a.txt", CHINESE.replace(",", delimiter)))
    assert (batch.delimiter, batch.format, len(batch.columns)) == (delimiter, kind, 4)


def test_semicolons_win_over_decimal_commas(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.csv", "datum;betrag;kunde\n2024-02-01;12,50;a\n2024-02-03;1,5;b\n"))
    assert rows(batch)[0] == ("2024-02-01", "12,50", "a")


def test_quoted_cells_keep_delimiters_line_ends_and_quotes(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.csv", 'a,b\n1,"x, y\nz"\n2,"he said ""hi"""\n'))
    assert rows(batch) == [("1", "x, y\nz"), ("2", 'he said "hi"')]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_line_ends_of_all_systems_are_read(tmp_path: Path, end: str) -> None:
    batch = read(put(tmp_path, "a.csv", end.join(["a,b", "1,2", "3,4", ""])))
    assert rows(batch) == [("1", "2"), ("3", "4")]


def test_mixed_line_ends_are_read(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.csv", "a,b\r\n1,2\n3,4\r\n"))
    assert rows(batch) == [("1", "2"), ("3", "4")]


def test_empty_cells_are_null(tmp_path: Path) -> None:
    assert rows(read(put(tmp_path, "a.csv", 'a,b\n,2\n3,""\n'))) == [(None, "2"), ("3", None)]


def test_headers_are_trimmed_and_made_unique(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.csv", " id ,id,ID,,id_2\n1,2,3,4,5\n"))
    assert batch.columns == ("id", "id_3", "ID_4", "column_4", "id_2")
    assert [note.en for note in batch.notes] == [
        'the column name "id" comes twice: the later one is called "id_3"',
        'the column name "ID" comes twice: the later one is called "ID_4"',
        "column 4 has no name: it is called column_4",
    ]


def test_a_file_without_header_gets_names_and_keeps_its_first_row(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.csv", "1,2024-01-01,3.5\n2,2024-01-02,4\n"))
    assert (batch.columns, batch.header_rows, batch.rows) == (("column_1", "column_2", "column_3"), 0, 2)
    assert row_numbers(batch)[0] == 1


@pytest.mark.parametrize(("said", "rows_read"), [(True, 1), (False, 2)])
def test_what_a_person_says_of_the_header_counts(tmp_path: Path, said: bool, rows_read: int) -> None:
    path = put(tmp_path, "a.csv", "1,x\n2,y\n")
    assert read(path, mapping=Mapping(columns={}, has_header=said)).rows == rows_read


def test_title_lines_above_the_header_are_passed_over(tmp_path: Path) -> None:
    text = "订单报表,,,\n导出时间：2024-01-01,,,\n\n订单号,金额,时间,会员\n1,2,2024-01-01,c\n"
    batch = read(put(tmp_path, "a.csv", text))
    assert batch.columns == ("订单号", "金额", "时间", "会员")
    assert (batch.header_rows, row_numbers(batch)[0]) == (4, 5)


def test_columns_aligned_by_blanks_are_read(tmp_path: Path) -> None:
    text = (
        " customer_id  date number_of_cds  dollar_value\r\n 00001 19970101  1   11.77\r\n 00002 19970112 12  112.00\r\n"
    )
    batch = read(put(tmp_path, "master.txt", text))
    assert batch.format == "fixed"
    assert rows(batch)[1] == ("00002", "19970112", "12", "112.00")


def test_fixed_columns_are_cut_where_a_person_said(tmp_path: Path) -> None:
    cut = (
        FixedColumn(name="id", start=0, end=4),
        FixedColumn(name="day", start=4, end=12),
        FixedColumn(name="m", start=12),
    )
    batch = read(
        put(tmp_path, "a.txt", "000119970101 11.77\n000219970102  2.5\n"), mapping=Mapping(columns={}, fixed_width=cut)
    )
    assert batch.columns == ("id", "day", "m")
    assert rows(batch) == [("0001", "19970101", "11.77"), ("0002", "19970102", "2.5")]


def test_rows_with_too_few_or_too_many_cells_are_set_aside(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.csv", "a,b,c\n1,2,3\n4,5\n\n6,7,8,9\n10,11,12\n"))
    assert rows(batch) == [("1", "2", "3"), ("10", "11", "12")]
    assert [(bad.row, bad.column, bad.reason.en) for bad in batch.malformed] == [
        (3, "c", "2 cells instead of 3"),
        (5, None, "4 cells instead of 3"),
    ]


def test_row_numbers_count_rows_that_were_set_aside(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.csv", "a,b,c\n1,2,3\n4,5\n\n6,7,8,9\n10,11,12\n13,14,15\n"))
    assert row_numbers(batch) == [2, 6, 7]


def test_a_row_with_a_nul_byte_is_set_aside(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.csv", long_csv() + "7,a\0b,3,\n8,c,4,\n"))
    assert batch.rows == 20_001
    assert [(bad.row, bad.column, bad.value) for bad in batch.malformed] == [(20_002, "who", "a\\x00b")]


def test_text_after_a_closing_quote_sets_one_row_aside(tmp_path: Path) -> None:
    batch = read(put(tmp_path, "a.csv", 'a,b,c\n1,"ab"c,3\n4,5,6\n'))
    assert rows(batch) == [("4", "5", "6")]
    assert (batch.malformed[0].row, batch.malformed[0].column) == (2, "b")


def test_a_quote_that_never_closes_is_named_with_row_and_column(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", long_csv() + '20000,"oops,1.5,\n' + "20001,c,2.5,\n" * 50)
    with pytest.raises(BrokenTextError) as caught:
        read(path)
    told = caught.value.details
    assert (told["file"], told["row"], told["column"], told["value"]) == ("a.csv", 20_002, "who", '"oops,1.5,')
    assert not (tmp_path / "landed" / "rows.parquet").exists()


def test_an_unclosed_quote_far_from_the_end_is_found_too(tmp_path: Path) -> None:
    lines = long_csv(60_000).splitlines()
    lines[100] = '99,"oops,1.5,'
    with pytest.raises(BrokenTextError) as caught:
        read(put(tmp_path, "a.csv", "\n".join(lines)))
    assert caught.value.details["row"] == 101


def test_a_header_that_fits_no_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenTextError, match="has 2 cells but no row from row 2 on has as many"):
        open_source(put(tmp_path, "a.csv", "a,b\n1,2,3\n4,5,6\n")).columns_and_samples()


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \n\r\n\t\n"], ids=["no byte", "mark only", "blanks"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(EmptySourceError, match=r"a\.csv is empty"):
        open_source(put(tmp_path, "a.csv", content)).columns_and_samples()


def test_a_file_with_nothing_below_its_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptySourceError, match="header but no rows") as caught:
        read(put(tmp_path, "订单.csv", "订单号,金额\r\n"))
    assert caught.value.details["columns"] == ["订单号", "金额"]


def test_too_many_rows_of_a_wrong_shape_refuse_the_file() -> None:
    shapes = Shapes("a.csv", limit=2)
    reason = Words(zh="短", en="short")
    shapes.bad(2, None, None, reason)
    shapes.bad(3, None, None, reason)
    with pytest.raises(TooManyBadRowsError, match="row 2: short"):
        shapes.bad(4, None, None, reason)


@pytest.mark.parametrize(
    "name", ["with blank.csv", "订单 一月.csv", 'it\'s "quoted".csv', "a[1]*?.csv", "-rf;$(x).csv"]
)
def test_strange_file_names_are_only_names(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in [a] 文件夹"
    folder.mkdir()
    assert read(put(folder, name, CHINESE)).rows == 300


def test_an_upload_is_called_what_the_person_calls_it(tmp_path: Path) -> None:
    path = put(tmp_path, "0f3c.bin", "")
    with pytest.raises(EmptySourceError, match=r"订单\.csv is empty"):
        open_source(path, name="订单.csv")


def test_the_sample_shows_the_head_and_looks_further_down(tmp_path: Path) -> None:
    sample = open_source(put(tmp_path, "a.csv", long_csv(60_000))).columns_and_samples(5)
    assert [row[0] for row in sample.records] == ["0", "1", "2", "3", "4"]
    assert max(int(row[0] or 0) for row in sample.further) > 50_000
    assert all(row[1] == f"c{int(row[0] or 0) % 977}" for row in sample.further)


def test_the_sample_of_a_short_file_knows_how_many_rows_there_are(tmp_path: Path) -> None:
    sample = open_source(put(tmp_path, "a.csv", CHINESE)).columns_and_samples(10)
    assert (sample.rows, len(sample.records), sample.further) == (300, 10, ())


class StopError(Exception):
    """What a test's progress raises to cancel."""


def test_progress_can_cancel_and_leaves_nothing_behind(tmp_path: Path) -> None:
    def progress(stage: Words, done: int, total: int | None) -> None:
        raise StopError

    with pytest.raises(StopError):
        open_source(put(tmp_path, "a.csv", long_csv())).write_text(tmp_path / "landed", progress)
    assert list((tmp_path / "landed").iterdir()) == []


def test_progress_hears_of_rows(tmp_path: Path) -> None:
    heard: list[tuple[int, int | None]] = []
    source = open_source(put(tmp_path, "a.csv", long_csv()))
    source.write_text(tmp_path / "landed", lambda _stage, done, total: heard.append((done, total)))
    done, total = heard[-1]
    assert done == total
    assert total is not None
    assert 15_000 < total < 25_000


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", CHINESE)
    first = rows(read(path))
    assert rows(read(path)) == first
