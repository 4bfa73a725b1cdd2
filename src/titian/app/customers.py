"""Customers: the list that an operator filters, sorts, pages and exports."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

import ibis
import ibis.expr.types as ir
from pydantic import BaseModel, ConfigDict

from titian.app import in_charge, paging
from titian.app.answers.base import Period
from titian.app.answers.customers import CustomerPage, CustomerRow
from titian.app.desk import Reading
from titian.app.held import DEFAULT, assigned, one, tried
from titian.app.personal import matching
from titian.app.rows import columns_of, described
from titian.app.showing import cell, layer_infos, trait_infos, whole
from titian.errors import InputError, UnknownNameError
from titian.layering.assignment import Assignment, assign
from titian.traits.exact import exactly
from titian.traits.trait import Trait, Unit


class CustomerQuery(BaseModel):
    """Which customers are wanted, and in which order."""

    model_config = ConfigDict(frozen=True)

    as_of: date | None = None
    compare: date | None = None
    layering: str | None = None
    parameters: dict[str, Any] = {}
    layers: tuple[str, ...] = ()
    from_layer: str | None = None
    text: str | None = None
    staff: tuple[str, ...] = ()
    """In charge of them; "" stands for nobody."""
    minimum: dict[str, float] = {}
    maximum: dict[str, float] = {}
    sort: str | None = None
    order: Literal["asc", "desc"] = "desc"


class Selection:
    """The customers that a query selects, in the engine; `held` holds what was put there for it."""

    def __init__(self, reading: Reading, asked: CustomerQuery) -> None:
        found = one(reading.desk, asked.layering or DEFAULT)
        day = reading.day(asked.as_of)
        self.period = reading.period(day, reading.compared(asked.compare, day))
        self.got = assigned(reading, tried(found, asked.parameters) if asked.parameters else found, day)
        self.traits = columns_of(self.got)
        self.sort = asked.sort or ("spend" if "spend" in self.traits else "customer_id")
        self.descending = asked.order == "desc"
        rows = _filtered(reading, self.got, described(self.got), self.traits, asked, self.period)
        self.rows, self.held = in_charge.kept_by(reading, rows, asked.staff)
        _known("sort", self.sort, ["customer_id", "layer", *self.traits])

    def ordering(self) -> ir.Value:
        """What the rows are sorted by, as a number or a text."""
        if self.sort == "customer_id":
            return self.rows.customer_id
        if self.sort == "layer":
            ranks = [(self.rows.layer == layer.key, layer.rank) for layer in self.got.fitted.layers if layer.rank]
            return ibis.cases(*ranks, else_=ibis.null("int64")).cast("float64")
        if self.traits[self.sort].unit is Unit.INSTANT:
            return self.rows[self.sort].epoch_seconds().cast("float64")
        return self.rows[self.sort].cast("float64")


def page(reading: Reading, asked: CustomerQuery, cursor: str | None, limit: int) -> CustomerPage:
    """One page of the list; `cursor` is the `next_cursor` of the page before, for the same filters and order."""
    selected = Selection(reading, asked)
    rows = selected.rows.mutate(sorted_by=selected.ordering())
    (count,) = reading.data.execute(selected.rows.aggregate(customers=selected.rows.count()))
    place = paging.read(cursor, selected.sort, selected.descending)
    found = reading.data.execute(paging.after(rows, place, descending=selected.descending).limit(limit + 1))
    more = len(found) > limit
    shown = found[:limit]
    staff = in_charge.of(reading.desk, [str(row["customer_id"]) for row in shown])
    return CustomerPage(
        period=selected.period,
        layering=selected.got.definition.key,
        traits=trait_infos(selected.traits),
        layers=layer_infos(selected.got.fitted.layers),
        total=whole(count["customers"]),
        rows=tuple(_row(reading, row, selected.traits, staff) for row in shown),
        next_cursor=paging.written(shown[-1], selected.sort, selected.descending) if more else None,
    )


def _row(
    reading: Reading, row: Mapping[str, object], traits: Mapping[str, Trait], staff: Mapping[str, str]
) -> CustomerRow:
    zone = reading.desk.workspace.zone
    values = {name: cell(row[name], zone) for name in traits}
    who = str(row["customer_id"])
    return CustomerRow(customer_id=who, layer=str(row["layer"]), staff=staff.get(who), traits=values)


def _filtered(
    reading: Reading,
    got: Assignment,
    rows: ir.Table,
    traits: Mapping[str, Trait],
    asked: CustomerQuery,
    period: Period,
) -> ir.Table:
    for layer in (*asked.layers, *([asked.from_layer] if asked.from_layer else [])):
        got.fitted.layer(layer)
    conditions: list[ir.BooleanValue] = []
    if asked.layers:
        conditions.append(rows.layer.isin(asked.layers))
    numeric = [name for name, trait in traits.items() if trait.unit.numeric]
    for name, low in asked.minimum.items():
        _known("min", name, numeric)
        conditions.append(rows[name].cast("float64") >= exactly(low))
    for name, high in asked.maximum.items():
        _known("max", name, numeric)
        conditions.append(rows[name].cast("float64") <= exactly(high))
    if asked.text and asked.text.strip():
        conditions.append(matching(reading.data, rows, asked.text))
    if asked.from_layer:
        conditions.append(_came_from(reading, got, rows, asked.from_layer, period))
    return rows.filter(*conditions) if conditions else rows


def _came_from(reading: Reading, got: Assignment, rows: ir.Table, layer: str, period: Period) -> ir.BooleanValue:
    if period.compare is None:
        raise InputError(
            "there is no earlier day to compare with",
            "give compare, a day after the first data",
            zh="没有更早的对比日",
            hint_zh="请指定对比日（compare），须晚于最早的数据",
        )
    then = assign(got.definition, got.data, reading.instant(period.compare), got.fitted).table
    return rows.customer_id.isin(then.filter(then.layer == layer).customer_id)


def bounds(given: Sequence[str], option: str) -> dict[str, float]:
    """`trait:number` as a dictionary. Raises InputError for what is none."""
    found: dict[str, float] = {}
    for item in given:
        name, _, value = item.rpartition(":")
        try:
            limit = float(value)
        except ValueError:
            limit = math.nan
        if not name or not math.isfinite(limit):
            raise InputError(
                f"{option}={item!r} is no bound",
                f"write it as {option}=spend:100",
                zh=f"{option}={item!r} 无法识别",
                hint_zh=f"请写成 {option}=spend:100",
                option=option,
                given=item,
            )
        found[name] = limit
    return found


def _known(option: str, name: str, valid: list[str]) -> None:
    if name not in valid:
        raise UnknownNameError(f"trait for {option}", f"可用于 {option} 的指标", name, valid)
