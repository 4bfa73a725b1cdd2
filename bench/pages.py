"""`python -m bench pages`: the page of a customer as the console asks for it, over HTTP inside the process.

Each round is of another customer: the portrait, the tags and the notes. Beside it what DuckDB takes to find the rows of that
customer in all files of the warehouse, which have no index.
"""

from __future__ import annotations

import random
import statistics
from pathlib import Path
from typing import Any

import duckdb
from rich.table import Table

from bench import whole
from bench.clock import timed
from bench.following import opened
from bench.histories import CUSTOMERS
from bench.worker import bind

ADDRESS = "http://127.0.0.1:8484"
PARTS = {"portrait": "", "tags": "/tags", "notes": "/notes"}
ROUNDS, P95_AT_MOST = 12, 0.2


def compare(size: str, repeats: int) -> dict[str, float]:
    """Median and 95 % of the seconds that each part takes, and of the same customers' rows in SQL."""
    from fastapi.testclient import TestClient

    from titian.server.app import create_app

    bind()
    folder, drawn = whole.shop(size), random.Random(7)
    customers = [f"c{drawn.randrange(CUSTOMERS[size])}" for _ in range(ROUNDS * repeats)]
    taken: dict[str, list[float]] = {name: [] for name in (*PARTS, "sql")}
    app = create_app(opened(folder))
    with TestClient(app, base_url=ADDRESS, client=("127.0.0.1", 50_000)) as client, duckdb.connect() as connection:
        for number, customer in enumerate(customers):
            seconds = {name: timed(lambda: got(client, customer + part))[0] for name, part in PARTS.items()}  # noqa: B023
            seconds["sql"] = timed(lambda: rows_of(connection, folder, customer))[0]  # noqa: B023
            # The first of a day computes what all others are compared with.
            if number:
                for name, one in seconds.items():
                    taken[name].append(one)
    cut = {name: statistics.quantiles(seconds, n=20) for name, seconds in taken.items()}
    return {f"{name}_{what}_s": cut[name][place] for name in taken for what, place in (("median", 9), ("p95", 18))}


def got(client: Any, path: str) -> None:
    """Ask for a part. Raises AssertionError when it is refused."""
    answer = client.get(f"/api/v1/customers/{path}")
    assert answer.status_code == 200, answer.text


def rows_of(connection: duckdb.DuckDBPyConnection, folder: Path, customer: str) -> int:
    """How many rows of a customer there are."""
    files = [str(folder / "warehouse" / "data" / "main" / table / "**" / "*.parquet") for table in whole.TABLES]
    asked = "SELECT * FROM read_parquet(?) WHERE customer_id = ?"
    return sum(len(connection.execute(asked, [file, customer]).fetchall()) for file in files)


def table(found: dict[str, float], size: str) -> Table:
    """The comparison for people."""
    made = Table(title=f"Page of a customer, {size} orders", title_justify="left")
    for column in ("part", "median s", "95 % within s"):
        made.add_column(column, justify="left" if column == "part" else "right")
    for name in (*PARTS, "sql"):
        made.add_row(name, f"{found[f'{name}_median_s']:.3f}", f"{found[f'{name}_p95_s']:.3f}")
    return made


def failing(found: dict[str, float]) -> list[str]:
    """A line for each target missed."""
    slow = {name: found[f"{name}_p95_s"] for name in PARTS if found[f"{name}_p95_s"] > P95_AT_MOST}
    return [f"95 % of {name} came within {seconds:.2f} s; {P95_AT_MOST} s wanted" for name, seconds in slow.items()]
