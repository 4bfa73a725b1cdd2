"""What titian plan, apply and export print for machines, and how they end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.app import filing
from tests.cli.calling import Called, here
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.settings import WorkspaceSettings

pytestmark = pytest.mark.full

Printed = pytest.CaptureFixture[str]
PLANNED = {"sort", "key", "name", "deed", "base_version", "version", "difference", "moved", "moves", "masked"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A workspace without data; the file of the audience core is written."""
    with Desk(workspaces.init(tmp_path / "own", WorkspaceSettings())) as opened:
        filing.put_rule(opened, "core", {"did": "cart"}, name={"zh": "核心", "en": "Core"})
        yield opened


def call(printed: Printed, desk: Desk, *arguments: str) -> Called:
    return here(printed, *arguments, "--workspace", desk.workspace.path)


def told(printed: Printed, desk: Desk, *arguments: str) -> dict[str, Any]:
    called = call(printed, desk, *arguments, "--json")
    assert (called.code, called.err) == (0, "")
    found: dict[str, Any] = json.loads(called.out)
    return found


def test_a_plan_has_these_fields_and_says_the_same_when_it_is_asked_again(capsys: Printed, desk: Desk) -> None:
    found = told(capsys, desk, "plan")
    assert set(found) == {"digest", "definitions", "changes", "conflicts"}
    (one,) = found["definitions"]
    assert set(one) == PLANNED
    assert (one["sort"], one["key"], one["deed"], one["name"]) == (
        "audiences",
        "core",
        "create",
        {"zh": "核心", "en": "Core"},
    )
    assert (one["version"], one["base_version"], one["moved"], one["moves"]) == (None, None, None, [])
    assert told(capsys, desk, "plan") == found


def test_apply_prints_the_plan_that_was_applied_and_then_there_is_nothing_to_do(capsys: Printed, desk: Desk) -> None:
    plan = told(capsys, desk, "plan")
    assert told(capsys, desk, "apply") == plan
    after = told(capsys, desk, "apply")
    assert (after["changes"], [one["deed"] for one in after["definitions"]]) == (0, ["same"])
    assert after["digest"] != plan["digest"]


def test_export_names_what_was_written_left_alone_and_unchanged(capsys: Printed, desk: Desk) -> None:
    call(capsys, desk, "apply")
    assert told(capsys, desk, "export") == {"written": ["audiences/core.yaml"], "unchanged": 0, "left_alone": []}
    assert told(capsys, desk, "export") == {"written": [], "unchanged": 1, "left_alone": []}
    filing.put_rule(desk, "core", {"did": "view"})
    assert told(capsys, desk, "export") == {"written": [], "unchanged": 0, "left_alone": ["audiences/core.yaml"]}
    assert told(capsys, desk, "export", "--force")["written"] == ["audiences/core.yaml"]
    assert told(capsys, desk, "plan")["changes"] == 0


def test_the_language_does_not_change_what_machines_read(
    capsys: Printed, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {}
    for language in ("en", "zh"):
        monkeypatch.setenv("TITIAN_LANG", language)
        said[language] = [told(capsys, desk, *one) for one in (["plan"], ["plan", "--prune"], ["audiences"])]
    assert said["en"] == said["zh"]


@pytest.mark.parametrize("command", ["plan", "apply", "export"])
def test_a_wrong_file_ends_with_an_error_and_prints_nothing_to_read(capsys: Printed, desk: Desk, command: str) -> None:
    filing.path_of(desk, "audiences/core").write_text("kind: [", "utf-8")
    called = call(capsys, desk, command, "--json")
    assert (called.code, called.out) == (2, "")
    assert "core.yaml" in called.err
    assert "Traceback" not in called.err


def test_a_conflict_ends_apply_with_one_and_plan_with_none(capsys: Printed, desk: Desk) -> None:
    call(capsys, desk, "apply")
    assert call(capsys, desk, "save-audience", "core", "--rule", "{did: search}").code == 0
    filing.put_rule(desk, "core", {"did": "view"}, base_version=1)
    assert told(capsys, desk, "plan")["conflicts"] == 1
    refused = call(capsys, desk, "apply", "--json")
    assert (refused.code, refused.out) == (1, "")
    assert "audiences/core" in refused.err


def test_pruning_is_planned_only_when_it_is_asked_for(capsys: Printed, desk: Desk) -> None:
    call(capsys, desk, "apply")
    filing.path_of(desk, "audiences/core").unlink()
    plain, pruned = (told(capsys, desk, "plan", *more) for more in ([], ["--prune"]))
    assert [found["definitions"][0]["deed"] for found in (plain, pruned)] == ["unfiled", "remove"]
    assert (plain["changes"], pruned["changes"]) == (0, 1)
    assert "-  rule:" in pruned["definitions"][0]["difference"]


@pytest.mark.parametrize("text", ["\x1b[31mred\x1b[0m", "a\rb"], ids=["colours", "return"])
def test_a_name_of_a_file_can_not_write_over_the_screen(capsys: Printed, desk: Desk, text: str) -> None:
    filing.put_rule(desk, "core", {"did": "cart"}, name={"zh": text, "en": text})
    for command in ("plan", "apply"):
        out = call(capsys, desk, command).out
        assert "\x1b" not in out
        assert "\r" not in out


@pytest.mark.parametrize("text", ["\x1b[31mred\x1b[0m", "a\rb"], ids=["colours", "return"])
def test_a_name_of_an_audience_can_not_write_over_the_screen(capsys: Printed, desk: Desk, text: str) -> None:
    asked = ("save-audience", "shown", "--rule", "{did: cart}", "--name", text)
    printed = call(capsys, desk, *asked).out + call(capsys, desk, "audiences").out
    assert not any(one in printed for one in ("\x1b", "\r"))
