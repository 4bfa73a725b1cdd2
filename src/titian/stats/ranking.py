"""Ranking: whose word weighs most among people who are linked (PageRank)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from titian.errors import InputError
from titian.stats.links import Links, Numbers, links_of

DAMPING = 0.85
"""The chance to follow a link rather than to jump to anybody (Brin & Page 1998)."""


@dataclass(frozen=True, eq=False)
class Ranking:
    """The rank of each person, by id.

    `ranks` are shares of all influence and sum to one (empty for nobody). `error` bounds their distance (L1) from the
    exact ranks; `converged` says whether it is within the tolerance asked for, after `rounds` iterations.
    """

    ranks: Numbers
    error: float
    rounds: int
    converged: bool


def pagerank(
    size: int,
    source: ArrayLike,
    target: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    damping: float = DAMPING,
    tolerance: float = 1e-9,
    most_rounds: int = 1000,
) -> Ranking:
    """PageRank of `size` people over the links source → target: who is linked to by those who are linked to.

    With P the links' weights divided by those of their source, d the damping and n the size, the ranks are the solution
    of x = d·(Pᵀx + m/n) + (1 - d)/n, where m is the mass of people who link to nobody, spread evenly. It is found by
    power iteration; a step of length s (L1) is at most s·d/(1 - d) away from the solution, which is held against
    `tolerance`. Self links are dropped, parallel links add up, and any order of the links gives the same bits.

    Raises InputError for ids out of range, bad weights and a damping outside [0, 1).

    Source: Brin & Page, *The anatomy of a large-scale hypertextual web search engine* (1998), §2.1; the bound is Banach's
    for the contraction, Langville & Meyer, *Google's PageRank and Beyond* (2006), ch. 4; dangling mass: ibid. ch. 8.
    """
    if not 0 <= damping < 1:
        raise InputError(
            f"the damping is {damping}",
            "choose a number from 0 to below 1; 0.85 is usual",
            zh=f"阻尼系数为 {damping}",
            hint_zh="请选择不小于 0 且小于 1 的数，常用 0.85",
            damping=damping,
        )
    if size == 0:
        return Ranking(np.zeros(0), error=0.0, rounds=0, converged=True)
    return _iterated(_transitions(links_of(size, source, target, weight)), size, damping, tolerance, most_rounds)


def _transitions(links: Links) -> Any:
    """Pᵀ as a sparse matrix: a row for each target."""
    from scipy.sparse import csr_array

    given_away = np.bincount(links.source, weights=links.weight, minlength=links.size)
    starts = np.searchsorted(links.target, np.arange(links.size + 1))
    shares = links.weight / given_away[links.source]
    return csr_array((shares, links.source.astype(np.int32), starts.astype(np.int32)), shape=(links.size, links.size))


def _iterated(transitions: Any, size: int, damping: float, tolerance: float, most_rounds: int) -> Ranking:
    ranks = np.full(size, 1 / size)
    error, rounds = np.inf, 0
    while error > tolerance and rounds < most_rounds:
        followed = damping * (transitions @ ranks)
        # What is missing to one is the dangling mass and the jumps: both are spread evenly.
        followed += (1 - followed.sum()) / size
        error = float(np.abs(followed - ranks).sum()) * damping / (1 - damping)
        ranks, rounds = followed, rounds + 1
    return Ranking(ranks, error=error, rounds=rounds, converged=error <= tolerance)
