"""layers, flows, history, split-test, explain: who is where, who moved, how that went over time, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from titian.app import changes, exporting, histories, layerings, portraits, split_tests
from titian.app.answers.customers import Portrait
from titian.app.answers.history import LayeringHistory
from titian.app.answers.layering import Flows, LayeringNow
from titian.app.answers.split import LayerOutcome, SplitTested
from titian.app.customers import CustomerQuery
from titian.cli.language import said, say
from titian.cli.options import AsJson, AsOf, Commands, InStore, InWorkspace, day, desk, parameters
from titian.cli.screen import note_left_out, number, print_json, print_table, print_text, share

SHOWN_DAYS = 20
"""Lines that a table of many days has."""
Every = Literal["day", "week", "month"]


def layers(
    key: Annotated[str, typer.Argument(help="The layering: rfm, value_levels …")],
    as_of: AsOf = None,
    set_: Annotated[list[str] | None, typer.Option("--set", help="A parameter for this call: frequency=mean.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write every customer to a .csv, .xlsx or .parquet file.")] = None,
    store: InStore = None,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Put every customer into a layer and count."""
    given = parameters(set_, "--set")
    when = day(as_of, "--as-of")
    with desk(workspace) as opened, opened.reading(store) as reading:
        now = layerings.now(reading, key, when, None, given)
        if out is not None:
            exporting.write(reading, CustomerQuery(layering=key, as_of=when, parameters=given), out)
    print_json(now) if as_json else _print_layers(now)
    if out is not None and not as_json:
        print_text(say(f"客户名单已写入 {out}", f"customers written to {out}"))


def _print_layers(now: LayeringNow) -> None:
    print_text(f"{said(now.summary.name)} · {now.period.as_of}")
    rows = [
        (
            said(held.layer.name),
            held.layer.key,
            number(held.customers),
            share(held.share),
            number(held.money, 2),
            share(held.money_share),
        )
        for held in now.layers
    ]
    headings = (
        say("层级", "layer"),
        "key",
        say("客户数", "customers"),
        say("客户占比", "share"),
        say(f"金额（{_since(now.money_days)}）", f"money ({_since(now.money_days)})"),
        say("金额占比", "share of money"),
    )
    print_table(headings, rows, frozenset({2, 3, 4, 5}))
    for cut in now.cuts:
        print_text(say("切分", "cut") + f" {cut.trait}: {cut.rule} = {number(cut.value, 2)}")
    note_left_out(now.period.excluded)
    for remark in now.notes:
        print_text(f"! {said(remark.text)}")


