"""The contenders: the same RFM layers, each made the way its users would, from a file of canonical orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
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

Contender = Callable[[Path], Any]


def titian(path: Path) -> Any:
    """Titian from Python: a data set over the file, RFM assigned, the result as Arrow."""
    import titian as tt

    data = tt.Dataset(orders=path, timezone=ZONE, currency="USD")
    return tt.RFM(window_days=None).assign(data, as_of=AS_OF).to_arrow()


def titian_workspace(path: Path) -> Any:
    """Titian from a workspace: the tables in its lake."""
    import titian as tt

    return tt.RFM(window_days=None).assign(tt.Dataset.open(path), as_of=AS_OF).to_arrow()


def sql(path: Path) -> Any:
    """Hand-written DuckDB SQL over the same file."""
    con = duckdb.connect()
    orders = con.read_parquet(str(path))
    orders.project("* REPLACE (make_timestamp(epoch_us(ordered_at)) AS ordered_at)").create_view("orders")
    return _layered(con)


def sql_workspace(path: Path) -> Any:
    """Hand-written DuckDB SQL over the tables in the same lake."""
    import duckdb_extensions

    con = duckdb.connect()
    for name in ("ducklake", "sqlite_scanner"):
        duckdb_extensions.import_extension(name, con=con)
    con.sql(f"ATTACH 'ducklake:sqlite:{path}/warehouse/catalog.sqlite' AS lake (READ_ONLY)")
    con.sql("CREATE TEMP VIEW orders AS SELECT * FROM lake.orders")
    return _layered(con)


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
    import pandas as pd

    frame = pd.read_parquet(path)
    return _from_frame(frame.assign(amount=pd.to_numeric(frame["amount"])))


def pandas_in_memory(frame: Any) -> Any:
    """Pandas with the frame already in memory: only the computing is timed."""
    return _from_frame(frame)


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
    "titian": titian,
    "sql": sql,
    "titian_workspace": titian_workspace,
    "sql_workspace": sql_workspace,
    "polars": polars,
    "pandas": pandas,
    "pandas_in_memory": pandas_in_memory,
    "lifetimes": lifetimes,
}
