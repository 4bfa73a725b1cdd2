"""The contenders: the same RFM layers, each made the way its users would, from a file of canonical orders."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

HERE = Path(__file__).parent
ZONE = "Asia/Shanghai"
AS_OF = "1998-07-01"
BEFORE = datetime(1998, 6, 30, 16, tzinfo=UTC)
"""AS_OF as an instant: midnight in ZONE."""
EIGHT = {
    "111": "important_value",
    "101": "important_develop",
    "011": "important_keep",
    "001": "important_retain",
    "110": "general_value",
    "100": "general_develop",
    "010": "general_keep",
    "000": "general_retain",
}


@dataclass(frozen=True)
class Contender:
    """What is timed, and what is made ready before, untimed: from the given path to whatever `run` takes."""

    run: Callable[[Any], Any]
    ready: Callable[[Path], Any] = Path


def _titian(data: Any) -> Any:
    import titian as tt

    return tt.RFM(window_days=None).assign(data, as_of=AS_OF).to_arrow()


def titian_file(path: Path) -> Any:
    """Titian from Python, reading and checking the file included."""
    import titian as tt

    return _titian(tt.Dataset(orders=path, timezone=ZONE, currency="USD"))


def titian_tables(path: Path) -> Any:
    """A data set on a canonical table in memory, new to Titian, so that nothing it computed before helps."""
    from titian.warehouse.dataset import Dataset

    con, state = _in_memory(path), str(uuid.uuid4())
    return Dataset.on(con, {"orders": "orders"}, timezone=ZONE, currency="USD", version=state)


def titian_workspace(path: Path) -> Any:
    """A workspace, opened."""
    import titian as tt

    return tt.Dataset.open(path)


@cache
def _in_memory(path: Path) -> duckdb.DuckDBPyConnection:
    from titian.warehouse.tables import ORDERS

    con = duckdb.connect()
    columns = ", ".join(f"{column.name} {column.duckdb_type}" for column in ORDERS.columns)
    con.execute(f"CREATE TABLE orders ({columns})")
    _utc(con, path).create_view("published")
    con.execute("INSERT INTO orders BY NAME SELECT * FROM published")
    return con


def sql_file(path: Path) -> Any:
    """Hand-written DuckDB SQL over the file."""
    con = duckdb.connect()
    _utc(con, path).create_view("orders")
    return _layered(con)


def sql_workspace(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection on which `orders` is the table in the workspace's lake."""
    con = duckdb.connect()
    for name in ("ducklake", "sqlite_scanner"):  # as Titian loads them, without Titian in this process's memory
        held = files(f"duckdb_extension_{name}") / "extensions" / f"v{duckdb.__version__}"
        con.load_extension(str(held / f"{name}.duckdb_extension"))
    con.sql(f"ATTACH 'ducklake:sqlite:{path}/warehouse/catalog.sqlite' AS lake (READ_ONLY)")
    con.sql("CREATE TEMP VIEW orders AS SELECT * FROM lake.orders")
    return con


def _utc(con: duckdb.DuckDBPyConnection, path: Path) -> duckdb.DuckDBPyRelation:
    return con.read_parquet(str(path)).project("* REPLACE (make_timestamp(epoch_us(ordered_at)) AS ordered_at)")


def _layered(con: duckdb.DuckDBPyConnection) -> Any:
    con.execute((HERE / "rfm.sql").read_text(encoding="utf-8"))
    return con.table("layered").to_arrow_table()


def polars(path: Path) -> Any:
    """Polars, lazily, in one query."""
    import polars as pl

    orders = pl.scan_parquet(path).filter(pl.col("ordered_at") < BEFORE, pl.col("status") == "paid")
    traits = (
        orders.group_by("customer_id")
        .agg(
            pl.col("ordered_at").max().alias("last"),
            pl.len().cast(pl.Int64).alias("order_count"),
            pl.col("amount").sum().cast(pl.Float64).alias("spend"),
        )
        .with_columns(
            recency_days=(
                pl.lit(AS_OF).str.to_date() - pl.col("last").dt.convert_time_zone(ZONE).dt.date()
            ).dt.total_days()
        )
    )
    high = pl.concat_str(
        (pl.col("recency_days") < pl.col("recency_days").median()).cast(pl.Int8),
        (pl.col("order_count") > pl.col("order_count").median()).cast(pl.Int8),
        (pl.col("spend") > pl.col("spend").median()).cast(pl.Int8),
    )
    layered = traits.with_columns(layer=high.replace_strict(EIGHT))
    return layered.select("customer_id", "layer", "recency_days", "order_count", "spend").collect().to_arrow()


def pandas(path: Path) -> Any:
    """Pandas, the file read as its users read it."""
    return _from_frame(pandas_frame(path))


def pandas_frame(path: Path) -> Any:
    """The orders as a frame, money as floats."""
    import pandas as pd

    frame = pd.read_parquet(path)
    return frame.assign(amount=pd.to_numeric(frame["amount"]))


def _from_frame(frame: Any) -> Any:
    import numpy as np
    import pandas as pd

    paid = frame[(frame["ordered_at"] < BEFORE) & (frame["status"] == "paid")]
    by = paid.groupby("customer_id", sort=False)
    traits = by.agg(last=("ordered_at", "max"), order_count=("amount", "size"), spend=("amount", "sum")).reset_index()
    days = traits["last"].dt.tz_convert(ZONE).dt.tz_localize(None).dt.normalize()
    traits["recency_days"] = (pd.Timestamp(AS_OF) - days).dt.days
    high = [
        traits["recency_days"] < traits["recency_days"].median(),
        traits["order_count"] > traits["order_count"].median(),
        traits["spend"] > traits["spend"].median(),
    ]
    code = high[0].astype("int8") * 4 + high[1].astype("int8") * 2 + high[2].astype("int8")
    names = np.array([EIGHT[f"{number:03b}"] for number in range(8)], dtype=object)
    traits["layer"] = names[code.to_numpy()]
    return traits[["customer_id", "layer", "recency_days", "order_count", "spend"]]


def lifetimes(path: Path) -> Any:
    """The summary builder of lifetimes: frequency, recency, age and mean value a customer; it has no layers."""
    import pandas as pd
    from lifetimes.utils import summary_data_from_transaction_data

    frame = pd.read_parquet(path, columns=["customer_id", "ordered_at", "amount"])
    frame["amount"] = pd.to_numeric(frame["amount"])
    frame["ordered_at"] = frame["ordered_at"].dt.tz_localize(None)
    return summary_data_from_transaction_data(
        frame, "customer_id", "ordered_at", "amount", observation_period_end=AS_OF
    ).reset_index()


CONTENDERS: dict[str, Contender] = {
    "titian_tables": Contender(_titian, titian_tables),
    "sql_tables": Contender(_layered, _in_memory),
    "titian_workspace": Contender(_titian, titian_workspace),
    "sql_workspace": Contender(_layered, sql_workspace),
    "titian_file": Contender(titian_file),
    "sql_file": Contender(sql_file),
    "polars": Contender(polars),
    "pandas": Contender(pandas),
    "pandas_in_memory": Contender(_from_frame, cache(pandas_frame)),
    "lifetimes": Contender(lifetimes),
}
