"""init, doctor, rebuild, backup, restore: make and keep a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from titian.app import backup as backups
from titian.app import doctor as doctors
from titian.app import maintenance, settings
from titian.app import workspace as workspaces
from titian.cli.language import language, said, say
from titian.cli.options import AsJson, Commands, InWorkspace, desk
from titian.cli.screen import counted, meter, note, print_json, print_table, print_text


def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make the workspace in.")],
    name: Annotated[str | None, typer.Option(help="What the shop is called; else the folder's name.")] = None,
    timezone: Annotated[str, typer.Option(help="The zone whose days count.")] = "Asia/Shanghai",
    currency: Annotated[str, typer.Option(help="The one currency of all amounts.")] = "CNY",
    as_json: AsJson = False,
) -> None:
    """Make a workspace."""
    given = {
        "name": name or folder.resolve().name,
        "timezone": timezone,
        "currency": currency,
        "language": language(),
    }
    made = workspaces.init(folder, settings.checked(given, "titian init"))
    if as_json:
        print_json({"path": str(made.path), **made.settings.model_dump(mode="json")})
        return
    print_text(say(f"已建立工作区 {made.path}", f"made the workspace {made.path}"))
    note(
        say(
            f"下一步：titian load 订单文件 --workspace {folder}",
            f"next: titian load ORDERS.csv --workspace {folder}",
        )
    )


def doctor(workspace: InWorkspace = None, as_json: AsJson = False) -> None:
    """Say what is installed, reachable and healthy; exit 1 when something is not."""
    with desk(workspace) as opened:
        found = doctors.checks(opened)
    if as_json:
        print_json(found)
    else:
        mark = {True: "✓", False: "✗"}
        rows = [(mark[c.ok], c.name, said(c.found), said(c.mend) if c.mend else "") for c in found]
        print_table(("", say("检查项", "check"), say("情况", "found"), say("处理", "mend")), rows)
    if not all(check.ok for check in found):
        raise typer.Exit(1)


def rebuild(workspace: InWorkspace = None, as_json: AsJson = False) -> None:
    """Make the warehouse anew from the landing; the content is the same."""
    with desk(workspace) as opened, meter(not as_json) as progress:
        batches = maintenance.rebuild(opened, progress)
    if as_json:
        print_json({"batches": batches})
    else:
        print_text(
            say(
                f"已从 {batches} 个批次重建数据仓库",
                f"rebuilt the warehouse from {counted(batches, 'batch', 'batches')}",
            )
        )


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, .tar.")],
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Write all that can't be made again (settings, definitions, landing, runs) into one file."""
    with desk(workspace) as opened, meter(not as_json) as progress:
        written = backups.backup(opened, file, progress)
    if as_json:
        print_json({"file": str(file), "files": written.files, "bytes": written.bytes})
    else:
        size = f"{written.bytes / 1e6:,.1f} MB"
        print_text(
            say(
                f"已备份 {written.files} 个文件（{size}）到 {file}",
                f"wrote {counted(written.files, 'file', 'files')} ({size}) to {file}",
            )
        )


def restore(
    file: Annotated[Path, typer.Argument(help="A file that titian backup wrote.")],
    folder: Annotated[Path, typer.Argument(help="The folder to make the workspace in.")],
    as_json: AsJson = False,
) -> None:
    """Make a workspace from a backup, checked file by file, and rebuild its warehouse."""
    with meter(not as_json) as progress:
        made = backups.restore(file, folder, progress)
    if as_json:
        print_json({"path": str(made.path), **made.settings.model_dump(mode="json")})
    else:
        print_text(say(f"已恢复工作区 {made.path}", f"restored the workspace {made.path}"))


COMMANDS: Commands = {"init": init, "doctor": doctor, "rebuild": rebuild, "backup": backup, "restore": restore}
