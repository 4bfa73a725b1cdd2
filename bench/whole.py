"""The whole shop: a crowd's customers, ten orders and twenty events each, imported into a workspace by `titian load`."""

from __future__ import annotations

import sys
from pathlib import Path

from bench import crowd
from bench.histories import CUSTOMERS
from bench.imports import Used, fresh, measured, workspace

TABLES = ("customers", "orders", "events")


def shop(size: str) -> Path:
    """The workspace, imported the first time."""
    folder = workspace(f"whole-{size}")
    if not (folder / "warehouse").exists():
        imported(size)
    return folder


def imported(size: str) -> dict[str, Used]:
    """What importing each table into an empty workspace takes."""
    folder = fresh(f"whole-{size}")
    command = [sys.executable, "-m", "titian", "load", "--yes", "--workspace", str(folder), "--table"]
    return {table: measured([*command, table, str(crowd.parquet(table, CUSTOMERS[size]))]) for table in TABLES}


def sizes(size: str) -> dict[str, float]:
    """Megabytes of each table of the warehouse, those that are kept beside the events included."""
    folders = (shop(size) / "warehouse" / "data" / "main").iterdir()
    return {folder.name: sum(file.stat().st_size for file in folder.iterdir()) / 1e6 for folder in folders}
