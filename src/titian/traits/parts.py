"""Parts: the traits of a rule from pieces that are kept each on its own, so that only what changed is read again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial

import ibis
import ibis.expr.types as ir

from titian.traits.by_day import DayFold, day_folds, day_part, seen_by
from titian.traits.planner import (
    TraitTable,
    by_source,
    finished,
    folded,
    moment_of,
    on_population,
    once_each,
    with_needs,
)
from titian.traits.sources import Source
from titian.traits.trait import Fold, Trait
from titian.warehouse.dataset import Dataset
from titian.warehouse.keeping import KeptRelation
from titian.warehouse.zones import day_begun_at

AT_ONCE = 4
"""Folds of events by day that are kept each on its own; of more, as many are read together: each takes room for everyone."""


def trait_parts(traits: Iterable[Trait], data: Dataset, as_of: datetime) -> TraitTable:
    """The traits of every customer as `trait_table` has them, from parts: who was seen, and the folds of each source.

    Of a rule that is being written only the part that changed is read again, and of that only rows that can count.
    """
    wanted, made = once_each(traits), _Parts(data, as_of)
    folds = [trait for trait in with_needs(wanted) if isinstance(trait.made, Fold)]
    by_day = [] if data.event_days is None else day_folds(folds, wanted, data.meanings, made.moment)
    size = 1 if len(by_day) <= AT_ONCE else AT_ONCE
    for first in range(0, len(by_day), size):
        made.join_days(by_day[first : first + size])
    counted = {one.trait.column for one in by_day}
    for source, rest in by_source([trait for trait in folds if trait.column not in counted]).items():
        made.join(source, rest)
    rows = finished(made.rows, wanted, made.moment)
    return TraitTable(rows, data, as_of, made.kept, held=made.held, counted=made.everyone)


class _Parts:
    """Everyone who was seen, and the parts that were put beside them.

    Where events are kept by day everyone has the `number` that they have there and a `place` of their own: parts are joined
    by these, as whole numbers are a tenth of the work that texts are.
    """

    def __init__(self, data: Dataset, as_of: datetime) -> None:
        self.data, self.moment = data, moment_of(data, as_of)
        self.held: list[KeptRelation] = []
        self._key = (data.version, as_of)
        self.everyone, self.kept = data.engine.keep((*self._key, "population"), self._population)
        self.rows = self.everyone

    def join(self, source: Source, traits: list[Trait]) -> None:
        """Put the folds of one source beside everyone."""
        columns = tuple(sorted(trait.column for trait in traits))
        by = "customer_id" if self.data.event_days is None else "place"
        self._put((source.name, columns), by, partial(self._folded, source, traits))

    def join_days(self, folds: list[DayFold]) -> None:
        """Put folds of events by day beside everyone."""
        kept = self.data.event_days
        assert kept is not None
        columns = tuple(one.trait.column for one in folds)
        self._put(("event days", columns), "number", partial(day_part, folds, kept))

    def _put(self, name: tuple[str, tuple[str, ...]], by: str, build: partial[ir.Table]) -> None:
        part, held = self.data.engine.keep((*self._key, *name), build)
        self.rows = self.rows.left_join(part, by).drop(f"{by}_right")
        self.held.append(held)

    def _folded(self, source: Source, traits: list[Trait]) -> ir.Table:
        part = folded(source, traits, self.data, self.moment, only_what_counts=True)
        if self.data.event_days is None:
            return part
        places = self.everyone.select("customer_id", "place")
        return places.inner_join(part, "customer_id").drop("customer_id")

    def _population(self) -> ir.Table:
        kept = self.data.event_days
        if kept is None:
            return on_population({}, self.data, self.moment)
        seen = on_population({}, self.data, self.moment, self._seen_in_events())
        numbered = seen.left_join(kept.numbers, "customer_id").drop("customer_id_right")
        return numbered.mutate(place=ibis.row_number().cast("int32"))

    def _seen_in_events(self) -> ir.Table | None:
        """customer_id of whoever did anything before the as_of, where the days tell."""
        assert self.data.event_days is not None
        day = day_begun_at(self.moment.as_of.astimezone(UTC).replace(tzinfo=None), self.moment.timezone)
        return None if day is None else seen_by(day, self.data.event_days)
