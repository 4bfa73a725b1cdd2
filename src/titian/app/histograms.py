"""Histograms: where bins begin and end, and how many customers fall in each."""

from __future__ import annotations

import math
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from titian.app.desk import Reading
from titian.app.showing import number, whole

BINS = 40
RANGE = (0.01, 0.98)
"""The quantiles between which it is worth looking; what lies beyond is counted in the first and last bin."""


@dataclass(frozen=True)
class Bins:
    """`count` bins of one width from `low` on."""

    low: float
    width: float
    count: int

    @property
    def high(self) -> float:
        return self.low + self.width * self.count

    @property
    def edges(self) -> tuple[float, ...]:
        """One more than there are bins."""
        return tuple(round(self.low + self.width * place, 10) for place in range(self.count + 1))

    def place(self, value: ir.Value) -> ir.Value:
        """The bin of each value; the outer ones take what lies beyond."""
        if self.width == 0:
            return ibis.literal(0)
        place = ((value.cast("float64") - self.low) / self.width).floor().cast("int64")
        return ibis.greatest(ibis.literal(0), ibis.least(ibis.literal(self.count - 1), place))


def bins_of(low: float | None, high: float | None, *, whole_steps: bool, most: int = BINS) -> Bins:
    """Round bins over a range: whole numbers where the values are whole."""
    if low is None or high is None or high <= low:
        return Bins(low or 0.0, 1.0, 1)
    width = _round_up((high - low) / most)
    if whole_steps:
        width = max(1.0, math.ceil(width))
    start = math.floor(low / width) * width
    return Bins(start, width, max(1, math.floor((high - start) / width) + 1))


def _round_up(width: float) -> float:
    """The next width that people count in: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= width * (1 - 1e-9))


def ranges(reading: Reading, rows: ir.Table, names: list[str]) -> dict[str, tuple[float | None, float | None]]:
    """The range of each column that is worth looking at, in one pass."""
    if not names:
        return {}
    asked: dict[str, ir.Value] = {}
    for place, name in enumerate(names):
        value = rows[name].cast("float64")
        asked |= {f"low{place}": value.quantile(RANGE[0]), f"high{place}": value.quantile(RANGE[1])}
    (row,) = reading.data.execute(rows.aggregate(**asked))
    return {name: (number(row[f"low{place}"]), number(row[f"high{place}"])) for place, name in enumerate(names)}


def counts(reading: Reading, rows: ir.Table, column: str, bins: Bins) -> dict[str, list[int]]:
    """Customers per bin, by layer."""
    values = rows.filter(rows[column].notnull())
    placed = values.select("layer", bin=bins.place(values[column]))
    found: dict[str, list[int]] = {}
    for row in reading.data.execute(placed.group_by("layer", "bin").aggregate(customers=placed.count())):
        found.setdefault(str(row["layer"]), [0] * bins.count)[whole(row["bin"])] += whole(row["customers"])
    return found
