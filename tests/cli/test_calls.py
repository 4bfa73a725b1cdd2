"""Exit codes, streams and languages: 0 done, 1 the work failed, 2 the call was wrong."""

import json
import socket
from pathlib import Path

import pytest

from tests.cli.calling import here, titian
from titian.app.workspace import Workspace
from titian.cli.language import language
from titian.cli.main import run

WRONG = [
    (["layers", "rmf"], "rfm, rfm_score"),
    (["layers", "rfm", "--as-of", "soon"], "2011-12-10"),
    (["layers", "rfm", "--as-of", "1990-01-01"], "2024-01-02"),
    (["layers", "rfm", "--set", "recency"], "name=value"),
    (["layers", "rfm", "--set", "speed=3"], "recency"),
    (["layers", "rfm", "--out", "x.doc"], ".csv"),
    (["flows", "rfm", "--from", "2024-11-01", "--to", "2024-10-01"], "earlier"),
    (["explain", "nobody"], "check the id"),
    (["load", "/there/is/none.csv"], "check the path"),
    (["serve", "--host", "0.0.0.0"], "127.0.0.1"),
    (["restore", "titian.yaml", "elsewhere"], "titian backup"),
]


@pytest.mark.parametrize(("arguments", "mend"), WRONG, ids=lambda v: " ".join(v) if isinstance(v, list) else None)
def test_a_wrong_call_is_one_line_what_and_one_line_how_to_mend(
    shop: Workspace,
    arguments: list[str],
    mend: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(shop.path)
    called = here(capsys, *arguments)
    assert (called.code, called.out) == (2, "")
    what, how = called.err.splitlines()
    assert what.startswith("error: ")
    assert how.startswith("mend:  ")
    assert mend in how
    assert "Traceback" not in called.err


@pytest.mark.parametrize(
    "arguments", [["layer"], ["layers"], ["serve", "--port", "x"], ["flows", "rfm", "--form", "1"]], ids=str
)
def test_a_call_that_can_not_be_read_says_so(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code = run(arguments)
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert said.err


def test_an_error_for_machines_is_json_on_stderr(shop: Workspace) -> None:
    called = titian("layers", "rmf", "--json", folder=shop.path)
    assert (called.code, called.out) == (2, "")
    error = json.loads(called.err)["error"]
    assert (error["code"], error["details"]["given"]) == ("unknown_name", "rmf")


@pytest.mark.parametrize(
    "environment", [{"TITIAN_LANG": "zh"}, {"LANG": "zh_CN.UTF-8"}, {"LC_ALL": "zh_TW", "LANG": "en_US"}], ids=str
)
def test_the_language_is_that_of_the_locale(environment: dict[str, str]) -> None:
    assert language(environment) == "zh"
    assert language({"TITIAN_LANG": "en", **{k: v for k, v in environment.items() if k != "TITIAN_LANG"}}) == "en"


def test_errors_are_chinese_where_the_locale_is(shop: Workspace) -> None:
    called = titian("layers", "rmf", folder=shop.path, LANG="zh_CN.UTF-8")
    assert called.err.splitlines()[0].startswith("错误：")


def test_where_there_is_no_workspace_the_way_to_one_is_said(tmp_path: Path) -> None:
    called = titian("layers", "rfm", folder=tmp_path)
    assert called.code == 2
    assert "titian init" in called.err


def test_the_version_is_said() -> None:
    assert titian("--version").out.startswith("titian 0.")


def test_a_port_that_is_taken_is_a_failure_with_another_to_try(shop: Workspace) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        called = titian("serve", "--port", str(port), folder=shop.path)
    assert called.code == 1
    assert "--port" in called.err
