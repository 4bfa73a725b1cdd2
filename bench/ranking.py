"""`python -m bench ranking`: PageRank of a million links beside igraph, in the same process, turn by turn."""

from __future__ import annotations

import statistics
import time
from functools import partial
from typing import Any

import numpy as np
from rich.table import Table

from bench.clock import timed
from bench.worker import bind
from titian.stats.ranking import pagerank

PEOPLE = 100_000
LINKS = 1_000_000
MOST = 0.5
"""The most that Titian may take, in times of igraph, both from the same arrays to the ranks."""


def links(seed: int = 7) -> tuple[Any, Any, Any]:
    """Links from anybody to a few who are known by many, with weights like those of counted replies."""
    chance = np.random.default_rng(seed)
    source = chance.integers(0, PEOPLE, LINKS)
    target = (PEOPLE * chance.random(LINKS) ** 3).astype(np.int64)
    return source, target, chance.integers(1, 6, LINKS).astype(np.float64)


def ours(source: Any, target: Any, weight: Any) -> Any:
    """Titian, from the arrays."""
    return pagerank(PEOPLE, source, target, weight).ranks


def theirs(source: Any, target: Any, weight: Any) -> tuple[Any, float]:
    """igraph, from the arrays by its quickest way in, and the seconds of its ranking alone."""
    import igraph

    others = source != target
    edges = list(zip(source[others].tolist(), target[others].tolist(), strict=True))
    graph = igraph.Graph(n=PEOPLE, edges=edges, directed=True)
    weights = weight[others].tolist()
    started = time.perf_counter()
    ranks = graph.pagerank(damping=0.85, weights=weights)
    return np.asarray(ranks), time.perf_counter() - started


def compare(repeats: int) -> dict[str, float]:
    """Median seconds of both, their ratio and the distance (L1) between the ranks."""
    bind()
    given = links()
    ours(*given)
    mine, whole, alone = [], [], []
    distance = 0.0
    for _ in range(repeats):
        seconds, ranks = timed(partial(ours, *given))
        mine.append(seconds)
        seconds, (others, ranking) = timed(partial(theirs, *given))
        whole.append(seconds)
        alone.append(ranking)
        distance = max(distance, float(np.abs(ranks - others).sum()))
    titian, igraph, only = statistics.median(mine), statistics.median(whole), statistics.median(alone)
    found = {"titian_s": titian, "igraph_s": igraph, "igraph_ranking_alone_s": only, "distance_l1": distance}
    return {**found, "ratio": titian / igraph, "ratio_to_ranking_alone": titian / only}


def table(found: dict[str, float]) -> Table:
    """The comparison for people."""
    made = Table(title=f"PageRank of {LINKS:,} links among {PEOPLE:,} people", title_justify="left")
    for column in ("contender", "seconds", "Titian is"):
        made.add_column(column, justify="left" if column == "contender" else "right")
    made.add_row("Titian, from arrays", f"{found['titian_s']:.2f}", "")
    made.add_row("igraph, from arrays", f"{found['igraph_s']:.2f}", f"{found['ratio']:.2f} × (at most {MOST})")
    alone = f"{found['ratio_to_ranking_alone']:.2f} ×"
    made.add_row("igraph, its graph ready", f"{found['igraph_ranking_alone_s']:.2f}", alone)
    made.add_row("distance of the ranks (L1)", f"{found['distance_l1']:.1e}", "")
    return made


def failing(found: dict[str, float]) -> list[str]:
    """A line for each target missed."""
    lines = (
        [f"ranking took {found['ratio']:.2f} × igraph's time, at most {MOST} wanted"] if found["ratio"] > MOST else []
    )
    return [*lines, "the ranks differ from igraph's"] if found["distance_l1"] > 1e-8 else lines
