"""staff: who of the team is in charge of customers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from titian.app import charging
from titian.app.answers.staff import ChargeAsked, ChargeBatchUndone, ChargeReport, StaffList
from titian.cli.language import say
from titian.cli.options import AsJson, Commands, InWorkspace, desk
from titian.cli.reading import ids_in
from titian.cli.screen import note, number, plain, print_json, print_table, print_text
from titian.errors import InputError


def staff(
    name: Annotated[str | None, typer.Argument(help="Who is to be in charge; without it, all are listed.")] = None,
    customers: Annotated[
        Path | None,
        typer.Option("--customers", help="A file of one column, a customer's id in each line; - for stdin."),
    ] = None,
    ids: Annotated[
        list[str] | None, typer.Option("--ids", help="Customers' ids, between commas or blanks; as often as needed.")
    ] = None,
    audience: Annotated[str | None, typer.Option(help="Everybody in this saved audience.")] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="Nobody is in charge of them any more.")] = False,
    batch: Annotated[str | None, typer.Option("--batch", help="A batch that a report names, to take it back.")] = None,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """List who is in charge of how many customers, or put somebody in charge of some, all or none."""
    named = ids_in(customers, ids)
    meant = bool(named) or customers is not None or audience is not None
    if (name is not None) + nobody + (batch is not None) > 1 or (meant and not (name or nobody)):
        raise _one_of()
    with desk(workspace) as opened:
        if batch is not None:
            undone = charging.take_back(opened, batch)
            print_json(undone) if as_json else _undone(undone)
            return
        if name is None and not nobody:
            found = charging.listed(opened)
            print_json(found) if as_json else _list(found)
            return
        asked = ChargeAsked(staff=None if nobody else name, ids=tuple(named), audience=audience)
        with opened.reading() as reading:
            report = charging.put(reading, asked)
    print_json(report) if as_json else _report(report)


def _one_of() -> InputError:
    return InputError(
        "staff takes a name, --nobody or --batch, one of them, and customers with the first two",
        "titian staff NAME --ids …, titian staff --nobody --ids …, or titian staff --batch BATCH",
        zh="staff 需要姓名、--nobody 或 --batch，三者选一；前两者须指定客户",
        hint_zh="titian staff 姓名 --ids …、titian staff --nobody --ids …，或 titian staff --batch 批次",
    )


def _list(found: StaffList) -> None:
    if not found.staff:
        print_text(say("还没有分配负责人", "nobody is in charge of anybody yet"))
        note(say("分配：titian staff 王芳 --ids 客户编号", "put somebody in charge: titian staff Wang --ids CUSTOMER"))
        return
    rows = [(plain(one.name), number(one.customers)) for one in found.staff]
    print_table((say("负责人", "staff"), say("客户", "customers")), rows, frozenset({1}))


def _report(report: ChargeReport) -> None:
    changed, already = number(report.changed), number(report.already)
    name = plain(report.staff or "")
    if report.staff is None:
        print_text(
            say(
                f"{changed} 位客户不再有负责人；{already} 位原本没有",
                f"{changed} left with nobody; {already} had nobody",
            )
        )
    else:
        print_text(
            say(
                f"{changed} 位客户改由 {name} 负责；{already} 位原已由其负责",
                f"{name} is in charge of {changed} more; of {already} they were before",
            )
        )
    if report.taken_over and report.staff is not None:
        print_text(
            say(f"其中 {number(report.taken_over)} 位原由他人负责", f"{number(report.taken_over)} came from others")
        )
    if report.unknown:
        shown = ", ".join(plain(one) for one in report.unknown_ids[:5]) + (" …" if report.unknown > 5 else "")
        count = number(report.unknown)
        print_text(say(f"{count} 个编号不在工作区中：{shown}", f"{count} are not in the workspace: {shown}"))
    if report.batch:
        note(say(f"撤回：titian staff --batch {report.batch}", f"to take it back: titian staff --batch {report.batch}"))


def _undone(undone: ChargeBatchUndone) -> None:
    if undone.repeated:
        print_text(say("该批次此前已撤回，没有任何改动", "it had been taken back before; nothing was changed"))
        return
    gone, back = number(undone.removed), number(undone.restored)
    print_text(
        say(f"已撤回：取消 {gone} 位，恢复 {back} 位原负责人", f"taken back: {gone} customers left, {back} returned")
    )


COMMANDS: Commands = {"staff": staff}
