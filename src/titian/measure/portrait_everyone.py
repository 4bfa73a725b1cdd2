"""Everybody by every trait: the parts that numbers are cut into, the most frequent texts, means and medians, told once a day.

Whoever looks at one group after the other asks it of the same customers: it is kept as long as they and the traits stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from titian.traits.exact import exactly, total_of
from titian.traits.moment import Moment
from titian.traits.planner import TraitTable
from titian.traits.trait import Trait, Unit
from titian.warehouse.keeping import KeptRelation

MOST_VALUES = 20
PARTS = 5
"""Numbers and dates are cut into parts of as many of everybody as can be without splitting ties."""
UNKNOWN, OTHER = -1, MOST_VALUES
"""Numbers of the bins of who has no value, and of the values that are not among the most frequent."""
KEPT = pa.schema(
    [
        ("trait", pa.string()),
        ("bin", pa.int64()),
        ("value", pa.string()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("customers", pa.int64()),
    ]
)
"""A row per bin; one of bin null per trait has its mean and median as low and high, and of no trait how many they are."""


@dataclass(frozen=True)
class Reading:
    """A trait as the queries read it: text, or a number in `column`."""

    trait: Trait
    column: str
    ranged: bool
    dated: bool
    """Whether its values are days."""

    @classmethod
    def of(cls, place: int, rows: ir.Table, trait: Trait) -> Reading:
        """How a trait of these rows is read."""
        dated = rows[trait.column].type().is_temporal()
        return cls(trait, f"value_{place}", ranged=dated or trait.unit.numeric, dated=dated)

    def value(self, rows: ir.Table, moment: Moment) -> ir.Value:
        """A number, the local day of an instant as one, or a text without blanks around it; none where nothing is left."""
        value = rows[self.trait.column]
        if not self.ranged:
            return value.cast("string").strip().nullif("")
        if self.dated:
            value = value.epoch_days() if value.type().is_date() else moment.local_day_number(value)
        return value.cast("float64")

    def total(self, value: ir.Value) -> ir.Value:
        """The values added up; cents add up to the same in any order."""
        return total_of(value) if self.trait.unit is Unit.MONEY else value.sum()


@dataclass(frozen=True)
class Bin:
    """A bin of a trait: its place, its value or its lowest and highest one, and how many of everybody are in it."""

    number: int
    value: str | None
    low: float | None
    high: float | None
    customers: int


@dataclass(frozen=True)
class Known:
    """What is known of everybody by one trait."""

    bins: tuple[Bin, ...]
    mean: float | None
    median: float | None

    @property
    def edges(self) -> tuple[float, ...]:
        """The highest values of all parts but the last."""
        return tuple(one.high for one in self.bins if one.number != UNKNOWN and one.high is not None)[:-1]

    @property
    def numbers(self) -> dict[object, int]:
        """The bins of the most frequent values, by value."""
        return {one.value: one.number for one in self.bins if one.value is not None}


class Everyone:
    """Everybody of a trait table by its traits."""

    def __init__(self, table: TraitTable, traits: Sequence[Trait]) -> None:
        self.moment = table.moment
        self.read = [Reading.of(place, table.rows, trait) for place, trait in enumerate(traits)]
        self._table = table
        key = (table.data.version, table.as_of, "everyone", tuple(trait.column for trait in traits))
        rows, self._kept = table.data.engine.upload(key, self._told)
        self._found = table.data.execute(rows)

    @property
    def customers(self) -> int:
        """How many they are."""
        return next(whole(row["customers"]) for row in self._found if row["trait"] is None)

    @cached_property
    def traits(self) -> Mapping[str, Known]:
        """By the columns of the readings; bins in their order."""
        found = {}
        for one in self.read:
            rows = [row for row in self._found if row["trait"] == one.column]
            (figures,) = (row for row in rows if row["bin"] is None)
            bins = (_bin(row) for row in rows if row["bin"] is not None)
            ordered = sorted(bins, key=lambda found: found.number % (MOST_VALUES + 2))
            found[one.column] = Known(tuple(ordered), _number(figures["low"]), _number(figures["high"]))
        return found

    @property
    def held(self) -> KeptRelation:
        """Holds what was told."""
        return self._kept

    def _told(self) -> pa.Table:
        return pa.Table.from_pylist(list(self._rows()), schema=KEPT)

    def _rows(self) -> Iterator[dict[str, object]]:
        values = {one.column: one.value(self._table.rows, self.moment) for one in self.read}
        rows = self._table.rows.select("customer_id", **values)
        ranged = [one for one in self.read if one.ranged]
        asked: dict[str, ir.Value] = {"customers": rows.count()}
        for one in ranged:
            asked |= {
                f"{one.column}_count": rows[one.column].count(),
                f"{one.column}_total": one.total(rows[one.column]),
            }
        (sums,) = self._table.data.execute(rows.aggregate(**asked))
        counts = {one.column: whole(sums[f"{one.column}_count"]) for one in ranged}
        edges, medians = self._cut(rows, counts)
        yield _figures(None, None, None, sums["customers"])
        for one in self.read:
            count, median = counts.get(one.column, 0), medians.get(one.column)
            mean = float(str(sums[f"{one.column}_total"])) / count if count else None
            yield _figures(one.column, mean, median, None)
        parts = [
            _ranges(rows, one, edges.get(one.column, ())) if one.ranged else _values(rows, one) for one in self.read
        ]
        if parts:
            yield from self._table.data.execute(parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0])

    def _cut(self, rows: ir.Table, counts: Mapping[str, int]) -> tuple[dict[str, list[float]], dict[str, float]]:
        """The edges of each number's parts, and its median."""
        asked = {
            column: rows[column].quantile(rank_shares([*_edge_ranks(count), *middle_ranks(count)], count))
            for column, count in counts.items()
            if count
        }
        if not asked:
            return {}, {}
        (found,) = self._table.data.execute(rows.aggregate(**asked))
        cut = {column: numbers(found[column]) for column in asked}
        edges = {column: sorted(set(values[:-2])) for column, values in cut.items()}
        return edges, {column: sum(values[-2:]) / 2 for column, values in cut.items()}


