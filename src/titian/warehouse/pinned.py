"""Pinned: the canonical tables of a lake as they are at one snapshot, whatever is loaded meanwhile."""

from __future__ import annotations

from titian.warehouse.dataset import Dataset
from titian.warehouse.engine_duckdb import DuckDBEngine
from titian.warehouse.lake import Lake
from titian.warehouse.sql import statements
from titian.warehouse.tables import TABLES


def pinned(lake: Lake, version: str, *, timezone: str, currency: str, before: Dataset | None = None) -> Dataset:
    """The data of `lake` at `version` (of `Lake.version`).

    `before` is an earlier state of the same lake: its engine, and what it keeps computed, is gone on with. After a
    rebuild it is another lake and nothing is shared. Tables without rows are left out: what needs them says so.
    """
    snapshot = int(version.rpartition("-")[2])
    goes_on = before is not None and _lake_of(before.version) == _lake_of(version)
    forked = before.engine.fork() if before is not None and goes_on else None
    engine = forked if isinstance(forked, DuckDBEngine) else DuckDBEngine(lake.connection())
    tables = {}
    for name in TABLES:
        view = f"{name}_at_{snapshot}"
        said = {
            key: text.format(view=view, table=name, snapshot=snapshot) for key, text in statements("pinned.sql").items()
        }
        engine.connection.execute(said["view"])
        if engine.connection.execute(said["any_row"]).fetchone():
            tables[name] = engine.backend.table(view, database=("scratch", "main"))
    # The zone decides which days a trait counts, so it is part of what names the state.
    return Dataset(engine, tables, timezone=timezone, currency=currency, version=f"{timezone} {version}")


def _lake_of(version: str) -> str:
    return version.split(" ")[-1].rpartition("-")[0]
