"""titian known, staff and notes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.app import market
from tests.cli.calling import Called, here
from titian.app import saving_audiences
from titian.app.answers.audiences import NewAudience
from titian.app.desk import Desk
from titian.domain.words import Words

Printed = pytest.CaptureFixture[str]
PEOPLE = sorted(market.customers())
ANN, BOB = PEOPLE[:2]


def call(printed: Printed, desk: Desk, *arguments: str | Path) -> Called:
    return here(printed, *arguments, "--workspace", desk.workspace.path)


def test_what_is_known_is_filled_in_shown_and_taken_back(capsys: Printed, own_desk: Desk) -> None:
    done = call(capsys, own_desk, "known", ANN, "--choose", "why_ordered=gift", "--say", "why_ordered=for her mother")
    assert "why they ordered: a gift; for her mother (cli:" in done.out
    assert "still unknown: where from, how they judge it, whom they can bring" in done.err
    entry = done.err.split()[-1]
    assert call(capsys, own_desk, "known", "--undo", entry).out == "taken back; now: unknown\n"
    assert "nothing was changed" in call(capsys, own_desk, "known", "--undo", entry).out


def test_several_are_filled_in_at_once_and_cleared(capsys: Printed, own_desk: Desk, chinese: None) -> None:
    done = call(capsys, own_desk, "known", ANN, "--choose", "can_bring=family", "--say", "judgement=很好")
    assert ("能带来谁：家人" in done.out, "怎么评价：很好" in done.out) == (True, True)
    cleared = call(capsys, own_desk, "known", ANN, "--say", "judgement=")
    assert "怎么评价：未知" in cleared.out
    assert "撤回：titian known --undo" in cleared.err


def test_of_how_many_each_thing_is_known(capsys: Printed, own_desk: Desk) -> None:
    call(capsys, own_desk, "known", ANN, "--choose", "why_ordered=gift")
    told = call(capsys, own_desk, "known").out
    assert f"all four are known of 0 of {len(PEOPLE)} customers" in told
    rows = [line.split() for line in told.splitlines()[2:]]
    assert ["why", "they", "ordered", "1", "1.7%", "1", "0"] in rows
    counted = json.loads(call(capsys, own_desk, "known", "--json").out)
    assert [one["known"] for one in counted["things"]] == [0, 1, 0, 0]


def test_staff_are_put_in_charge_listed_and_taken_back(capsys: Printed, own_desk: Desk, tmp_path: Path) -> None:
    assert "nobody is in charge of anybody yet" in call(capsys, own_desk, "staff").out
    (tmp_path / "list.csv").write_text(f"customer_id\n{ANN}\n{BOB}\nno\x1bbody\n", "utf-8")
    done = call(capsys, own_desk, "staff", "王芳", "--customers", tmp_path / "list.csv")
    assert done.out.splitlines() == [
        "王芳 is in charge of 2 more; of 0 they were before",
        "1 are not in the workspace: no�body",
    ]
    assert call(capsys, own_desk, "staff").out.splitlines()[1].split() == ["王芳", "2"]
    moved = call(capsys, own_desk, "staff", "Li", "--ids", ANN)
    assert moved.out.splitlines()[1] == "1 came from others"
    assert (
        call(capsys, own_desk, "staff", "--batch", moved.err.split()[-1]).out
        == "taken back: 1 customers left, 1 returned\n"
    )
    assert (
        call(capsys, own_desk, "staff", "--nobody", "--ids", f"{ANN},{PEOPLE[2]}").out
        == "1 left with nobody; 1 had nobody\n"
    )


def test_staff_are_put_in_charge_of_an_audience(capsys: Printed, own_desk: Desk) -> None:
    with own_desk.reading() as reading:
        name = Words(zh="人", en="People")
        saving_audiences.create(reading, NewAudience(key="few", name=name, ids=(ANN, BOB)))
    assert json.loads(call(capsys, own_desk, "staff", "Li", "--audience", "few", "--json").out)["changed"] == 2
    listed = json.loads(call(capsys, own_desk, "staff", "--json").out)
    assert listed == {"staff": [{"name": "Li", "customers": 2}]}


def test_notes_are_written_listed_and_searched(capsys: Printed, own_desk: Desk) -> None:
    assert call(capsys, own_desk, "notes").out == "there are no notes\n"
    for who, text in ((ANN, "likes green tea\nand\x1b cake"), (BOB, "green is not her colour"), (ANN, "called")):
        assert call(capsys, own_desk, "notes", who, "--add", text).code == 0
    told = call(capsys, own_desk, "notes", ANN).out.splitlines()
    assert [line for line in told if line.startswith("  ")] == ["  called", "  likes green tea", "  and� cake"]
    assert json.loads(call(capsys, own_desk, "notes", ANN, "--search", "GREEN", "--json").out)["total"] == 1
    every = call(capsys, own_desk, "notes", "--search", "green", "--limit", "1")
    assert (f"· {BOB}" in every.out, "1 of 2 are shown" in every.err) == (True, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["known", "--say", "judgement=x"],
        ["known", "nobody"],
        ["known", ANN, "--say", "shoe_size=9"],
        ["known", ANN, "--choose", "judgement=gift"],
        ["known", ANN, "--undo", "x"],
        ["known", "--undo", "x"],
        ["known", "--as-of", "yesterday"],
        ["staff", "Li"],
        ["staff", "--ids", ANN],
        ["staff", "Li", "--nobody", "--ids", ANN],
        ["staff", "Li", "--audience", "nothing"],
        ["staff", "--batch", "x"],
        ["staff", "\udcff", "--ids", ANN],
        ["notes", "--add", "x"],
        ["notes", ANN, "--add", " "],
        ["notes", ANN, "--add", "x", "--search", "y"],
        ["notes", "nobody"],
    ],
    ids=lambda one: ascii(" ".join(one)),
)
def test_a_wrong_call_is_said_in_two_lines(capsys: Printed, own_desk: Desk, arguments: list[str]) -> None:
    told = call(capsys, own_desk, *arguments)
    assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 2)
    assert told.err.startswith("error: ")
