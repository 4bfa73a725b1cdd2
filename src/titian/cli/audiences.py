"""audiences, audience, save-audience, remove-audience: saved rules and lists, and who is in them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from titian.app import audience_life, audiences, saving_audiences, selections
from titian.app.answers import Words
from titian.app.answers.audiences import AudienceInfo, AudienceList, AudienceNow, NewAudience, SavedAudience
from titian.app.answers.selection import SelectionAsked
from titian.cli.language import said, say
from titian.cli.options import AsJson, AsOf, Commands, InStore, InWorkspace, day, desk
from titian.cli.reading import ids_in, rule_in
from titian.cli.screen import counted, note, note_left_out, number, plain, print_json, print_table, print_text, share

Key = Annotated[str, typer.Argument(help="The key of the audience; titian audiences lists them.")]


def list_audiences(
    as_of: AsOf = None, store: InStore = None, workspace: InWorkspace = None, as_json: AsJson = False
) -> None:
    """List saved audiences and how many customers are in each."""
    with desk(workspace) as opened, opened.reading(store) as reading:
        found = audiences.listed(reading, day(as_of, "--as-of"))
    print_json(found) if as_json else _list(found)


def audience(
    key: Key,
    as_of: AsOf = None,
    compare: Annotated[str | None, typer.Option(help="The day to compare with; 30 days before unless said.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write who is in it to a .csv, .xlsx or .parquet file.")] = None,
    store: InStore = None,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Show who is in an audience, how many came and left, and by which conditions."""
    asked = day(as_of, "--as-of")
    with desk(workspace) as opened, opened.reading(store) as reading:
        found = audience_life.now(reading, key, asked, day(compare, "--compare"))
        if out is not None:
            wanted = SelectionAsked(rule=audiences.asking(reading, key), as_of=asked)
            selections.write(reading, wanted, out, key)
    print_json(found) if as_json else _show(found)
    if out is not None and not as_json:
        print_text(say(f"客户名单已写入 {out}", f"customers written to {out}"))


def save_audience(
    key: Key,
    rule: Annotated[str | None, typer.Option(help="A rule as JSON or YAML, or a file that holds one.")] = None,
    customers: Annotated[
        Path | None, typer.Option(help="A list instead: a file of one column, an id in each line; - for stdin.")
    ] = None,
    name: Annotated[str, typer.Option(help="What it is called; the key unless said.")] = "",
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Save a rule or a list as an audience, or publish the next version of one that is there."""
    asked = NewAudience(
        key=key,
        name=Words(zh=name or key, en=name or key),
        rule=None if rule is None else rule_in(rule),
        ids=tuple(ids_in(customers, None)),
    )
    with desk(workspace) as opened, opened.reading() as reading:
        saved = saving_audiences.save(reading, asked)
    print_json(saved) if as_json else _saved(saved)


def remove_audience(key: Key, workspace: InWorkspace = None) -> None:
    """Take an audience away; its versions are kept. Refused while rules of others name it."""
    with desk(workspace) as opened, opened.reading() as reading:
        saving_audiences.remove(reading, key)
    print_text(say(f"已删除人群 {key}", f"the audience {key} was removed"))


def _list(found: AudienceList) -> None:
    if not found.audiences:
        print_text(say("还没有人群", "there are no audiences yet"))
        note(
            say(
                "新建：titian save-audience recent --rule '{did: purchase, within_days: 30}'",
                "save one: titian save-audience recent --rule '{did: purchase, within_days: 30}'",
            )
        )
        return
    heads = ("key", say("名称", "name"), say("客户", "customers"), say("占比", "share"), say("规则", "rule"))
    rows = [
        (one.key, said(one.name), number(one.customers), share(one.share), said(one.problem or one.said))
        for one in found.audiences
    ]
    print_table(heads, rows, frozenset({2, 3}))
    note_left_out(found.excluded)


def _show(found: AudienceNow) -> None:
    _line(found.audience)
    note_left_out(found.period.excluded)
    if found.period.compare is None:
        return
    came, new, left = number(found.entered), number(found.entered_new), number(found.left)
    since = found.period.compare
    print_text(
        say(
            f"较 {since}：进入 {came} 位（其中 {new} 位是新客户），离开 {left} 位",
            f"since {since}: {came} came in ({new} of them new customers), {left} left",
        )
    )
    heads = (
        say("条件", "condition"),
        say("进入者现在满足", "came, meet it now"),
        say("进入者不再满足", "came, no more"),
        say("离开者现在满足", "left, meet it now"),
        say("离开者不再满足", "left, no more"),
    )
    rows = [
        (said(one.said), *(number(n) for n in (one.entered_met, one.entered_unmet, one.left_met, one.left_unmet)))
        for one in found.changes
    ]
    if rows:
        print_table(heads, rows, frozenset({1, 2, 3, 4}))


def _saved(saved: SavedAudience) -> None:
    _line(saved.audience)
    if saved.read is None:
        return
    read = saved.read
    kept, unknown, blank, again = (number(n) for n in (read.kept, read.unknown, read.blank, read.repeated))
    print_text(
        say(
            f"名单保留 {kept} 位；未知 {unknown}，空行 {blank}，重复 {again}",
            f"the list keeps {kept}; {unknown} unknown, {blank} blank, {again} repeated",
        )
    )
    if read.unknown_ids:
        shown = ", ".join(plain(one) for one in read.unknown_ids[:5])
        print_text(say(f"不在工作区中：{shown}", f"not in the workspace: {shown}"))


def _line(one: AudienceInfo) -> None:
    print_text(f"{plain(said(one.name))} ({one.key}, v{one.version}) · {said(one.said)}")
    if one.problem is not None:
        print_text(said(one.problem))
    elif one.customers is not None:
        customers, part = number(one.customers), share(one.share)
        print_text(
            say(
                f"{customers} 位客户，占 {part}",
                f"{counted(one.customers, 'customer', 'customers')}, {part} of everyone",
            )
        )


COMMANDS: Commands = {
    "audiences": list_audiences,
    "audience": audience,
    "save-audience": save_audience,
    "remove-audience": remove_audience,
}
