"""One contender in a process of its own: a small run to warm up, then timed runs, then what it used and found."""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.contenders import Contender

THREADS = 2


def bind() -> None:
    """Two threads for everybody, whatever the machine has."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:THREADS]))
    os.environ["POLARS_MAX_THREADS"] = str(THREADS)


def peak_mb() -> float:
    """The most memory this process ever held, in MB of a million bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def cpu_s() -> float:
    """Processor seconds of all threads so far: less moved by what else the machine does."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def timed(contender: Contender, given: Path, repeats: int, budget_s: float) -> tuple[list[float], list[float], Any]:
    """Seconds and processor seconds of each run until `repeats` or the budget is used up, and the last result."""
    seconds: list[float] = []
    processor: list[float] = []
    found = None
    while len(seconds) < repeats and sum(seconds) < budget_s:
        found = None
        ready = contender.ready(given)
        started, before = time.perf_counter(), cpu_s()
        found = contender.run(ready)
        seconds.append(time.perf_counter() - started)
        processor.append(cpu_s() - before)
    return seconds, processor, found


def fingerprint(found: Any) -> list[Any] | None:
    """The same for equal results whatever their order or column types; None where there are no layers."""
    import duckdb

    con = duckdb.connect()
    con.register("found", found)
    columns = {row[0] for row in con.sql("DESCRIBE found").fetchall()}
    if "layer" not in columns:
        return None
    row = con.sql(
        "SELECT count(*), CAST(sum(hash(customer_id, layer, CAST(recency_days AS BIGINT), CAST(order_count AS BIGINT)))"
        " AS VARCHAR), round(sum(CAST(spend AS DOUBLE))) FROM found"
    ).fetchone()
    layers = con.sql("SELECT layer, count(*) FROM found GROUP BY layer ORDER BY layer").fetchall()
    return [list(row or ()), [list(one) for one in layers]]


def main() -> None:
    """Print one JSON object about one contender."""
    parser = argparse.ArgumentParser()
    parser.add_argument("contender")
    parser.add_argument("given", type=Path)
    parser.add_argument("--warm-up", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--budget", type=float, default=60)
    asked = parser.parse_args()
    bind()
    from bench.contenders import CONTENDERS

    contender = CONTENDERS[asked.contender]
    if asked.warm_up:
        contender.run(contender.ready(asked.warm_up))
    seconds, processor, found = timed(contender, asked.given, asked.repeats, asked.budget)
    used = peak_mb()
    report = {"seconds": seconds, "median_s": statistics.median(seconds), "peak_mb": used}
    report["processor_s"] = statistics.median(processor)
    print(json.dumps({**report, "fingerprint": fingerprint(found)}))


if __name__ == "__main__":
    main()
