"""Damage: how a warehouse that can not be read is told from a healthy one, and what is said about it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from titian.domain.counting import counted
from titian.errors import DamagedError
from titian.warehouse import sql
from titian.warehouse.landing import Landing

PARQUET = b"PAR1"
_SURE_SIGNS = (
    "corrupt",
    "database disk image is malformed",
    "file is not a database",
    "no such table: ducklake",
    "snappy",
    "zstd",
    "thrift",
    "tprotocolexception",
)
_SIGNS_ABOUT_A_FILE = ("no magic bytes", "cannot open file", "no such file", "no files found", "footer", "parquet")
"""Count only where the message names a file of the warehouse."""
_SIGNS_OF_A_FULL_DISK = ("no space left", "could not write", "disk is full", "disk i/o error")


def expected(warehouse: Path, landing: Landing) -> bool:
    """True when there should be a catalogue: something was stored here once."""
    return bool(landing.committed()) or any(warehouse.glob("data/**/*.parquet"))


def broken_catalogue(catalogue: Path) -> str | None:
    """What is wrong with the SQLite catalogue, if anything."""
    try:
        with closing(sqlite3.connect(f"file:{_quoted(catalogue)}?mode=rw", uri=True, timeout=20)) as connection:
            told = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            found = connection.execute("SELECT count(*) FROM ducklake_snapshot").fetchone()[0]
    except sqlite3.OperationalError as error:
        return None if "locked" in str(error) else f"{catalogue.name}: {error}"
    except sqlite3.DatabaseError as error:
        return f"{catalogue.name}: {error}"
    if told != "ok":
        return f"{catalogue.name}: {told}"
    return None if found else f"{catalogue.name}: it holds no snapshot"


def broken_file(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> str | None:
    """The first data file that is missing, of another size than noted, or not Parquet, if any."""
    listed = " UNION ALL ".join(
        sql.statements("lake.sql")["files"].format(table=sql.literal(table)) for table in (*tables, "batches")
    )
    for data, data_size, gone, gone_size in connection.execute(listed).fetchall():
        trouble = _trouble(data, data_size) or (_trouble(gone, gone_size) if gone else None)
        if trouble:
            return trouble
    return None


def looks_like(error: duckdb.Error, warehouse: Path) -> bool:
    """True when a query failed because what is stored can not be read."""
    if isinstance(error, duckdb.InterruptException | duckdb.BinderException | duckdb.ParserException):
        return False
    said = str(error).lower()
    signs = _SURE_SIGNS + (_SIGNS_ABOUT_A_FILE if str(warehouse / "data").lower() in said else ())
    return any(sign in said for sign in signs) and not says_full(said)


def looks_full(error: duckdb.Error) -> bool:
    """True when a statement failed because the disk or the memory for it gave out."""
    return isinstance(error, duckdb.OutOfMemoryException | duckdb.IOException) or says_full(str(error))


def says_full(told: str) -> bool:
    """True when the words of an error are those of a disk that is full or refuses, whatever raised it."""
    return any(sign in told.lower() for sign in _SIGNS_OF_A_FULL_DISK)


def move_aside(warehouse: Path) -> Path | None:
    """Rename the warehouse so that a new one can be made; None when there is nothing to keep."""
    if not warehouse.exists():
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = warehouse.with_name(f"{warehouse.name}.damaged-{stamp}")
    os.replace(warehouse, aside)
    return aside


def unreadable(warehouse: Path, reason: str) -> DamagedError:
    """The warehouse can not be read, and nothing has been done about it yet."""
    return DamagedError(
        f"the warehouse in {warehouse} can not be read: {reason}",
        "run `titian rebuild`: it is made again from landing/, nothing that was loaded is lost",
        zh=f"{warehouse} 中的数据仓库无法读取：{reason}",
        hint_zh="请运行 `titian rebuild`：会用 landing/ 重建，已导入的数据不会丢失",
        reason=reason,
    )


def rebuilt(aside: Path | None, reason: str, batches: int) -> DamagedError:
    """The warehouse could not be read and has been made again."""
    kept = f"; the old one is kept as {aside.name}" if aside else ""
    kept_zh = f"，旧的保留为 {aside.name}" if aside else ""
    return DamagedError(
        f"the warehouse was damaged ({reason}) and has been rebuilt from {counted(batches, 'batch', 'batches')} in landing/{kept}",
        "nothing is lost: go on; delete the old folder when you no longer need it",
        zh=f"数据仓库已损坏（{reason}），已用 landing/ 中的 {batches} 个批次重建{kept_zh}",
        hint_zh="数据没有丢失，可以继续使用；不再需要时可删除旧文件夹",
        reason=reason,
        batches=batches,
        aside=str(aside) if aside else None,
    )


def _trouble(file: str, size: int) -> str | None:
    path = Path(file)
    try:
        if path.stat().st_size != size:
            return f"{path.name} has {path.stat().st_size} bytes instead of {size}"
        with path.open("rb") as stream:
            head = stream.read(4)
            stream.seek(-4, os.SEEK_END)
            tail = stream.read(4)
    except OSError as error:
        return f"{path.name}: {error.strerror or error}"
    return None if head == tail == PARQUET else f"{path.name} is not Parquet any more"


def _quoted(path: Path) -> str:
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
