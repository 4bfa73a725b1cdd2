"""Asking: what the file does not tell and a person must say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from titian.domain.words import Words
from titian.warehouse.guessing.looks import Look, day_orders, numeric_day
from titian.warehouse.guessing.matching import FEW, Match
from titian.warehouse.statuses import status_of
from titian.warehouse.tables import STATUSES, Column

SURE = 0.7
"""A required column less sure than this is confirmed by a person."""
EQUAL = 0.03
"""Two candidates closer than this are equally good."""

_NUMERIC = ("money", "number", "integer")


@dataclass(frozen=True)
class Question:
    """Something that a person must say; `field` is where the answer goes in the mapping."""

    field: str
    text: Words
    choices: tuple[str, ...]


def unsure(
    target: Column, chosen: Match | None, found: Sequence[Match], columns: Sequence[Look], taken: set[str]
) -> Question | None:
    """The question about a required column: missing, with two candidates, or only likely."""
    if chosen is None:
        return _missing(target, [column for column in columns if column.name not in taken])
    rivals = [m for m in found if m.target == target and m.source.name not in taken and _rivals(chosen, m)]
    choices = (chosen.source.name, *(rival.source.name for rival in rivals))
    if rivals:
        return Question(f"columns.{target.name}", _two(target, choices), choices)
    if chosen.confidence < SURE:
        others = tuple(column.name for column in columns if column.name not in taken)
        return Question(f"columns.{target.name}", _likely(target, chosen), choices + others)
    return None


def _rivals(chosen: Match, other: Match) -> bool:
    close = chosen.confidence - other.confidence < EQUAL and chosen.confidence < 1
    return close and other.source.cells != chosen.source.cells


def _two(target: Column, choices: Sequence[str]) -> Words:
    zh, en = "、".join(f"“{name}”" for name in choices), ", ".join(f'"{name}"' for name in choices)
    return Words(
        zh=f"{zh}都可能是{target.words.zh}，请选一个", en=f"{en} could each be “{target.words.en}”: choose one"
    )


def _likely(target: Column, chosen: Match) -> Words:
    return Words(
        zh=f"“{chosen.source.name}”是{target.words.zh}吗？{chosen.why.zh}，但不能确定",
        en=f'does "{chosen.source.name}" hold “{target.words.en}”? {chosen.why.en}, but that is not sure',
    )


def _missing(target: Column, free: Sequence[Look]) -> Question:
    if target.name == "customer_id":
        return _no_customer(free)
    able = tuple(column.name for column in free if _could_be(target, column))
    return Question(
        f"columns.{target.name}",
        Words(
            zh=f"没有找到{target.words.zh}，这一列必须有，请指出是哪一列",
            en=f"no column seems to hold “{target.words.en}”, which is needed: say which one does",
        ),
        able or tuple(column.name for column in free),
    )


def _could_be(target: Column, column: Look) -> bool:
    if target.kind in ("instant", "date"):
        return column.dates > 0.5
    return column.numbers > 0.5 if target.kind in _NUMERIC else True


def _no_customer(free: Sequence[Look]) -> Question:
    """No column names the customer: which could serve, and how well."""
    able = sorted((c for c in free if _may_name_people(c)), key=lambda c: -len(c.distinct))
    advice_zh = (
        "；".join(_weakness(column).zh for column in able)
        or "文件里没有可以代替的列，请重新导出并勾选买家会员名或手机号"
    )
    advice_en = "; ".join(_weakness(column).en for column in able) or (
        "no column could serve: export it again with the buyer's account or phone number"
    )
    return Question(
        "columns.customer_id",
        Words(
            zh=f"没有找到客户编号：分层以客户为单位，需要知道每张订单是谁买的。{advice_zh}",
            en=f"there is no customer id: layers are made of customers, so each order must say whose it is. {advice_en}",
        ),
        tuple(column.name for column in able),
    )


def _may_name_people(column: Look) -> bool:
    return bool(column.values) and column.dates < 0.5 and (column.numbers < 0.9 or column.coded)


def _weakness(column: Look) -> Words:
    name, different, rows = column.name, len(column.distinct), len(column.values)
    example = column.words[0]
    if different < max(60, rows * FEW):
        return Words(
            zh=f"可以勉强代替的是“{name}”，但抽看的 {rows:,} 行里只有 {different} 个不同的值（如 {example}），会把许多客户算成一个",
            en=f'"{name}" could stand in, but weakly: only {different} different values in the {rows:,} rows looked at '
            f"(such as {example}), so many customers would become one",
        )
    return Words(
        zh=f"“{name}”可以代替（抽看的 {rows:,} 行里有 {different:,} 个不同的值），前提是同一个值就是同一个人",
        en=f'"{name}" could serve ({different:,} different values in the {rows:,} rows looked at) if the same value is the same person',
    )


def about_dates(columns: Sequence[Look]) -> tuple[str | None, Question | None]:
    """The order of day and month where the values tell it, or the question where they don't."""
    orders = day_orders(columns)
    if len(orders) < 2:
        return (orders[0] if orders else None), None
    example = numeric_day(columns)
    return None, Question(
        "date_order",
        Words(
            zh=f"像 {example} 这样的日期分不清日和月：dmy 为日在前，mdy 为月在前，请选择",
            en=f"in dates like {example}, which comes first: the day (dmy) or the month (mdy)?",
        ),
        orders,
    )


def about_statuses(column: Look) -> tuple[dict[str, str], list[Question]]:
    """What each status word means, and questions about those that are not known."""
    known = {word: status for word in column.words if (status := status_of(word))}
    unknown = [word for word in column.words if word not in known]
    return known, [
        Question(
            f"status_values.{word}",
            Words(
                zh=f"订单状态“{word}”是什么意思：paid 已付款、unpaid 未付款、cancelled 已取消，还是 refund 退款？",
                en=f'what does the status "{word}" mean: paid, unpaid, cancelled or refund?',
            ),
            STATUSES,
        )
        for word in unknown[:20]
    ]
