"""Flows: who moved from which layer to which between two instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from titian.domain.instants import Moment, not_after
from titian.domain.note import Note
from titian.layering.assignment import Assignment, assign
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.layering.moves import Moved, Moves, count_moves
from titian.warehouse.dataset import Dataset


@dataclass(frozen=True)
class Flows(Moved):
    """Moves between two instants; start = stayed + up + down + across + left, and likewise the end with entered.

    With a fit at each end (`refit`) every move splits: `by_customer` are moves under the cuts of the start,
    `by_cut` those that the new cuts added at the end, of customers present at both.
    """

    start: datetime
    end: datetime
    before: Assignment
    after: Assignment
    by_customer: Moves
    by_cut: Moves | None

    @property
    def entered(self) -> int:
        """Customers first seen between start and end."""
        return self.moves.entered

    @property
    def left(self) -> int:
        """Customers no longer there at the end."""
        return self.moves.left

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the numbers rest on."""
        return self.after.notes


def flows(
    definition: Layering,
    data: Dataset,
    start: Moment,
    end: Moment,
    *,
    refit: bool = False,
    fitted: Fitted | None = None,
) -> Flows:
    """Who moved between `start` and `end`, with cuts fitted once, at the start (or given in `fitted`).

    `refit` fits at each end and splits every move into by the customer and by the cut. Raises InputError when the
    end does not lie after the start.
    """
    before = assign(definition, data, start, fitted)
    after = assign(definition, data, end, before.fitted)
    if after.as_of <= before.as_of:
        raise not_after(start, end)
    by_customer = _moves(before, after)
    if not refit:
        return Flows(by_customer, before.as_of, after.as_of, before, after, by_customer, None)
    refitted = assign(definition, data, end)
    present = after.table.semi_join(before.table, "customer_id")
    by_cut = count_moves(
        data,
        present,
        refitted.table.semi_join(before.table, "customer_id"),
        after.fitted.layers,
        refitted.fitted.layers,
    )
    return Flows(_moves(before, refitted), before.as_of, after.as_of, before, refitted, by_customer, by_cut)


def _moves(before: Assignment, after: Assignment) -> Moves:
    return count_moves(before.data, before.table, after.table, before.fitted.layers, after.fitted.layers)
