"""Layerings: the list of all, and one as of a day against another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import fsum
from typing import Any

import ibis.expr.types as ir

from titian.app import masking
from titian.app.answers.layering import LayeringNow, LayeringSummary, LayerNow
from titian.app.desk import Reading
from titian.app.held import Held, assigned, held, missing, one, tried
from titian.app.rows import money_trait, with_money
from titian.app.showing import cut_infos, layer_info, layer_infos, note_infos, number, trait_infos, whole
from titian.layering.assignment import Assignment, assign
from titian.layering.contract import NONE_KEY
from titian.layering.layering import Layering
from titian.layering.moves import Moves, count_moves
from titian.traits.exact import total_of


def summaries(reading: Reading, as_of: date | None) -> list[LayeringSummary]:
    """All layerings of the workspace; those whose data are missing say so."""
    day = reading.day(as_of) if reading.present.end is not None or as_of is not None else None
    return [summary(reading, found, day) for found in held(reading.desk).values()]


def summary(reading: Reading, found: Held, day: date | None) -> LayeringSummary:
    """One line of the list."""
    absent = missing(reading, found.layering)
    told = masking.shows_layering(found.layering)
    got = assigned(reading, found, day) if told and not absent and day is not None else None
    counted = got.customers_by_layer() if got else {}
    return _summary(found, got, absent, counted)


def _summary(found: Held, got: Assignment | None, absent: Any, counted: Mapping[str, int]) -> LayeringSummary:
    layering = found.layering
    layers = got.fitted.layers if got else ()
    told = masking.shows_layering(layering)
    return LayeringSummary(
        key=layering.key,
        kind=layering.kind,
        name=found.words,
        meaning=layering.meaning,
        version=found.definition.version,
        own=found.own,
        ordered=layering.ordered,
        layers=layer_infos(layers),
        needs=trait_infos(layering.traits()) if told else (),
        missing=absent,
        masked=not told,
        customers=tuple(counted.get(layer.key, 0) for layer in layers) if got else None,
    )


def now(
    reading: Reading,
    key: str,
    as_of: date | None,
    compare: date | None,
    parameters: Mapping[str, Any] | None = None,
) -> LayeringNow:
    """One layering as of a day, against the comparison day under the same cuts.

    `parameters` are tried for this call only. Raises MissingDataError without the data that it needs.
    """
    found = one(reading.desk, key)
    if parameters:
        found = tried(found, parameters)
    day = reading.day(as_of)
    before = reading.compared(compare, day)
    got = assigned(reading, found, day)
    moves = moved(reading, got, before)
    rows = with_money(got)
    by_layer = {str(row["layer"]): row for row in reading.data.execute(_spread(rows, got, by="layer"))}
    (overall,) = reading.data.execute(_spread(rows.filter(rows.layer != NONE_KEY), got, by=None))
    customers = sum(whole(row["customers"]) for row in by_layer.values())
    money = fsum(number(row["money"]) or 0.0 for row in by_layer.values())
    counted = {layer: whole(row["customers"]) for layer, row in by_layer.items()}
    return LayeringNow(
        summary=_summary(found, got, None, counted),
        period=reading.period(day, before),
        parameters=found.layering.parameters,
        parameters_schema=schema_of(type(found.layering)),
        cuts=cut_infos(got.fitted.cuts),
        fit_as_of=found.definition.fit_as_of or day,
        layers=tuple(
            _layer(layer_info(layer), by_layer.get(layer.key, {}), customers, money, got, moves)
            for layer in got.fitted.layers
        ),
        customers=customers,
        money=money,
        money_days=money_trait(got).window_days,
        medians=_medians(overall, got),
        up=None if moves is None else moves.count("up"),
        down=None if moves is None else moves.count("down"),
        notes=note_infos(got.notes),
    )


def moved(reading: Reading, got: Assignment, before: date | None) -> Moves | None:
    """Who came from where since `before`, under the cuts of `got`."""
    if before is None:
        return None
    then = assign(got.definition, got.data, reading.instant(before), got.fitted)
    return count_moves(got.data, then.table, got.table, got.fitted.layers, got.fitted.layers)


def _layer(
    layer: Any, row: Mapping[str, object], customers: int, money: float, got: Assignment, moves: Moves | None
) -> LayerNow:
    here, spent = whole(row.get("customers")), number(row.get("money")) or 0.0
    return LayerNow(
        layer=layer,
        customers=here,
        share=here / customers if customers else 0.0,
        money=spent,
        money_share=spent / money if money > 0 else None,
        came=None if moves is None else came(moves, layer.key),
        went=None if moves is None else went(moves, layer.key),
        medians=_medians(row, got),
    )


def came(moves: Moves, layer: str) -> int:
    """Customers who came to a layer from another or from nowhere."""
    others = (pair.customers for pair in moves.pairs if pair.target == layer != pair.source)
    return sum(others) + moves.entered_by_layer.get(layer, 0)


def went(moves: Moves, layer: str) -> int:
    """Customers who left a layer."""
    others = (pair.customers for pair in moves.pairs if pair.source == layer != pair.target)
    return sum(others) + moves.left_by_layer.get(layer, 0)


def _spread(rows: ir.Table, got: Assignment, by: str | None) -> ir.Table:
    medians = {f"median_{name}": rows[name].cast("float64").median() for name in got.definition.measures()}
    asked = {"customers": rows.count(), "money": total_of(rows.money), **medians}
    return rows.group_by(by).aggregate(**asked) if by else rows.aggregate(**asked)


def _medians(row: Mapping[str, object], got: Assignment) -> dict[str, float | None]:
    return {name: number(row.get(f"median_{name}")) for name in got.definition.measures()}


def schema_of(kind: type[Layering]) -> dict[str, Any]:
    """The JSON schema of a kind's parameters, from which its form is drawn."""
    schema = kind.model_json_schema()
    schema.get("properties", {}).pop("key", None)
    return schema
