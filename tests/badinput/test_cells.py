"""A cell that can not be: its row is turned away with file, row, column, value and reason; the good rows land."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import titian as tt
from tests.badinput.cases import BAD_CELLS, FIRST_BAD_ROW, GOOD, HEADER, BadCell, all_bad_cells, lines, row_of
from tests.badinput.doors import API, Told, by_command_line, by_http, by_python, contents, ended
from tests.cli.calling import here
from tests.warehouse.shop import ORDERS, put, rows
from titian.app.desk import Desk
from titian.warehouse.lake import Lake
from titian.warehouse.report import LoadReport

Printed = pytest.CaptureFixture[str]
every_bad_cell = pytest.mark.parametrize("bad", BAD_CELLS, ids=str)
SOME = [BAD_CELLS[0], BAD_CELLS[6]]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Lake, LoadReport]]:
    """A warehouse into which the file with all of them was loaded, and the report."""
    folder = tmp_path_factory.mktemp("cells")
    (folder / "orders.csv").write_bytes(all_bad_cells())
    with Lake.open(folder / "shop") as lake:
        yield lake, put(lake, folder / "orders.csv")


def brought(folder: Path, bad: BadCell) -> Path:
    """A file whose second row is the bad one."""
    path = folder / "orders.csv"
    path.write_bytes(lines(HEADER, bad.line, *GOOD))
    return path


def agrees(told: Told, bad: BadCell) -> None:
    assert told.code == "rejected"
    assert (told.details["file"], told.details["row"], told.details["column"]) == ("orders.csv", 2, bad.column)
    assert (told.details["value"] or "") == bad.value


def says(told: Told, bad: BadCell) -> None:
    """Row, column and reason, in both languages."""
    for text in (told.what, told.what_zh):
        assert "2" in text
        assert bad.column in text
    assert bad.reason_en in told.what + told.mend
    assert bad.reason_zh in told.what_zh + told.mend_zh


@every_bad_cell
def test_the_report_names_row_column_value_and_reason(loaded: tuple[Lake, LoadReport], bad: BadCell) -> None:
    (told,) = (reject for reject in loaded[1].rejects if reject.row == row_of(bad))
    assert (told.column, told.value or "") == (bad.column, bad.value)
    assert bad.reason_en in told.reason.en
    assert bad.reason_zh in told.reason.zh


@every_bad_cell
def test_the_rejects_file_names_them_too(loaded: tuple[Lake, LoadReport], bad: BadCell) -> None:
    path = loaded[1].rejects_path
    assert path is not None
    with path.open(encoding="utf-8-sig", newline="") as file:
        (told,) = (row for row in csv.DictReader(file) if row["row"] == str(row_of(bad)))
    assert (told["file"], told["column"], told["value"]) == ("orders.csv", bad.column, bad.value)
    assert bad.reason_en in told["reason_en"]
    assert bad.reason_zh in told["reason_zh"]


def test_the_good_rows_landed_and_no_other(loaded: tuple[Lake, LoadReport]) -> None:
    lake, report = loaded
    assert (report.rows, report.good, report.rejected) == (len(GOOD) + len(BAD_CELLS), len(GOOD), len(BAD_CELLS))
    assert rows(lake, "orders", "order_id") == sorted((line.split(",")[0],) for line in GOOD)


@pytest.mark.parametrize("bad", SOME, ids=str)
@pytest.mark.usefixtures("nothing_lost")
def test_a_strict_load_is_refused_whole_at_every_door(
    capsys: Printed, corner_desk: Desk, corner_client: TestClient, folder: Path, bad: BadCell
) -> None:
    path = brought(folder, bad)
    in_python = by_python(corner_desk, path, ORDERS)
    agrees(in_python, bad)
    says(in_python, bad)
    code, at_the_line = by_command_line(capsys, corner_desk, path, ORDERS)
    assert code == 1
    agrees(at_the_line, bad)
    assert at_the_line.what == by_http(corner_client, path, ORDERS).what == in_python.what


@every_bad_cell
def test_a_frame_that_is_checked_is_refused_like_a_file(tmp_path: Path, bad: BadCell) -> None:
    said = {"orders": dict(ORDERS.columns)}
    with pytest.raises(tt.TitianError) as raised:
        tt.Dataset(orders=brought(tmp_path, bad), mapping=said, validate=True)
    assert (raised.value.details["row"], raised.value.details["column"]) == (2, bad.column)
    assert bad.column in raised.value.message
    assert bad.column in raised.value.zh


def test_a_download_of_the_rejects_over_http_names_each_fault(corner_client: TestClient) -> None:
    content = lines(HEADER, *(line.replace(",", ",new-", 1) for line in GOOD), *(bad.line for bad in BAD_CELLS))
    given = corner_client.post(f"{API}/uploads", files={"file": ("all.csv", content)}, data={"table": "orders"})
    asked = {"upload_id": given.json()["upload_id"], "mapping": ORDERS.model_dump(mode="json")}
    run = ended(corner_client, corner_client.post(f"{API}/imports", json=asked).json()["id"])
    assert (run["state"], run["result"]["good"], run["result"]["rejected"]) == ("done", len(GOOD), len(BAD_CELLS))
    text = corner_client.get(f"{API}/imports/{run['id']}/rejects").content.decode("utf-8-sig")
    told = [(row["file"], int(row["row"]), row["column"]) for row in csv.DictReader(io.StringIO(text))]
    assert told == [("all.csv", FIRST_BAD_ROW + place, bad.column) for place, bad in enumerate(BAD_CELLS)]


def test_a_bad_row_of_a_known_order_leaves_the_order_as_it_was(corner_desk: Desk, tmp_path: Path) -> None:
    before = contents(corner_desk)
    path = tmp_path / "orders.csv"
    path.write_bytes(lines(HEADER, "old-1,someone else,never,1e400"))
    report = put(corner_desk.lake, path, zone="Asia/Shanghai")
    assert (report.good, report.rejected) == (0, 1)
    assert contents(corner_desk) == before


@pytest.mark.parametrize("language", ["en", "zh"])
def test_people_see_the_bad_row_in_their_language(
    capsys: Printed, corner_desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("TITIAN_LANG", language)
    options = [part for name in ORDERS.columns for part in ("--map", f"{name}={name}")]
    path = folder / f"{language}.csv"
    path.write_bytes(lines(HEADER, SOME[0].line, f"in-{language},ann,2024-01-02,3"))
    called = here(capsys, "load", path, "--table", "orders", *options, "-w", corner_desk.workspace.path)
    said = {"en": "row 2 ordered_at = 'soon': not a time", "zh": "第 2 行 ordered_at = 'soon'：无法识别为时间"}
    assert called.code == 0
    assert said[language] in called.err
