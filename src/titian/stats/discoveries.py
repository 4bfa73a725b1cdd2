"""Discoveries: p values with regard to how many were looked at."""

from __future__ import annotations

from collections.abc import Sequence


def corrected(p_values: Sequence[float | None]) -> list[float | None]:
    """Each p value as the share of false discoveries among all that are at most as large; None stays None, uncounted.

    Source: Benjamini & Hochberg, *Controlling the false discovery rate* (J. R. Stat. Soc. B 57, 1995).
    """
    tests = _ordered(p_values)
    found: list[float | None] = [None] * len(p_values)
    least = 1.0
    for rank, (p, place) in reversed(list(enumerate(tests, 1))):
        least = min(least, p * len(tests) / rank)
        found[place] = least
    return found


def stepped_down(p_values: Sequence[float | None]) -> list[float | None]:
    """Each p value as the chance that any test would come out so if all told nothing; None stays None, uncounted.

    Source: Holm, *A simple sequentially rejective multiple test procedure* (Scand. J. Stat. 6, 1979).
    """
    tests = _ordered(p_values)
    found: list[float | None] = [None] * len(p_values)
    most = 0.0
    for rank, (p, place) in enumerate(tests):
        most = max(most, min(1.0, p * (len(tests) - rank)))
        found[place] = most
    return found


def _ordered(p_values: Sequence[float | None]) -> list[tuple[float, int]]:
    """The p values that there are, the smallest first, each with its place."""
    return sorted((p, place) for place, p in enumerate(p_values) if p is not None)
