"""undo: take back what was loaded."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from titian.app import undoing
from titian.app.answers.imports import Batch, UndoneBatch
from titian.cli.confirming import agreed
from titian.cli.language import say
from titian.cli.options import AsJson, Commands, InWorkspace, desk
from titian.cli.screen import meter, note, number, print_json, print_table, print_text
from titian.errors import InputError


def undo(
    batch: Annotated[str | None, typer.Argument(help="The batch to take back; without it, all are listed.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Take a batch back: its rows go, rows that it replaced return; the same file can be loaded again."""
    with desk(workspace) as opened:
        if batch is None:
            listed = undoing.batches(opened)
            print_json(listed) if as_json else _list(listed.batches)
            return
        found = undoing.batch(opened, batch)
        if not yes and found.undone_at is None:
            _confirm(found, asked=sys.stdin.isatty() and not as_json)
        with meter(not as_json) as progress:
            undone = undoing.undo(opened, batch, progress)
    print_json(undone) if as_json else _print(undone)


def _confirm(batch: Batch, *, asked: bool) -> None:
    """Raises InputError unless the person at the terminal agrees."""
    good = number(batch.good)
    if asked and agreed(
        say(
            f"撤回 {batch.file_name}（{batch.table}，{good} 行，导入于 {batch.loaded_at:%Y-%m-%d %H:%M}）？[y/N] ",
            f"Take back {batch.file_name} ({batch.table}, {good} rows, loaded {batch.loaded_at:%Y-%m-%d %H:%M})? [y/N] ",
        )
    ):
        return
    raise InputError(
        f"batch {batch.batch_id} was not taken back",
        f"to take it back without being asked: titian undo {batch.batch_id} --yes",
        zh=f"未撤回批次 {batch.batch_id}",
        hint_zh=f"若要直接撤回：titian undo {batch.batch_id} --yes",
        batch=batch.batch_id,
    )


def _list(batches: tuple[Batch, ...]) -> None:
    if not batches:
        print_text(say("还没有导入过数据", "nothing was loaded yet"))
        return
    headings = (say("批次", "batch"), say("文件", "file"), say("表", "table"), say("行数", "rows"))
    print_table(
        (*headings, say("导入时间", "loaded"), say("撤回时间", "taken back")),
        [
            (
                one.batch_id,
                one.file_name,
                one.table,
                number(one.good),
                f"{one.loaded_at:%Y-%m-%d %H:%M}",
                f"{one.undone_at:%Y-%m-%d %H:%M}" if one.undone_at else "",
            )
            for one in batches
        ],
        frozenset({3}),
    )
    note(say("撤回其中一个：titian undo 批次", "take one back: titian undo BATCH"))


def _print(undone: UndoneBatch) -> None:
    name = undone.batch.file_name
    if undone.repeated:
        print_text(say(f"{name} 此前已撤回，没有任何改动", f"{name} had been taken back before; nothing was changed"))
        return
    removed, restored = number(undone.removed), number(undone.restored)
    print_text(
        say(
            f"已撤回 {name}：移除 {removed} 行，{restored} 行恢复为导入前的内容；需要时可重新导入该文件",
            f"took back {name}: {removed} rows removed, {restored} as they were before it; the file can be loaded again",
        )
    )


COMMANDS: Commands = {"undo": undo}
