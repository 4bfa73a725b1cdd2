"""`make bench`: every contender at every size, a table for people and JSON for machines; or one other comparison."""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console

from bench import (
    clones,
    experimenting,
    following,
    funnels,
    histories,
    imports,
    pages,
    portraying,
    ranking,
    reaching,
    report,
    selections,
    together,
)
from bench.contenders import CONTENDERS

RESULTS = Path(__file__).parent / "results"
MEASURED = ("duckdb", "ibis-framework", "polars", "pandas", "lifetimes", "numpy", "scipy", "igraph")
WIDTH = 150
console = Console(stderr=True)


def given(contender: str, size: str) -> Path:
    """What the contender reads: a workspace or a Parquet file."""
    return imports.workspace(size) if contender.endswith("_workspace") else clones.parquet(size)


def run(contender: str, size: str, repeats: int) -> dict[str, Any]:
    """One contender at one size in its own process. A failure becomes a result that says so."""
    command = [sys.executable, "-m", "bench.worker", contender, str(given(contender, size)), "--repeats", str(repeats)]
    done = subprocess.run(
        [*command, "--warm-up", str(given(contender, "70k"))], capture_output=True, text=True, check=False
    )
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"exit {done.returncode}"}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def machine() -> dict[str, Any]:
    """What it ran on."""
    versions = {name: version(name) for name in MEASURED}
    return {"python": platform.python_version(), "system": platform.platform(), "versions": versions}


def rank(repeats: int) -> int:
    """Influence ranking beside igraph. Returns 1 when it is too slow or differs."""
    found = ranking.compare(repeats)
    kept({"at": datetime.now(UTC).isoformat(timespec="seconds"), **machine(), "ranking": found}, "ranking.json")
    Console(width=WIDTH).print(ranking.table(found))
    return said(ranking.failing(found))


def follow(size: str, repeats: int) -> int:
    """A history beside assignments. Returns 1 when it is too slow."""
    found = histories.compare(size, repeats)
    kept({"at": datetime.now(UTC).isoformat(timespec="seconds"), **machine(), "history": {size: found}}, "history.json")
    Console(width=WIDTH).print(histories.table(found, size))
    return said(histories.failing(found))


def at_once(size: str) -> int:
    """Twelve layerings at once. Returns 1 when they are too slow or take too much memory."""
    found = together.compare(size)
    kept(
        {"at": datetime.now(UTC).isoformat(timespec="seconds"), **machine(), "together": {size: found}}, "together.json"
    )
    Console(width=WIDTH).print(together.table(found, size))
    return said(together.failing(found))


COMPARED = {
    "funnels": funnels,
    "selecting": selections,
    "portraying": portraying,
    "following": following,
    "pages": pages,
    "experimenting": experimenting,
    "reaching": reaching,
}
"""Comparisons of one size, each with its own targets."""


def compared(what: str, size: str, repeats: int) -> int:
    """One comparison of one size. Returns 1 when a target is missed."""
    module = COMPARED[what]
    found = module.compare(size, repeats)
    kept({"at": datetime.now(UTC).isoformat(timespec="seconds"), **machine(), what: {size: found}}, f"{what}.json")
    Console(width=WIDTH).print(module.table(found, size))
    return said(module.failing(found))


def kept(results: dict[str, Any], name: str) -> None:
    """Store results for machines."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / name).write_text(json.dumps(results, indent=1), encoding="utf-8")


def said(failing: list[str]) -> int:
    """Print what is wrong; 1 if anything is."""
    for line in failing:
        console.print(f"[red]{line}")
    return 1 if failing else 0


def main() -> int:
    """Run what was asked for, store and print it. Returns 1 when results differ."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("what", nargs="?", choices=["rfm", "ranking", "history", "together", *COMPARED], default="rfm")
    parser.add_argument("--sizes", nargs="+", choices=list(clones.SIZES), default=list(clones.SIZES))
    parser.add_argument("--only", nargs="+", choices=list(CONTENDERS), default=list(CONTENDERS))
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--no-import", action="store_true", help="leave the import of CSV files out")
    asked = parser.parse_args()
    if asked.what == "ranking":
        return rank(asked.repeats)
    if asked.what == "history":
        return follow(asked.sizes[-1], asked.repeats)
    if asked.what in COMPARED:
        return compared(asked.what, asked.sizes[-1], asked.repeats)
    if asked.what == "together":
        return at_once(asked.sizes[-1])
    sizes = list(dict.fromkeys(["70k", *asked.sizes]))
    results: dict[str, Any] = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **machine(), "rfm": {}}
    results["import"] = {}
    for size in sizes:
        if not asked.no_import:
            with console.status(f"importing {size}"):
                results["import"][size] = imports.compare(size, min(asked.repeats, 3))
        results["rfm"][size] = {}
        for contender in asked.only:
            with console.status(f"{contender} at {size}"):
                results["rfm"][size][contender] = run(contender, size, asked.repeats)
    kept(results, "latest.json")
    Console(width=WIDTH).print(*report.tables(results), sep="\n")
    return said(report.differing(results["rfm"]))


if __name__ == "__main__":
    sys.exit(main())
