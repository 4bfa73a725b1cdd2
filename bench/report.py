"""What the bench found, as tables: seconds, memory, growth and the ratios that matter."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from rich.table import Table

Results = dict[str, dict[str, dict[str, Any]]]

BASELINE = {
    "titian_tables": "sql_tables",
    "pandas_in_memory": "sql_tables",
    "titian_workspace": "sql_workspace",
    "titian_file": "sql_file",
    "polars": "sql_file",
    "pandas": "sql_file",
    "lifetimes": "sql_file",
}
"""Contender → the hand-written SQL that begins where it begins: in memory, in the lake, at the file."""


def seconds(results: Results, size: str, contender: str) -> float | None:
    """The median, or None when it failed or didn't run."""
    found: float | None = results.get(size, {}).get(contender, {}).get("median_s")
    return found


def differing(results: Results) -> list[str]:
    """A line for each contender whose layers are not those of the hand-written SQL."""
    lines = []
    for size, found in results.items():
        for contender, baseline in BASELINE.items():
            ours, theirs = (found.get(name, {}).get("fingerprint") for name in (contender, baseline))
            if ours and theirs and ours != theirs:
                lines.append(f"{contender} and {baseline} differ at {size}: {ours} against {theirs}")
    return lines


def rfm_table(results: Results) -> Table:
    """A row for each contender; for each size its seconds, memory and ratio to the SQL over the same data."""
    table = Table(title="RFM layers: seconds · MB · times the SQL", title_justify="left")
    table.add_column("contender")
    sizes = list(results)
    for size in sizes:
        table.add_column(size, justify="right")
    for small, large in pairwise(sizes):
        table.add_column(f"{small} → {large}", justify="right")
    for contender in dict.fromkeys(name for found in results.values() for name in found):
        cells = [_cell(results, size, contender) for size in sizes]
        grown = [
            _ratio(seconds(results, large, contender), seconds(results, small, contender))
            for small, large in pairwise(sizes)
        ]
        table.add_row(contender, *cells, *grown)
    return table


def _cell(results: Results, size: str, contender: str) -> str:
    found = results[size].get(contender, {})
    if "median_s" not in found:
        return str(found.get("failed", ""))[:60]
    baseline = BASELINE.get(contender)
    against = f" · {_ratio(found['median_s'], seconds(results, size, baseline))}" if baseline else ""
    return f"{found['median_s']:.2f} · {found['peak_mb']:,.0f}{against}"


def _ratio(value: float | None, base: float | None) -> str:
    return f"{value / base:.2f}×" if value and base else ""


def import_table(results: dict[str, dict[str, dict[str, float]]]) -> Table:
    """A row for each size: Titian's import beside the bare read_csv."""
    table = Table(title="Import of a CSV file: seconds · MB · Titian's time as a multiple", title_justify="left")
    for column in ("orders", "titian load", "read_csv into a file", "read_csv into memory"):
        table.add_column(column, justify="right")
    for size, found in results.items():
        ours = found["titian"]
        cells = [f"{ours['median_s']:.2f} · {ours['peak_mb']:,.0f}"]
        for bare in (found["file"], found["memory"]):
            ratio = _ratio(ours["median_s"], bare["median_s"])
            cells.append(f"{bare['median_s']:.2f} · {bare['peak_mb']:,.0f} · {ratio}")
        table.add_row(size, *cells)
    return table


def tables(results: dict[str, Any]) -> list[Table]:
    """Everything worth printing."""
    shown = [rfm_table(results["rfm"])]
    return [*shown, import_table(results["import"])] if results["import"] else shown
