"""select: who meets a rule."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from titian.app import selections
from titian.app.answers.selection import Selected, SelectionAsked
from titian.cli.language import said, say
from titian.cli.options import AsJson, AsOf, Commands, InStore, InWorkspace, day, desk
from titian.cli.reading import rule_in
from titian.cli.screen import note_left_out, number, print_json, print_table, print_text, share


def select(
    rule: Annotated[str, typer.Argument(help='A rule as JSON or YAML, \'{"did": "cart"}\', or a file that holds one.')],
    as_of: AsOf = None,
    out: Annotated[Path | None, typer.Option(help="Write who meets it to a .csv, .xlsx or .parquet file.")] = None,
    store: InStore = None,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Count and show who meets a rule over traits, events and layers."""
    asked = SelectionAsked(rule=rule_in(rule), as_of=day(as_of, "--as-of"))
    with desk(workspace) as opened, opened.reading(store) as reading:
        found = selections.selected(reading, asked)
        if out is not None:
            selections.write(reading, asked, out)
    print_json(found) if as_json else _print(found)
    if out is not None and not as_json:
        print_text(say(f"客户名单已写入 {out}", f"customers written to {out}"))


def _print(found: Selected) -> None:
    print_text(f"{said(found.said)} · {found.as_of}")
    print_text(
        say(
            f"{number(found.customers)} 位客户，占 {number(found.everyone)} 位的 {share(found.share)}",
            f"{number(found.customers)} of {number(found.everyone)} customers, {share(found.share)}",
        )
    )
    note_left_out(found.excluded)
    if found.sample:
        headings = ("customer_id", *(said(trait.name) for trait in found.traits))
        rows = [(one.customer_id, *(_shown(value) for value in one.traits.values())) for one in found.sample]
        print_table(headings, rows, frozenset())


def _shown(value: float | str | None) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return number(value, 0 if float(value).is_integer() else 2)


COMMANDS: Commands = {"select": select}
