"""tags, tag, untag: what is said of customers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from titian.app import rule_tags, tag_making, tagging
from titian.app.answers import Words
from titian.app.answers.tags import (
    CustomersRead,
    FollowedTag,
    NewTag,
    NewTagGroup,
    TagBatchUndone,
    TaggedReport,
    TagList,
    UntaggedReport,
)
from titian.app.desk import Desk
from titian.cli.language import said, say
from titian.cli.options import AsJson, Commands, InWorkspace, desk, pairs
from titian.cli.reading import ids_in, rule_in
from titian.cli.screen import note, number, plain, print_json, print_table, print_text
from titian.errors import InputError

Key = Annotated[str, typer.Argument(help="The key of the tag; titian tags lists them.")]
File = Annotated[
    Path | None, typer.Option("--customers", help="A file of one column, a customer's id in each line; - for stdin.")
]
Ids = Annotated[
    list[str] | None, typer.Option("--ids", help="Customers' ids, between commas or blanks; as often as needed.")
]


def tags(
    make: Annotated[list[str] | None, typer.Option("--make", help="key=name, to make a tag.")] = None,
    group: Annotated[str | None, typer.Option(help="The group of tags that are made.")] = None,
    colour: Annotated[str, typer.Option(help="The colour of tags that are made.")] = "grey",
    make_group: Annotated[list[str] | None, typer.Option("--make-group", help="key=name, to make a group.")] = None,
    exclusive: Annotated[
        bool, typer.Option("--exclusive", help="Of groups that are made a customer has one tag at most.")
    ] = False,
    rule: Annotated[
        str | None, typer.Option(help="Tags that are made follow it: a rule as JSON or YAML, or a file that holds one.")
    ] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="First bring tags into step with their rules.")] = False,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """List tags and how many customers have each; with --make and --make-group, make some."""
    groups, named = pairs(make_group, "--make-group"), pairs(make, "--make")
    chosen, followed = tag_making.colour(colour), None if rule is None else rule_in(rule)
    with desk(workspace) as opened:
        for key, name in groups.items():
            tag_making.create_group(opened, NewTagGroup(key=key, name=Words(zh=name, en=name), exclusive=exclusive))
        for key, name in named.items():
            asked = NewTag(key=key, name=Words(zh=name, en=name), colour=chosen, group=group, rule=followed)
            _make(opened, asked)
        told = _refresh(opened) if refresh else []
        found = tag_making.listed(opened)
    if not as_json:
        _followed(told)
    print_json(found) if as_json else _list(found)


def _make(opened: Desk, asked: NewTag) -> None:
    if asked.rule is None:
        tag_making.create(opened, asked)
        return
    with opened.reading() as reading:
        rule_tags.save_new(reading, asked)


def _refresh(opened: Desk) -> list[FollowedTag]:
    with opened.reading() as reading:
        return rule_tags.refresh(reading)


def tag(
    key: Key,
    customers: File = None,
    ids: Ids = None,
    why: Annotated[str, typer.Option(help="Why they get it.")] = "",
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Tag customers, all or none; those who are not in the workspace are told and left alone."""
    named = ids_in(customers, ids)
    with desk(workspace) as opened, opened.reading() as reading:
        report = tagging.give(reading, key, named, why)
    print_json(report) if as_json else _tagged(report)


def untag(
    key: Annotated[str | None, typer.Argument(help="The key of the tag; not with --batch.")] = None,
    customers: File = None,
    ids: Ids = None,
    batch: Annotated[str | None, typer.Option("--batch", help="A batch that a report names, to take it back.")] = None,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Take a tag from customers, all or none; with --batch, take back what titian tag or untag did."""
    if (key is None) == (batch is None):
        raise _either()
    with desk(workspace) as opened:
        if batch is not None:
            undone = tagging.take_back(opened, batch)
            print_json(undone) if as_json else _undone(undone)
            return
        report = _take(opened, str(key), ids_in(customers, ids))
    print_json(report) if as_json else _untagged(report)


def _take(opened: Desk, key: str, named: list[str]) -> UntaggedReport:
    with opened.reading() as reading:
        return tagging.take(reading, key, named)


def _either() -> InputError:
    return InputError(
        "untag takes the key of a tag, or --batch",
        "titian untag KEY --ids …, or titian untag --batch BATCH",
        zh="untag 需要标签标识或 --batch，二者选一",
        hint_zh="titian untag 标签 --ids …，或 titian untag --batch 批次",
    )


def _list(found: TagList) -> None:
    if not found.tags:
        print_text(say("还没有标签", "there are no tags yet"))
        note(say("新建：titian tags --make vip=重要客户", "make one: titian tags --make vip=VIP"))
        return
    groups = {
        one.key: said(one.name) + (say("（互斥）", " (one each)") if one.exclusive else "") for one in found.groups
    }
    heads = ("key", say("名称", "name"), say("组", "group"), say("颜色", "colour"), say("客户", "customers"))
    rows = [
        (one.key, said(one.name), groups.get(one.group or "", ""), one.colour, number(one.customers))
        for one in found.tags
    ]
    print_table(heads, rows, frozenset({4}))


def _followed(told: list[FollowedTag]) -> None:
    for one in told:
        came, gone = number(one.came), number(one.gone)
        if one.problem is not None:
            print_text(f"{one.tag}: {said(one.problem)}")
        elif one.came or one.gone:
            print_text(say(f"{one.tag}：新增 {came} 位，减少 {gone} 位", f"{one.tag}: {came} came, {gone} went"))


def _tagged(report: TaggedReport) -> None:
    new, had = number(report.tagged), number(report.already)
    print_text(
        say(f"已给 {new} 位客户打上 {report.tag}；{had} 位原已拥有", f"{new} tagged {report.tag}; {had} had it already")
    )
    if report.taken_out:
        out = number(report.taken_out)
        print_text(say(f"其中 {out} 位失去了同组的其他标签", f"{out} of them lost another tag of the group"))
    _rest(report)


def _untagged(report: UntaggedReport) -> None:
    had, without = number(report.untagged), number(report.without)
    print_text(
        say(
            f"已取消 {had} 位客户的 {report.tag}；{without} 位原本没有",
            f"{report.tag} taken from {had}; {without} did not have it",
        )
    )
    _rest(report)


def _rest(report: CustomersRead) -> None:
    """What was left alone, and how to take back what was done."""
    if report.unknown:
        shown = ", ".join(plain(one) for one in report.unknown_ids[:5]) + (" …" if report.unknown > 5 else "")
        count = number(report.unknown)
        print_text(say(f"{count} 个编号不在工作区中：{shown}", f"{count} are not in the workspace: {shown}"))
    if report.blank or report.repeated:
        blank, again = number(report.blank), number(report.repeated)
        print_text(say(f"空行 {blank}，重复 {again}", f"{blank} blank, {again} repeated"))
    if report.batch:
        note(say(f"撤回：titian untag --batch {report.batch}", f"to take it back: titian untag --batch {report.batch}"))


def _undone(undone: TagBatchUndone) -> None:
    if undone.repeated:
        print_text(say("该批次此前已撤回，没有任何改动", "it had been taken back before; nothing was changed"))
        return
    gone, back = number(undone.removed), number(undone.restored)
    print_text(say(f"已撤回：移除 {gone} 个标签，恢复 {back} 个", f"taken back: {gone} tags went, {back} returned"))


COMMANDS: Commands = {"tags": tags, "tag": tag, "untag": untag}
