"""`python -m bench history`: ninety days of RFM beside ninety assignments, and one more day, in the same process."""

from __future__ import annotations

import statistics
from datetime import date, timedelta
from functools import partial
from typing import Any

from rich.table import Table

from bench import crowd
from bench.clock import timed
from bench.worker import bind, peak_mb

CUSTOMERS = {"70k": 7_000, "1M": 100_000, "10M": 1_000_000}
"""Name of a size in orders → customers."""
START = date(2023, 9, 1)
LENGTH = 90
WHOLE_AT_MOST, DAY_AT_MOST = 1 / 15, 1 / 3
"""The most that all days may take, in times of as many assignments; and one more day, in times of one."""


def dataset(size: str) -> Any:
    """The crowd's orders in memory, new to Titian, so that nothing it computed before helps."""
    import titian as tt

    return tt.Dataset(orders=crowd.parquet("orders", CUSTOMERS[size]), timezone="Asia/Shanghai", currency="CNY")


def compare(size: str, repeats: int) -> dict[str, float]:
    """Median seconds of an assignment, of a history of ninety days and of one more day, and their ratios."""
    import titian as tt

    def assigned(data: Any, day: date) -> None:
        tt.RFM().assign(data, as_of=day).counts()

    def followed(data: Any, days: int, fitted: Any = None) -> Any:
        found = tt.history(tt.RFM(), data, start=START, end=START + timedelta(days=days), fitted=fitted)
        found.arrivals()
        return found.fitted

    bind()
    followed(dataset("70k"), 2)
    data = dataset(size)
    assigned(data, START - timedelta(days=1))
    single = [timed(partial(assigned, data, START + timedelta(days=17 * number)))[0] for number in range(repeats)]
    del data
    whole, day = [], []
    for _ in range(repeats):
        # One at a time: four crowds of ten million orders leave a machine little room.
        fresh = dataset(size)
        seconds, fitted = timed(partial(followed, fresh, LENGTH))
        whole.append(seconds)
        day.append(timed(partial(followed, fresh, LENGTH + 1, fitted))[0])
    one, all_days, one_more = (statistics.median(seconds) for seconds in (single, whole, day))
    found = {"assignment_s": one, "history_s": all_days, "one_more_day_s": one_more, "peak_mb": peak_mb()}
    return {**found, "ratio": all_days / (LENGTH * one), "ratio_of_a_day": one_more / one}


def table(found: dict[str, float], size: str) -> Table:
    """The comparison for people."""
    made = Table(title=f"History of RFM over {LENGTH} days, {size} orders", title_justify="left")
    for column in ("what", "seconds", "in times of assignments"):
        made.add_column(column, justify="left" if column == "what" else "right")
    made.add_row("one assignment", f"{found['assignment_s']:.2f}", "1")
    made.add_row("ninety days", f"{found['history_s']:.2f}", f"1/{1 / found['ratio']:.1f} of ninety (at most 1/15)")
    made.add_row(
        "one more day", f"{found['one_more_day_s']:.2f}", f"{found['ratio_of_a_day']:.2f} of one (at most 0.33)"
    )
    return made


def failing(found: dict[str, float]) -> list[str]:
    """A line for each target missed."""
    lines = []
    if found["ratio"] > WHOLE_AT_MOST:
        lines.append(f"ninety days took 1/{1 / found['ratio']:.1f} of ninety assignments, at most 1/15 wanted")
    if found["ratio_of_a_day"] > DAY_AT_MOST:
        lines.append(f"one more day took {found['ratio_of_a_day']:.2f} of an assignment, at most 0.33 wanted")
    return lines
