"""Portrait bins: how many of a group and of everybody have each value of every trait, counted in the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Literal

import ibis
import ibis.expr.types as ir

from titian.traits.exact import exactly, total_of
from titian.traits.moment import Moment
from titian.traits.trait import Trait, Unit
from titian.warehouse.dataset import Dataset

MOST_VALUES = 20
PARTS = 5
"""Numbers and dates are cut into parts of as many of everybody as can be without splitting ties."""

BinKind = Literal["value", "range", "other", "unknown"]
Row = Mapping[str, object]
_UNKNOWN = -1


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


@dataclass
class _Read:
    """A trait as the query reads it: text, or a number in `column`."""

    trait: Trait
    column: str
    ranged: bool
    dated: bool
    figures: dict[str, float] = field(default_factory=dict)
    edges: tuple[float, ...] = ()
    middles: dict[str, float] = field(default_factory=dict)

    @property
    def valued(self) -> dict[str, int]:
        """Customers with a value, of everybody and of the group."""
        return {who: int(self.figures.get(f"{who}_count", 0)) for who in ("everyone", "inside")}

    def middle(self, who: str) -> Middle:
        count = self.valued[who]
        return Middle(self.figures[f"{who}_total"] / count, self.middles[who]) if count else NO_MIDDLE


class Counting:
    """Counts all traits over rows of customers with the traits and `inside`: three queries, however many traits."""

    def __init__(self, rows: ir.Table, traits: Sequence[Trait], data: Dataset, moment: Moment) -> None:
        self._data = data
        self._read = [_read(place, rows, trait) for place, trait in enumerate(traits)]
        columns = {one.column: _readable(rows[one.trait.column], one, moment) for one in self._read}
        self.rows = rows.select("inside", **columns)
        """What the queries read; may be put in the place of what was computed from it."""

    def counted(self) -> tuple[Sizes, list[CountedTrait]]:
        """The sizes, and every trait with its bins."""
        ranged = [one for one in self._read if one.ranged]
        sizes = self._sum_up(ranged)
        valued = [one for one in ranged if one.valued["everyone"]]
        if valued:
            self._cut(valued)
        bins: list[list[Counted]] = [[] for _ in self._read]
        for row in self._bins() if self._read else ():
            bins[_whole(row["trait"])].append(_bin(row, self._read[_whole(row["trait"])]))
        return sizes, [
            CountedTrait(one.trait, one.dated, tuple(found), one.middle("inside"), one.middle("everyone"))
            for one, found in zip(self._read, bins, strict=True)
        ]

    def _sum_up(self, ranged: Sequence[_Read]) -> Sizes:
        """Sizes, and of each number how many have it and their total."""
        rows = self.rows
        asked: dict[str, ir.Value] = {"inside": rows.inside.sum(), "everyone": rows.count()}
        for one in ranged:
            for who, value in (("everyone", rows[one.column]), ("inside", _inside(rows, one))):
                asked[f"{one.column}_{who}_count"] = value.count()
                # Cents add up to the same in any order.
                asked[f"{one.column}_{who}_total"] = total_of(value) if one.trait.unit is Unit.MONEY else value.sum()
        (found,) = self._data.execute(rows.aggregate(**asked))
        for one in ranged:
            for name in ("everyone_count", "everyone_total", "inside_count", "inside_total"):
                one.figures[name] = float(str(found[f"{one.column}_{name}"] or 0))
        return Sizes(_whole(found["inside"]), _whole(found["everyone"]))

    def _cut(self, valued: Sequence[_Read]) -> None:
        """The edges of each number's parts, and its medians."""
        asked: dict[str, ir.Value] = {}
        for one in valued:
            count, inside = one.valued["everyone"], one.valued["inside"]
            value = self.rows[one.column]
            asked[one.column] = value.quantile(_shares([*_edge_ranks(count), *_middle_ranks(count)], count))
            if inside:
                asked[f"{one.column}_inside"] = value.quantile(
                    _shares(_middle_ranks(inside), inside), where=self.rows.inside
                )
        (found,) = self._data.execute(self.rows.aggregate(**asked))
        for one in valued:
            *edges, low, high = _numbers(found[one.column])
            one.edges = tuple(sorted(set(edges)))
            one.middles["everyone"] = (low + high) / 2
            if one.valued["inside"]:
                one.middles["inside"] = sum(_numbers(found[f"{one.column}_inside"])) / 2

    def _bins(self) -> list[dict[str, object]]:
        parts = [self._ranges(n, one) if one.ranged else self._values(n, one) for n, one in enumerate(self._read)]
        found = parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0]
        rows = self._data.execute(found)
        return sorted(rows, key=lambda row: (_whole(row["trait"]), _whole(row["bin"]) % (MOST_VALUES + 2)))

    def _ranges(self, place: int, one: _Read) -> ir.Table:
        value = self.rows[one.column]
        below = [(value <= exactly(edge), number) for number, edge in enumerate(one.edges)]
        coded = self.rows.select(
            "inside", value=value, bin=ibis.cases((value.isnull(), _UNKNOWN), *below, else_=len(one.edges))
        )
        found = coded.group_by("bin").aggregate(
            low=coded.value.min(), high=coded.value.max(), inside=coded.inside.sum(), everyone=coded.count()
        )
        return _alike(found.mutate(value=ibis.null("string")), place)

    def _values(self, place: int, one: _Read) -> ir.Table:
        """The most frequent values, and the others together."""
        said = self.rows.select("inside", value=one.column)
        counted = said.group_by("value").aggregate(inside=said.inside.sum(), everyone=said.count())
        order = [counted.value.isnull(), ibis.desc("everyone"), "value"]
        placed = counted.mutate(place=ibis.row_number().over(ibis.window(order_by=order)))
        placed = placed.mutate(
            bin=ibis.cases(
                (placed.value.isnull(), _UNKNOWN), (placed.place < MOST_VALUES, placed.place), else_=MOST_VALUES
            )
        )
        named = ibis.ifelse(placed.bin == MOST_VALUES, ibis.null("string"), placed.value)
        found = placed.group_by("bin").aggregate(
            value=named.max(), inside=placed.inside.sum(), everyone=placed.everyone.sum()
        )
        nothing = ibis.null("float64")
        return _alike(found.mutate(low=nothing, high=nothing), place)


