"""The options that many commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.errors import InputError

Commands = dict[str, Callable[..., None]]
"""Commands by the name they are called by."""

InWorkspace = Annotated[
    Path | None,
    typer.Option("--workspace", "-w", help="The workspace folder; else TITIAN_WORKSPACE, else the current folder."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Local day YYYY-MM-DD; only data before it counts.")]

InStore = Annotated[
    str | None,
    typer.Option("--store", help="Only the customers of this store: of their row, else of their first order."),
]


def desk(workspace: Path | None) -> Desk:
    """The desk of the workspace that is meant."""
    return Desk(workspaces.find(workspace))


def day(given: str | None, option: str) -> date | None:
    """A day given on the command line. Raises InputError."""
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise InputError(
            f"{option}: {given!r} is not a day",
            "write it as 2011-12-10",
            zh=f"{option}：{given!r} 不是日期",
            hint_zh="请写成 2011-12-10",
            option=option,
        ) from error


def pairs(given: list[str] | None, option: str) -> dict[str, str]:
    """`name=value` options as a dictionary. Raises InputError for one without =, or a name given twice."""
    found: dict[str, str] = {}
    for item in given or []:
        name, equals, value = item.partition("=")
        if not equals or not name.strip() or name.strip() in found:
            raise InputError(
                f"{option} {item!r} is no name=value, or its name was given before",
                f"write it as {option} name=value",
                zh=f"{option} {item!r} 不是 名称=值，或该名称已给出",
                hint_zh=f"请写成 {option} 名称=值",
                option=option,
            )
        found[name.strip()] = value.strip()
    return found


def parameters(given: list[str] | None, option: str) -> dict[str, Any]:
    """`name=value` options whose values are read as YAML: 30, null, [1, 2]. Raises InputError."""
    return {name: _value(text) for name, text in pairs(given, option).items()}


def _value(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        return text
