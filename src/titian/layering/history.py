"""History: who was in which layer on which days, as intervals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import count, groupby, takewhile

import ibis
import ibis.expr.types as ir

from titian.domain.instants import Moment, instant, local_day, months_later, not_after
from titian.errors import InputError
from titian.layering.assignment import answerable
from titian.layering.chronicle import Every, Teller
from titian.layering.fitted import Fitted
from titian.layering.following import followed_traits
from titian.layering.frame import Frame
from titian.layering.intervals import shown
from titian.layering.layering import Layering
from titian.layering.moves import Moves, count_moves
from titian.layering.stays import Stays, stays
from titian.traits.changes import day_number, day_of
from titian.traits.planner import trait_table
from titian.warehouse.dataset import Dataset
from titian.warehouse.keeping import KeptRelation


@dataclass(frozen=True)
class History:
    """Everyone's layers from `start` to `end`, both included, as of the local midnights of the days looked at.

    `rows`, in the engine, are the intervals as `layering.intervals` describes them.
    """

    definition: Layering
    data: Dataset
    start: date
    end: date
    every: Every
    fitted: Fitted
    rows: ir.Table
    kept: tuple[KeptRelation, ...]
    """Holding this holds the computed rows."""

    @property
    def table(self) -> ir.Table:
        """In the engine: customer_id, layer, valid_from, valid_to, reason.

        An interval holds from the as_of of valid_from until before that of valid_to, which is empty where the customer
        is still in the layer at the end. reason: "start" (there at the start), "entered" (first seen), else the traits
        whose cut was passed ("-recency_days +spend": + to the good side), or "changed".
        """
        return shown(self.rows, self.start, self.fitted)

    def to_pandas(self) -> Frame:
        """The intervals as a pandas frame, by customer and time."""
        rows = self.data.arrow(self.table.order_by("customer_id", "valid_from"))
        return Frame(rows.to_pandas(date_as_object=False))

    def at(self, day: date) -> ir.Table:
        """customer_id and layer as of a day, in the engine. Raises InputError for a day that history does not cover."""
        number = self._number(day)
        inside = (self.rows.since <= number) & (self.rows.until.isnull() | (self.rows.until > number))
        return self.rows.filter(inside).select("customer_id", "layer")

    def flows(self, start: date, end: date) -> Moves:
        """Who moved between two days of the history."""
        layers = self.fitted.layers
        return count_moves(self.data, self.at(start), self.at(end), layers, layers)

    def sizes(self) -> Frame:
        """Customers per layer over time: day, layer, customers; every layer on every day looked at."""
        came = self.rows.group_by("layer", day="since").aggregate(came=ibis._.count())
        gone = self.rows.filter(self.rows.until.notnull())
        went = gone.group_by("layer", day="until").aggregate(went=ibis._.count())
        counted: dict[tuple[str, int], int] = {}
        for rows, sign in ((came, 1), (went, -1)):
            for row in self.data.execute(rows):
                key = (str(row["layer"]), int(str(row["day"])))
                counted[key] = counted.get(key, 0) + sign * int(str(row["came" if sign > 0 else "went"]))
        lines = []
        here = dict.fromkeys((layer.key for layer in self.fitted.layers), 0)
        for day in self.days:
            for layer in here:
                here[layer] += counted.get((layer, day_number(day)), 0)
                lines.append((day, layer, here[layer]))
        return Frame(lines, columns=["day", "layer", "customers"])

    def arrivals(self) -> dict[date, int]:
        """How many customers came to a layer on each day, from another or first seen; days without any are left out."""
        came = self.rows.filter(self.rows.since > day_number(self.start))
        counted = came.group_by("since").aggregate(customers=ibis._.count())
        return {day_of(int(str(row["since"]))): int(str(row["customers"])) for row in self.data.execute(counted)}

    def stays(self) -> Stays:
        """How long customers stay in each layer: medians and curves, of those who came to it after the start."""
        return stays(self.data, self.rows, self.fitted.layers, self.start, self.days[-1])

    def moved(self, day: date) -> ir.Table:
        """Who changed layer as of a day: customer_id, source (empty where first seen), target, reason."""
        number = self._number(day)
        new = self.rows.filter(self.rows.since == number, self.rows.since > day_number(self.start))
        came = shown(new, self.start, self.fitted)
        left = self.rows.filter(self.rows.until == number).select("customer_id", source="layer")
        joined = came.left_join(left, "customer_id")
        return joined.select("customer_id", "source", target="layer", reason="reason")

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days looked at."""
        return tuple(grid(self.start, self.end, self.every, self.data.timezone))

    def _number(self, day: date) -> int:
        if day in self.days:
            return day_number(day)
        raise InputError(
            f"the history does not cover {day}",
            f"it goes from {self.start} to {self.end}, every {self.every}",
            zh=f"历史不包含 {day}",
            hint_zh=f"历史从 {self.start} 到 {self.end}，粒度为 {self.every}",
            day=day,
        )


def grid(start: date, end: date, every: Every, timezone: str) -> Iterator[date]:
    """The days from start to end, every day, week or month; a month's last day stands in for a day it lacks.

    For a day that never came in the zone, as 30 December 2011 in Samoa, stands the day that came instead.
    """
    asked = takewhile(lambda day: day <= end, (_step(start, number, every) for number in count()))
    came = (local_day(instant(day, timezone), timezone) for day in asked)
    return (day for day, _ in groupby(came))


def _step(start: date, number: int, every: Every) -> date:
    return months_later(start, number) if every == "month" else start + timedelta(days=number * _STEP[every])


_STEP = {"day": 1, "week": 7}


def history(
    definition: Layering,
    data: Dataset,
    start: Moment,
    end: Moment,
    *,
    every: Every = "day",
    refit: bool = False,
    fitted: Fitted | None = None,
) -> History:
    """Membership intervals of everyone from `start` to `end`, with cuts fitted once, at the start (or given).

    `refit` fits anew on every day looked at. What was told before is kept, and gone on with where no row of its days has
    changed since. Raises InputError when the end does not lie after the start, or the
    start before all data, and MissingDataError without the tables that the layering needs.
    """
    first, last = _days_of(start, end, data)
    begin = instant(first, data.timezone)
    answerable(definition, data, begin)
    frozen = fitted or definition.fit(trait_table(followed_traits(definition), data, begin))
    teller = Teller(definition, data, None if refit else frozen, every, tuple(grid(first, last, every, data.timezone)))
    rows, kept = teller.told()
    return History(definition, data, first, last, every, frozen, rows, kept)


def _days_of(start: Moment, end: Moment, data: Dataset) -> tuple[date, date]:
    first, last = (local_day(instant(at, data.timezone), data.timezone) for at in (start, end))
    if last > first:
        return first, last
    raise not_after(first, last)
