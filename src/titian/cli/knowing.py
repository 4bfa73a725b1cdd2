"""known: the four things to know of customers."""

from __future__ import annotations

from typing import Annotated

import typer

from titian.app import coverage, knowing
from titian.app.answers.knowing import Coverage, CustomerKnowing, SayingAsked, SayingInfo, ThingKnown, ThingSaid
from titian.app.desk import Reading
from titian.cli.language import said, say
from titian.cli.options import AsJson, AsOf, Commands, InWorkspace, day, desk, pairs
from titian.cli.screen import note, number, plain, print_json, print_table, print_text, share
from titian.errors import InputError

Said = dict[str, SayingAsked]
"""What is to be said, by thing."""


def known(
    customer: Annotated[
        str | None, typer.Argument(help="The id of a customer; without it, of how many each thing is known.")
    ] = None,
    choose: Annotated[
        list[str] | None, typer.Option("--choose", help="thing=choice, to fill it in: why_ordered=gift.")
    ] = None,
    write: Annotated[
        list[str] | None, typer.Option("--say", help="thing=text, to fill it in; an empty text: unknown again.")
    ] = None,
    undo: Annotated[str | None, typer.Option("--undo", help="An entry's id, to take it back.")] = None,
    as_of: AsOf = None,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Show what is known of a customer: where from, why they ordered, how they judge it, whom they can bring."""
    asked = _asked(pairs(choose, "--choose"), pairs(write, "--say"))
    when = day(as_of, "--as-of")
    if (asked and customer is None) or (undo is not None and (asked or customer is not None)):
        raise _about_whom()
    with desk(workspace) as opened:
        if undo is not None:
            undone = knowing.take_back(opened, undo)
            print_json(undone) if as_json else _undone(undone)
            return
        with opened.reading() as reading:
            if customer is None:
                counted = coverage.coverage(reading, when)
                print_json(counted) if as_json else _coverage(counted)
                return
            batches = _say(reading, customer, asked)
            found = knowing.of_customer(reading, customer, when)
    print_json(found) if as_json else _print(found, batches)


def _asked(chosen: dict[str, str], written: dict[str, str]) -> Said:
    return {
        thing: SayingAsked(choice=chosen.get(thing) or None, text=written.get(thing, ""))
        for thing in {**chosen, **written}
    }


def _say(reading: Reading, customer: str, asked: Said) -> list[str]:
    """Say all of it; the ids by which it can be taken back."""
    done = [knowing.say(reading, customer, thing, one) for thing, one in asked.items()]
    return [one.entry for one in done if one.entry is not None]


def _about_whom() -> InputError:
    return InputError(
        "known takes a customer to fill things in, or --undo alone",
        "titian known CUSTOMER --say why_ordered=TEXT, or titian known --undo ENTRY",
        zh="填写时需要客户编号；--undo 须单独使用",
        hint_zh="titian known 客户编号 --say why_ordered=内容，或 titian known --undo 记录编号",
    )


def _print(found: CustomerKnowing, written: list[str]) -> None:
    for one in found.things:
        print_text(f"{said(one.name)}{say('：', ': ')}{_held(one)}")
        for told in one.data:
            print_text(f"  · {plain(said(told))}")
        for hint in one.hints if not one.known else ():
            print_text(f"  ? {plain(said(hint))}")
    if found.unknown:
        names = [said(one.name) for one in found.things if not one.known]
        note(say(f"待了解：{'、'.join(names)}", f"still unknown: {', '.join(names)}"))
    for entry in written:
        note(say(f"撤回：titian known --undo {entry}", f"to take it back: titian known --undo {entry}"))


def _held(one: ThingKnown) -> str:
    if one.said is not None:
        return _words(one.said)
    return say("数据所示", "by the data") if one.known else say("未知", "unknown")


def _words(saying: SayingInfo) -> str:
    parts = [said(saying.choice.name)] if saying.choice else []
    told = say("；", "; ").join([*parts, *([plain(saying.text)] if saying.text else [])])
    return f"{told} ({plain(saying.by)}, {saying.at:%Y-%m-%d})"


def _undone(undone: ThingSaid) -> None:
    if not undone.changed:
        print_text(say("此前已撤回，没有任何改动", "it had been taken back before; nothing was changed"))
        return
    now = _words(undone.said) if undone.said else say("未知", "unknown")
    print_text(say(f"已撤回，现为：{now}", f"taken back; now: {now}"))


def _coverage(counted: Coverage) -> None:
    everyone = number(counted.customers)
    print_text(
        say(
            f"截至 {counted.as_of}，{everyone} 位客户中 {number(counted.whole)} 位四件事都已了解",
            f"as of {counted.as_of}, all four are known of {number(counted.whole)} of {everyone} customers",
        )
    )
    heads = (say("要了解的事", "thing"), say("已了解", "known"), say("占比", "share"), say("员工填写", "by the team"))
    rows = [
        (said(one.name), number(one.known), share(one.share), number(one.by_team), number(one.by_data))
        for one in counted.things
    ]
    print_table((*heads, say("数据所示", "by the data")), rows, frozenset({1, 2, 3, 4}))


COMMANDS: Commands = {"known": known}
