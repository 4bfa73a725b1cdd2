"""Importing a CSV file of orders with Titian beside a bare DuckDB read_csv into a table, each in its own process.

A table in a file outlives its process as what Titian imports does; one in memory does not.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench import clones
from bench.worker import bind

BARE = (
    "import duckdb, sys; duckdb.connect(sys.argv[2]).execute('CREATE TABLE orders AS SELECT * FROM read_csv(?)', "
    "[sys.argv[1]])"
)


@dataclass(frozen=True)
class Used:
    """What one command took."""

    seconds: float
    processor_s: float
    peak_mb: float


def measured(command: list[str]) -> Used:
    """What one command takes on two threads. Raises RuntimeError with what it said."""
    with tempfile.TemporaryFile("w+") as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=said, preexec_fn=bind)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)} failed: {said.read()[-2000:]}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Used(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6)


def workspace(size: str) -> Path:
    """Where the workspace of this size lives."""
    return clones.FOLDER / f"shop-{size}"


def fresh(size: str) -> Path:
    """An empty workspace in the zone of the bench."""
    folder = workspace(size)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "titian.yaml").write_text("timezone: Asia/Shanghai\ncurrency: USD\n", encoding="utf-8")
    return folder


def titian(size: str) -> Used:
    """`titian load` of the CSV into an empty workspace, with the start of the command."""
    load = [sys.executable, "-m", "titian", "load", str(clones.csv(size)), "--table", "orders", "--yes"]
    return measured([*load, "--workspace", str(fresh(size))])


def in_memory(size: str) -> Used:
    """DuckDB alone into a table in memory, with the start of Python."""
    return measured([sys.executable, "-c", BARE, str(clones.csv(size)), ":memory:"])


def in_a_file(size: str) -> Used:
    """DuckDB alone into a table in a database file, with the start of Python."""
    with tempfile.TemporaryDirectory(dir=clones.FOLDER) as folder:
        return measured([sys.executable, "-c", BARE, str(clones.csv(size)), f"{folder}/orders.duckdb"])


CONTENDERS = {"titian": titian, "file": in_a_file, "memory": in_memory}


def compare(size: str, repeats: int) -> dict[str, dict[str, float]]:
    """All, `repeats` times in turn: median seconds and the highest peak."""
    clones.csv(size)
    taken: dict[str, list[Used]] = {name: [] for name in CONTENDERS}
    for _ in range(repeats):
        for name, run in CONTENDERS.items():
            taken[name].append(run(size))
    return {
        name: {
            "median_s": statistics.median(run.seconds for run in runs),
            "processor_s": statistics.median(run.processor_s for run in runs),
            "peak_mb": max(run.peak_mb for run in runs),
        }
        for name, runs in taken.items()
    }
