"""plan, apply, export: definitions as files, what they would change, and who would move."""

from __future__ import annotations

from typing import Annotated

import typer

from titian.app import applying, planning, stepping
from titian.app.answers.plan import ApplyAsked, Deed, Plan, Planned, Written
from titian.app.stepping import CHANGING
from titian.cli.language import said, say
from titian.cli.options import AsJson, Commands, InWorkspace, desk
from titian.cli.screen import note, number, plain, print_json, print_text

Prune = Annotated[bool, typer.Option("--prune", help="Remove what has no file.")]
SIGNS: dict[Deed, str] = {"create": "+", "change": "~", "remove": "-", "same": "=", "conflict": "!", "unfiled": "?"}
MOST_MOVES = 5


def plan(prune: Prune = False, workspace: InWorkspace = None, as_json: AsJson = False) -> None:
    """Show what the files in definitions/ would change, and who would move; nothing is changed."""
    with desk(workspace) as opened, opened.reading() as reading:
        found = planning.plan(reading, prune)
    print_json(found) if as_json else _show(found)


def apply(prune: Prune = False, workspace: InWorkspace = None, as_json: AsJson = False) -> None:
    """Put in force what the files in definitions/ say, all of it or nothing."""
    with desk(workspace) as opened:
        digest = stepping.digest(stepping.steps(opened, prune))
        found = applying.apply(opened, ApplyAsked(digest=digest, prune=prune))
    if as_json:
        print_json(found)
        return
    _show(found)
    changes = number(found.changes)
    print_text(say(f"已应用 {changes} 项", f"applied: {changes}"))


def export(
    force: Annotated[bool, typer.Option("--force", help="Also over files that were changed and not applied.")] = False,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Write what is in force into definitions/, a YAML file a thing."""
    with desk(workspace) as opened:
        found = applying.export(opened, force=force)
    print_json(found) if as_json else _written(found)


def _show(found: Plan) -> None:
    for one in found.definitions:
        if one.deed != "same" or one.moves:
            _line(one)
    if not found.changes and not found.conflicts:
        print_text(say("文件与现行定义一致，没有改动", "the files say what is in force; nothing changes"))
    if any(one.deed == "unfiled" for one in found.definitions):
        note(say("? 没有对应文件：titian export 可写出", "? has no file: titian export writes it"))
    if found.conflicts:
        note(
            say(
                "! 在工作区中改过：把改动合并到文件，并更新 base_version；已删除的，删除其文件或去掉 base_version",
                "! was changed in the workspace: take it over into the file and update base_version; if it was removed, "
                "remove its file or its base_version",
            )
        )


def _line(one: Planned) -> None:
    name = f" {plain(said(one.name))}" if one.name else ""
    version = "" if one.version is None else f" v{one.version}"
    print_text(f"{SIGNS[one.deed]} {one.sort}/{one.key}{version}{name}")
    for line in one.difference.splitlines():
        print_text(f"    {plain(line)}")
    if one.moved is None or (one.deed not in CHANGING and not one.moved):
        return
    moved = number(one.moved)
    print_text(say(f"    {moved} 位客户会变动", f"    {moved} customers would move"))
    for move in one.moves[:MOST_MOVES]:
        outside = say("（不在其中）", "(outside)")
        print_text(
            f"      {move.source or outside} → {move.target or outside}: {number(move.customers)}  "
            f"({', '.join(move.sample[:3])}{' …' if move.customers > len(move.sample[:3]) else ''})"
        )


def _written(found: Written) -> None:
    for name in found.written:
        print_text(f"definitions/{name}")
    for name in found.left_alone:
        print_text(
            say(
                f"definitions/{name} 有未应用的改动，未覆盖（--force 覆盖）",
                f"definitions/{name} was changed and not applied; left alone (--force writes over it)",
            )
        )
    count, same = number(len(found.written)), number(found.unchanged)
    print_text(say(f"写出 {count} 个文件，{same} 个无变化", f"{count} files written, {same} unchanged"))


COMMANDS: Commands = {"plan": plan, "apply": apply, "export": export}
