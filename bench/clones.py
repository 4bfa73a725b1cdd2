"""N clones of CDNOW with jittered dates and amounts: the data every engine of the bench reads."""

from __future__ import annotations

from pathlib import Path

import duckdb

from titian.samples import CDNOW

HERE = Path(__file__).parent
FOLDER = Path("build/bench")
SIZES = {"70k": 1, "1M": 15, "10M": 144}
"""Name of a size → how many clones of the 69,659 orders it has."""


def parquet(size: str) -> Path:
    """Canonical orders of this size as one Parquet file, instants as UTC with their zone."""
    path = FOLDER / f"orders-{size}.parquet"
    if not path.exists():
        with _made(size) as con:
            orders = "SELECT * REPLACE (CAST(ordered_at || '+00' AS TIMESTAMPTZ) AS ordered_at) FROM clones"
            con.sql(orders).write_parquet(str(path), compression="zstd")
    return path


def csv(size: str) -> Path:
    """The same orders as a CSV file."""
    path = FOLDER / f"orders-{size}.csv"
    if not path.exists():
        with _made(size) as con:
            con.table("clones").write_csv(str(path))
    return path


def _made(size: str) -> duckdb.DuckDBPyConnection:
    FOLDER.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect()
    published, clones = con.extract_statements((HERE / "clones.sql").read_text(encoding="utf-8"))
    con.execute(published, {"path": str(CDNOW.path)})
    con.execute(clones, {"clones": SIZES[size]})
    return con
