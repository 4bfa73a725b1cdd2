"""Portrait bins: how many of a group have each value of every trait, beside how many of everybody do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

import ibis
import ibis.expr.types as ir

from titian.measure.portrait_everyone import (
    OTHER,
    UNKNOWN,
    Bin,
    Everyone,
    Reading,
    middle_ranks,
    numbers,
    rank_shares,
    whole,
)
from titian.traits.exact import exactly
from titian.traits.trait import Trait
from titian.warehouse.dataset import Dataset

BinKind = Literal["value", "range", "other", "unknown"]
Row = Mapping[str, object]


@dataclass(frozen=True)
class Counted:
    """One bin of a trait: a value, a range (its lowest and highest value), the rest of the values, or no value."""

    kind: BinKind
    value: str | None
    low: float | None
    high: float | None
    inside: int
    everyone: int


@dataclass(frozen=True)
class Middle:
    """Mean and median of a number, dates in days since 1970."""

    mean: float | None
    median: float | None


NO_MIDDLE = Middle(None, None)


@dataclass(frozen=True)
class CountedTrait:
    """The bins of a trait in their order, and of a number or date the middle of the group and of everybody."""

    trait: Trait
    dated: bool
    """Whether its values are days."""
    bins: tuple[Counted, ...]
    inside: Middle = NO_MIDDLE
    everyone: Middle = NO_MIDDLE


@dataclass(frozen=True)
class Sizes:
    """How many customers are in the group, and in all."""

    inside: int
    everyone: int


class Counting:
    """Counts all traits of the customers of a group beside what is known of everybody: three queries, however many traits."""

    def __init__(self, inside: ir.Table, everyone: Everyone, data: Dataset) -> None:
        self._data, self._everyone = data, everyone
        self.rows = inside.select(
            "customer_id", **{one.column: one.value(inside, everyone.moment) for one in everyone.read}
        )
        """What the queries read, a row per customer of the group; may be put in the place of what was computed from it."""

    def counted(self) -> tuple[Sizes, list[CountedTrait]]:
        """The sizes, and every trait with its bins."""
        ranged = [one for one in self._everyone.read if one.ranged]
        figures = self._figures(ranged)
        size = whole(figures["customers"])
        inside = {one.column: self._range_counts(one, figures) for one in ranged}
        inside |= self._value_counts([one for one in self._everyone.read if not one.ranged], size)
        middles = self._middles({one.column: inside[one.column] for one in ranged})
        told = []
        for one in self._everyone.read:
            known, counts = self._everyone.traits[one.column], inside[one.column]
            count = sum(customers for number, customers in counts.items() if number != UNKNOWN)
            total, median = figures.get(f"{one.column}_total"), middles.get(one.column)
            middle = NO_MIDDLE if median is None else Middle(float(str(total)) / count, median)
            bins = tuple(_counted(found, counts.get(found.number, 0), one.ranged) for found in known.bins)
            told.append(CountedTrait(one.trait, one.dated, bins, middle, Middle(known.mean, known.median)))
        return Sizes(size, self._everyone.customers), told

    def _figures(self, ranged: Sequence[Reading]) -> Row:
        """How many there are, and of each number the total and how many lie in each part of everybody's: one look at the rows."""
        asked: dict[str, ir.Value] = {"customers": self.rows.count()}
        for one in ranged:
            value, edges = self.rows[one.column], self._everyone.traits[one.column].edges
            asked[f"{one.column}_known"] = value.count()
            asked[f"{one.column}_total"] = one.total(value)
            # Up to each edge, from which the parts follow: one comparison a part.
            asked |= {f"{one.column}_to_{n}": (value <= exactly(edge)).sum() for n, edge in enumerate(edges)}
        (found,) = self._data.execute(self.rows.aggregate(**asked))
        return found

    def _range_counts(self, one: Reading, figures: Row) -> dict[int, int]:
        edges = self._everyone.traits[one.column].edges
        known = whole(figures[f"{one.column}_known"])
        reached = [*(whole(figures[f"{one.column}_to_{number}"]) for number in range(len(edges))), known]
        counts = {number: upto - below for number, (below, upto) in enumerate(pairwise((0, *reached)))}
        return {**counts, UNKNOWN: whole(figures["customers"]) - known}

    def _value_counts(self, texts: Sequence[Reading], size: int) -> dict[str, dict[int, int]]:
        """Of each text how many have each of everybody's most frequent values, any other, and none."""
        found: dict[str, dict[int, int]] = {one.column: {} for one in texts}
        parts = [part for one in texts if (part := self._values(one)) is not None]
        for row in self._data.execute(parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0]) if parts else ():
            column = str(row["trait"])
            number = self._everyone.traits[column].numbers.get(row["value"], UNKNOWN)
            found[column][number] = whole(row["customers"])
        return {column: {**counts, OTHER: size - sum(counts.values())} for column, counts in found.items()}

    def _values(self, one: Reading) -> ir.Table | None:
        named = [value for value in self._everyone.traits[one.column].numbers if isinstance(value, str)]
        value = self.rows[one.column]
        asked = self.rows.filter(value.isin(named) | value.isnull()) if named else self.rows.filter(value.isnull())
        counted = asked.group_by(value=one.column).aggregate(customers=asked.count())
        return counted.select(trait=ibis.literal(one.column), value="value", customers="customers")

    def _middles(self, counts: Mapping[str, Mapping[int, int]]) -> dict[str, float]:
        """The medians, looked for in the parts where they lie."""
        asked: dict[str, ir.Value] = {}
        for column, inside in counts.items():
            parts = [inside[number] for number in sorted(inside) if number != UNKNOWN]
            if sum(parts):
                asked[column] = self._middle(column, parts)
        if not asked:
            return {}
        (found,) = self._data.execute(self.rows.aggregate(**asked))
        return {column: sum(numbers(found[column])) / 2 for column in asked}

    def _middle(self, column: str, parts: Sequence[int]) -> ir.Value:
        value, edges = self.rows[column], self._everyone.traits[column].edges
        reached, ranks = list(accumulate(parts)), middle_ranks(sum(parts))
        first, last = (bisect_left(reached, rank) for rank in ranks)
        below = reached[first - 1] if first else 0
        here = [value > exactly(edges[first - 1])] if first else []
        here += [value <= exactly(edges[last])] if last < len(edges) else []
        shares = rank_shares([rank - below for rank in ranks], reached[last] - below)
        return value.quantile(shares, where=ibis.and_(*here) if here else None)


def _counted(found: Bin, inside: int, ranged: bool) -> Counted:
    if found.number == UNKNOWN:
        return Counted("unknown", None, None, None, inside, found.customers)
    if ranged:
        return Counted("range", None, found.low, found.high, inside, found.customers)
    kind: BinKind = "other" if found.number == OTHER else "value"
    return Counted(kind, found.value, None, None, inside, found.customers)
