"""`python -m bench history`: ninety days of RFM beside ninety assignments, and one more day, in the same process.

Of a workspace, which keeps what was told, and of the same orders as a table in memory.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from rich.table import Table

from bench import crowd
from bench.clock import timed
from bench.imports import fresh, measured
from bench.worker import bind, peak_mb

CUSTOMERS = {"70k": 7_000, "1M": 100_000, "10M": 1_000_000}
"""Name of a size in orders → customers."""
START = date(2023, 9, 1)
LENGTH, MORE = 90, (1, 2, 3)
WHOLE_AT_MOST, DAY_AT_MOST = 1 / 15, 1 / 3
"""The most that all days may take, in times of as many assignments; and one more day, in times of one."""


def dataset(size: str) -> Any:
    """The crowd's orders in memory, new to Titian, so that nothing it computed before helps."""
    import titian as tt

    return tt.Dataset(orders=crowd.parquet("orders", CUSTOMERS[size]), timezone="Asia/Shanghai", currency="CNY")


def imported(size: str) -> Path:
    """A workspace with the crowd's orders."""
    folder = fresh(f"crowd-{size}")
    load = [sys.executable, "-m", "titian", "load", str(crowd.parquet("orders", CUSTOMERS[size])), "--table", "orders"]
    measured([*load, "--yes", "--workspace", str(folder)])
    return folder


def opened(folder: Path) -> Any:
    """The workspace, without what was told of it before."""
    import titian as tt

    shutil.rmtree(folder / "warehouse" / "kept", ignore_errors=True)
    return tt.Dataset.open(folder)


def compare(size: str, repeats: int) -> dict[str, dict[str, float]]:
    """What `measure` finds of the workspace and of the table in memory."""
    bind()
    followed(dataset("70k"), 2)
    return {
        "workspace": measure(partial(opened, imported(size)), repeats),
        "table in memory": measure(partial(dataset, size), repeats),
    }


def measure(new: Callable[[], Any], repeats: int) -> dict[str, float]:
    """Median seconds of an assignment, of a history of ninety days and of one more day, and their ratios.

    The assignments are of days all over the ninety, and for one more day of those days: later ones see more orders.
    """
    data = new()
    assigned(data, START - timedelta(days=1))
    within = [LENGTH * (2 * number + 1) // (2 * repeats) for number in range(repeats)]
    single, later = (
        [timed(partial(assigned, data, START + timedelta(days=days)))[0] for days in asked]
        for asked in (within, [LENGTH + more for more in MORE])
    )
    del data
    whole, day = [], []
    for _ in range(repeats):
        # One at a time: four crowds of ten million orders leave a machine little room.
        data = new()
        seconds, fitted = timed(partial(followed, data, LENGTH))
        whole.append(seconds)
        day += [timed(partial(followed, data, LENGTH + more, fitted))[0] for more in MORE]
    one, last, all_days, one_more = (statistics.median(seconds) for seconds in (single, later, whole, day))
    found = {"assignment_s": one, "history_s": all_days, "one_more_day_s": one_more, "peak_mb": peak_mb()}
    return {**found, "ratio": all_days / (LENGTH * one), "ratio_of_a_day": one_more / last}


def assigned(data: Any, day: date) -> None:
    """RFM of one day."""
    import titian as tt

    tt.RFM().assign(data, as_of=day).counts()


def followed(data: Any, days: int, fitted: Any = None) -> Any:
    """RFM of many days; what was fitted."""
    import titian as tt

    found = tt.history(tt.RFM(), data, start=START, end=START + timedelta(days=days), fitted=fitted)
    found.arrivals()
    return found.fitted


def table(found: dict[str, dict[str, float]], size: str) -> Table:
    """The comparison for people."""
    made = Table(title=f"History of RFM over {LENGTH} days, {size} orders", title_justify="left")
    for column in ("of", "what", "seconds", "in times of assignments"):
        made.add_column(column, justify="left" if column in ("of", "what") else "right")
    for of, here in found.items():
        made.add_row(of, "one assignment", f"{here['assignment_s']:.2f}", "1")
        made.add_row(
            "", "ninety days", f"{here['history_s']:.2f}", f"1/{1 / here['ratio']:.1f} of ninety (at most 1/15)"
        )
        made.add_row(
            "", "one more day", f"{here['one_more_day_s']:.2f}", f"{here['ratio_of_a_day']:.2f} (at most 0.33)"
        )
    return made


def failing(found: dict[str, dict[str, float]]) -> list[str]:
    """A line for each target missed."""
    lines = []
    for of, here in found.items():
        if here["ratio"] > WHOLE_AT_MOST:
            lines.append(f"{of}: ninety days took 1/{1 / here['ratio']:.1f} of ninety assignments, at most 1/15 wanted")
        if here["ratio_of_a_day"] > DAY_AT_MOST:
            lines.append(f"{of}: one more day took {here['ratio_of_a_day']:.2f} of an assignment, at most 0.33 wanted")
    return lines
