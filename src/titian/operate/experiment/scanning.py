"""Scanning: the moments of all metrics in every arm, and layer, by one scan in the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any, Literal, get_args

import ibis.expr.types as ir

from titian.domain.words import Words
from titian.errors import InputError, UnknownNameError
from titian.operate.experiment.metric import NUMERATOR, Metric, columns_of
from titian.operate.experiment.moments import NOBODY, Moments, Pair
from titian.warehouse.handed import Frame
from titian.warehouse.sheet import Sheet, sheet

Empty = Literal["refuse", "zero", "leave_out"]
"""What an empty outcome means: nothing that can be counted, that nothing happened, or that the customer is left out."""

UNKNOWN = "unknown"
"""The layer of rows whose layer is empty."""

MOST_GROUPS = 5_000
"""Arms times layers."""


@dataclass(frozen=True)
class Group:
    """The customers of one arm, in one layer where layers are asked for, and the moments of each metric among them."""

    arm: str
    layer: str | None
    customers: int
    moments: Mapping[str, Moments]


@dataclass(frozen=True)
class Scanned:
    """All groups of a table; rows without an arm; and, by column, how many cells of a covariate or an outcome were empty."""

    groups: tuple[Group, ...]
    without_arm: int
    empty: Mapping[str, int]


def scanned(
    frame: Frame,
    arm: str,
    layer: str | None,
    metrics: Sequence[Metric],
    empty: Empty = "refuse",
    customer: str | None = None,
) -> Scanned:
    """Every metric's moments by arm and layer, by one scan; and by another, that each `customer` has one row, if asked.

    An empty covariate counts as 0, which is as good as any number that does not depend on the arm. Raises FrameError for a
    cell that is no number, and for an empty outcome if `empty` refuses it; InputError where arms or layers are too many,
    and for a customer who has several rows.
    """
    if empty not in get_args(Empty):
        raise UnknownNameError("way to take an empty cell", "空单元格处理方式", str(empty), list(get_args(Empty)))
    labels = list(dict.fromkeys(one for one in (arm, layer, customer) if one is not None))
    with sheet(frame, labels, columns_of(metrics)) as rows:
        if customer is not None:
            _check_once(rows, customer, arm)
        filled = {f"filled {place}": rows.number(column).count() for place, column in enumerate(rows.numbers)}
        aggregates = {"customers": rows.rows.count(), **filled, **_moments(rows, metrics, empty)}
        keys = {"arm": rows.label(arm), **({} if layer is None else {"layer": rows.label(layer)})}
        found = rows.engine.arrow(rows.rows.group_by(**keys).aggregate(**aggregates).limit(MOST_GROUPS + 1)).to_pylist()
        if len(found) > MOST_GROUPS:
            raise _too_many(arm, layer)
        everybody = _total(found, "customers")
        holes = {column: everybody - _total(found, f"filled {place}") for place, column in enumerate(rows.numbers)}
        holes = {column: cells for column, cells in holes.items() if cells}
        _check(rows, metrics, holes, empty)
    groups = tuple(_group(row, metrics) for row in found if row["arm"] is not None)
    without = sum(row["customers"] for row in found if row["arm"] is None)
    return Scanned(groups, without, holes)


def _moments(rows: Sheet, metrics: Sequence[Metric], empty: Empty) -> dict[str, ir.Scalar]:
    """The aggregates of all metrics; engines compute once what several have in common."""
    wanted: dict[str, ir.Scalar] = {}
    for place, metric in enumerate(metrics):
        where = _whole(rows, metric) if empty == "leave_out" else None
        values = {part: _value(rows, metric, part, empty) for part in metric.columns}
        wanted[f"{place} customers"] = rows.rows.count(where=where)
        wanted[f"{place} acting"] = values[NUMERATOR].nullif(0.0).count(where=where)
        for part, value in values.items():
            wanted[f"{place} mean {part}"] = value.mean(where=where)
        for one, two in _pairs(metric):
            same = values[one].var(how="sample", where=where) if one == two else None
            covariance = values[one].cov(values[two], how="sample", where=where) if same is None else same
            wanted[f"{place} covariance {one} {two}"] = covariance
    return wanted


def _whole(rows: Sheet, metric: Metric) -> ir.BooleanValue:
    """Customers who have the metric."""
    there = [rows.number(metric.columns[part]).notnull() for part in metric.outcomes]
    return there[0] if len(there) == 1 else there[0] & there[1]


def _value(rows: Sheet, metric: Metric, part: str, empty: Empty) -> ir.FloatingValue:
    value = rows.number(metric.columns[part])
    return value if part in metric.outcomes and empty != "zero" else value.fill_null(0.0)


def _pairs(metric: Metric) -> Iterator[Pair]:
    yield from combinations_with_replacement(sorted(metric.columns), 2)


def _check(rows: Sheet, metrics: Sequence[Metric], holes: Mapping[str, int], empty: Empty) -> None:
    """Look closer at columns in which there is not a number everywhere. Raises FrameError."""
    outcomes = {metric.columns[part] for metric in metrics for part in metric.outcomes}
    for column, cells in holes.items():
        (counted,) = rows.engine.arrow(rows.rows.aggregate(unread=rows.unread(column).sum())).to_pylist()
        if unread := int(counted["unread"]):
            raise rows.refusal(column, unread, empty=False, mend=_UNREAD)
        if empty == "refuse" and column in outcomes:
            raise rows.refusal(column, cells, empty=True, mend=_EMPTY)


def _check_once(rows: Sheet, customer: str, arm: str) -> None:
    """Raises InputError for a customer with several rows: rows count as independent, and nobody is in two arms."""
    of_each = rows.rows.group_by(customer=rows.label(customer)).aggregate(
        rows=rows.rows.count(), first=rows.label(arm).min(), last=rows.label(arm).max()
    )
    several = of_each.filter((of_each.rows > 1) & of_each.customer.notnull())
    found = rows.engine.arrow(several.mutate(all=several.count().as_scalar()).order_by("customer").limit(1)).to_pylist()
    if found:
        raise _twice(**found[0])


def _twice(customer: str, rows: int, first: str | None, last: str | None, all: int) -> InputError:  # noqa: A002
    arms, arms_zh = (f", in the arms {first} and {last}", f"，分属 {first} 和 {last}") if first != last else ("", "")
    more, more_zh = (f"; so have {all - 1:,} more", f"；这样的客户还有 {all - 1:,} 位") if all > 1 else ("", "")
    return InputError(
        f"customer {customer!r} has {rows} rows{arms}{more}",
        "hand in a row per customer, in the arm that they were put in first, with their outcomes added up",
        zh=f"客户 {customer!r} 有 {rows} 行{arms_zh}{more_zh}",
        hint_zh="请每位客户只给一行：按最初分到的组，把结果加总",
        customer=customer,
        rows=rows,
        customers=all,
    )


def _total(found: Sequence[Mapping[str, Any]], name: str) -> int:
    return sum(row[name] for row in found)


def _group(row: Mapping[str, Any], metrics: Sequence[Metric]) -> Group:
    layer = (row["layer"] or UNKNOWN) if "layer" in row else None
    moments = {metric.name: _read(row, place, metric) for place, metric in enumerate(metrics)}
    return Group(row["arm"], layer, row["customers"], moments)


def _read(row: Mapping[str, Any], place: int, metric: Metric) -> Moments:
    customers = row[f"{place} customers"]
    if not customers:
        return NOBODY
    return Moments(
        customers,
        row[f"{place} acting"],
        {part: row[f"{place} mean {part}"] for part in metric.columns},
        # Of a single customer engines say nothing, or not a number.
        {pair: row[f"{place} covariance {' '.join(pair)}"] if customers > 1 else 0.0 for pair in _pairs(metric)},
    )


def _too_many(arm: str, layer: str | None) -> InputError:
    what, what_zh = (
        (f"column {arm!r}", f"{arm!r} 列") if layer is None else (f"{arm!r} × {layer!r}", f"{arm!r} × {layer!r}")
    )
    return InputError(
        f"{what} has more than {MOST_GROUPS:,} different values, which can be no arms",
        "say which column holds the arm of each customer, and which the layer",
        zh=f"{what_zh} 有超过 {MOST_GROUPS:,} 种不同的值，不可能是分组",
        hint_zh="请指明哪一列是实验分组，哪一列是层级",
        arm=arm,
        layer=layer,
    )


_UNREAD = Words(
    zh="请改正该单元格，或选择数值列",
    en="mend the cell, or choose a column of numbers",
)
_EMPTY = Words(
    zh='若空白表示没有发生，请加 empty="zero"（命令行 --empty zero）；若表示不知道，请加 empty="leave_out"，这些客户将不计入该指标',
    en='if an empty cell means that nothing happened, say empty="zero" (--empty zero); if it means that nobody knows, '
    'say empty="leave_out", which leaves such customers out of that metric',
)
