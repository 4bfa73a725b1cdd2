"""Telling: what the data say of the four things to know, of one customer in words and of everybody as traits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import ibis.expr.types as ir

from titian.app.desk import Reading
from titian.domain.things import KEYS, Thing
from titian.domain.words import Words
from titian.traits.catalogue import trait
from titian.traits.planner import trait_query
from titian.traits.trait import Trait
from titian.warehouse.dataset import Dataset

TELLING: dict[Thing, tuple[str, ...]] = {
    "where_from": ("channel", "first_channel", "invited_by"),
    "why_ordered": (),
    "judgement": ("last_score", "answers_given"),
    "can_bring": ("people_brought", "invitations_sent", "followers"),
}
"""Traits any of which tells a thing, the surest first. No data say why somebody ordered."""
HINTING: dict[Thing, tuple[str, ...]] = {
    "why_ordered": ("favourite_category", "favourite_brand", "discount_share"),
    "judgement": ("refund_share",),
}
"""Traits that help to ask."""
SAID: dict[str, tuple[str, str]] = {
    "channel": ("资料中的来源渠道：{}", "the profile names the channel {}"),
    "first_channel": ("首次触达渠道：{}", "first seen over the channel {}"),
    "invited_by": ("由客户 {} 邀请加入", "joined on the invitation of {}"),
    "last_score": ("最近一次评分 {}", "the last score they gave is {}"),
    "answers_given": ("回答过 {} 次问卷", "answered surveys, {} in all"),
    "people_brought": ("已带来 {} 人", "brought {} so far"),
    "invitations_sent": ("发出过 {} 次邀请", "invitations sent: {}"),
    "followers": ("有 {} 位粉丝", "followers: {}"),
    "favourite_category": ("买得最多的品类：{}", "buys most of the category {}"),
    "favourite_brand": ("买得最多的品牌：{}", "buys most of the brand {}"),
    "discount_share": ("优惠占消费的 {}", "discounts are {} of what they buy"),
    "refund_share": ("退款占 {}", "{} of their money went back"),
}
SHARES = frozenset({"discount_share", "refund_share"})


def traits_told(data: Dataset, things: Mapping[Thing, Iterable[str]] = TELLING) -> dict[str, Trait]:
    """The traits that tell of things, of which there are data."""
    named = (name for names in things.values() for name in names)
    found = {name: trait(name) for name in named}
    return {name: one for name, one in found.items() if all(any(map(data.has, group)) for group in one.tables)}


def says(value: ir.Value, told: Trait) -> ir.BooleanValue:
    """Whether a value of a trait says anything: a count of none says nothing."""
    return value.notnull() & (value != 0) if told.empty == 0 else value.notnull()


def tells(rows: ir.Table, thing: Thing, traits: Mapping[str, Trait]) -> ir.BooleanValue | None:
    """Whether the data tell a thing, row by row; None where no trait could."""
    found: ir.BooleanValue | None = None
    for name in (name for name in TELLING[thing] if name in traits):
        one = says(rows[name], traits[name])
        found = one if found is None else found | one
    return found


def told_of(
    reading: Reading, customer_id: str, at: datetime
) -> dict[Thing, tuple[tuple[Words, ...], tuple[Words, ...]]]:
    """Of each thing what the data say of a customer, and what they hint at."""
    data = reading.data
    traits = {**traits_told(data), **traits_told(data, HINTING)}

    def line(who: ir.StringValue) -> ir.Table:
        rows = trait_query(traits.values(), data, at)
        return rows.filter(rows.customer_id == who)

    found = reading.desk.questions.ask(data, customer_id, ("things", at), line)
    values = found[0] if found else {}
    comment = _comment(reading, customer_id, at)
    said = {
        name: words
        for name, one in traits.items()
        if (words := _words(name, values.get(name), counts=one.empty == 0)) is not None
    }
    told: dict[Thing, tuple[tuple[Words, ...], tuple[Words, ...]]] = {}
    for thing in KEYS:
        more = comment if thing == "judgement" else ()
        told[thing] = ((*_of(said, TELLING[thing]), *more), _of(said, HINTING.get(thing, ())))
    return told


def _of(said: Mapping[str, Words], names: Iterable[str]) -> tuple[Words, ...]:
    return tuple(said[name] for name in names if name in said)


def _words(name: str, value: object, *, counts: bool) -> Words | None:
    """A value in words; None where it says nothing."""
    if value is None or value != value or ((counts or name in SHARES) and float(str(value)) == 0):
        return None
    zh, en = SAID[name]
    said = _shown(name, value)
    return Words(zh=zh.format(said), en=en.format(said))


def _shown(name: str, value: object) -> str:
    if isinstance(value, str):
        return value
    return f"{float(str(value)):.1%}" if name in SHARES else f"{float(str(value)):,.10g}"


def _comment(reading: Reading, customer_id: str, at: datetime) -> tuple[Words, ...]:
    """The last text that the customer answered with."""
    if not reading.data.has("answers"):
        return ()
    answers = reading.data.table("answers")
    rows = reading.desk.questions.ask(
        reading.data,
        customer_id,
        "comments",
        lambda who: answers.filter(answers.customer_id == who, answers.text.notnull()).select("answered_at", "text"),
    )
    until = at.replace(tzinfo=None)
    told = [row for row in rows if isinstance(when := row["answered_at"], datetime) and when < until]
    if not told:
        return ()
    last = str(max(told, key=lambda row: str(row["answered_at"]))["text"])
    return (Words(zh=f"最近的评价：“{last}”", en=f"last said: “{last}”"),)
