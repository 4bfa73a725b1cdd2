"""Proportions: between what bounds a share lies, and the difference of two shares."""

from __future__ import annotations

import math
from dataclasses import dataclass

from titian.errors import InputError
from titian.stats.effects import LEVEL, check_level


@dataclass(frozen=True)
class Share:
    """A share and its interval, from 0 to 1; all are None of nobody."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Difference:
    """One share less another and the interval of that, from -1 to 1; all are None where one of them is of nobody."""

    value: float | None
    low: float | None
    high: float | None


def share_of(count: int, size: int, *, level: float = LEVEL) -> Share:
    """`count` of `size`, with the score interval at `level`; it stays within 0 and 1 and holds for shares of none and of all.

    Source: Wilson, *Probable inference, the law of succession, and statistical inference* (J. Am. Stat. Assoc. 22, 1927).
    Raises InputError for a count that is no part of the size, and a level outside (0, 1).
    """
    check_level(level)
    if not 0 <= count <= size:
        raise _no_part(count, size)
    if not size:
        return Share(None, None, None)
    z, share = _critical(level), count / size
    middle = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z / (1 + z * z / size) * math.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    low = middle - half if count else 0.0
    high = middle + half if count < size else 1.0
    return Share(share, max(low, 0.0), min(high, 1.0))


def difference(one: tuple[int, int], other: tuple[int, int], *, level: float = LEVEL) -> Difference:
    """The share of `one` (count, size) less that of `other`, two independent groups, with its interval at `level`.

    The interval is made from the score intervals of both shares. Source: Newcombe, *Interval estimation for the difference
    between independent proportions* (Statistics in Medicine 17, 1998), method 10. Raises InputError as `share_of` does.
    """
    first, second = share_of(*one, level=level), share_of(*other, level=level)
    if first.value is None or second.value is None:
        return Difference(None, None, None)
    assert first.low is not None
    assert first.high is not None
    assert second.low is not None
    assert second.high is not None
    found = first.value - second.value
    below = math.hypot(first.value - first.low, second.high - second.value)
    above = math.hypot(first.high - first.value, second.value - second.low)
    return Difference(found, max(found - below, -1.0), min(found + above, 1.0))


def level_of_each(intervals: int, *, level: float = LEVEL) -> float:
    """The level of each of several intervals, of which all hold what they are of at `level`, whatever they have in common.

    Source: Dunn, *Multiple comparisons among means* (J. Am. Stat. Assoc. 56, 1961).
    """
    check_level(level)
    return 1 - (1 - level) / max(intervals, 1)


def _critical(level: float) -> float:
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2))


def _no_part(count: int, size: int) -> InputError:
    return InputError(
        f"{count} is no part of {size}",
        "a share is a count of some of so many, from 0 to all of them",
        zh=f"{count} 不是 {size} 的一部分",
        hint_zh="占比的分子应在 0 与总数之间",
        count=count,
        size=size,
    )
