"""population: who counts, and by which rule others are left out of every fit and count."""

from __future__ import annotations

from typing import Annotated

import typer

from titian.app import excluding
from titian.app.answers.population import ExclusionAsked, PopulationChange, PopulationInfo, PopulationTried
from titian.cli.language import said, say
from titian.cli.options import AsJson, AsOf, Commands, InStore, InWorkspace, day, desk
from titian.cli.reading import rule_in
from titian.cli.screen import counted, note, plain, print_json, print_text
from titian.errors import InputError


def population(
    rule: Annotated[
        str | None, typer.Option(help="Leave out whoever meets this rule: JSON or YAML, or a file that holds one.")
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Leave nobody out any more.")] = False,
    try_: Annotated[bool, typer.Option("--try", help="Count who would be out by --rule; nothing is changed.")] = False,
    as_of: AsOf = None,
    store: InStore = None,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Show who counts, or say who is left out of every fit and count: staff, test accounts, resellers."""
    if (clear and rule is not None) or (try_ and rule is None):
        raise _unclear()
    when = day(as_of, "--as-of")
    with desk(workspace) as opened:
        if try_ and rule is not None:
            with opened.reading() as reading:
                tried = excluding.tried(reading, ExclusionAsked(rule=rule_in(rule), as_of=when))
            print_json(tried) if as_json else _print_tried(tried)
            return
        if clear or rule is not None:
            with opened.reading() as reading:
                excluding.change(reading, PopulationChange(rule=None if rule is None else rule_in(rule)))
        with opened.reading(store) as reading:
            found = excluding.shown(reading, when)
    print_json(found) if as_json else _print(found)


def _print(found: PopulationInfo) -> None:
    everyone = counted(found.everyone, "customer", "customers")
    at = "" if found.as_of is None else f" · {found.as_of}"
    print_text(say(f"{found.everyone:,} 位客户计入统计{at}", f"{everyone} counted{at}"))
    if found.said is None:
        note(
            say(
                "没有排除任何人；例如 titian population --rule '{tag: staff}'",
                "nobody is left out; for example titian population --rule '{tag: staff}'",
            )
        )
        return
    out = counted(found.excluded, "customer", "customers")
    print_text(say(f"排除 {found.excluded:,} 位：{said(found.said)}", f"{out} left out: {said(found.said)}"))
    _sample(found.sample)


def _print_tried(found: PopulationTried) -> None:
    out = counted(found.excluded, "customer", "customers")
    print_text(
        say(
            f"{found.as_of} 的 {found.everyone:,} 位客户中将排除 {found.excluded:,} 位：{said(found.said)}",
            f"{out} of {found.everyone:,} would be left out as of {found.as_of}: {said(found.said)}",
        )
    )
    _sample(found.sample)


def _sample(ids: tuple[str, ...]) -> None:
    if ids:
        shown = ", ".join(plain(one) for one in ids[:5])
        print_text(say(f"例如：{shown}", f"some of them: {shown}"))


def _unclear() -> InputError:
    return InputError(
        "say --rule, or --clear; --try goes with --rule",
        "titian population --rule '{tag: staff}', or titian population --clear",
        zh="请只用 --rule 或 --clear 之一；--try 要与 --rule 一起用",
        hint_zh="titian population --rule '{tag: staff}'，或 titian population --clear",
    )


COMMANDS: Commands = {"population": population}
