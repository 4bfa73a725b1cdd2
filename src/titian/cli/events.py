"""events: what the data call events, and what those mean."""

from __future__ import annotations

from typing import Annotated

import typer

from titian.app import events as naming
from titian.app.answers.events import EventName, EventNames, MeaningsAsked
from titian.cli.language import said, say
from titian.cli.options import AsJson, Commands, InWorkspace, desk, pairs
from titian.cli.screen import note, number, print_json, print_table, print_text


def events(
    mean: Annotated[
        list[str] | None,
        typer.Option("--mean", help="name=meaning, as often as needed; name= for the usual meaning again."),
    ] = None,
    search: Annotated[str, typer.Option(help="Only names and meanings that contain this.")] = "",
    unknown: Annotated[bool, typer.Option("--unknown", help="Only names without a known meaning.")] = False,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """List the names of events and what they mean to layerings; with --mean, say what some mean here."""
    given = {name: key or None for name, key in pairs(mean, "--mean").items()}
    with desk(workspace) as opened:
        if given:
            naming.mean(opened, MeaningsAsked(means=given))
        with opened.reading() as reading:
            found = naming.names(reading, search, unknown=unknown)
    print_json(found) if as_json else _print(found)


def _print(found: EventNames) -> None:
    if not found.total:
        print_text(say("还没有行为数据", "there are no events yet"))
        note(say("导入：titian load 文件 --table events", "load some: titian load FILE --table events"))
        return
    heads = (say("行为名", "name"), say("含义", "meaning"), say("次数", "rows"), say("客户", "customers"))
    print_table(heads, [(one.name, _meaning(one), number(one.rows), number(one.customers)) for one in found.names])
    if found.found > len(found.names):
        note(say(f"共 {number(found.found)} 个，只列出前 {len(found.names)} 个", f"the first of {number(found.found)}"))
    if found.unknown:
        note(
            say(
                f"{number(found.unknown)} 个行为名没有已知含义：titian events --mean 行为名=含义"
                f"（含义可选 {', '.join(one.key for one in found.meanings)}）",
                f"{number(found.unknown)} without a known meaning: titian events --mean NAME=MEANING"
                f" (meanings: {', '.join(one.key for one in found.meanings)})",
            )
        )


def _meaning(one: EventName) -> str:
    if not one.known:
        return "–"
    words = said(one.words)
    known = one.means if words == one.means else f"{one.means} {words}"
    return known + (say("（自定）", " (said here)") if one.said else "")


COMMANDS: Commands = {"events": events}
