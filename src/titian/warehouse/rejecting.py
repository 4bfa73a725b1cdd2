"""Rejecting: the file of rows that were turned away, with reasons, ready to be mended and loaded again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from titian.domain.words import Words
from titian.warehouse import sql
from titian.warehouse.parsing.faults import FAULTS
from titian.warehouse.parsing.targets import Target
from titian.warehouse.parsing.typed import Rows
from titian.warehouse.report import Reject
from titian.warehouse.sources.batch import TextBatch

FILE = "rejecting.sql"
SHOWN = 50
BYTE_ORDER_MARK = "\ufeff"
"""At the start, so that Excel reads the file as UTF-8."""
OWN_COLUMNS = ("file", "row", "column", "value", "reason_zh", "reason_en")


def gather(
    connection: duckdb.DuckDBPyConnection, rows: Rows, targets: Sequence[Target], batch: TextBatch | None
) -> tuple[Reject, ...]:
    """Put `faults` and what was malformed into words; returns the first fifty.

    Rows of a `batch` are numbered as they stood in its source, with those that were left out.
    """
    said = sql.statements(FILE)
    keys = list(FAULTS)
    connection.execute(said["reasons"], [keys, [FAULTS[k].zh for k in keys], [FAULTS[k].en for k in keys]])
    connection.execute(said["skipped"], _skipped(batch) if batch else [[], []])
    bad = batch.malformed if batch else ()
    texts = [[m.column for m in bad], [m.value for m in bad], [m.reason.zh for m in bad], [m.reason.en for m in bad]]
    connection.execute(said["malformed"], [[m.row for m in bad], *texts])
    source, value = _columns(targets)
    places = {"source": source, "value": value, "relation": rows.relation, "place": sql.name(rows.place)}
    connection.execute(said["rejected"].format(first_row=str(rows.first_row), **places))
    found = connection.execute(said["first"].format(limit=SHOWN)).fetchall()
    return tuple(Reject(row=r, column=c, value=v, reason=Words(zh=zh, en=en)) for r, c, v, zh, en in found)


def write(connection: duckdb.DuckDBPyConnection, batch: TextBatch, target: Path) -> None:
    """Write what `gather` gathered as CSV: file, row, column, value, reasons, then the source's own columns."""
    taken = {column.casefold() for column in batch.columns}
    names = [f"rejected_{own}" if own in taken else own for own in OWN_COLUMNS]
    places = dict(
        zip(
            ("file_name", "row_name", "column_name", "value_name", "zh_name", "en_name"),
            (sql.name(BYTE_ORDER_MARK + names[0]), *map(sql.name, names[1:])),
            strict=True,
        )
    )
    statement = sql.statements(FILE)["write"].format(
        file=sql.literal(batch.name),
        originals=", ".join(f"t.{sql.name(column)}" for column in batch.columns),
        nothing=", ".join("NULL" for _ in batch.columns),
        path=sql.literal(str(batch.rows_path)),
        target=sql.literal(str(target)),
        **places,
    )
    connection.execute(statement)


def _skipped(batch: TextBatch) -> list[list[int]]:
    """From which record on rows were left out before it, and how many by then."""
    from_record: dict[int, int] = {}
    for before, row in enumerate(batch.skipped_rows):
        from_record[max(0, row - batch.header_rows - 1 - before)] = before + 1
    return [list(from_record), list(from_record.values())]


def _columns(targets: Sequence[Target]) -> tuple[str, str]:
    """The source column of a fault and the cell there."""
    names = " ".join(f"WHEN {sql.literal(t.column.name)} THEN {sql.literal(t.source)}" for t in targets)
    cells = " ".join(f"WHEN {sql.literal(t.column.name)} THEN CAST(t.{sql.name(t.source)} AS VARCHAR)" for t in targets)
    return f'CASE f."column" {names} END', f'CASE f."column" {cells} END'
