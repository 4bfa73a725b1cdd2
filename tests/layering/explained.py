"""Everyone's reasons, for the tests that hold them against the raw rows."""

from __future__ import annotations

from titian.domain.reason import Reason
from titian.layering.assignment import Assignment


def explained(got: Assignment) -> dict[str, tuple[dict[str, object], list[Reason]]]:
    """Row and reasons of everyone, in the order they are shown."""
    rows = got.data.execute(got.table)
    return {str(row["customer_id"]): (row, got.definition.reasons(row, got.fitted)) for row in rows}
