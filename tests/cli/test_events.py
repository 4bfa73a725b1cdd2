"""titian events."""

import json
from pathlib import Path

import pytest

from tests.cli.calling import Called, here
from titian.app.desk import Desk

Printed = pytest.CaptureFixture[str]
ROWS = ["c1,看货,2024-01-01 10:00", "c1,看货,2024-01-02 10:00", "c2,pv,2024-01-03 10:00"]


@pytest.fixture
def loaded(capsys: Printed, empty: Desk, tmp_path: Path) -> Desk:
    path = tmp_path / "events.csv"
    path.write_text("\n".join(["customer_id,event,occurred_at", *ROWS]), encoding="utf-8")
    assert here(capsys, "load", path, "--yes", "--table", "events", "--workspace", empty.workspace.path).code == 0
    return empty


def events(printed: Printed, desk: Desk, *arguments: str) -> Called:
    return here(printed, "events", *arguments, "--workspace", desk.workspace.path)


def test_names_are_listed_and_what_to_do_about_those_without_a_meaning(capsys: Printed, loaded: Desk) -> None:
    listed = events(capsys, loaded)
    assert (listed.code, "titian events --mean NAME=MEANING" in listed.err) == (0, True)
    assert [line.split()[:2] for line in listed.out.splitlines()[1:]] == [["看货", "–"], ["pv", "view"]]


def test_a_meaning_is_said_and_taken_back(capsys: Printed, loaded: Desk) -> None:
    assert "view (said here)" in events(capsys, loaded, "--mean", "看货=view").out
    assert events(capsys, loaded, "--unknown").out.splitlines()[1:] == []
    back = json.loads(events(capsys, loaded, "--mean", "看货=", "--search", "看货", "--json").out)
    assert [(one["name"], one["known"]) for one in back["names"]] == [("看货", False)]


def test_a_wrong_meaning_is_refused_with_the_known_ones(capsys: Printed, loaded: Desk) -> None:
    refused = events(capsys, loaded, "--mean", "看货=vieww")
    assert (refused.code, "view, search" in refused.err) == (2, True)


def test_no_events_yet_is_said(capsys: Printed, empty: Desk, chinese: None) -> None:
    told = events(capsys, empty)
    assert "还没有行为数据" in told.out
    assert "--table events" in told.err