def _read(place: int, rows: ir.Table, trait: Trait) -> _Read:
    dated = rows[trait.column].type().is_temporal()
    return _Read(trait, f"value_{place}", ranged=dated or trait.unit.numeric, dated=dated)


def _readable(value: ir.Value, one: _Read, moment: Moment) -> ir.Value:
    """A number, the local day of an instant as one, or a text without blanks around it; none where nothing is left."""
    if not one.ranged:
        return value.cast("string").strip().nullif("")
    if one.dated:
        value = value.epoch_days() if value.type().is_date() else moment.local_day_number(value)
    return value.cast("float64")


def _inside(rows: ir.Table, one: _Read) -> ir.Value:
    return ibis.ifelse(rows.inside, rows[one.column], ibis.null("float64"))


def _edge_ranks(count: int) -> Iterator[int]:
    """The first customer, by their values, with whom each share of all is reached."""
    return (ceil(count * part / PARTS) for part in range(1, PARTS))


def _middle_ranks(count: int) -> tuple[int, int]:
    return (count + 1) // 2, count // 2 + 1


def _shares(ranks: Sequence[int], count: int) -> list[float]:
    """Shares that name these ranks of `count` without a doubt: from the middle of each one's step."""
    return [(rank - 0.5) / count for rank in ranks]


def _alike(found: ir.Table, place: int) -> ir.Table:
    """The columns that all traits' bins have."""
    return found.select(
        trait=ibis.literal(place).cast("int64"),
        bin=found.bin.cast("int64"),
        value="value",
        low="low",
        high="high",
        inside=found.inside.cast("int64"),
        everyone=found.everyone.cast("int64"),
    )


def _bin(row: Row, one: _Read) -> Counted:
    number, value = _whole(row["bin"]), row["value"]
    inside, everyone = _whole(row["inside"]), _whole(row["everyone"])
    if number == _UNKNOWN:
        return Counted("unknown", None, None, None, inside, everyone)
    if one.ranged:
        low, high = (float(str(row[end])) for end in ("low", "high"))
        return Counted("range", None, low, high, inside, everyone)
    if number == MOST_VALUES:
        return Counted("other", None, None, None, inside, everyone)
    return Counted("value", str(value), None, None, inside, everyone)


def _numbers(found: object) -> list[float]:
    return [float(one) for one in found] if isinstance(found, list) else []


def _whole(value: object) -> int:
    return 0 if value is None else int(str(value))
