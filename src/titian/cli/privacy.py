"""everything, erase: all that is kept of a customer, and customers erased."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from titian.app import privacy
from titian.app.answers.privacy import EraseAsked, ErasedCustomers
from titian.app.settings import write_whole
from titian.cli.language import say
from titian.cli.options import AsJson, Commands, InWorkspace, desk
from titian.cli.reading import ids_in
from titian.cli.screen import counted, meter, number, print_json, print_text


def everything(
    customer: Annotated[str, typer.Argument(help="The id of the customer.")],
    out: Annotated[Path | None, typer.Option(help="Write it to this JSON file instead.")] = None,
    workspace: InWorkspace = None,
) -> None:
    """All that is kept of a customer, as JSON, to be handed to them."""
    with desk(workspace) as opened, opened.reading() as reading:
        found = privacy.everything(reading, customer)
    if out is None:
        print_json(found)
        return
    write_whole(out, found.model_dump_json(indent=2))
    print_text(say(f"已写入 {out}", f"written to {out}"))


def erase(
    ids: Annotated[list[str] | None, typer.Option("--ids", help="Customers' ids, as often as needed.")] = None,
    customers: Annotated[
        Path | None, typer.Option(help="A file of one column, an id in each line; - for stdin.")
    ] = None,
    confirm: Annotated[int, typer.Option(help="How many they are: what is erased can't be brought back.")] = 0,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Erase customers everywhere, for good: files that were loaded, the warehouse, tags, notes, lists."""
    asked = EraseAsked(ids=tuple(dict.fromkeys(one for one in ids_in(customers, ids) if one)), confirm=confirm)
    with desk(workspace) as opened, meter(not as_json) as shown:
        found = privacy.erase(opened, asked, shown)
    print_json(found) if as_json else _show(found)


def _show(found: ErasedCustomers) -> None:
    customers, rows, lines, notes = (number(n) for n in (found.customers, found.rows, found.rejected, found.notes))
    parts = (
        counted(found.rows, "row", "rows"),
        counted(found.rejected, "rejected line", "rejected lines"),
        counted(found.notes, "note", "notes"),
    )
    who = counted(found.customers, "customer", "customers")
    print_text(
        say(
            f"已删除 {customers} 位客户：{rows} 行数据，{lines} 行被拒记录，{notes} 条备注；记录号 {found.record}",
            f"erased {who}: {', '.join(parts)}; on record as {found.record}",
        )
    )
    print_text(
        say(
            "请一并删除此前的备份和已导出的文件：它们不在工作区中",
            "remove backups and exported files of before, too: they are outside of the workspace",
        )
    )


COMMANDS: Commands = {"everything": everything, "erase": erase}
