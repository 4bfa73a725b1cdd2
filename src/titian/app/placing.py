"""Placing: several layerings on one day from one computation of their traits, each query built when it is needed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import ibis.expr.types as ir

from titian.app.desk import Reading
from titian.app.held import Held, fit_of
from titian.app.rows import shown_traits
from titian.domain.words import Words
from titian.layering.assignment import Assignment
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.traits.planner import TraitTable, trait_table, with_bases


@dataclass(frozen=True)
class Placing:
    """A layering with its cuts, and the traits of a day that it shares with the others and with every list."""

    words: Words
    """What the workspace calls the layering."""
    definition: Layering
    fitted: Fitted
    traits: TraitTable

    @cached_property
    def assignment(self) -> Assignment:
        """Everyone's layer."""
        return self.over(self.traits.rows)

    def over(self, rows: ir.Table) -> Assignment:
        """The layers of these rows of the traits: only of a layering `by_row` are they what they are among everybody."""
        traits = replace(self.traits, rows=rows)
        layers = self.definition.layered(traits, self.fitted)
        return Assignment(self.definition, traits.data, traits.as_of, self.fitted, layers, traits)

    @property
    def name(self) -> tuple[Hashable, ...]:
        """What it rests on: equal names are equal queries in one state of the data."""
        definition, kept = self.definition, self.traits.kept
        return (definition.kind, definition.model_dump_json(), self.fitted.as_of, kept.name if kept else None)


def placings(reading: Reading, layerings: Iterable[Held], day: date) -> list[Placing]:
    """These layerings as of a day, with cuts as `assigned` has them."""
    chosen = list(layerings)
    read = [*shown_traits().values(), *(trait for one in chosen for trait in one.layering.traits().values())]
    traits = trait_table(with_bases(read), reading.counted(day), reading.instant(day))
    return [
        Placing(
            one.words,
            one.layering,
            fit_of(reading, one, day, traits.data, traits),
            traits,
        )
        for one in chosen
    ]