def flows(
    key: Annotated[str, typer.Argument(help="The layering: rfm, value_levels …")],
    start: Annotated[str | None, typer.Option("--from", help="Local day YYYY-MM-DD.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Local day YYYY-MM-DD.")] = None,
    refit: Annotated[bool, typer.Option("--refit", help="Fit the cuts at both days.")] = False,
    store: InStore = None,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Who moved from which layer to which between two days."""
    days = day(start, "--from"), day(end, "--to")
    with desk(workspace) as opened, opened.reading(store) as reading:
        found = changes.flows(reading, key, *days, refit)
    print_json(found) if as_json else _print_flows(found)


def _print_flows(found: Flows) -> None:
    names = {layer.key: said(layer.name) for layer in found.layers}
    directions = {
        "stayed": say("未变", "stayed"),
        "up": say("上升", "up"),
        "down": say("下降", "down"),
        "across": say("平移", "across"),
    }
    print_text(
        say(
            f"{found.start} → {found.end}：未变 {found.stayed:,}，上升 {found.up:,}，下降 {found.down:,}，"
            f"平移 {found.across:,}，新进 {sum(found.entered.values()):,}，离开 {sum(found.left.values()):,}",
            f"{found.start} → {found.end}: stayed {found.stayed:,}, up {found.up:,}, down {found.down:,}, "
            f"across {found.across:,}, entered {sum(found.entered.values()):,}, left {sum(found.left.values()):,}",
        )
    )
    if found.by_cut is not None:
        print_text(
            say(f"其中只因切分线移动：{found.by_cut:,}", f"of these, only because the cut moved: {found.by_cut:,}")
        )
    rows = [
        (names[move.source], names[move.target], directions[move.direction], number(move.customers))
        for move in found.moves
        if move.direction != "stayed"
    ]
    print_table((say("从", "from"), say("到", "to"), "", say("客户数", "customers")), rows, frozenset({3}))
    note_left_out(found.excluded)


def history(
    key: Annotated[str, typer.Argument(help="The layering: rfm, value_levels …")],
    start: Annotated[str | None, typer.Option("--from", help="Local day YYYY-MM-DD.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Local day YYYY-MM-DD.")] = None,
    every: Annotated[Every | None, typer.Option(help="The days to look at: each day, week or month.")] = None,
    store: InStore = None,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """How many customers each layer held over time, under the cuts of the first day."""
    days = day(start, "--from"), day(end, "--to")
    with desk(workspace) as opened, opened.reading(store) as reading:
        found = histories.sizes(reading, histories.Asked(key, *days, every))
    print_json(found) if as_json else _print_history(found)


def _print_history(found: LayeringHistory) -> None:
    steps = range(0, len(found.days), max(1, -(-len(found.days) // SHOWN_DAYS)))
    shown = sorted({*steps, len(found.days) - 1})
    rows = [
        (str(found.days[place]), *(number(sizes[place]) for sizes in found.customers), number(found.moved[place]))
        for place in shown
    ]
    moves = {"day": say("当日变动", "moved that day"), "week": say("一周内变动", "moved in the week before")}
    moved_then = moves.get(found.every, say("一个月内变动", "moved in the month before"))
    headings = (say("日期", "day"), *(said(layer.name) for layer in found.layers), moved_then)
    print_table(headings, rows, frozenset(range(1, len(headings))))
    note_left_out(found.excluded)
    if len(shown) < len(found.days):
        moved = number(sum(found.moved))
        print_text(
            say(
                f"共 {len(found.days)} 个日期，显示其中 {len(shown)} 个；期间变动 {moved} 次。全部见 --json",
                f"{len(shown)} of {len(found.days)} days are shown; {moved} moves in all; --json has every day",
            )
        )
    if (last := found.days[-1]) < found.end:
        print_text(
            say(f"最后看到的日期是 {last}，不到 {found.end}", f"the last day looked at is {last}, before {found.end}")
        )
    for remark in found.notes:
        print_text(f"! {said(remark.text)}")


def _since(days: int | None) -> str:
    return say("全部历史", "all time") if days is None else say(f"近 {days} 天", f"{days} days")


def split_test(
    key: Annotated[str, typer.Argument(help="The layering: rfm, value_levels …")],
    outcome: Annotated[str, typer.Option(help="The trait that the layers should tell apart.")] = split_tests.OUTCOME,
    as_of: AsOf = None,
    outcome_at: Annotated[
        str | None, typer.Option("--outcome-at", help="Local day YYYY-MM-DD of the outcome; later than the layers.")
    ] = None,
    store: InStore = None,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """How much of an outcome the layers explain."""
    days = day(as_of, "--as-of"), day(outcome_at, "--outcome-at")
    with desk(workspace) as opened, opened.reading(store) as reading:
        found = split_tests.tested(reading, key, outcome, *days)
    print_json(found) if as_json else _print_split(found)


def _print_split(found: SplitTested) -> None:
    print_text(f"{said(found.outcome.name)} · {found.as_of} → {found.outcome_at} · {said(found.verdict_words)}")
    print_text(said(found.sentence))
    headings = [say("层级", "layer"), "key", say("客户数", "customers"), say("占比", "share")]
    if found.measure == "omega_squared":
        headings += [say("均值", "mean"), say("下限", "low"), say("上限", "high"), say("中位数", "median")]
    else:
        headings += [said(value.name) for value in found.values]
    rows = [
        (
            said(one.layer.name),
            one.layer.key,
            number(one.customers),
            share(one.share),
            *_figures(one, found.measure),
        )
        for one in found.layers
    ]
    print_table(headings, rows, frozenset(range(2, len(headings))))
    note_left_out(found.excluded)
    for remark in found.notes:
        print_text(f"! {said(remark.text)}")


def _figures(one: LayerOutcome, measure: str) -> list[str]:
    if measure == "omega_squared":
        return [number(value, 2) for value in (one.mean, one.low, one.high, one.median)]
    return [number(count) for count in one.counts]


def explain(
    customer: Annotated[str, typer.Argument(help="The customer's id.")],
    as_of: AsOf = None,
    store: InStore = None,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Why a customer is in their layers, and what they lack to be core."""
    when = day(as_of, "--as-of")
    with desk(workspace) as opened, opened.reading(store) as reading:
        found = portraits.portrait(reading, customer, when, None)
    print_json(found) if as_json else _print_portrait(found)


def _print_portrait(found: Portrait) -> None:
    print_text(f"{found.customer_id}{' · ' + found.name if found.name else ''} · {found.period.as_of}")
    if found.left_out is not None:
        print_text(_counts_nowhere(found.left_out))
    for place in found.layers:
        print_text(f"\n{said(place.name)}: {said(place.layer.name)} ({place.layer.key})")
        for reason in place.reasons:
            print_text(f"  {'▲' if reason.high else '▽'} {said(reason.sentence)}")
        for gap in place.gaps:
            if gap.gap:
                print_text(f"  → {said(gap.sentence)}")


def _counts_nowhere(why: str) -> str:
    if why == "excluded":
        return say("已按排除规则排除，不计入任何分层", "left out by the rule of the workspace, and so in no layer")
    return say("属于其他店铺，不在所选店铺的分层中", "of another store, and so in no layer of this one")


COMMANDS: Commands = {
    "layers": layers,
    "flows": flows,
    "history": history,
    "split-test": split_test,
    "explain": explain,
}
