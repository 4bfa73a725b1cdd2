"""A disk that fills and a second writer: said at every door, in two lines, and the shop is as before."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.badinput.cases import GOOD, HEADER, lines
from tests.badinput.doors import by_command_line, by_command_line_for_people, by_http, by_python, contents, loading
from tests.cli.calling import command, here, titian
from tests.warehouse.shop import ORDERS
from titian.app.desk import Desk
from titian.warehouse import locking

Printed = pytest.CaptureFixture[str]
SMALLEST = 20_000
"""Bytes beyond which no file may grow on the full disk."""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for another writer."""
    monkeypatch.setattr(locking, "WAIT_SECONDS", 0.2)


def brought(folder: Path, rows: int = 4) -> Path:
    path = folder / "orders.csv"
    many = (f"n{n},c{n * 7919 % 100003},2024-01-{n % 28 + 1:02},{n % 977}.5" for n in range(rows))
    path.write_bytes(lines(HEADER, *many))
    return path


@pytest.mark.usefixtures("nothing_lost", "impatient")
def test_a_second_writer_hears_who_writes_at_every_door(
    capsys: Printed, corner_desk: Desk, corner_client: TestClient, folder: Path
) -> None:
    path = brought(folder)
    with corner_desk.lake.write_lock("loading the big file"):
        in_python = by_python(corner_desk, path, ORDERS)
        code, at_the_line = by_command_line(capsys, corner_desk, path, ORDERS)
        over_http = by_http(corner_client, path, ORDERS)
    assert (in_python.code, at_the_line.code, code) == ("busy", "busy", 1)
    for told in (in_python, at_the_line, over_http):
        assert "loading the big file" in told.what
        assert "loading the big file" in told.what_zh
        assert told.mend != told.mend_zh


@pytest.mark.usefixtures("impatient")
def test_people_read_who_writes_in_two_lines(capsys: Printed, corner_desk: Desk, folder: Path) -> None:
    with corner_desk.lake.write_lock("backing up"):
        code, said = by_command_line_for_people(capsys, corner_desk, brought(folder), ORDERS)
    assert (code, len(said)) == (1, 2)
    assert "backing up" in said[0]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("words", [["rebuild"], ["backup", "b.tar"]], ids=" ".join)
def test_whoever_else_must_write_is_told_too(
    corner_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed, words: list[str]
) -> None:
    monkeypatch.setattr("titian.app.backup.SECONDS_TO_WAIT", 0.2)
    before = contents(corner_desk)
    with corner_desk.lake.write_lock("loading"):
        called = here(capsys, words[0], *(tmp_path / name for name in words[1:]), "-w", corner_desk.workspace.path)
    assert (called.code, len(called.err.splitlines())) == (1, 2)
    assert contents(corner_desk) == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("nothing_lost")
def test_reading_goes_on_while_another_writes(corner_desk: Desk, corner_client: TestClient) -> None:
    with corner_desk.lake.write_lock("loading for hours"):
        for path in ("/overview", "/layerings/rfm", "/customers", "/customers/ann"):
            assert corner_client.get(f"/api/v1{path}").status_code == 200


def full_disk() -> None:
    """No file may grow beyond a few bytes, as on a disk without room."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALLEST, SMALLEST))


@pytest.mark.usefixtures("nothing_lost")
def test_a_full_disk_is_said_in_two_lines_and_nothing_is_half_done(corner_desk: Desk, folder: Path) -> None:
    ran = subprocess.run(
        command(*loading(corner_desk, brought(folder, 20_000), ORDERS)),
        preexec_fn=full_disk, capture_output=True, text=True, timeout=180, check=False, stdin=subprocess.DEVNULL,
        env={"TITIAN_LANG": "en", "PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path), "HOME": str(folder),
             "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert ran.returncode == 1, ran.stderr
    assert ran.stderr.splitlines()[-2].startswith("error: ")
    assert ran.stderr.splitlines()[-1].startswith("mend:  ")
    assert "Traceback" not in ran.stderr


def batch(folder: Path, number: int) -> Path:
    """A file of a few orders that no other batch has."""
    path = folder / f"{number}.csv"
    path.write_bytes(lines(HEADER, *(f"batch-{number}-{line}" for line in GOOD)))
    return path


def test_a_reader_sees_the_old_or_the_new_while_other_processes_load(own_corner: Desk, folder: Path) -> None:
    before = len(contents(own_corner)["orders"])
    seen: set[int] = set()
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            seen.add(len(contents(own_corner)["orders"]))

    reader = threading.Thread(target=look)
    reader.start()
    codes = [titian(*loading(own_corner, batch(folder, number), ORDERS)).code for number in range(2)]
    ended.set()
    reader.join()
    assert codes == [0, 0]
    assert seen <= {before + len(GOOD) * loaded for loaded in range(3)}
    assert len(contents(own_corner)["orders"]) == before + 2 * len(GOOD)


def test_three_commands_that_load_at_once_all_land(own_corner: Desk, folder: Path) -> None:
    before = len(contents(own_corner)["orders"])
    running = [
        subprocess.Popen(
            command(*loading(own_corner, batch(folder, number), ORDERS)), stderr=subprocess.PIPE, text=True
        )
        for number in range(3)
    ]
    said = [one.communicate(timeout=180)[1] for one in running]
    assert [one.returncode for one in running] == [0, 0, 0], said
    assert len(contents(own_corner)["orders"]) == before + 3 * len(GOOD)
