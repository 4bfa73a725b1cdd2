"""load: bring a file, or a database table, in."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from titian.app import importing
from titian.app.answers.imports import Guess, ImportRun
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.cli.confirming import confirmed
from titian.cli.language import said, say
from titian.cli.options import AsJson, Commands, InWorkspace, desk, pairs
from titian.cli.screen import counted, meter, note, number, print_json, print_text
from titian.errors import InputError

TABLE_HELP = "orders, order_items, customers, events, customer_changes, links, invites, costs, answers or identities; else guessed."
SHOWN_REJECTS = 5


def load(
    source: Annotated[
        str, typer.Argument(help="A file, or postgresql://…?table=orders, or sqlite:///shop.db?table=orders.")
    ],
    table: Annotated[str | None, typer.Option(help=TABLE_HELP)] = None,
    map_: Annotated[
        list[str] | None, typer.Option("--map", help="canonical=source column, as often as needed.")
    ] = None,
    mapping_file: Annotated[
        Path | None, typer.Option(help="A YAML file with the whole mapping, fixed widths too.")
    ] = None,
    status: Annotated[list[str] | None, typer.Option(help="The source's word=paid|unpaid|cancelled|refund.")] = None,
    date_order: Annotated[str | None, typer.Option(help="ymd, dmy or mdy, where the values don't tell.")] = None,
    timezone: Annotated[str | None, typer.Option(help="Zone of times without an offset; else the workspace's.")] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of an Excel file; else the first.")] = None,
    query: Annotated[str | None, typer.Option(help="SQL to run in the database instead of ?table=.")] = None,
    cursor: Annotated[str | None, typer.Option(help="Read only rows whose cursor column grew since last time.")] = None,
    reject_file: Annotated[Path | None, typer.Option(help="Where to write the rejected rows.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Load nothing when a single row is bad.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask; take a confident guess.")] = False,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Load orders, customers or events; loading the same again changes nothing."""
    said_columns = importing.said_mapping(
        table, pairs(map_, "--map"), pairs(status, "--status"), date_order=date_order, timezone=timezone
    )
    asked = SourceAsked(address=source, sheet=sheet, query=query, cursor=cursor)
    with desk(workspace) as opened:
        whole = importing.read_mapping(mapping_file) if mapping_file else None
        guess = importing.look(opened, asked, table, whole or said_columns, whole=whole is not None)
        at_terminal = sys.stdin.isatty() and sys.stderr.isatty() and not as_json and not yes
        mapping = confirmed(opened, asked, guess) if at_terminal else _certain(guess, asked.shown).mapping
        try:
            with meter(not as_json) as progress:
                run = importing.load(opened, asked, mapping, strict=strict, progress=progress)
        except InputError as error:
            _keep_rejects_of(error, reject_file)
            raise
        _hand_over_rejects(opened, run, reject_file)
    print_json(run) if as_json else _print_run(run)
    if run.result is not None and run.result.rows and not run.result.good:
        raise typer.Exit(1)


def _certain(guess: Guess, source: str) -> Guess:
    """The guess when it can be loaded as it is. Raises InputError with the mapping to complete."""
    if guess.confident:
        return guess
    missing = [target for target in guess.targets if target.required and target.source is None]
    known = " ".join(f"--map {name}={shlex.quote(column)}" for name, column in guess.mapping.columns.items())
    open_ = " ".join(f"--map {target.name}=?" for target in missing)
    asked_en = "; ".join(question.text.en for question in guess.questions) or "some columns are not certain"
    asked_zh = "；".join(question.text.zh for question in guess.questions) or "有的列无法确定"
    order = " --date-order dmy|mdy|ymd" if any(question.field == "date_order" for question in guess.questions) else ""
    command = f"titian load {shlex.quote(source)} --table {guess.table} {known} {open_}".strip() + order
    columns = ", ".join(column.name for column in guess.columns)
    raise InputError(
        f"{guess.file_name}: {asked_en}",
        f"complete and run: {command} (its columns: {columns})",
        zh=f"{guess.file_name}：{asked_zh}",
        hint_zh=f"补全后运行：{command}（文件中的列：{columns}）",
        mapping=guess.mapping.model_dump(mode="json"),
        questions=[question.model_dump(mode="json") for question in guess.questions],
        missing=[target.name for target in missing],
        columns=[column.name for column in guess.columns],
    )


def _hand_over_rejects(opened: Desk, run: ImportRun, wanted: Path | None) -> None:
    if run.result is None or not run.result.rejected:
        return
    if wanted is not None:
        importing.copy_rejects(opened, run.id, wanted)
        note(say(f"被拒绝的行已写入 {wanted}", f"the rejected rows are in {wanted}"))
    else:
        path, _ = importing.rejects(opened, run.id)
        note(say(f"被拒绝的行见 {path}", f"the rejected rows are in {path}"))


def _keep_rejects_of(error: InputError, wanted: Path | None) -> None:
    """A strict load that was refused has a rejects file too."""
    if wanted is not None and "rejects_path" in error.details:
        importing.copy_file(Path(error.details["rejects_path"]), wanted)


def _print_run(run: ImportRun) -> None:
    result = run.result
    if result is None:
        return
    print_text(
        say(
            f"{run.file_name}：读取 {number(result.rows)} 行，合格 {number(result.good)}，拒绝 {number(result.rejected)}；"
            f"新增 {number(result.added)}，更新 {number(result.updated)}，未变 {number(result.unchanged)}",
            f"{run.file_name}: {counted(result.rows, 'row', 'rows')}, {number(result.good)} good, {number(result.rejected)} rejected; "
            f"{number(result.added)} added, {number(result.updated)} updated, {number(result.unchanged)} unchanged",
        )
    )
    if result.without_customer:
        count = number(result.without_customer)
        print_text(
            say(
                f"其中 {count} 条没有客户编号，计入总额但不进任何层",
                f"{count} without a customer: in the totals, in no layer",
            )
        )
    for remark in result.notes:
        note(said(remark))
    for bad in result.rejects[:SHOWN_REJECTS]:
        value = "" if bad.value is None else f" = {bad.value!r}"
        place = f"{bad.column}{value}" if bad.column else ""
        note(say(f"第 {bad.row} 行 {place}：{bad.reason.zh}", f"row {bad.row} {place}: {bad.reason.en}"))


COMMANDS: Commands = {"load": load}
