"""`python -m bench together`: twelve layerings at once beside each of them alone, each in a process of its own."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from typing import Any

from rich.table import Table

from bench import crowd
from bench.histories import CUSTOMERS
from bench.worker import bind, peak_mb

AS_OF = "2023-12-01"
KINDS = (
    "rfm",
    "rfm_score",
    "value_levels",
    "matrix",
    "aarrr",
    "lifecycle",
    "identity",
    "aipl",
    "five_a",
    "four_a",
    "growth",
    "social",
)
AT_MOST = 2.5
"""The most that all may take, in times of the slowest alone."""
MOST_MB, TIGHT = 6_000, "2GB"


def run(kinds: list[str], size: str, memory_limit: str | None) -> dict[str, Any]:
    """Layer the crowd by these kinds, in a process of its own. A failure becomes a result that says so."""
    command = [sys.executable, "-m", "bench.together", "--size", size, *kinds]
    command += ["--memory-limit", memory_limit] if memory_limit else []
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"exit {done.returncode}"}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def compare(size: str) -> dict[str, Any]:
    """Seconds and memory of each kind alone, of all at once, and of all at once in little memory."""
    alone = {kind: run([kind], size, None) for kind in KINDS}
    together = run(list(KINDS), size, None)
    return {"alone": alone, "together": together, "tight": run(list(KINDS), size, TIGHT)}


def slowest(found: dict[str, Any]) -> tuple[str, float]:
    """The kind that takes longest alone, and its seconds."""
    seconds = {kind: one["seconds"] for kind, one in found["alone"].items() if "seconds" in one}
    kind = max(seconds, key=lambda one: seconds[one], default="")
    return kind, seconds.get(kind, float("nan"))


def table(found: dict[str, Any], size: str) -> Table:
    """The comparison for people."""
    made = Table(title=f"Twelve layerings, {size} orders and twice as many events", title_justify="left")
    for column in ("what", "seconds", "peak MB", "in times of the slowest"):
        made.add_column(column, justify="left" if column == "what" else "right")
    longest = slowest(found)[1]
    named = {**found["alone"], "all twelve": found["together"], f"all twelve, memory_limit {TIGHT}": found["tight"]}
    for name, one in named.items():
        if "failed" in one:
            made.add_row(name, one["failed"], "", "")
        else:
            made.add_row(name, f"{one['seconds']:.1f}", f"{one['peak_mb']:,.0f}", f"{one['seconds'] / longest:.2f} ×")
    return made


def failing(found: dict[str, Any]) -> list[str]:
    """A line for each target missed."""
    kind, longest = slowest(found)
    lines = [f"{name}: {one['failed']}" for name, one in found["alone"].items() if "failed" in one]
    lines += [f"{name}: {found[name]['failed']}" for name in ("together", "tight") if "failed" in found[name]]
    whole = found["together"]
    if whole.get("seconds", 0) > AT_MOST * longest:
        lines.append(f"all twelve took {whole['seconds'] / longest:.2f} × {kind} alone, at most {AT_MOST} wanted")
    if whole.get("peak_mb", 0) > MOST_MB:
        lines.append(f"all twelve took {whole['peak_mb']:,.0f} MB, at most {MOST_MB:,} wanted")
    return lines


def main() -> None:
    """Print one JSON object about one run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kinds", nargs="+")
    parser.add_argument("--size", default="10M")
    parser.add_argument("--memory-limit")
    asked = parser.parse_args()
    bind()
    import titian as tt

    orders, events = (crowd.parquet(name, CUSTOMERS[asked.size]) for name in ("orders", "events"))
    limit = {"memory_limit": asked.memory_limit} if asked.memory_limit else {}
    data = tt.Dataset(orders=orders, events=events, timezone="Asia/Shanghai", currency="CNY", **limit)
    layerings = [tt.layerings()[kind]() for kind in asked.kinds]
    started = time.perf_counter()
    customers = len(tt.assign(layerings, data, as_of=AS_OF))
    print(json.dumps({"seconds": time.perf_counter() - started, "peak_mb": peak_mb(), "customers": customers}))


if __name__ == "__main__":
    main()
