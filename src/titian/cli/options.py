"""The options that many commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

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
                f"{option} {item!r}: expected name=value, each name once",
                f"for instance {option} ordered_at=InvoiceDate",
                zh=f"{option} {item!r}：应为 名称=值，且每个名称只出现一次",
                hint_zh=f"例如 {option} ordered_at=下单时间",
                option=option,
            )
        found[name.strip()] = value.strip()
    return found
