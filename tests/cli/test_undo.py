"""titian undo."""

import io
import json
import sys
from pathlib import Path

import pytest

from tests.app import market
from tests.cli.calling import Called, here
from titian.app.desk import Desk

Printed = pytest.CaptureFixture[str]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def batch(capsys: Printed, empty: Desk, tmp_path: Path) -> str:
    """An order that was loaded; its batch."""
    path = market.write_orders(tmp_path / "订单 1.csv", list(market.orders())[:5])
    called = here(capsys, "load", path, "--yes", "--json", "--workspace", empty.workspace.path)
    return str(json.loads(called.out)["batch_id"])


def undo(printed: Printed, desk: Desk, *arguments: str) -> Called:
    return here(printed, "undo", *arguments, "--workspace", desk.workspace.path)


def test_without_a_batch_all_are_listed(capsys: Printed, empty: Desk, batch: str) -> None:
    listed = undo(capsys, empty)
    assert (listed.code, "titian undo BATCH" in listed.err) == (0, True)
    assert all(word in listed.out for word in (batch, "订单 1.csv", "orders", "5"))
    assert json.loads(undo(capsys, empty, "--json").out)["batches"][0]["batch_id"] == batch


def test_nothing_loaded_is_said(capsys: Printed, empty: Desk, chinese: None) -> None:
    assert "还没有导入过数据" in undo(capsys, empty).out


def test_a_batch_is_taken_back_and_a_second_time_nothing_is_done(capsys: Printed, empty: Desk, batch: str) -> None:
    assert "took back 订单 1.csv: 5 rows removed, 0 as they were" in undo(capsys, empty, batch, "--yes").out
    assert "had been taken back before" in undo(capsys, empty, batch).out
    said = json.loads(undo(capsys, empty, batch, "--yes", "--json").out)
    assert (said["repeated"], said["batch"]["batch_id"], said["batch"]["undone_at"] is None) == (True, batch, False)


def test_without_a_terminal_it_must_be_said_twice(capsys: Printed, empty: Desk, batch: str) -> None:
    refused = undo(capsys, empty, batch)
    assert (refused.code, f"titian undo {batch} --yes" in refused.err) == (2, True)
    assert undo(capsys, empty, batch, "--json").code == 2


@pytest.mark.parametrize(("answer", "done"), [("y", True), ("是", True), ("", False), ("n", False)])
def test_at_a_terminal_it_is_asked(
    capsys: Printed, empty: Desk, batch: str, monkeypatch: pytest.MonkeyPatch, answer: str, done: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(f"{answer}\n"))
    called = undo(capsys, empty, batch)
    assert "Take back 订单 1.csv (orders, 5 rows" in called.err
    assert (called.code, "took back" in called.out) == ((0, True) if done else (2, False))


def test_an_unknown_batch_is_named_with_those_there_are(capsys: Printed, empty: Desk, batch: str) -> None:
    called = undo(capsys, empty, "00000099-000000000000", "--yes")
    assert (called.code, batch in called.err) == (2, True)
