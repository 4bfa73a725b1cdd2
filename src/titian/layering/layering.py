"""Layering: a definition that can be applied to data."""

from __future__ import annotations

from titian.domain.instants import Moment
from titian.layering.assignment import Assignment, assign
from titian.layering.contract import Definition
from titian.layering.fitted import Fitted
from titian.traits.counted import counted
from titian.warehouse.intake import Tabular, as_dataset


class Layering(Definition):
    """The base of every layering: what `Definition` asks for, and `assign`."""

    def assign(self, data: Tabular, *, as_of: Moment, fitted: Fitted | None = None) -> Assignment:
        """Every customer seen before `as_of` in exactly one layer.

        `data` is a Dataset, or orders alone as any frame that Dataset takes. Cuts are fitted at `as_of` unless
        `fitted` gives them. Raises MissingDataError when a table it needs was not handed in.
        """
        return assign(self, counted(as_dataset(data), as_of), as_of, fitted)
