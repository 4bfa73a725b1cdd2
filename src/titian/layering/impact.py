"""Impact: who would be in another layer if a definition changed."""

from __future__ import annotations

from dataclasses import dataclass

from titian.domain.instants import Moment
from titian.layering.assignment import Assignment, assign
from titian.layering.fitted import Fitted
from titian.layering.frame import Frame
from titian.layering.layering import Layering
from titian.layering.moves import Moves, count_moves, count_pairs
from titian.warehouse.dataset import Dataset


@dataclass(frozen=True)
class Impact:
    """The same customers on the same day by two definitions."""

    before: Assignment
    after: Assignment
    moves: Moves

    @property
    def matrix(self) -> Frame:
        """Customers by their layer now (rows) and by the changed definition (columns)."""
        return self.moves.matrix()

    @property
    def moved(self) -> int:
        """Customers who would be in another layer."""
        return self.moves.moved

    @property
    def stayed(self) -> int:
        """Customers who would stay."""
        return self.moves.count("stayed")

    @property
    def up(self) -> int:
        """Customers who would be in a better rank."""
        return self.moves.count("up")

    @property
    def down(self) -> int:
        """Customers who would be in a worse rank."""
        return self.moves.count("down")

    @property
    def across(self) -> int:
        """Customers who would move to or from a layer without a rank."""
        return self.moves.count("across")

    def to_pandas(self) -> Frame:
        """One line per pair of layers: source, target, customers, direction."""
        rows = [(pair.source, pair.target, pair.customers, pair.direction) for pair in self.moves.pairs]
        return Frame(rows, columns=["source", "target", "customers", "direction"])


def impact(old: Layering, new: Layering, data: Dataset, as_of: Moment, *, old_fitted: Fitted | None = None) -> Impact:
    """Who would move as of an instant if `new` replaced `old`; the old cuts may be given, the new ones are fitted."""
    before = assign(old, data, as_of, old_fitted)
    after = assign(new, data, as_of)
    if before.traits.kept is not after.traits.kept:
        moves = count_moves(data, before.table, after.table, before.fitted.layers, after.fitted.layers)
        return Impact(before, after, moves)
    rows = after.traits.view({**old.traits(), **new.traits()})
    pairs = rows.select(source=old.layer(rows, before.fitted), target=new.layer(rows, after.fitted))
    return Impact(before, after, count_pairs(data, pairs, before.fitted.layers, after.fitted.layers))
