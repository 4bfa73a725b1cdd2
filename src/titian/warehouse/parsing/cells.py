"""Cells: a source's cells before they are read: times that are typed already stay so, all else is text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from titian.warehouse import sql
from titian.warehouse.parsing.targets import Target
from titian.warehouse.sources.parquet import text_of

Temporal = Literal["wall", "utc"]
"""Naive wall times of the zone, or instants."""

_WALL = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "DATE")
_FLOATS = ("FLOAT", "DOUBLE")


def native(target: Target, types: Mapping[str, str]) -> Temporal | None:
    """How the times of a typed column are meant; None for columns that are to be read as text."""
    if target.column.kind not in ("instant", "date"):
        return None
    given = types.get(target.source, "VARCHAR")
    if given == "TIMESTAMP WITH TIME ZONE":
        return "utc"
    return "wall" if given in _WALL else None


def cell(target: Target, types: Mapping[str, str]) -> str:
    """The cell as text, or as a naive timestamp where the column is one."""
    source = sql.name(target.source)
    given = types.get(target.source)
    match native(target, types):
        case "wall":
            return f"CAST({source} AS TIMESTAMP)"
        case "utc":
            return f"make_timestamp(epoch_us({source}))"
        case _:
            return source if given is None else _as_text(target, source, given)


def _as_text(target: Target, source: str, given: str) -> str:
    if given not in _FLOATS:
        return text_of(source, given)
    text = f"CAST({source} AS VARCHAR)"
    if target.column.kind in ("instant", "date"):
        text = f"regexp_replace({text}, '\\.0$', '')"
    return f"CASE WHEN NOT isnan({source}) THEN {text} END"
