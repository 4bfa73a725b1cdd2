"""Impact: who would be in another layer if a definition changed."""

from __future__ import annotations

from dataclasses import dataclass

from titian.domain.instants import Moment
from titian.layering.assignment import Assignment, assign
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.layering.moves import Moved, count_moves, count_pairs
from titian.warehouse.dataset import Dataset


@dataclass(frozen=True)
class Impact(Moved):
    """The same customers on the same day by two definitions."""

    before: Assignment
    after: Assignment

    @property
    def moved(self) -> int:
        """Customers who would be in another layer."""
        return self.moves.moved


def impact(old: Layering, new: Layering, data: Dataset, as_of: Moment, *, old_fitted: Fitted | None = None) -> Impact:
    """Who would move as of an instant if `new` replaced `old`; the old cuts may be given, the new ones are fitted."""
    before = assign(old, data, as_of, old_fitted)
    after = assign(new, data, as_of)
    if before.traits.kept is not after.traits.kept or not (old.by_row and new.by_row):
        moves = count_moves(data, before.table, after.table, before.fitted.layers, after.fitted.layers)
        return Impact(moves, before, after)
    rows = after.traits.view({**old.traits(), **new.traits()})
    pairs = rows.select(source=old.layer(rows, before.fitted), target=new.layer(rows, after.fitted))
    return Impact(count_pairs(data, pairs, before.fitted.layers, after.fitted.layers), before, after)
