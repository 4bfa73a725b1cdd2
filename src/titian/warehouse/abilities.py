"""Abilities: what engines can't do, each with its reason; the one table of differences that a user meets."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from titian.domain.words import Words


class Ability(StrEnum):
    """Something that not every engine does."""

    LOAD = "load"
    CHECK = "check"
    GUESS = "guess"
    TEXT = "text"
    LINES = "lines"
    SNAPSHOT = "snapshot"
    MACHINES = "machines"


NAMES: Mapping[Ability, Words] = {
    Ability.LOAD: Words(zh="导入文件", en="loading files"),
    Ability.CHECK: Words(zh="逐行检查（validate=True）", en="checking every row (validate=True)"),
    Ability.GUESS: Words(zh="猜测列的含义", en="guessing what a column means"),
    Ability.TEXT: Words(zh="从文本中读取时间和金额", en="reading times and money from text"),
    Ability.LINES: Words(zh="按商品行合并成订单", en="joining lines into orders"),
    Ability.SNAPSHOT: Words(zh="写入期间读取固定版本", en="reading one state while others write"),
    Ability.MACHINES: Words(zh="多台机器一起计算", en="computing on several machines"),
}

LIMITS: Mapping[str, Mapping[Ability, Words]] = {
    "duckdb": {
        Ability.MACHINES: Words(
            zh="它在本进程内计算，内存不够时写入本机磁盘",
            en="it computes inside this process and spills to this machine's disk",
        ),
    },
    "spark": {
        Ability.LOAD: Words(
            zh="集群上的表由填充它们的团队负责，Titian 只读不写；请用原有作业写入",
            en="its tables belong to those who fill them, and Titian only reads; write with the jobs you have",
        ),
        Ability.CHECK: Words(
            zh="表可能有上亿行，按原样读取；没有时间的行不计入任何统计",
            en="a table of a hundred million rows is taken as it is; a row without a time counts nowhere",
        ),
        Ability.GUESS: Words(
            zh="计算前不查看数据；请使用标准列名，或在 mapping 中指明",
            en="values aren't looked at beforehand; use the canonical names or say in a mapping which columns they are",
        ),
        Ability.TEXT: Words(
            zh="列应已有类型：时间用 timestamp 或 date，金额用 decimal 或 double；请在集群上先转换",
            en="columns have their types there: timestamp or date, decimal or double; cast them on the cluster",
        ),
        Ability.LINES: Words(
            zh="合并需要检查整单的每一行；请先在集群上汇总为一单一行",
            en="an order is only whole when all its lines were checked; aggregate to a row per order on the cluster",
        ),
        Ability.SNAPSHOT: Words(
            zh="普通 Parquet 表没有版本；每次打开工作区时重新查看文件",
            en="plain Parquet tables have no versions; files are looked at anew each time the workspace is opened",
        ),
    },
}
"""By engine. What is not here, every engine does, with the same layer for every customer."""
