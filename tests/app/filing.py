"""Files of definitions, as tests write, plan and apply them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

from titian.app import applying, planning
from titian.app.answers.plan import ApplyAsked, Plan
from titian.app.desk import Desk, Reading

SPENT = {"trait": "spend", "op": ">=", "value": 100}


def path_of(desk: Desk, place: str) -> Path:
    """Where the file of a definition stands."""
    path = desk.workspace.definitions / f"{place}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def put(desk: Desk, place: str, **said: Any) -> Path:
    """Write the file of a definition anew."""
    path = path_of(desk, place)
    path.write_text(yaml.safe_dump({"key": path.stem, **said}, allow_unicode=True), "utf-8")
    return path


def put_rule(desk: Desk, key: str, rule: dict[str, Any] = SPENT, **said: Any) -> Path:
    """Write the file of an audience by a rule."""
    return put(desk, f"audiences/{key}", kind="rule", parameters={"rule": rule}, **said)


def put_list(desk: Desk, key: str, text: str) -> Path:
    """Write the files of an audience by a list, its customers as they are given; the latter's path."""
    put(desk, f"audiences/{key}", kind="list", parameters={"customers": f"{key}.csv"})
    beside = path_of(desk, f"audiences/{key}").with_suffix(".csv")
    beside.write_text(text, "utf-8", newline="")
    return beside


def deeds(reading: Reading, *, prune: bool = False) -> dict[str, str]:
    """What the plan would do with each definition that is not as it is."""
    found = planning.plan(reading, prune).definitions
    return {f"{one.sort}/{one.key}": one.deed for one in found if one.deed != "same"}


def apply(reading: Reading, *, prune: bool = False) -> Plan:
    """Apply what the plan says now."""
    return applying.apply(reading.desk, ApplyAsked(digest=planning.plan(reading, prune).digest, prune=prune))


def files(desk: Desk) -> dict[str, bytes]:
    """Every file of definitions but the schemas, by its place."""
    root = desk.workspace.definitions
    found = (Path(folder) / name for folder, _, names in os.walk(root) for name in names)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found if path.parent.name != "schema"}


def listed(desk: Desk, key: str) -> list[str]:
    """Who is in the list of an audience, in the order of ids."""
    return sorted(desk.listed(str(desk.audiences.current()[key].parameters["customers"])))


def told(desk: Desk) -> list[str]:
    """The audit log, the oldest line first."""
    lines, _ = desk.trail.lines("", None, None)
    return [f"{line.action} {line.subject}" for line in reversed(lines)]
