"""Attaching: a DuckDB instance with its offline extensions, settings and the DuckLake catalogue as `lake`."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import duckdb

from titian.warehouse import extensions, sql
from titian.warehouse.tables import TABLES, Table

EXTENSIONS = ("ducklake", "sqlite_scanner")
TRIES = 8
FIRST_WAIT_SECONDS = 0.1
DENSE_BITS = 20
"""Up to as many whole numbers, in bits, are grouped in an array and not by hash: half the work for a million customers."""

Answer = TypeVar("Answer")


def fresh(scratch: Path, memory_limit: str) -> duckdb.DuckDBPyConnection:
    """A new in-memory DuckDB that spills to `scratch`, with the DuckLake extensions loaded from their wheels."""
    scratch.mkdir(parents=True, exist_ok=True)
    # DuckDB makes the folder itself when it first spills, but not the one above it.
    scratch.parent.mkdir(parents=True, exist_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "temp_directory": str(scratch),
        "preserve_insertion_order": "false",
        "autoinstall_known_extensions": "false",
        "perfect_ht_threshold": str(DENSE_BITS),
    }
    connection = duckdb.connect(":memory:", config=config)
    connection.execute("SET enable_progress_bar_print = false")
    # Files are never written twice, so what stands at their ends need not be read again.
    connection.execute("SET parquet_metadata_cache = true")
    for extension in EXTENSIONS:
        extensions.load(connection, extension)
    return connection


def attach(connection: duckdb.DuckDBPyConnection, catalogue: Path, data: Path, name: str = "lake") -> None:
    """Attach the catalogue as `name`, making it when it is not there."""
    connection.execute(
        sql.statements("lake.sql")["attach"].format(
            name=sql.name(name), catalogue=sql.literal(f"ducklake:sqlite:{catalogue}"), data=sql.literal(f"{data}/")
        )
    )


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the canonical tables and the ledger of batches that are not there yet, in one transaction."""
    connection.begin()
    for table in TABLES.values():
        connection.execute(f"CREATE TABLE IF NOT EXISTS lake.{sql.name(table.name)} ({declared(table)})")
    connection.execute(sql.statements("lake.sql")["batches"])
    for option in ("encoding", "row_groups"):
        connection.execute(sql.statements("lake.sql")[option])
    connection.commit()


def complete(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that a warehouse of an older Titian has not yet."""
    said = sql.statements("lake.sql")["tables"]
    if not set(TABLES) <= {row[0] for row in connection.execute(said).fetchall()}:
        retried(lambda: make_tables(connection))


def declared(table: Table) -> str:
    """The table's columns as SQL declares them: its own row key first where it has one, then the rest."""
    return ", ".join(f"{sql.name(column.name)} {column.duckdb_type}" for column in table.columns)


def version(connection: duckdb.DuckDBPyConnection) -> str:
    """Which state of which catalogue this is."""
    row = connection.execute(sql.statements("lake.sql")["version"]).fetchone()
    return str(row[0]) if row else ""


def held(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """The batches that the warehouse holds."""
    return {row[0] for row in connection.execute(sql.statements("lake.sql")["held"]).fetchall()}


def tidy(connection: duckdb.DuckDBPyConnection, before: datetime) -> None:
    """Join small files, forget snapshots older than `before` and delete what nothing needs."""
    said = sql.statements("lake.sql")
    retried(lambda: connection.execute(said["merge_files"]))
    retried(lambda: connection.execute(said["rewrite_deleted"]))
    retried(lambda: connection.execute(said["expire"], [before]))
    retried(lambda: connection.execute(said["cleanup"]))
    retried(lambda: connection.execute(said["orphans"], [before]))


def retried(work: Callable[[], Answer]) -> Answer:
    """Do it again, waiting longer each time, while another process has the SQLite catalogue locked."""
    wait = FIRST_WAIT_SECONDS
    for _ in range(TRIES - 1):
        try:
            return work()
        except duckdb.Error as error:
            if not is_busy(error):
                raise
        time.sleep(wait)
        wait *= 1.6
    return work()


def is_busy(error: duckdb.Error) -> bool:
    """True when another process had the catalogue locked."""
    said = str(error).lower()
    return "database is locked" in said or "database table is locked" in said


def identity(catalogue: Path) -> tuple[int, int] | None:
    """Which file the catalogue is: another one after it has been moved aside and made again."""
    try:
        found = catalogue.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


def sweep(scratch: Path) -> None:
    """Remove the temporary files of processes that are no more."""
    for folder in scratch.glob("*-*"):
        process = folder.name.split("-")[0]
        if process.isdigit() and not _alive(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
