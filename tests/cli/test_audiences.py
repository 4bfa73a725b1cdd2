"""titian audiences, audience, save-audience and remove-audience."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.app import market
from tests.cli.calling import Called, here
from titian.app.desk import Desk

Printed = pytest.CaptureFixture[str]
SPENT = "{trait: spend, op: '>=', value: 100}"


def call(printed: Printed, desk: Desk, *arguments: str | Path) -> Called:
    return here(printed, *arguments, "--workspace", desk.workspace.path)


@pytest.fixture
def shop(capsys: Printed, own_desk: Desk) -> Desk:
    assert call(capsys, own_desk, "save-audience", "spent", "--rule", SPENT, "--name", "花过钱").code == 0
    return own_desk


def test_a_rule_is_saved_listed_and_counted_as_a_selection(capsys: Printed, shop: Desk) -> None:
    counted = json.loads(call(capsys, shop, "select", SPENT, "--json").out)
    (row,) = call(capsys, shop, "audiences").out.splitlines()[1:]
    assert row.split()[:3] == ["spent", "花过钱", str(counted["customers"])]
    (told,) = json.loads(call(capsys, shop, "audiences", "--json").out)["audiences"]
    assert told["share"] == counted["share"]


def test_it_says_who_came_and_left(capsys: Printed, shop: Desk, chinese: None) -> None:
    told = json.loads(call(capsys, shop, "audience", "spent", "--json").out)
    said = call(capsys, shop, "audience", "spent").out
    assert f"进入 {told['entered']} 位（其中 {told['entered_new']} 位是新客户），离开 {told['left']} 位" in said
    assert "消费金额 ≥ " in said


def test_who_is_in_it_goes_into_a_file(capsys: Printed, shop: Desk, tmp_path: Path) -> None:
    told = call(capsys, shop, "audience", "spent", "--out", tmp_path / "spent.csv", "--json")
    lines = (tmp_path / "spent.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) - 1 == json.loads(told.out)["audience"]["customers"]


def test_a_list_is_read_from_stdin_and_told(capsys: Printed, shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    someone = sorted(market.customers())[0]
    typed = io.TextIOWrapper(io.BytesIO(f"customer_id\n{someone}\n\n{someone}\nnobody\n".encode()))
    monkeypatch.setattr(sys, "stdin", typed)
    said = call(capsys, shop, "save-audience", "few", "--customers", "-").out
    assert "the list keeps 1; 1 unknown, 1 blank, 1 repeated" in said
    assert "not in the workspace: nobody" in said
    assert "1 customer," in said


def test_saving_again_is_the_next_version_and_removing_takes_it_away(capsys: Printed, shop: Desk) -> None:
    assert "(spent, v2)" in call(capsys, shop, "save-audience", "spent", "--rule", "{did: purchase}").out
    assert call(capsys, shop, "remove-audience", "spent").code == 0
    assert "there are no audiences yet" in call(capsys, shop, "audiences").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audience", "nothing"], "nothing"),
        (["save-audience", "x"], "either a rule or customers"),
        (["save-audience", "x", "--rule", "nonsense"], "holds no rule"),
        (["save-audience", "x", "--rule", "{audience: x}"], "circle"),
        (["save-audience", "x", "--customers", "/missing"], "can't be read"),
        (["audience", "spent", "--compare", "soon"], "is not a day"),
    ],
)
def test_a_wrong_call_says_what_and_how_to_mend(capsys: Printed, shop: Desk, arguments: list[str], said: str) -> None:
    called = call(capsys, shop, *arguments)
    assert called.code == 2
    assert said in called.err
    assert len(called.err.strip().splitlines()) == 2
