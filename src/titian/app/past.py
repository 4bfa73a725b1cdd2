"""Past: the rows of one customer, read once for all that a portrait says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from titian.app.desk import Reading

LOOKED_AT = ("customers", "customer_changes", "orders", "events")

Row = Mapping[str, object]


@dataclass(frozen=True)
class Past:
    """Everything on record of one customer, by canonical table; instants as the warehouse stores them."""

    customer_id: str
    rows: Mapping[str, Sequence[Row]]

    def before(self, table: str, at: str, until: datetime) -> list[Row]:
        """The rows of a table whose instant `at` lies before `until` (naive UTC)."""
        return [row for row in self.rows.get(table, ()) if isinstance(when := row[at], datetime) and when < until]


def past_of(reading: Reading, customer_id: str) -> Past:
    """The past of a customer; empty for nobody's id."""
    present = [name for name in LOOKED_AT if reading.data.has(name)]
    return Past(customer_id, {name: _rows(reading, name, customer_id) for name in present})


def _rows(reading: Reading, name: str, customer_id: str) -> Sequence[Row]:
    rows = reading.data.table(name)
    return reading.desk.questions.ask(
        reading.data, customer_id, ("past", name), lambda who: rows.filter(rows.customer_id == who)
    )
