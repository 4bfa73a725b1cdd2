"""Flows: who moved from which layer to which, and how much of it the cut did rather than the customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

Layers = Mapping[str, str]
"""Layer by customer."""
Moves = Mapping[tuple[str, str], int]
"""Customers by (from, to)."""


@dataclass(frozen=True)
class Flow:
    """Everyone between two instants: start = stayed + up + down + across + left, and the end likewise with entered."""

    matrix: Moves
    stayed: int
    up: int
    down: int
    across: int
    entered: Counter[str]
    left: Counter[str]


def direction(source: str, target: str, ranked: tuple[str, ...]) -> str:
    """Up is towards the front of `ranked`; to or from a layer that is not in it is across."""
    if source == target:
        return "stayed"
    if source not in ranked or target not in ranked:
        return "across"
    return "up" if ranked.index(target) < ranked.index(source) else "down"


def flow(start: Layers, end: Layers, ranked: tuple[str, ...]) -> Flow:
    """What happened between two assignments."""
    matrix = Counter((start[who], end[who]) for who in start if who in end)
    ways = Counter[str]()
    for (source, target), customers in matrix.items():
        ways[direction(source, target, ranked)] += customers
    return Flow(
        matrix=matrix,
        stayed=ways["stayed"],
        up=ways["up"],
        down=ways["down"],
        across=ways["across"],
        entered=Counter(layer for who, layer in end.items() if who not in start),
        left=Counter(layer for who, layer in start.items() if who not in end),
    )


@dataclass(frozen=True)
class Split:
    """The two halves of every move when both ends are fitted: first the customer changed, then the cut."""

    by_customer: Moves
    by_cut: Moves


def split(start: Layers, end_by_start_fit: Layers, end: Layers) -> Split:
    """Of those who were there at the start: start → end by the start's fit → end by its own."""
    there = [who for who in start if who in end]
    return Split(
        by_customer=Counter((start[who], end_by_start_fit[who]) for who in there),
        by_cut=Counter((end_by_start_fit[who], end[who]) for who in there),
    )
