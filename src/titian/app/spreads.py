"""Spreads: how traits are spread over layers, over a cut, and over recency and frequency."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis.expr.types as ir

from titian.app import histograms, masking
from titian.app.answers.layering import (
    CutHistogram,
    LayeringCuts,
    LayeringTraits,
    MapCell,
    RecencyFrequencyMap,
    TraitCell,
    TraitSpread,
)
from titian.app.desk import Reading
from titian.app.held import assigned, one
from titian.app.rows import columns_of, described, with_money
from titian.app.showing import cut_info, number, trait_info, whole
from titian.domain.cut import FittedCut
from titian.domain.words import Words
from titian.errors import InputError
from titian.layering.assignment import Assignment, assign
from titian.layering.contract import NONE_KEY
from titian.layering.rfm import RFM
from titian.layering.rfm_score import RFMScore
from titian.traits.exact import total_of
from titian.traits.trait import Trait, Unit

WHOLE_UNITS = (Unit.DAYS, Unit.ORDERS, Unit.TIMES, Unit.PEOPLE)
SUGGESTED = ("mean", "q0.2", "q0.4", "median", "q0.6", "q0.8")

MAP_MEANING = Words(
    zh="横轴为购买频次得分，纵轴为最近购买得分，1 到 5 分各为一档，同值同档",
    en="recency score against frequency score; each of 1 to 5 is a fifth of the buyers, ties share one",
)


def traits(reading: Reading, key: str, as_of: date | None) -> LayeringTraits:
    """How each trait is spread within each layer, in the same bins for all."""
    day = reading.day(as_of)
    got = assigned(reading, one(reading.desk, key), day)
    rows = described(got)
    numeric = {name: trait for name, trait in columns_of(got).items() if trait.unit.numeric}
    ranked = rows.filter(rows.layer != NONE_KEY)
    by_layer = {str(row["layer"]): row for row in reading.data.execute(_figures(rows, numeric, "layer"))}
    (everyone,) = reading.data.execute(_figures(ranked, numeric, None))
    ranges = histograms.ranges(reading, ranked, list(numeric))
    spreads = []
    for name, trait in numeric.items():
        bins = histograms.bins_of(*ranges[name], whole_steps=trait.unit in WHOLE_UNITS, most=24)
        counted = histograms.counts(reading, rows, name, bins)
        total = [sum(column) for column in zip(*(c for k, c in counted.items() if k != NONE_KEY), strict=True)]
        spreads.append(
            TraitSpread(
                trait=trait_info(name, trait),
                edges=bins.edges,
                everyone=_cell("everyone", name, everyone, total),
                layers=tuple(
                    _cell(layer.key, name, by_layer.get(layer.key, {}), counted.get(layer.key, [0] * bins.count))
                    for layer in got.fitted.layers
                ),
            )
        )
    return LayeringTraits(period=reading.period(day), traits=tuple(spreads))


def _figures(rows: ir.Table, traits: Mapping[str, Trait], by: str | None) -> ir.Table:
    asked = {"customers": rows.count()}
    for name in traits:
        value = rows[name].cast("float64")
        asked |= {f"mean_{name}": value.mean()}
        asked |= {f"q{part}_{name}": value.quantile(part / 100) for part in (25, 50, 75)}
    return rows.group_by(by).aggregate(**asked) if by else rows.aggregate(**asked)


def _cell(layer: str, name: str, row: Mapping[str, object], counted: list[int]) -> TraitCell:
    return TraitCell(
        layer=layer,
        customers=whole(row.get("customers")),
        mean=number(row.get(f"mean_{name}")),
        q25=number(row.get(f"q25_{name}")),
        median=number(row.get(f"q50_{name}")),
        q75=number(row.get(f"q75_{name}")),
        histogram=tuple(counted),
    )


def cuts(reading: Reading, key: str, as_of: date | None) -> LayeringCuts:
    """Each cut that is one number, over the histogram of the ranked customers."""
    day = reading.day(as_of)
    got = assigned(reading, one(reading.desk, key), day)
    ranked = got.table.filter(got.table.layer != NONE_KEY)
    known = got.definition.traits()
    single = [
        cut
        for cut in got.fitted.cuts
        if not cut.field.rpartition(".")[2].isdecimal() and masking.shows(known[cut.trait])
    ]
    ranges = histograms.ranges(reading, ranked, list(dict.fromkeys(cut.trait for cut in single)))
    found = tuple(_cut_histogram(reading, got, ranked, cut, ranges[cut.trait]) for cut in single)
    return LayeringCuts(period=reading.period(day), cuts=found)


def _cut_histogram(
    reading: Reading, got: Assignment, ranked: ir.Table, cut: FittedCut, range_: tuple[float | None, float | None]
) -> CutHistogram:
    trait = got.definition.traits()[cut.trait]
    low, high = range_
    if cut.value is not None and low is not None and high is not None:
        low, high = min(low, cut.value), max(high, cut.value)
    bins = histograms.bins_of(low, high, whole_steps=trait.unit in WHOLE_UNITS)
    counted = histograms.counts(reading, ranked, cut.trait, bins)
    total = tuple(sum(column) for column in zip(*counted.values(), strict=True)) or (0,) * bins.count
    return CutHistogram(
        trait=trait_info(cut.trait, trait),
        field=cut.field,
        cut=cut_info(cut),
        edges=bins.edges,
        counts=total,
        low=bins.low,
        high=bins.high,
        suggestions={} if cut.field.endswith("_days") else _suggestions(reading, ranked, cut.trait),
    )


def _suggestions(reading: Reading, rows: ir.Table, column: str) -> dict[str, float]:
    value = rows[column].cast("float64")
    asked = {"mean": value.mean(), "median": value.median()}
    asked |= {rule: value.quantile(float(rule[1:])) for rule in SUGGESTED if rule.startswith("q")}
    (row,) = reading.data.execute(rows.aggregate(**asked))
    return {rule: found for rule in SUGGESTED if (found := number(row[rule])) is not None}


def recency_frequency(reading: Reading, key: str, as_of: date | None) -> RecencyFrequencyMap:
    """Buyers by recency and frequency score. Raises InputError for a layering that is no RFM."""
    day = reading.day(as_of)
    layering = one(reading.desk, key).layering
    if not isinstance(layering, RFM | RFMScore):
        raise InputError(
            f"the layering {key} has no recency and frequency to map",
            "use rfm or rfm_score",
            zh=f"分层“{key}”没有最近购买与频次，无法绘制该图",
            hint_zh="请使用 rfm 或 rfm_score",
            key=key,
        )
    scores = layering if isinstance(layering, RFMScore) else RFMScore(window_days=layering.window_days)
    rows = with_money(assign(scores, reading.counted(day), reading.instant(day)))
    rows = rows.filter(rows.layer != NONE_KEY)
    found = rows.group_by("r_score", "f_score").aggregate(
        customers=rows.count(),
        money=total_of(rows.money),
        recency=rows.recency_days.cast("float64").median(),
        frequency=rows.order_count.cast("float64").median(),
    )
    cells = [
        MapCell(
            r_score=whole(row["r_score"]),
            f_score=whole(row["f_score"]),
            customers=whole(row["customers"]),
            money=number(row["money"]) or 0.0,
            recency_median=number(row["recency"]),
            frequency_median=number(row["frequency"]),
        )
        for row in reading.data.execute(found)
    ]
    cells.sort(key=lambda cell: (cell.r_score, cell.f_score))
    return RecencyFrequencyMap(period=reading.period(day), cells=tuple(cells), meaning=MAP_MEANING)
