"""The three doors through which a file comes in: Python, the command line and HTTP, each telling the same."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.cli.calling import here
from titian.app import importing
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.domain.mapping import Mapping
from titian.errors import TitianError
from titian.warehouse.progress import silent
from titian.warehouse.tables import TABLES

Rows = dict[str, list[tuple[Any, ...]]]
API = "/api/v1"


@dataclass(frozen=True)
class Told:
    """What somebody is told who brings a file."""

    what: str
    mend: str
    what_zh: str
    mend_zh: str
    code: str | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def all(self) -> tuple[str, ...]:
        return (self.what, self.mend, self.what_zh, self.mend_zh)


def by_python(desk: Desk, path: Path, mapping: Mapping) -> Told:
    """The error that is raised."""
    with pytest.raises(TitianError) as raised:
        importing.load(desk, SourceAsked(str(path)), mapping, strict=True, progress=silent)
    error = raised.value
    return Told(error.message, error.hint, error.zh, error.hint_zh, error.code, error.details)


def loading(desk: Desk, path: Path, mapping: Mapping) -> list[str | Path]:
    """The command that loads the file strictly, with every column said."""
    said = [part for name, column in mapping.columns.items() for part in ("--map", f"{name}={column}")]
    return ["load", path, "--table", mapping.table, *said, "--strict", "-w", desk.workspace.path]


def by_command_line(printed: pytest.CaptureFixture[str], desk: Desk, path: Path, mapping: Mapping) -> tuple[int, Told]:
    """The exit code, and what `--json` says."""
    called = here(printed, *loading(desk, path, mapping), "--json")
    assert called.out == ""
    error = json.loads(called.err)["error"]
    names = ("error", "hint", "error_zh", "hint_zh", "code", "details")
    return called.code, Told(*(error[name] for name in names))


def by_command_line_for_people(
    printed: pytest.CaptureFixture[str], desk: Desk, path: Path, mapping: Mapping
) -> tuple[int, list[str]]:
    """The exit code, and the lines that a person sees."""
    called = here(printed, *loading(desk, path, mapping))
    assert called.out == ""
    return called.code, [line for line in called.err.splitlines() if not line.startswith(("\r", "\x1b"))]


def by_http(client: TestClient, path: Path, mapping: Mapping) -> Told:
    """The problem of the upload, else the end of the import."""
    given = client.post(f"{API}/uploads", files={"file": (path.name, path.read_bytes())}, data={"table": mapping.table})
    if given.status_code != 201:
        return problem(given.json())
    asked = {"upload_id": given.json()["upload_id"], "mapping": mapping.model_dump(mode="json"), "strict": True}
    started = client.post(f"{API}/imports", json=asked)
    if started.status_code != 202:
        return problem(started.json())
    run = ended(client, started.json()["id"])
    assert run["state"] == "failed"
    return Told(run["error"]["en"], run["mend"]["en"], run["error"]["zh"], run["mend"]["zh"])


def problem(said: dict[str, Any]) -> Told:
    names = ("detail", "hint", "detail_zh", "hint_zh", "code", "details")
    return Told(*(said[name] for name in names))


def ended(client: TestClient, run_id: str, seconds: float = 60) -> dict[str, Any]:
    """The run, when it is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        run: dict[str, Any] = client.get(f"{API}/imports/{run_id}").json()
        if run["state"] not in ("waiting", "running"):
            return run
        time.sleep(0.02)
    raise TimeoutError(run_id)


def contents(desk: Desk) -> Rows:
    """Every row of every table of the warehouse."""
    connection = desk.lake.connection()
    try:
        held = {name: connection.execute(f"SELECT * FROM lake.{name}").fetchall() for name in TABLES}
        return {name: sorted(rows, key=repr) for name, rows in held.items()}
    finally:
        connection.close()
