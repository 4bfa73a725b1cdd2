"""portrait: what sets those of a rule, an audience or a layer apart from everybody."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from titian.app import group_portraits
from titian.app.answers.group_portrait import GroupPortrait, PortraitAsked, PortraitBin, TraitPortrait
from titian.app.desk import Reading
from titian.app.group_portraits import Portrayed
from titian.cli.language import said, say
from titian.cli.options import AsJson, AsOf, Commands, InStore, InWorkspace, day, desk
from titian.cli.reading import rule_in
from titian.cli.screen import counted, note, note_left_out, number, print_json, print_table, print_text, share
from titian.errors import InputError

SHOWN_BINS = 3
"""Lines of a trait: the values that the group has too many and too few of, the farthest from everybody first."""


def portrait(
    rule: Annotated[str | None, typer.Option(help="A rule as JSON or YAML, or a file that holds one.")] = None,
    audience: Annotated[str | None, typer.Option(help="The key of a saved audience.")] = None,
    layering: Annotated[str | None, typer.Option(help="The key of a layering; say --layer, too.")] = None,
    layer: Annotated[str | None, typer.Option(help="The key of one of its layers.")] = None,
    traits: Annotated[
        str | None, typer.Option(help="Names of traits, with commas between; the usual ones unless said.")
    ] = None,
    as_of: AsOf = None,
    out: Annotated[Path | None, typer.Option(help="Write all values to a .csv, .xlsx or .parquet file.")] = None,
    store: InStore = None,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Show what sets a group apart from everybody, by every trait, with TGI."""
    names = None if traits is None else [name.strip() for name in traits.split(",") if name.strip()]
    _check(rule, audience, layering, layer)
    when = day(as_of, "--as-of")

    def found(reading: Reading) -> Portrayed:
        if rule is not None:
            asked = PortraitAsked(rule=rule_in(rule), as_of=when, traits=None if names is None else tuple(names))
            return group_portraits.of_rule(reading, asked)
        if audience is not None:
            return group_portraits.of_audience(reading, audience, when, names)
        return group_portraits.of_layer(reading, layering or "", layer or "", when, names)

    with desk(workspace) as opened, opened.reading(store) as reading:
        portrayed = found(reading)
        if out is not None:
            group_portraits.write(reading, portrayed, out)
    shown = group_portraits.answer(portrayed)
    print_json(shown) if as_json else _print(shown)
    if out is not None and not as_json:
        print_text(say(f"画像已写入 {out}", f"portrait written to {out}"))


def _check(rule: str | None, audience: str | None, layering: str | None, layer: str | None) -> None:
    groups = [given for given in (rule, audience, layering) if given is not None]
    if len(groups) == 1 and (layering is None) == (layer is None):
        return
    raise InputError(
        "say one group: --rule, --audience, or --layering with --layer",
        "for example titian portrait --layering rfm --layer important_value",
        zh="请指定一个群体：--rule、--audience，或 --layering 加 --layer",
        hint_zh="例如 titian portrait --layering rfm --layer important_value",
    )


def _print(shown: GroupPortrait) -> None:
    print_text(f"{said(shown.name)} · {shown.as_of}")
    inside, everyone = number(shown.inside), number(shown.everyone)
    print_text(
        say(
            f"{inside} 位客户，占 {everyone} 位的 {share(shown.share)}",
            f"{inside} of {counted(shown.everyone, 'customer', 'customers')}, {share(shown.share)}",
        )
    )
    note_left_out(shown.excluded)
    for one in shown.traits:
        if one.apart:
            print_text(f"· {said(one.sentence)}{_drawn(one)}")
    headings = (
        say("指标", "trait"),
        say("取值", "value"),
        say("群体", "group"),
        say("全体", "everybody"),
        "TGI",
        say("95% 区间", "95% interval"),
    )
    rows = [_row(one, found) for one in shown.traits if one.apart for found in _farthest(one)]
    if rows:
        print_table(headings, rows, frozenset({2, 3, 4, 5}))
    alike = [said(one.trait.name) for one in shown.traits if not one.apart]
    if alike:
        note(say(f"与全体没有明显差别：{'、'.join(alike)}", f"no clear difference from everybody: {', '.join(alike)}"))
    for remark in shown.notes:
        note(said(remark.text))


def _drawn(one: TraitPortrait) -> str:
    return say("（群体就是按它划出的）", " (the group was drawn by it)") if one.drawn_by else ""


def _farthest(one: TraitPortrait) -> list[PortraitBin]:
    def off(found: PortraitBin) -> float:
        return abs((found.share_inside or 0.0) - (found.share or 0.0))

    return sorted(one.bins, key=off, reverse=True)[:SHOWN_BINS]


def _row(one: TraitPortrait, found: PortraitBin) -> tuple[str, ...]:
    interval = "–" if found.tgi_low is None else f"{number(found.tgi_low)}–{number(found.tgi_high)}"
    return (
        said(one.trait.name),
        said(found.name),
        share(found.share_inside),
        share(found.share),
        number(found.tgi),
        interval,
    )


COMMANDS: Commands = {"portrait": portrait}