def _figures(trait: str | None, mean: float | None, median: float | None, customers: object) -> dict[str, object]:
    return {"trait": trait, "bin": None, "value": None, "low": mean, "high": median, "customers": customers}


def _ranges(rows: ir.Table, one: Reading, edges: Sequence[float]) -> ir.Table:
    value = rows[one.column]
    below = [(value <= exactly(edge), number) for number, edge in enumerate(edges)]
    coded = rows.select(value=value, bin=ibis.cases((value.isnull(), UNKNOWN), *below, else_=len(edges)))
    found = coded.group_by("bin").aggregate(low=coded.value.min(), high=coded.value.max(), customers=coded.count())
    return _alike(found.mutate(value=ibis.null("string")), one)


def _values(rows: ir.Table, one: Reading) -> ir.Table:
    """The most frequent values, and the others together."""
    said = rows.select(value=one.column)
    counted = said.group_by("value").aggregate(customers=said.count())
    order = [counted.value.isnull(), ibis.desc("customers"), "value"]
    placed = counted.mutate(place=ibis.row_number().over(ibis.window(order_by=order)))
    placed = placed.mutate(
        bin=ibis.cases((placed.value.isnull(), UNKNOWN), (placed.place < MOST_VALUES, placed.place), else_=OTHER)
    )
    named = ibis.ifelse(placed.bin == OTHER, ibis.null("string"), placed.value)
    found = placed.group_by("bin").aggregate(value=named.max(), customers=placed.customers.sum())
    nothing = ibis.null("float64")
    return _alike(found.mutate(low=nothing, high=nothing), one)


def _alike(found: ir.Table, one: Reading) -> ir.Table:
    """The columns that all traits' bins have."""
    return found.select(
        trait=ibis.literal(one.column),
        bin=found.bin.cast("int64"),
        value="value",
        low="low",
        high="high",
        customers=found.customers.cast("int64"),
    )


def _bin(row: Mapping[str, object]) -> Bin:
    value = row["value"]
    said = None if value is None else str(value)
    return Bin(whole(row["bin"]), said, _number(row["low"]), _number(row["high"]), whole(row["customers"]))


def _edge_ranks(count: int) -> Iterator[int]:
    """The first customer, by their values, with whom each share of all is reached."""
    return (ceil(count * part / PARTS) for part in range(1, PARTS))


def middle_ranks(count: int) -> tuple[int, int]:
    """The customers, by their values, whose mean is the median."""
    return (count + 1) // 2, count // 2 + 1


def rank_shares(ranks: Sequence[int], count: int) -> list[float]:
    """Shares that name these ranks of `count` without a doubt: from the middle of each one's step."""
    return [(rank - 0.5) / count for rank in ranks]


def numbers(found: object) -> list[float]:
    """What an engine gives for several quantiles at once."""
    return [float(one) for one in found] if isinstance(found, list) else []


def whole(value: object) -> int:
    """A count."""
    return 0 if value is None else int(str(value))


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
