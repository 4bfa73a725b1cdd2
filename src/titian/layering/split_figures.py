"""Split figures: an outcome within each layer, added up in the engine, and the effect that comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from titian.domain.layer import Layer
from titian.domain.note import Note
from titian.layering.assignment import Assignment
from titian.layering.split_words import Effect, note_on_ranks, note_on_rest
from titian.stats.association import effect_on_category
from titian.stats.effects import NumberEffect, effect_on_number
from titian.stats.means import interval_of_mean
from titian.traits.exact import total_of
from titian.traits.trait import Trait, Unit

MOST_VALUES = 30
Row = Mapping[str, object]


@dataclass(frozen=True)
class LayerOutcome:
    """The outcome within one layer: numbers for an outcome that is a number, counts for one that is a category."""

    layer: Layer
    customers: int
    share: float | None
    """Of everyone; None of nobody."""
    valued: int
    """Customers who have a value of the outcome: means, counts and the effect rest on these."""
    mean: float | None = None
    low: float | None = None
    """The mean's interval at the level of the test, by Student's t; None below two customers."""
    high: float | None = None
    median: float | None = None
    counts: tuple[int, ...] = ()
    """Customers with each of the test's `values`, in their order."""


@dataclass(frozen=True)
class Found:
    """The figures of a test: a line per layer, the effect, and what goes with them."""

    layers: tuple[LayerOutcome, ...]
    effect: Effect
    values: tuple[str | None, ...] = ()
    by_rank: NumberEffect | None = None
    notes: tuple[Note, ...] = ()


def of_number(rows: ir.Table, got: Assignment, outcome: Trait, level: float) -> Found:
    """Size, mean, variance and median of each layer, and the same of ranks, as the engine finds them."""
    value = rows.value.cast("float64")
    # Cents add up to the same in any order.
    total = total_of(rows.value) if outcome.unit is Unit.MONEY else value.sum()
    figures = _by_layer(rows, got, total=total, variance=value.var(how="sample"), median=value.quantile(0.5))
    everyone = sum(_whole(row["customers"]) for row in figures.values())
    layers = tuple(_line(one, figures.get(one.key, {}), everyone, level) for one in got.fitted.layers)
    sizes, means = [one.valued for one in layers], [one.mean or 0.0 for one in layers]
    effect = effect_on_number(sizes, means, _variances(figures, layers), level=level)
    by_rank = _by_rank(rows, got, layers, level)
    return Found(layers, effect, by_rank=by_rank, notes=note_on_ranks(effect, by_rank))


def _line(layer: Layer, row: Row, everyone: int, level: float) -> LayerOutcome:
    customers, valued = _whole(row.get("customers")), _whole(row.get("valued"))
    if not valued:
        return LayerOutcome(layer, customers, _over(customers, everyone), 0)
    mean = _number(row["total"]) / valued
    low, high = interval_of_mean(valued, mean, _number(row["variance"]), level=level)
    return LayerOutcome(layer, customers, _over(customers, everyone), valued, mean, low, high, _number(row["median"]))


def _by_rank(rows: ir.Table, got: Assignment, layers: Sequence[LayerOutcome], level: float) -> NumberEffect:
    """The effect on ranks, ties in the middle of theirs, as the Kruskal-Wallis test takes them."""
    known = rows.filter(rows.value.notnull())
    by_value = ibis.window(order_by="value")
    placed = known.mutate(first=ibis.rank().over(by_value), ties=known.count().over(ibis.window(group_by="value")))
    placed = placed.mutate(rank=placed.first + (placed.ties + 1) / 2)
    rank = placed["rank"].cast("float64")
    figures = _by_layer(placed, got, total=rank.sum(), variance=rank.var(how="sample"))
    means = [_number(figures[one.layer.key]["total"]) / one.valued if one.valued else 0.0 for one in layers]
    return effect_on_number([one.valued for one in layers], means, _variances(figures, layers), level=level)


def _by_layer(rows: ir.Table, got: Assignment, **asked: ir.Value) -> Mapping[str, Row]:
    figures = rows.group_by("layer").aggregate(customers=rows.count(), valued=rows.value.count(), **asked)
    return {str(row["layer"]): row for row in got.data.execute(figures)}


def _variances(figures: Mapping[str, Row], layers: Sequence[LayerOutcome]) -> list[float]:
    return [_number(figures[one.layer.key]["variance"]) if one.valued > 1 else 0.0 for one in layers]


def of_category(rows: ir.Table, got: Assignment, level: float) -> Found:
    """How many customers of each layer have each value."""
    rows = rows.mutate(value=rows.value.cast("string"))
    common, more = _common(rows, got)
    named = ibis.ifelse(rows.value.isin(common), rows.value, ibis.null("string"))
    shown = rows.select("layer", known=rows.value.notnull(), value=named)
    cells = {
        (row["layer"], row["known"], row["value"]): _whole(row["customers"])
        for row in got.data.execute(shown.group_by("layer", "known", "value").aggregate(customers=shown.count()))
    }
    values: tuple[str | None, ...] = (*common, None) if more else tuple(common)
    everyone = sum(cells.values())
    layers = []
    for layer in got.fitted.layers:
        counts = tuple(cells.get((layer.key, True, value), 0) for value in values)
        size = sum(counts) + cells.get((layer.key, False, None), 0)
        layers.append(LayerOutcome(layer, size, _over(size, everyone), sum(counts), counts=counts))
    effect = effect_on_category([one.counts for one in layers], level=level)
    return Found(tuple(layers), effect, values, notes=(note_on_rest(MOST_VALUES),) if more else ())


def _common(rows: ir.Table, got: Assignment) -> tuple[list[str], bool]:
    """The most common values, and whether there are more."""
    known = rows.filter(rows.value.notnull())
    sizes = known.group_by("value").aggregate(customers=known.count())
    first = sizes.order_by([ibis.desc("customers"), "value"]).limit(MOST_VALUES + 1)
    found = [str(row["value"]) for row in got.data.execute(first)]
    return found[:MOST_VALUES], len(found) > MOST_VALUES


def _whole(value: object) -> int:
    return 0 if value is None else int(str(value))


def _number(value: object) -> float:
    return 0.0 if value is None else float(str(value))


def _over(part: int, all_: int) -> float | None:
    return part / all_ if all_ else None
