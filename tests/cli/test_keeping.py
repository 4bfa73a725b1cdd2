"""init, doctor, rebuild, backup, restore: a workspace is made and kept."""

import json
from pathlib import Path

import pytest
import yaml

from tests.cli.calling import here
from titian.app.definition import Definition
from titian.app.desk import Desk
from titian.app.workspace import Workspace

Printed = pytest.CaptureFixture[str]


def test_a_new_workspace_is_set_as_asked(capsys: Printed, tmp_path: Path) -> None:
    asked = ["--name", "小店", "--timezone", "Europe/London", "--currency", "GBP"]
    called = here(capsys, "init", tmp_path / "a", *asked, "--json")
    kept = yaml.safe_load((tmp_path / "a" / "titian.yaml").read_text("utf-8"))
    assert json.loads(called.out) == {"path": str(tmp_path / "a"), **kept}
    assert (kept["name"], kept["timezone"], kept["currency"], kept["language"]) == (
        "小店",
        "Europe/London",
        "GBP",
        "en",
    )


def test_a_new_workspace_is_called_like_its_folder_and_the_next_step_is_said(
    capsys: Printed, tmp_path: Path, chinese: None
) -> None:
    called = here(capsys, "init", tmp_path / "梯田")
    kept = yaml.safe_load((tmp_path / "梯田" / "titian.yaml").read_text("utf-8"))
    assert (kept["name"], kept["language"]) == ("梯田", "zh")
    assert "已建立工作区" in called.out
    assert "titian load" in called.err


@pytest.mark.parametrize(
    ("option", "setting"), [(["--timezone", "Mars"], "timezone"), (["--currency", "yuan"], "currency")]
)
def test_a_workspace_set_wrongly_is_not_made(capsys: Printed, tmp_path: Path, option: list[str], setting: str) -> None:
    called = here(capsys, "init", tmp_path / "a", *option, "--json")
    assert called.code == 2
    assert json.loads(called.err)["error"]["details"]["setting"] == setting
    assert not (tmp_path / "a").exists()


def test_a_workspace_is_not_made_over_another(capsys: Printed, tmp_path: Path) -> None:
    here(capsys, "init", tmp_path / "a", "--name", "first")
    called = here(capsys, "init", tmp_path / "a", "--name", "second")
    assert called.code != 0
    assert "first" in (tmp_path / "a" / "titian.yaml").read_text("utf-8")


def test_a_healthy_workspace_is_said_to_be(capsys: Printed, shop: Workspace) -> None:
    called = here(capsys, "doctor", "-w", shop.path)
    checks = json.loads(here(capsys, "doctor", "--json", "-w", shop.path).out)
    assert [check for check in checks if not check["ok"]] == []
    assert called.code == 0
    assert "✗" not in called.out
    assert all(set(check) == {"name", "ok", "found", "mend"} and check["ok"] for check in checks)


def test_a_broken_definition_fails_the_doctor_with_its_mend(capsys: Printed, empty: Desk, chinese: None) -> None:
    empty.definitions.create(Definition(kind="rfm", key="rfm", parameters={"speed": 1}))
    called = here(capsys, "doctor", "-w", empty.workspace.path)
    (line,) = (line for line in called.out.splitlines() if "✗" in line)
    assert called.code == 1
    assert "可用参数" in line


def test_a_backup_says_what_it_holds_and_is_restored(capsys: Printed, own_shop: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "备份.tar"
    written = json.loads(here(capsys, "backup", file, "--json", "-w", own_shop.path).out)
    assert written["file"] == str(file)
    assert written["bytes"] == file.stat().st_size
    assert written["files"] > 3
    made = json.loads(here(capsys, "restore", file, tmp_path / "again", "--json").out)
    assert (made["path"], made["name"]) == (str(tmp_path / "again"), own_shop.settings.name)


def test_a_backup_is_not_restored_over_something(capsys: Printed, own_shop: Workspace, tmp_path: Path) -> None:
    here(capsys, "backup", tmp_path / "b.tar", "-w", own_shop.path)
    called = here(capsys, "restore", tmp_path / "b.tar", own_shop.path)
    assert called.code == 1
    assert "not empty" in called.err


def test_a_backup_to_where_nothing_can_be_written_leaves_nothing(
    capsys: Printed, own_shop: Workspace, tmp_path: Path
) -> None:
    called = here(capsys, "backup", tmp_path / "no" / "b.tar", "-w", own_shop.path)
    assert called.code == 1
    assert "cannot write" in called.err
    assert not (tmp_path / "no").exists()


def test_a_rebuild_counts_its_batches(capsys: Printed, own_shop: Workspace, chinese: None) -> None:
    assert json.loads(here(capsys, "rebuild", "--json", "-w", own_shop.path).out) == {"batches": 2}
    assert "2 个批次" in here(capsys, "rebuild", "-w", own_shop.path).out


def test_the_workspace_is_found_from_the_environment_and_the_folder(
    capsys: Printed, shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert here(capsys, "doctor").code == 2
    monkeypatch.setenv("TITIAN_WORKSPACE", str(shop.path))
    assert here(capsys, "doctor").code == 0
    monkeypatch.delenv("TITIAN_WORKSPACE")
    monkeypatch.chdir(shop.path)
    assert here(capsys, "doctor").code == 0
