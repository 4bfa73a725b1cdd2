"""Alone: a DuckDB in this process for one piece of work, bounded in memory, that touches no network."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path

import duckdb

from titian.errors import InputError
from titian.warehouse import sql

_SMALLER = """
SELECT CASE WHEN parse_formatted_bytes(asked) < parse_formatted_bytes(most) THEN asked ELSE most END
FROM (SELECT ? AS asked, current_setting('memory_limit') AS most)
"""


def alone(memory_limit: str, **more: str) -> duckdb.DuckDBPyConnection:
    """A new DuckDB that keeps at most `memory_limit` ("4GB"), or what this machine can spare if that is less.

    What does not fit is spilled to a folder that no other DuckDB writes to: two would take each other's files. It is made
    when it is needed and removed with the connection. `more` are other settings. Raises InputError for a limit that is
    no amount of memory.
    """
    spill = Path(tempfile.gettempdir()) / f"titian-spill-{uuid.uuid4().hex}"
    connection = duckdb.connect(
        config={"temp_directory": str(spill), "autoinstall_known_extensions": "false", **more},
    )
    try:
        smaller = connection.execute(_SMALLER, [memory_limit]).fetchone()
        connection.execute(f"SET memory_limit = {sql.literal(str(smaller and smaller[0]))}")
        connection.execute("SET enable_progress_bar_print = false")
    except duckdb.Error as error:
        connection.close()
        raise InputError(
            f"{memory_limit!r} is no amount of memory",
            "write it as 800MB or 4GB",
            zh=f"{memory_limit!r} 不是有效的内存大小",
            hint_zh="请写成 800MB 或 4GB",
            memory_limit=memory_limit,
        ) from error
    return connection
