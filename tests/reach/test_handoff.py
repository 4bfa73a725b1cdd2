"""Hand-off: every touch is a row in one file, and no cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from titian.domain.outcome import Accepted, Later, Outcome
from titian.domain.touch import Content, Message, touch_id_of
from titian.errors import StorageError
from titian.reach.handoff import HandoffChannel, HandoffSettings
from titian.reach.running import run
from titian.testing.channel_laws import LAWS, Trial

AT = datetime(2026, 11, 28, tzinfo=UTC)


def message(number: int = 0, **said: Any) -> Message:
    content = Content(**{"text": f"hello {number}", "subject": "hi"} | said)
    return Message(touch_id_of("row", str(number)), f"c{number}", "spring", "", "", "service", "139", content, AT)


def channel(folder: Path, **more: Any) -> HandoffChannel:
    return HandoffChannel("calls", HandoffSettings(**more), folder, lambda: AT)


def rows(folder: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += csv.DictReader(file)
    return found


def send(made: HandoffChannel, *messages: Message) -> list[Outcome]:
    return run(made.send(messages))


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_it_keeps_the_law(law: Callable[[Trial], Awaitable[None]], tmp_path: Path) -> None:
    folder = tmp_path / "out"

    async def cut() -> None:
        folder.rename(tmp_path / "gone")
        folder.write_text("in the way")

    def arrived() -> list[tuple[str, str]]:
        return [(row["touch_id"], row["text"]) for row in rows(folder)]

    run(law(Trial(channel(folder), message, arrived, cut)))


def test_a_batch_is_a_file_with_a_row_for_each(tmp_path: Path) -> None:
    found = send(
        channel(tmp_path, columns=("points", "tags", "none")), message(1, data={"points": 5, "tags": [1]}), message(2)
    )
    name = next(tmp_path.iterdir()).name
    assert name.startswith("calls-20261128-000000-")
    assert found == [Accepted(name)] * 2
    assert rows(tmp_path)[0] == {
        "touch_id": message(1).key,
        "customer_id": "c1",
        "address": "139",
        "to_name": "",
        "campaign": "spring",
        "play": "",
        "topic": "",
        "due_at": "2026-11-28T00:00:00+00:00",
        "subject": "hi",
        "text": "hello 1",
        "template": "",
        "unsubscribe": "",
        "points": "5",
        "tags": "[1]",
        "none": "",
    }


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    evil = "=HYPERLINK(1)"
    made = replace(message(1, text=evil, to_name="+x", data={"v": "@y"}), address="+8613800000000", customer_id=evil)
    send(channel(tmp_path, columns=("v",)), made)
    row = rows(tmp_path)[0]
    assert [row[name] for name in ("customer_id", "address", "to_name", "text", "v")] == [
        *("'=HYPERLINK(1)", "+8613800000000", "'+x", "'=HYPERLINK(1)", "'@y")
    ]


def test_a_batch_that_was_cut_short_is_not_written_twice(tmp_path: Path) -> None:
    made = channel(tmp_path)
    send(made, message(1), message(2))
    again = [replace(message(number), tries=2) for number in (2, 3)]
    assert send(made, *again)[0] == Accepted("earlier file")
    assert [row["customer_id"] for row in rows(tmp_path)] == ["c1", "c2", "c3"] or len(rows(tmp_path)) == 3


def test_nothing_half_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("titian.reach.handoff.os.fsync", full)
    outcome = send(channel(tmp_path), message(1))[0]
    assert isinstance(outcome, Later)
    assert (outcome.fault.code, outcome.peer, list(tmp_path.iterdir())) == ("No space left on device", True, [])


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        run(channel(tmp_path / "file" / "out").check())


@pytest.mark.parametrize("folder", ["/etc", "../x", "a/../../x", ".git", "a\\b"])
def test_only_folders_inside_the_workspace_are_taken(folder: str) -> None:
    with pytest.raises(ValidationError):
        HandoffSettings(folder=folder)
