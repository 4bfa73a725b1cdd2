"""Trait: what one value per customer means and how it is made, as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

import ibis.expr.types as ir

from titian.domain.condition import Before, Edge, span_text
from titian.domain.counting import counted
from titian.domain.cut import Better
from titian.domain.words import Words
from titian.errors import InputError
from titian.traits.moment import Moment
from titian.traits.sources import Needs, Source


class Unit(StrEnum):
    """What one step of a trait is counted in."""

    DAYS = "days"
    ORDERS = "orders"
    MONEY = "money"
    SHARE = "share"
    TIMES = "times"
    PEOPLE = "people"
    SECONDS = "seconds"
    INSTANT = "instant"
    CATEGORY = "category"
    FLAG = "flag"
    NONE = "none"

    @property
    def step(self) -> float:
        """The smallest change that matters: one day, one order, one cent …"""
        return {Unit.MONEY: 0.01, Unit.SHARE: 0.001}.get(self, 1.0)

    @property
    def numeric(self) -> bool:
        """Whether its values can be added, cut and averaged."""
        return self not in (Unit.INSTANT, Unit.CATEGORY, Unit.FLAG)


@dataclass(frozen=True)
class Did:
    """Rows of events that mean one of these, whatever the team calls them."""

    events: tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """A row's part in a fold: `value` (1 when None) if `where` holds, counted at the instant in column `at`."""

    at: str
    value: str | None = None
    where: str | Did | None = None
    sign: Literal[1, -1] = 1


@dataclass(frozen=True)
class Fold:
    """Rows of one source folded into one value; several terms are summed, each by its own date."""

    source: Source
    how: Literal["sum", "count", "min", "max", "distinct", "quantile"]
    terms: tuple[Term, ...]
    share: float = 0.5
    """Which quantile, exact and interpolated; the median unless said otherwise."""


@dataclass(frozen=True)
class Derived:
    """A value computed from other traits of the same customer."""

    needs: tuple[Trait, ...]
    compute: Callable[[Mapping[str, ir.Value], Moment], ir.Value]
    """Takes the needed traits by their keys without windows, and the moment."""
    either: bool = False
    """Whether one of the needed traits is enough."""


@dataclass(frozen=True)
class DaysSince:
    """Local days from an instant of the same customer to the as_of."""

    instant: Trait

    @property
    def needs(self) -> tuple[Trait, ...]:
        """The instant."""
        return (self.instant,)

    @property
    def either(self) -> bool:
        """There is but one."""
        return False

    def compute(self, values: Mapping[str, ir.Value], moment: Moment) -> ir.Value:
        """The days, from the instant by its key and the moment."""
        return moment.days_since(values[self.instant.key])


@dataclass(frozen=True)
class Trait:
    """One value per customer as of an instant.

    `empty` is the value of a customer without a single row (None: no value). `basis` is the trait that must have a
    value for this one to mean anything: buyers' statistics come from buyers.
    """

    key: str
    words: Words
    meaning: Words
    unit: Unit
    made: Fold | Derived | DaysSince
    better: Better = "high"
    empty: float | None = None
    basis: Trait | None = None
    windowed: bool = False
    window_days: int | None = None
    span: tuple[Edge, Edge] | None = None
    """Between which dates, or days before the as_of, its rows lie; in place of a window."""
    picked: tuple[Edge, ...] = ()
    """Dates, or days before the as_of, by which its source picks its rows."""

    @property
    def column(self) -> str:
        """The trait's name with its window: `spend_365d`, `cart_count_between_2024-06-01_2024-06-18`."""
        if self.span is not None:
            return f"{self.key}_between_{span_text(self.span)}"
        return self.key if self.window_days is None else f"{self.key}_{self.window_days}d"

    @property
    def title(self) -> Words:
        """The trait's name with its window: 近 365 天消费金额."""
        if self.span is not None:
            since, until = (edge_words(edge) for edge in self.span)
            return Words(
                zh=f"{since.zh} 至 {until.zh} {self.words.zh}", en=f"{self.words.en} from {since.en} to {until.en}"
            )
        if self.window_days is None:
            return self.words
        days = counted(self.window_days, "day", "days")
        return Words(zh=f"近 {self.window_days} 天{self.words.zh}", en=f"{self.words.en} in {days}")

    @property
    def edges(self) -> tuple[Edge, ...]:
        """All dates and days before the as_of that it names."""
        return (*(self.span or ()), *self.picked)

    def between(self, since: Edge, until: Edge) -> Trait:
        """The same trait of a fold over the rows between two dates or days before the as_of.

        The last day is counted, the last instant is not. Raises InputError where it has no window.
        """
        if not isinstance(self.made, Fold) or not self.windowed:
            raise _always(self)
        return replace(self, window_days=None, span=(since, until))

    def within(self, days: int | None) -> Trait:
        """The same trait over the last `days` days (None: all history). Raises InputError where it has no window."""
        if days is None:
            return replace(self, window_days=None, span=None)
        if not self.windowed:
            raise _always(self)
        return replace(self, window_days=days, span=None)

    def needed(self) -> tuple[Trait, ...]:
        """The traits it is derived from, over the same window where they have one; empty for a fold."""
        if isinstance(self.made, Fold):
            return ()
        return tuple(need.within(self.window_days) if need.windowed else need for need in self.made.needs)

    @property
    def tables(self) -> Needs:
        """The tables that must be there for it to mean anything."""
        if isinstance(self.made, Fold):
            return self.made.source.needs
        groups = frozenset().union(*(need.tables for need in self.made.needs))
        return frozenset({frozenset().union(*groups)}) if self.made.either and groups else groups


def edge_words(edge: Edge) -> Words:
    """A date, or how many days ago."""
    if isinstance(edge, Before):
        days = counted(edge.days_before, "day", "days")
        return Words(zh=f"{edge.days_before} 天前", en=f"{days} ago")
    return Words(zh=edge, en=edge)


def _always(trait: Trait) -> InputError:
    return InputError(
        f"{trait.key} is always over all history",
        f"leave the window of {trait.key} away",
        zh=f"“{trait.words.zh}”总是按全部历史计算",
        hint_zh=f"请去掉 {trait.key} 的时间窗口",
        trait=trait.key,
    )
