"""notes: what the team wrote about customers."""

from __future__ import annotations

from typing import Annotated

import typer

from titian.app import noting
from titian.app.answers.notes import NoteAsked, WrittenNote, WrittenNotes
from titian.app.desk import Desk
from titian.cli.language import say
from titian.cli.options import AsJson, Commands, InWorkspace, desk
from titian.cli.screen import note, number, plain, print_json, print_text
from titian.errors import InputError


def notes(
    customer: Annotated[str | None, typer.Argument(help="The id of a customer; without it, notes about all.")] = None,
    add: Annotated[str | None, typer.Option("--add", help="Write this note about the customer.")] = None,
    search: Annotated[str, typer.Option("--search", help="Only notes in which all of these words stand.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=noting.MOST, help="How many are shown, the newest first.")] = 20,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Show what was written about a customer or about all, the newest first; with --add, write a note."""
    if add is not None and (customer is None or search):
        raise _about_whom()
    with desk(workspace) as opened:
        if add is not None:
            written = _added(opened, str(customer), add)
            print_json(written) if as_json else _print_note(written, None)
            return
        found = _found(opened, customer, search, limit)
    print_json(found) if as_json else _print(found, customer)


def _added(opened: Desk, customer: str, text: str) -> WrittenNote:
    with opened.reading() as reading:
        return noting.add(reading, customer, NoteAsked(text=text))


def _found(opened: Desk, customer: str | None, search: str, limit: int) -> WrittenNotes:
    if customer is None:
        return noting.search(opened, search, None, limit)
    with opened.reading() as reading:
        return noting.of_customer(reading, customer, None, limit, search)


def _about_whom() -> InputError:
    return InputError(
        "--add needs a customer, and no --search",
        "titian notes CUSTOMER --add TEXT",
        zh="--add 需要客户编号，且不能与 --search 同用",
        hint_zh="titian notes 客户编号 --add 内容",
    )


def _print(found: WrittenNotes, customer: str | None) -> None:
    if not found.notes:
        print_text(say("没有备注", "there are no notes"))
        return
    for one in found.notes:
        _print_note(one, None if customer is not None else one.customer_id)
    if found.total > len(found.notes):
        shown, total = number(len(found.notes)), number(found.total)
        note(say(f"显示 {shown} 条，共 {total} 条", f"{shown} of {total} are shown"))


def _print_note(written: WrittenNote, about: str | None) -> None:
    who = "" if about is None else f" · {plain(about)}"
    print_text(f"{written.at:%Y-%m-%d %H:%M} · {plain(written.by)}{who}")
    for line in written.text.splitlines():
        print_text(f"  {plain(line)}")


COMMANDS: Commands = {"notes": notes}
