"""`python -m bench experimenting`: ten metrics of two arms in eight layers, from a file, beside the moments by SQL alone.

SQL adds up what the tests rest on; tests, intervals, the sample ratio, corrections and sentences are Titian's share.
"""

from __future__ import annotations

import math
import statistics
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from rich.table import Table

from bench.clock import timed
from bench.clones import FOLDER
from bench.histories import CUSTOMERS
from bench.worker import bind

SQL = (Path(__file__).parent / "experimenting.sql").read_text(encoding="utf-8")
LAYERS = 8
METRICS = ("visits", "bought", "spend", "orders", "items", "margin", "minutes", "shared", "invited", "points")
SECONDS_AT_MOST = 10.0
MADE = """
SELECT 'c' || i AS customer_id, CASE WHEN hash(i) % 10 = 0 THEN 'holdout' ELSE 'touched' END AS arm,
    'layer ' || (hash(i * 3) % {layers}) AS layer, CAST(hash(i * 5) % 100000 AS DOUBLE) / 100 AS history,
    {metrics}
FROM range({customers}) AS made(i)
"""


def parquet(size: str) -> Path:
    """The customers of an experiment as one file: whole numbers, shares and money, most of it zero."""
    path = FOLDER / f"experiment-{CUSTOMERS[size]}.parquet"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        metrics = ", ".join(_metric(place, name) for place, name in enumerate(METRICS))
        made = MADE.format(layers=LAYERS, metrics=metrics, customers=CUSTOMERS[size])
        duckdb.sql(made).write_parquet(str(path))
    return path


def _metric(place: int, name: str) -> str:
    drawn = f"hash(i * {101 + 2 * place})"
    value = f"CAST(hash(i * {203 + 2 * place}) % 10000 AS DOUBLE) / 100" if place % 2 == 0 else "1"
    return f"CASE WHEN {drawn} % 10 < 2 THEN {value} ELSE 0 END AS {name}"


def compare(size: str, repeats: int) -> dict[str, float]:
    """Median seconds of both, turn by turn, the first of each left out."""
    bind()
    path = parquet(size)
    found = [pair(path) for _ in range(repeats + 1)][1:]
    return {
        f"{who}_s": statistics.median(seconds[place] for seconds in found)
        for place, who in enumerate(("titian", "sql"))
    }


def pair(path: Path) -> tuple[float, float]:
    """Seconds of both, which have to find the same means."""
    import titian as tt

    asked = partial(
        tt.experiment.analyze,
        path,
        arm="arm",
        control="holdout",
        metrics=METRICS,
        covariates={"spend": "history"},
        layer="layer",
        split={"holdout": 1, "touched": 9},
    )
    ours, analysis = timed(asked)
    theirs, moments = timed(partial(_moments, path))
    for one in analysis.by_layer:
        mean = moments[one.layer or "", one.arm][METRICS.index(one.metric) * 2]
        if one.metric != "spend" and not math.isclose(one.mean or 0.0, mean, rel_tol=1e-9):
            raise AssertionError(f"{one.layer}, {one.metric}: {one.mean} by Titian, {mean} by SQL")
    return ours, theirs


def _moments(path: Path) -> dict[tuple[str, str], tuple[float, ...]]:
    with duckdb.connect() as connection:
        rows: list[Any] = connection.execute(SQL, {"file": str(path)}).fetchall()
    return {(row[0], row[1]): row[3:] for row in rows}


def table(found: dict[str, float], size: str) -> Table:
    """The comparison for people."""
    made = Table(title=f"An experiment of {CUSTOMERS[size]:,} customers, 10 metrics, 8 layers", title_justify="left")
    for column in ("", "Titian s", "the moments by SQL s", "in times of it"):
        made.add_column(column, justify="right")
    ours, theirs = found["titian_s"], found["sql_s"]
    made.add_row("analysed", f"{ours:.3f}", f"{theirs:.3f}", f"{ours / theirs:.2f} ×")
    return made


def failing(found: dict[str, float]) -> list[str]:
    """A line for each target missed."""
    seconds = found["titian_s"]
    return [f"the experiment took {seconds:.1f} s; {SECONDS_AT_MOST:.0f} s wanted"] if seconds > SECONDS_AT_MOST else []
