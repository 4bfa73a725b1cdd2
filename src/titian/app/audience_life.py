"""The life of an audience: who came in and left since another day and why, and its size over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import ibis.expr.types as ir

from titian.app import masking, saved_audiences, usage
from titian.app.answers.audiences import (
    AudienceNow,
    AudienceSize,
    AudienceSizes,
    AudienceVersion,
    ConditionChange,
)
from titian.app.audience_definition import audience_of
from titian.app.audiences import info, said
from titian.app.called import CalledHere
from titian.app.definition import Published
from titian.app.desk import Desk, Reading
from titian.app.hiding import Hiding
from titian.app.in_workspace import InWorkspace
from titian.app.saved_audiences import rule_of
from titian.app.showing import whole
from titian.audience.selecting import select, select_together
from titian.domain.condition import InAudience, InCharge, Tagged
from titian.domain.rule import Leaf, Rule, leaves, memberships
from titian.domain.words import Words
from titian.errors import InputError
from titian.layering.rule_words import rule_words
from titian.warehouse.dataset import Dataset

WEEKS = 12
MOST_POINTS = 60
UNDATED = Words(
    zh="标签、名单按现在的成员计算，历史上的每一天都一样",
    en="tags and lists are counted by who has them now, on every day alike",
)


def now(reading: Reading, key: str, as_of: date | None, compare: date | None) -> AudienceNow:
    """One audience as of a day, who came and left since the comparison day, and by which conditions."""
    made, published = saved_audiences.one(reading.desk, key)
    day = reading.day(as_of)
    before = reading.compared(compare, day)
    asked = dict(enumerate(dict.fromkeys(leaves(rule_of(made)))))
    counted = _compared(reading, rule_of(made), asked, day, before)
    versions = reading.desk.audiences.history(key)
    return AudienceNow(
        audience=info(reading, published, counted["customers"], counted["everyone"]),
        rule=None if made.rule is None else made.rule.model_dump(mode="json"),
        period=reading.period(day, before),
        before=counted.get("before"),
        entered=counted.get("entered"),
        entered_new=counted.get("entered_new"),
        left=counted.get("left"),
        changes=() if before is None else _changes(reading, asked, counted),
        versions=tuple(_version(reading, one) for one in reversed(versions)),
        used_by=tuple(_audiences(usage.users(reading.desk, f"audiences/{key}"))),
    )


def sizes(reading: Reading, key: str, start: date | None, end: date | None, every_days: int) -> AudienceSizes:
    """How many were in an audience on each of some days, by its present rule; by default weekly over twelve weeks.

    Raises InputError for more days than are looked at in one question.
    """
    made, _ = saved_audiences.one(reading.desk, key)
    last = reading.day(end)
    assert reading.present.first is not None
    first = max(reading.present.first + timedelta(days=1), start or last - timedelta(weeks=WEEKS))
    days = [last - timedelta(days=every_days * step) for step in range((last - first).days // every_days + 1)]
    _check(days)
    return AudienceSizes(
        excluded=reading.counted(last).excluded,
        key=key,
        sizes=tuple(_size(reading, rule_of(made), day, reading.counted(last)) for day in reversed(days)),
        notes=(UNDATED,) if _undated(reading.desk, rule_of(made)) else (),
    )


def _size(reading: Reading, rule: Rule, day: date, data: Dataset) -> AudienceSize:
    customers, everyone = select(rule, data, reading.instant(day), InWorkspace(reading)).counts()
    return AudienceSize(day=day, customers=customers, everyone=everyone)


def _undated(desk: Desk, rule: Rule) -> bool:
    """Whether who is in it on a past day rests on what is only known as it is now."""
    for member in memberships(rule):
        if isinstance(member, Tagged | InCharge):
            return True
        if isinstance(member, InAudience):
            inner = saved_audiences.one(desk, member.audience)[0].rule
            if inner is None or _undated(desk, inner):
                return True
    return False


def _compared(reading: Reading, rule: Rule, asked: dict[int, Leaf], day: date, before: date | None) -> dict[str, int]:
    """customers, everyone; against another day before, entered, entered_new, left, and per condition who met it when."""
    rules: dict[str, Rule] = {"member": rule} | {f"leaf_{number}": leaf for number, leaf in asked.items()}
    known = InWorkspace(reading)
    late = select_together(rules, reading.counted(day), reading.instant(day), known)
    if before is None:
        (row,) = reading.data.execute(
            late.table.aggregate(customers=late.table.member.sum(), everyone=late.table.count())
        )
        return {name: whole(value) for name, value in row.items()}
    early = select_together(rules, reading.counted(day), reading.instant(before), known)
    (row,) = reading.data.execute(_flips(late.table, early.table, list(rules)))
    return {name: whole(value) for name, value in row.items()}


def _flips(late: ir.Table, early: ir.Table, columns: list[str]) -> ir.Table:
    """One row of counts. Nobody is forgotten, so all who were seen before are among those seen later."""
    then = early.select("customer_id", **{f"{name}_then": early[name] for name in columns})
    both = late.left_join(then, "customer_id")
    new = both.member_then.isnull()
    were = {name: both[f"{name}_then"].fill_null(False) for name in columns}
    entered, left = both.member & ~were["member"], ~both.member & were["member"]
    figures: dict[str, ir.Value] = {
        "customers": both.member.sum(),
        "everyone": both.count(),
        "before": were["member"].sum(),
        "entered": entered.sum(),
        "entered_new": (entered & new).sum(),
        "left": left.sum(),
    }
    for name in columns[1:]:
        came, went = both[name] & ~were[name] & ~new, ~both[name] & were[name]
        figures |= {
            f"entered_met_{name}": (entered & came).sum(),
            f"entered_unmet_{name}": (entered & went).sum(),
            f"left_met_{name}": (left & came).sum(),
            f"left_unmet_{name}": (left & went).sum(),
        }
    return both.aggregate(**figures)


def _changes(reading: Reading, asked: dict[int, Leaf], counted: dict[str, int]) -> tuple[ConditionChange, ...]:
    """The conditions that changed for anybody, the commonest first."""
    names = ("entered_met", "entered_unmet", "left_met", "left_unmet")
    found = [
        ConditionChange(
            said=rule_words(leaf, reading.data.currency, CalledHere(reading)),
            **{name: counted[f"{name}_leaf_{number}"] for name in names},
        )
        for number, leaf in asked.items()
    ]
    totals = [(sum(getattr(one, name) for name in names), one) for one in found]
    return tuple(one for total, one in sorted(totals, key=lambda pair: -pair[0]) if total)


def _audiences(names: Iterable[str]) -> Iterator[str]:
    """The keys of those names that are of audiences."""
    return (key for sort, _, key in (name.partition("/") for name in names) if sort == "audiences")


def _version(reading: Reading, published: Published) -> AudienceVersion:
    hidden = Hiding(reading.desk).hides("audiences", published.definition)
    return AudienceVersion(
        version=published.definition.version,
        by=published.by,
        at=published.at.astimezone(reading.desk.workspace.zone),
        origin=published.origin,
        said=masking.MASKED if hidden else said(reading, audience_of(published.definition)),
    )


def _check(days: list[date]) -> None:
    if len(days) > MOST_POINTS:
        raise InputError(
            f"{len(days)} days are asked for; at most {MOST_POINTS} are looked at in one question",
            "look at fewer days, or farther apart (every_days)",
            zh=f"请求了 {len(days)} 个日期，一次最多 {MOST_POINTS} 个",
            hint_zh="请缩短区间，或加大间隔（every_days）",
            days=len(days),
        )
