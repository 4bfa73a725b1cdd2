"""Group: customers who are looked at apart from all others."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir


@dataclass(frozen=True)
class Group:
    """Customers, and a name that is another one for other customers."""

    name: str
    rows: ir.Table
    """customer_id of each, once, in the engine."""
    customers: int
    held: object
    """Holding this holds the rows."""
    steady: bool = False
    """Whether the name stands for the customers themselves, so that it is the same in another state of the data."""

    def called(self, column: str) -> ir.Table:
        """The customers under the name of the column that they are looked up in."""
        return self.rows.select(**{column: "customer_id"})
