"""titian export, plan and apply."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calling import Called, here
from titian.app.desk import Desk

Printed = pytest.CaptureFixture[str]


def call(printed: Printed, desk: Desk, *arguments: str | Path) -> Called:
    return here(printed, *arguments, "--workspace", desk.workspace.path)


@pytest.fixture
def file(capsys: Printed, own_desk: Desk) -> Path:
    """The file of the audience spent of a shop."""
    rule = "{trait: spend, op: '>=', value: 100}"
    assert call(capsys, own_desk, "save-audience", "spent", "--rule", rule).code == 0
    assert "definitions/audiences/spent.yaml" in call(capsys, own_desk, "export").out
    return own_desk.workspace.definitions / "audiences" / "spent.yaml"


def test_what_was_exported_is_in_force(capsys: Printed, own_desk: Desk, file: Path) -> None:
    assert "nothing changes" in call(capsys, own_desk, "plan").out
    assert "0 files written" in call(capsys, own_desk, "export").out
    assert file.read_text("utf-8").startswith("# yaml-language-server: $schema=../schema/audiences.json\nkind: rule\n")


def test_a_plan_says_who_would_move_and_apply_does_it(
    capsys: Printed, own_desk: Desk, file: Path, chinese: None
) -> None:
    file.write_text(file.read_text("utf-8").replace("value: 100", "value: 5000"), "utf-8")
    told = json.loads(call(capsys, own_desk, "plan", "--json").out)
    (change,) = [one for one in told["definitions"] if one["deed"] == "change"]
    said = call(capsys, own_desk, "plan").out
    assert "~ audiences/spent v1 spent" in said
    assert f"{change['moved']} 位客户会变动" in said
    assert "in → （不在其中）" in said
    assert "已应用 1 项" in call(capsys, own_desk, "apply").out
    assert "没有改动" in call(capsys, own_desk, "plan").out


def test_a_file_that_was_taken_away_is_removed_only_when_asked(capsys: Printed, own_desk: Desk, file: Path) -> None:
    file.unlink()
    assert "? audiences/spent v1" in call(capsys, own_desk, "plan").out
    assert "- audiences/spent v1" in call(capsys, own_desk, "apply", "--prune").out
    assert "there are no audiences yet" in call(capsys, own_desk, "audiences").out


def test_a_tag_that_is_made_here_has_a_file_and_its_changes_tell_who_gains_and_loses_it(
    capsys: Printed, own_desk: Desk
) -> None:
    rule = "{trait: spend, op: '>=', value: 100}"
    assert call(capsys, own_desk, "tags", "--make-group", "kinds=Kinds").code == 0
    made = ("tags", "--make", "rich=Rich", "--rule", rule, "--group", "kinds", "--colour", "gold")
    assert call(capsys, own_desk, *made).code == 0
    written = call(capsys, own_desk, "export").out
    assert {"definitions/tag_groups/kinds.yaml", "definitions/tags/rich.yaml"} <= set(written.splitlines())
    path = own_desk.workspace.definitions / "tags" / "rich.yaml"
    assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=../schema/tags.json\nkind: rule\n")
    path.write_text(path.read_text("utf-8").replace("value: 100", "value: 5000"), "utf-8")
    said = call(capsys, own_desk, "apply").out
    assert "~ tags/rich v1 Rich" in said
    assert "in → (outside): " in said
    (rich,) = json.loads(call(capsys, own_desk, "tags", "--json").out)["tags"]
    assert (rich["version"], rich["customers"], rich["colour"], rich["group"]) == (2, 0, "gold", "kinds")


def test_a_conflict_is_shown_and_refused(capsys: Printed, own_desk: Desk, file: Path) -> None:
    call(capsys, own_desk, "save-audience", "spent", "--rule", "{did: purchase}")
    file.write_text(file.read_text("utf-8").replace("value: 100", "value: 7"), "utf-8")
    said = call(capsys, own_desk, "plan")
    assert "! audiences/spent v2" in said.out
    assert "update base_version" in said.err
    refused = call(capsys, own_desk, "apply")
    assert (refused.code, "nothing was applied" in refused.err) == (1, True)
    assert "left alone" in call(capsys, own_desk, "export").out


def test_a_wrong_file_is_a_line_what_and_a_line_how_to_mend(capsys: Printed, own_desk: Desk, file: Path) -> None:
    file.write_text("kind: [", "utf-8")
    called = call(capsys, own_desk, "plan")
    assert called.code == 2
    assert len(called.err.strip().splitlines()) == 2
    assert "spent.yaml: line 1 is not valid YAML" in called.err
