"""audit: who did what when."""

from __future__ import annotations

from typing import Annotated

import typer

from titian.app import auditing
from titian.app.answers.audit import AuditLines
from titian.cli.language import said, say
from titian.cli.options import AsJson, Commands, InWorkspace, desk
from titian.cli.screen import number, print_json, print_table, print_text


def audit(
    search: Annotated[str, typer.Option(help="Only lines in which all of these words stand.")] = "",
    before: Annotated[int | None, typer.Option(min=1, help="Only lines before this number.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=auditing.MOST, help="Lines that are shown.")] = 30,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """List who did what when, the newest first; titian doctor tells whether a line was changed."""
    with desk(workspace) as opened:
        found = auditing.lines(opened, search, before, limit)
    print_json(found) if as_json else _print(found)


def _print(found: AuditLines) -> None:
    if not found.lines:
        print_text(say("还没有记录", "nothing was written down yet"))
        return
    rows = [
        (str(one.number), one.at[:19].replace("T", " "), one.actor, said(one.said), one.subject) for one in found.lines
    ]
    headings = ("#", say("时间", "at"), say("操作者", "who"), say("操作", "what"), say("对象", "of"))
    print_table(headings, rows, frozenset({0}))
    if found.next is not None:
        count = number(found.found)
        print_text(
            say(f"共 {count} 条；更早的：--before {found.next}", f"{count} in all; older ones: --before {found.next}")
        )


COMMANDS: Commands = {"audit": audit}
