"""titian tags, tag and untag."""

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
PEOPLE = sorted(market.customers())


def call(printed: Printed, desk: Desk, *arguments: str | Path) -> Called:
    return here(printed, *arguments, "--workspace", desk.workspace.path)


@pytest.fixture
def shop(capsys: Printed, own_desk: Desk) -> Desk:
    """A shop with the tags gold and silver, of which a customer has one, and vip."""
    assert call(capsys, own_desk, "tags", "--make-group", "level=等级", "--exclusive").code == 0
    assert call(capsys, own_desk, "tags", "--make", "gold=金", "--make", "silver=银", "--group", "level").code == 0
    assert call(capsys, own_desk, "tags", "--make", "vip=重要客户", "--colour", "red").code == 0
    return own_desk


def test_tags_are_listed_with_their_customers(capsys: Printed, shop: Desk) -> None:
    call(capsys, shop, "tag", "vip", "--ids", ",".join(PEOPLE[:3]))
    rows = [line.split() for line in call(capsys, shop, "tags").out.splitlines()]
    assert rows[1:] == [
        ["gold", "金", "等级", "(one", "each)", "grey", "0"],
        ["silver", "银", "等级", "(one", "each)", "grey", "0"],
        ["vip", "重要客户", "red", "3"],
    ]


def test_no_tags_yet_is_said(capsys: Printed, empty: Desk, chinese: None) -> None:
    told = call(capsys, empty, "tags")
    assert ("还没有标签" in told.out, "titian tags --make" in told.err) == (True, True)


def test_a_file_and_stdin_are_read(
    capsys: Printed, shop: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("customer_id\n" + "\n".join([PEOPLE[0], "", PEOPLE[1], PEOPLE[0], "nobody"]), "utf-8-sig")
    told = json.loads(call(capsys, shop, "tag", "vip", "--customers", path, "--json").out)
    assert (told["asked"], told["blank"], told["repeated"], told["unknown"], told["tagged"]) == (5, 1, 1, 1, 2)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{PEOPLE[1]}\n{PEOPLE[2]}\n".encode())))
    told = json.loads(call(capsys, shop, "tag", "vip", "--customers", "-", "--json").out)
    assert (told["already"], told["tagged"]) == (1, 1)


def test_what_became_of_them_is_said_and_how_to_take_it_back(capsys: Printed, shop: Desk) -> None:
    call(capsys, shop, "tag", "silver", "--ids", PEOPLE[0])
    told = call(capsys, shop, "tag", "gold", "--ids", f"{PEOPLE[0]} {PEOPLE[1]} no\x1bbody {PEOPLE[1]}", "--why", "new")
    assert told.out.splitlines() == [
        "2 tagged gold; 0 had it already",
        "1 of them lost another tag of the group",
        "1 are not in the workspace: no�body",
        "0 blank, 1 repeated",
    ]
    batch = told.err.split()[-1]
    assert call(capsys, shop, "untag", "--batch", batch).out == "taken back: 2 tags went, 1 returned\n"
    assert "nothing was changed" in call(capsys, shop, "untag", "--batch", batch).out


def test_a_tag_is_taken_from_customers(capsys: Printed, shop: Desk, chinese: None) -> None:
    call(capsys, shop, "tag", "vip", "--ids", PEOPLE[0])
    told = call(capsys, shop, "untag", "vip", "--ids", f"{PEOPLE[0]},{PEOPLE[1]}")
    assert told.out == "已取消 1 位客户的 vip；1 位原本没有\n"
    assert "titian untag --batch" in told.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["tag", "vip"],
        ["tag", "\udcff", "--ids", "a"],
        ["untag", "\udcff", "--ids", "a"],
        ["untag", "--batch", "\udcff"],
        ["tag", "nothing", "--ids", "a"],
        ["tag", "vip", "--customers", "no such file"],
        ["untag"],
        ["untag", "vip", "--batch", "b"],
        ["untag", "--batch", "b"],
        ["tags", "--make", "vip"],
        ["tags", "--make", "VIP=x"],
        ["tags", "--make", "new=x", "--colour", "pink"],
        ["tags", "--make", "new=x", "--group", "none"],
    ],
    ids=lambda one: ascii(" ".join(one)),
)
def test_a_wrong_call_is_said_in_two_lines(capsys: Printed, shop: Desk, arguments: list[str]) -> None:
    told = call(capsys, shop, *arguments)
    assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 2)
    assert told.err.startswith("error: ")


def test_a_file_that_is_no_list_is_refused(capsys: Printed, shop: Desk, tmp_path: Path) -> None:
    for raw in (b"\xff\xfe\x00", b"a,b\nc,d\n"):
        (tmp_path / "list").write_bytes(raw)
        assert call(capsys, shop, "tag", "vip", "--customers", tmp_path / "list").code == 2


def test_a_tag_follows_a_rule_and_is_brought_into_step_when_asked(capsys: Printed, shop: Desk) -> None:
    rule = "{trait: spend, op: '>=', value: 100}"
    counted = json.loads(call(capsys, shop, "select", rule, "--json").out)["customers"]
    assert call(capsys, shop, "tags", "--make", "rich=富", "--rule", rule).code == 0
    told = json.loads(call(capsys, shop, "tags", "--refresh", "--json").out)["tags"]
    assert {one["key"]: one["customers"] for one in told}["rich"] == counted
    refused = call(capsys, shop, "untag", "rich", "--ids", PEOPLE[0])
    assert (refused.code, "follows a rule" in refused.err) == (1, True)
