"""funnel: how far customers get along steps, and where oddly many are lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from titian.app import funnels
from titian.app.answers.funnel import MOST_DAYS, FunnelAsked, FunnelCounted, FunnelPart, FunnelStep, Step
from titian.cli.language import said, say
from titian.cli.options import AsJson, AsOf, Commands, InStore, InWorkspace, day, desk
from titian.cli.reading import rule_in
from titian.cli.screen import note, note_left_out, number, print_json, print_table, print_text, share
from titian.errors import InputError

_UNITS = ((86400, "天", "d"), (3600, "小时", "h"), (60, "分", "min"))


def funnel(
    steps: Annotated[
        list[str],
        typer.Argument(
            help='The steps in order: events, or JSON such as \'{"orders": "paid"}\' or \'{"event": "view", "channel": ["app"]}\'.'
        ),
    ],
    begin: Annotated[
        str | None, typer.Option("--from", help="First day on which tries begin; 30 days before the end.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", help="Day before which tries begin; the last one of which all had their time.")
    ] = None,
    within_days: Annotated[
        int | None, typer.Option(min=1, max=MOST_DAYS, help="Days of 24 hours from the first step to the last.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(help="A step that takes a customer out when done in between; may be repeated.")
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="The key of a layering: the same for each layer, as of the first day.")
    ] = None,
    audience: Annotated[
        str | None, typer.Option(help="The key of an audience: only who is in it as of the first day.")
    ] = None,
    rule: Annotated[
        str | None, typer.Option(help="A rule in its place, as JSON or YAML, or a file that holds one.")
    ] = None,
    as_of: AsOf = None,
    out: Annotated[Path | None, typer.Option(help="Write all figures to a .csv, .xlsx or .parquet file.")] = None,
    store: InStore = None,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Count how far customers get along steps, and name the step that loses oddly many."""
    asked = FunnelAsked(
        steps=tuple(_step(one) for one in steps),
        within_days=within_days,
        exclude=tuple(_step(one) for one in exclude or ()),
        start=day(begin, "--from"),
        end=day(end, "--to"),
        by=by,
        audience=audience,
        rule=None if rule is None else rule_in(rule),
        as_of=day(as_of, "--as-of"),
    )
    with desk(workspace) as opened, opened.reading(store) as reading:
        made = funnels.counted(reading, asked)
        found = funnels.answer(reading, made, asked)
        if out is not None:
            funnels.write(reading, made, out)
    print_json(found) if as_json else _print(found)
    if out is not None and not as_json:
        print_text(say(f"漏斗已写入 {out}", f"funnel written to {out}"))


def _step(given: str) -> Step:
    """An event, or what else a step may be as JSON. Raises InputError."""
    if not given.lstrip().startswith("{"):
        return given
    try:
        return dict(json.loads(given))
    except ValueError as error:
        raise InputError(
            f"{given[:80]!r} is no step: {error}",
            'write it as \'{"event": "view", "channel": ["app"]}\', or give the name of an event',
            zh=f"{given[:80]!r} 不是步骤：{error}",
            hint_zh='请写成 \'{"event": "view", "channel": ["app"]}\'，或直接给出行为名',
        ) from error


def _print(found: FunnelCounted) -> None:
    print_text(f"{said(found.name)} · {found.start} → {found.end}")
    if found.within is not None:
        print_text(say(f"人群：{said(found.within)}", f"of: {said(found.within)}"))
    note_left_out(found.excluded)
    print_text(said(found.sentence))
    headings = (
        *(() if found.by is None else (say("层级", "layer"),)),
        say("步骤", "step"),
        say("客户数", "customers"),
        say("占进入", "of all"),
        say("占上一步", "of the step before"),
        say("95% 区间", "95% interval"),
        say("流失", "lost"),
        say("用时中位数", "median time"),
    )
    rows = [
        ((said(part.name), *_row(step)) if found.by is not None else _row(step))
        for part in (found.everybody, *found.layers)
        for step in part.steps
    ]
    right = frozenset(range(len(headings))) - {0, len(headings) - 7}
    print_table(headings, rows, right)
    for part in (found.everybody, *found.layers):
        _note_taken_out(part)
    for remark in found.notes:
        note(said(remark.text))


def _note_taken_out(part: FunnelPart) -> None:
    if part.taken_out:
        name, count = said(part.name), number(part.taken_out)
        note(say(f"{name}：另有 {count} 位因排除行为不计入", f"{name}: {count} more were taken out"))


def _row(step: FunnelStep) -> tuple[str, ...]:
    interval = "" if step.low is None else f"{share(step.low)}–{share(step.high)}"
    return (
        f"{step.number} {said(step.name)}",
        number(step.customers),
        share(step.share),
        "" if step.number == 1 else share(step.share_before),
        interval,
        "" if step.lost is None else number(step.lost),
        _time(step.from_before.median_s),
    )


def _time(seconds: float | None) -> str:
    """Seconds in the largest unit of which there is at least one: 2.3 d."""
    if seconds is None:
        return ""
    for size, zh, en in _UNITS:
        if seconds >= size:
            return f"{seconds / size:.1f} {say(zh, en)}"
    return f"{seconds:.0f} {say('秒', 's')}"


COMMANDS: Commands = {"funnel": funnel}
