"""Extensions: DuckDB's own, loaded from the wheels that carry them, offline and with nothing written anywhere."""

from __future__ import annotations

from importlib.resources import as_file, files

import duckdb


def load(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load the extension `name` of the wheel duckdb-extension-NAME, made for the DuckDB that runs."""
    held = files(f"duckdb_extension_{name}") / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    with as_file(held) as path:
        connection.load_extension(str(path))
