"""Cuts: found in the customers' own values, and applied to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

import ibis
import ibis.expr.types as ir
from pydantic import BaseModel, ConfigDict

from titian.domain.cut import Better, Cut, FittedCut, quantile_of
from titian.traits.exact import exactly
from titian.traits.trait import DaysSince, Trait, Unit
from titian.warehouse.dataset import Dataset


@dataclass(frozen=True)
class Axis:
    """A dimension: one trait turned into high or low; `field` holds the cut, `column` is what results call it."""

    field: str
    column: str
    trait: Trait
    rule: Cut
    better: Better


class Spread(BaseModel):
    """What a fit learnt of one axis: its cut, and the lowest and highest value."""

    model_config = ConfigDict(frozen=True)

    cut: FittedCut
    low: float | None
    high: float | None


def fit_cuts(data: Dataset, rows: ir.Table, axes: tuple[Axis, ...]) -> tuple[int, list[Spread]]:
    """How many customers there are and the spread of each axis over them, in one pass.

    Quantiles are exact and interpolated linearly between order statistics (Hyndman & Fan 1996, type 7).
    """
    asked: dict[str, ir.Value] = {"customers": rows.count()}
    for number, axis in enumerate(axes):
        asked |= _statistics(number, axis, rows[axis.column])
    found: dict[str, Any] = data.execute(rows.aggregate(**asked))[0]
    for number, axis in enumerate(axes):
        count = int(found[f"count{number}"])
        rank = _missed_rank(axis.rule, count)
        if rank is not None:
            found[f"cut{number}"] = _order_statistic(data, rows, axis.column, rank)
        if axis.rule == "mean" and count:
            # Divided as a fraction: 0.6 / 3 in doubles is a hair below 0.2, and a customer at 0.2 would be high.
            rest = Fraction(found.get(f"rest{number}", 0)) / _parts(axis.trait.unit)
            found[f"cut{number}"] = float((Fraction(found[f"cut{number}"]) + rest) / count)
        if axis.rule != "mean" and found.get(f"cut{number}") is not None and rows[axis.column].type().is_integer():
            # Between whole numbers doubles may meet 3 a hair above it, and a customer at 3 would be high on recency.
            found[f"cut{number}"] = round(found[f"cut{number}"], 9)
    spreads = [_spread(number, axis, found) for number, axis in enumerate(axes)]
    return int(found["customers"]), spreads


def _statistics(number: int, axis: Axis, column: ir.Column) -> dict[str, ir.Value]:
    value = column.cast("float64")
    asked: dict[str, ir.Value] = {
        f"count{number}": value.count(),
        f"low{number}": value.min(),
        f"high{number}": value.max(),
    }
    if axis.rule == "mean":
        asked |= _exact_sum(number, column, axis.trait.unit)
    elif isinstance(axis.rule, str):
        asked[f"cut{number}"] = value.quantile(quantile_of(axis.rule) or 0.5)
    return asked


def _missed_rank(rule: float | str, count: int) -> int | None:
    """The rank (n - 1)·q where it is a whole number that doubles miss: 100 · 0.29 is 28.999999999999996 to an engine."""
    share = quantile_of(rule)
    if share is None or count == 0:
        return None
    exact = (count - 1) * Fraction(str(share))
    return int(exact) if exact.denominator == 1 and (count - 1) * share != exact else None


def _order_statistic(data: Dataset, rows: ir.Table, column: str, rank: int) -> float:
    """The value with `rank` others before it."""
    values = rows.filter(rows[column].notnull()).select(value=rows[column].cast("float64"))
    (found,) = data.execute(values.order_by("value").limit(1, offset=rank))
    return float(str(found["value"]))


def _exact_sum(number: int, column: ir.Column, unit: Unit) -> dict[str, ir.Value]:
    """The sum, the same in whatever order an engine adds, and on every engine.

    Of doubles the whole numbers are added, and the parts of one behind their point: to make decimals of doubles each
    engine has a way of its own.
    """
    if not column.type().is_floating():
        return {f"cut{number}": column.cast("decimal(38, 4)" if column.type().is_decimal() else "decimal(38, 0)").sum()}
    whole = column.floor()
    rest = (column - whole) * float(_parts(unit))
    parts = rest.round() if unit is Unit.MONEY else rest.floor()
    return {
        f"cut{number}": whole.cast("int64").cast("decimal(38, 0)").sum(),
        f"rest{number}": parts.cast("int64").cast("decimal(38, 0)").sum(),
    }


def _parts(unit: Unit) -> int:
    """Into how many parts one is divided: money as it is written, 0.1 + 0.2 is 0.3; what is measured to the last bit."""
    return 10**10 if unit is Unit.MONEY else 2**60


def _spread(number: int, axis: Axis, found: Mapping[str, float | None]) -> Spread:
    fixed = not isinstance(axis.rule, str)
    low, high = found[f"low{number}"], found[f"high{number}"]
    value = axis.rule if not isinstance(axis.rule, str) else found[f"cut{number}"]
    if not fixed and value is not None and low is not None and high is not None:
        # Rounding may carry a mean past the extremes; where all are equal that would make everyone high.
        value = min(max(float(value), low), high)
    cut = FittedCut(
        field=axis.field,
        trait=axis.column,
        rule=axis.rule,
        value=None if value is None else float(value),
        inclusive=fixed,
        better=axis.better,
    )
    return Spread(cut=cut, low=low, high=high)


def turns_of(traits: Mapping[str, Trait], cuts: Iterable[FittedCut]) -> dict[str, tuple[int, ...]]:
    """On which number of days each days-since trait passes its cuts; cuts without a value are never passed."""
    found: dict[str, set[int]] = {}
    for cut in cuts:
        if cut.value is not None and isinstance(traits[cut.trait].made, DaysSince):
            counts_itself = cut.inclusive == (cut.better == "low")
            found.setdefault(cut.trait, set()).add(floor(cut.value) + 1 if counts_itself else ceil(cut.value))
    return {name: tuple(sorted(days)) for name, days in found.items()}


def is_high(column: ir.Column, cut: FittedCut) -> ir.BooleanValue:
    """Whether each value is on the good side of the cut; false without a cut."""
    if cut.value is None:
        return ibis.literal(False)
    value = exactly(cut.value)
    if cut.better == "high":
        return column >= value if cut.inclusive else column > value
    return column <= value if cut.inclusive else column < value
