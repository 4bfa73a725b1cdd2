"""Files that are not what they seem: other formats under a name, ragged rows, NUL bytes, columns that miss or clash."""

from __future__ import annotations

import csv as csv_files
from pathlib import Path

import pytest

from tests.badinput.cases import COLUMNS, GOOD, HEADER, bomb, lines
from tests.badinput.doors import by_command_line, by_command_line_for_people, by_python, contents
from tests.cli.calling import here
from tests.warehouse.shop import ORDERS, put, rows
from tests.warehouse.sources.files import workbook, zipped
from titian.app import importing
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.domain.mapping import Mapping
from titian.errors import InputError
from titian.warehouse.lake import Lake
from titian.warehouse.progress import silent
from titian.warehouse.sources.faults import ArchiveError
from titian.warehouse.sources.opening import open_source

Printed = pytest.CaptureFixture[str]
SHEET = workbook({"Sheet1": [list(COLUMNS), *([*line.split(",")] for line in GOOD)]})


def brought(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("really a sheet.csv", SHEET),
        ("really text.xlsx", lines(HEADER, *GOOD)),
        ("really a sheet.txt", SHEET),
        ("no ending", lines(HEADER, *GOOD)),
        ("zipped.csv", zipped(("orders.csv", lines(HEADER, *GOOD)))),
        ("with a mark.csv", b"\xef\xbb\xbf" + lines(HEADER, *GOOD)),
        ("of windows.csv", lines(HEADER, *GOOD).replace(b"\n", b"\r\n")),
        ("in utf-16.csv", lines(HEADER, *GOOD).decode().encode("utf-16")),
        ("in gb18030.csv", lines(HEADER, *GOOD).decode().encode("gb18030")),
        ("tabs.csv", lines(HEADER, *GOOD).replace(b",", b"\t")),
        ("no newline at the end.csv", lines(HEADER, *GOOD).rstrip()),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_file_is_read_for_what_it_is_not_for_its_name(tmp_path: Path, name: str, content: bytes) -> None:
    with Lake.open(tmp_path / "shop") as lake:
        report = put(lake, brought(tmp_path, name, content))
        held = rows(lake, "orders", "order_id", "customer_id", "amount::VARCHAR")
    assert (report.good, report.rejected) == (4, 0)
    assert held == [("1", "ann", "10.5000"), ("2", "bob", "8.0000"), ("3", "cy", "99.9900"), ("4", "安", "0.0000")]


@pytest.mark.usefixtures("nothing_lost")
def test_a_bomb_is_refused_without_being_unpacked(corner_desk: Desk, folder: Path) -> None:
    path = brought(folder, "orders.zip", bomb())
    assert path.stat().st_size < 1 << 20
    with pytest.raises(ArchiveError) as raised:
        open_source(str(path)).write_text(folder / "landed")
    assert raised.value.details["file"] == "orders.zip"
    assert not (folder / "landed").exists() or sum(f.stat().st_size for f in (folder / "landed").rglob("*")) < 1 << 24


def test_ragged_rows_are_turned_away_by_their_numbers(tmp_path: Path) -> None:
    ragged = (GOOD[0], "8,too,2024-01-05,1,and,more", GOOD[1], "9,too few", GOOD[2])
    with Lake.open(tmp_path / "shop") as lake:
        report = put(lake, brought(tmp_path, "orders.csv", lines(HEADER, *ragged)))
        assert rows(lake, "orders", "order_id") == [("1",), ("2",), ("3",)]
    assert [(bad.row, bool(bad.reason.zh)) for bad in report.rejects] == [(3, True), (5, True)]
    assert report.rejects_path is not None
    told = list(csv_files.reader(report.rejects_path.read_text("utf-8-sig").splitlines()))
    assert [row[told[0].index("row")] for row in told[1:]] == ["3", "5"]


def test_nul_bytes_do_not_break_what_is_around_them(tmp_path: Path) -> None:
    dirty = GOOD[1].replace("bob", "b\x00ob")
    with Lake.open(tmp_path / "shop") as lake:
        report = put(lake, brought(tmp_path, "orders.csv", lines(HEADER, GOOD[0], dirty, GOOD[2])))
        held = rows(lake, "orders", "order_id", "customer_id")
    assert {("1", "ann"), ("3", "cy")} <= set(held)
    assert not any("\x00" in str(cell) for row in held for cell in row)
    assert report.good + report.rejected == 3


MISSING = Mapping(columns={**ORDERS.columns, "amount": "money"})
TWICE = Mapping(columns={**ORDERS.columns, "refunded_amount": "amount"})


@pytest.mark.usefixtures("nothing_lost")
def test_a_column_that_is_not_there_is_named_with_those_that_are(
    capsys: Printed, corner_desk: Desk, folder: Path
) -> None:
    path = brought(folder, "orders.csv", lines(HEADER, *GOOD))
    told = by_python(corner_desk, path, MISSING)
    assert "money" in told.what
    assert "money" in told.what_zh
    assert all(name in told.mend + str(told.details) for name in COLUMNS)
    code, _ = by_command_line(capsys, corner_desk, path, MISSING)
    assert code == 2


@pytest.mark.parametrize("column", ["customer_id", "ordered_at", "amount"])
@pytest.mark.usefixtures("nothing_lost")
def test_a_mapping_without_a_required_column_says_which(corner_desk: Desk, folder: Path, column: str) -> None:
    path = brought(folder, "orders.csv", lines(HEADER, *GOOD))
    columns = {name: given for name, given in ORDERS.columns.items() if name != column}
    told = by_python(corner_desk, path, Mapping(columns=columns))
    assert column in told.what
    assert column in told.what_zh
    assert told.mend != told.mend_zh


@pytest.mark.usefixtures("nothing_lost")
def test_one_column_said_to_be_two_things_is_refused(capsys: Printed, corner_desk: Desk, folder: Path) -> None:
    path = brought(folder, "orders.csv", lines(HEADER, *GOOD))
    told = by_python(corner_desk, path, TWICE)
    assert "amount" in told.what
    assert "refunded_amount" in told.what + told.mend
    code, said = by_command_line_for_people(capsys, corner_desk, path, TWICE)
    assert (code, len(said)) == (2, 2)


@pytest.mark.usefixtures("nothing_lost")
def test_one_thing_said_to_be_in_two_columns_is_refused_at_the_line(
    capsys: Printed, corner_desk: Desk, folder: Path
) -> None:
    path = brought(folder, "orders.csv", lines(HEADER + ",price", *(f"{line},1" for line in GOOD)))
    options = ["--map", "amount=amount", "--map", "amount=price", "-w", str(corner_desk.workspace.path)]
    called = here(capsys, "load", path, "--table", "orders", *options)
    assert (called.code, called.out, len(called.err.splitlines())) == (2, "", 2)
    assert "amount" in called.err


def test_two_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    path = brought(tmp_path, "orders.csv", lines(HEADER + ",amount", *(f"{line},777" for line in GOOD)))
    names = open_source(str(path)).columns_and_samples().columns
    assert len(set(names)) == len(names) == 5
    with Lake.open(tmp_path / "shop") as lake:
        put(lake, path)
        assert ("3", "99.9900") in rows(lake, "orders", "order_id", "amount::VARCHAR")


def test_a_table_that_is_none_is_refused_with_those_there_are(corner_desk: Desk, folder: Path) -> None:
    path = brought(folder, "orders.csv", lines(HEADER, *GOOD))
    before, shoes = contents(corner_desk), Mapping(table="shoes", columns=dict(ORDERS.columns))
    with pytest.raises(InputError) as raised:
        importing.load(corner_desk, SourceAsked(str(path)), shoes, strict=True, progress=silent)
    assert "orders" in raised.value.details["valid"]
    assert contents(corner_desk) == before
