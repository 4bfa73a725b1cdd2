"""A file that can not be read: whoever brings it hears which, where and how to mend it, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.badinput.cases import BAD_FILES, Bad
from tests.badinput.doors import Told, by_command_line, by_command_line_for_people, by_http, by_python
from tests.warehouse.shop import ORDERS
from titian.app.desk import Desk

Printed = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("nothing_lost")
every_bad_file = pytest.mark.parametrize("bad", BAD_FILES, ids=str)
some_bad_files = pytest.mark.parametrize("bad", [BAD_FILES[place] for place in (0, 5, 6, 8)], ids=str)


def brought(folder: Path, bad: Bad) -> Path:
    path = folder / bad.name
    path.write_bytes(bad.content)
    return path


def says_what_and_where(told: Told, bad: Bad) -> None:
    """The file, the place in it, the reason and the mend, in both languages."""
    assert bad.name in told.what
    assert bad.name in told.what_zh
    assert all(text.strip() for text in told.all)
    assert told.what != told.what_zh
    assert told.mend != told.mend_zh
    assert all(word in told.what for word in bad.words)


def agrees(told: Told, bad: Bad) -> None:
    """The values behind the sentence."""
    assert told.code == bad.code
    assert told.details["file"] == bad.name
    assert told.details.get("row") == bad.row
    assert told.details.get("column") == bad.column


@every_bad_file
def test_python_raises_what_is_wrong_with_the_file(corner_desk: Desk, folder: Path, bad: Bad) -> None:
    told = by_python(corner_desk, brought(folder, bad), ORDERS)
    says_what_and_where(told, bad)
    agrees(told, bad)


@some_bad_files
def test_the_command_line_says_it_to_machines_and_leaves_with_2(
    capsys: Printed, corner_desk: Desk, folder: Path, bad: Bad
) -> None:
    code, told = by_command_line(capsys, corner_desk, brought(folder, bad), ORDERS)
    assert code == 2
    says_what_and_where(told, bad)
    agrees(told, bad)


@some_bad_files
def test_people_read_one_line_what_and_one_line_mend(
    capsys: Printed, corner_desk: Desk, folder: Path, bad: Bad
) -> None:
    code, lines = by_command_line_for_people(capsys, corner_desk, brought(folder, bad), ORDERS)
    assert (code, len(lines)) == (2, 2)
    assert lines[0].startswith("error: ")
    assert bad.name in lines[0]
    assert lines[1].startswith("mend:  ")


@every_bad_file
def test_http_answers_with_a_problem(corner_client: TestClient, folder: Path, bad: Bad) -> None:
    told = by_http(corner_client, brought(folder, bad), ORDERS)
    says_what_and_where(told, bad)
    if told.code is not None:  # refused at the door, not by the worker
        agrees(told, bad)


@pytest.mark.parametrize("name", ["订单 表.csv", "a 'b'.csv", 'say "x".csv', "100%.csv", "ü ñ 😀.csv", ";rm -rf.csv"])
def test_a_file_is_called_by_its_own_name_whatever_it_is(
    capsys: Printed, corner_desk: Desk, corner_client: TestClient, folder: Path, name: str
) -> None:
    bad = Bad("empty", b"", "empty_source", name=name)
    path = brought(folder, bad)
    agrees(by_python(corner_desk, path, ORDERS), bad)
    agrees(by_command_line(capsys, corner_desk, path, ORDERS)[1], bad)
    assert by_http(corner_client, path, ORDERS).details["file"].endswith(".csv")


@pytest.mark.parametrize("name", ["nowhere.csv", "nowhere/nowhere.csv", "."])
def test_a_path_that_leads_to_no_file_is_said(capsys: Printed, corner_desk: Desk, folder: Path, name: str) -> None:
    told = by_python(corner_desk, folder / name, ORDERS)
    assert told.details["file"]
    code, lines = by_command_line_for_people(capsys, corner_desk, folder / name, ORDERS)
    assert (code, len(lines)) == (2, 2)
