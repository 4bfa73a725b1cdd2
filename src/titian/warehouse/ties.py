"""Ties: what to tell about loaded rows that stand between two people: links and invites."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from titian.domain.counting import counted
from titian.domain.meanings import USUAL
from titian.domain.words import Words
from titian.warehouse import sql
from titian.warehouse.tables import INVITES, LINKS, Table

FILE = "ties.sql"
SHOWN = 5
"""Kinds of links that are named."""


ENDS = {LINKS.name: ("from_id", "to_id"), INVITES.name: ("inviter_id", "invitee_id")}
"""The columns of the two people of a row."""


def notes(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[Words]:
    """What to tell about `shaped` rows: to oneself, about people nobody knows, and of which kinds."""
    if table.name not in ENDS:
        return
    one, other = ENDS[table.name]
    said = sql.statements(FILE)
    told = said["told"].format(one=one, other=other)
    own, strangers, people = connection.execute(told).fetchone() or (0, 0, 0)
    if own:
        yield _to_oneself(own, table)
    if strangers:
        yield _strangers(strangers, people, table)
    if table is LINKS:
        yield from _kinds([str(kind) for (kind,) in connection.execute(said["kinds"]).fetchall()])


def _to_oneself(count: int, table: Table) -> Words:
    what = ("link", "links") if table is LINKS else ("invite", "invites")
    return Words(
        zh=f"{count:,} 条{table.words.zh}的双方是同一个人：已照原样导入，但不计入影响力和人数",
        en=f"{counted(count, *what)} from people to themselves: kept as they came, but they count nothing",
    )


def _strangers(count: int, people: int, table: Table) -> Words:
    return Words(
        zh=f"{table.words.zh}中的 {people:,} 人里有 {count:,} 人不在客户、订单和行为中：计入他人的影响力，但自己不属于任何层级；"
        "若编号写法不同，请统一后重新导入",
        en=f"{counted(count, 'person', 'people')} of {people:,} in these {table.words.en} without any order, event or customer "
        "record: counted towards the influence of others, in no layer themselves; if their ids are merely written "
        "otherwise, make them the same and load again",
    )


def _kinds(kinds: list[str]) -> Iterator[Words]:
    """Kinds of links, where none of them is known to make followers."""
    if not kinds or any(kind in USUAL.names("follow") for kind in kinds):
        return
    shown = kinds[:SHOWN]
    zh, en = "、".join(shown), ", ".join(shown)
    more_zh, more_en = ("等", " …") if len(kinds) > SHOWN else ("", "")
    yield Words(
        zh=f"关系类型 {zh}{more_zh} 都不是“关注”的常用说法，未另行说明含义时不计粉丝；"
        "若其中有关注，请说明：titian events --mean 类型=follow",
        en=f"none of the kinds {en}{more_en} is a usual word for following, so they make no followers unless you said what "
        "they mean: titian events --mean KIND=follow",
    )
