"""audit: what was done, for people and machines."""

from __future__ import annotations

import getpass
import json

import pytest

from tests.cli.calling import here
from titian.app.desk import Desk

Printed = pytest.CaptureFixture[str]


def test_who_did_what_is_listed_the_newest_first(capsys: Printed, own_desk: Desk) -> None:
    folder = own_desk.workspace.path
    here(capsys, "events", "--mean", "看货=view", "--workspace", folder)
    here(capsys, "rebuild", "--workspace", folder)
    lines = here(capsys, "audit", "--workspace", folder).out.splitlines()
    told = [line for line in lines if f"cli:{getpass.getuser()}" in line]
    assert ["rebuilt the warehouse" in told[0], "made what events mean" in told[1]] == [True, True]


def test_machines_get_all_of_it(capsys: Printed, own_desk: Desk) -> None:
    here(capsys, "events", "--mean", "看货=view", "--workspace", own_desk.workspace.path)
    found = json.loads(here(capsys, "audit", "--json", "--workspace", own_desk.workspace.path).out)
    assert (found["lines"][0]["action"], found["lines"][0]["details"]) == (
        "events.create",
        {"kind": "events", "means": {"看货": "view"}},
    )


def test_an_empty_log_says_so(capsys: Printed, empty: Desk) -> None:
    assert "nothing was written down yet" in here(capsys, "audit", "--workspace", empty.workspace.path).out
