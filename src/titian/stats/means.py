"""Means: between what bounds the mean of a group lies, from its size, mean and variance."""

from __future__ import annotations

import math

from titian.stats.effects import LEVEL, check_level


def interval_of_mean(
    size: int, mean: float, variance: float, *, level: float = LEVEL
) -> tuple[float, float] | tuple[None, None]:
    """The interval of a mean by Student's t at `level`, from a group's size, mean and sample variance.

    None for a group of one or nobody: without a spread nothing can be said. Raises InputError for a level outside
    (0, 1). Source: Student, *The probable error of a mean* (Biometrika 6, 1908).
    """
    from scipy.stats import t as student

    check_level(level)
    if size < 2:
        return None, None
    half = float(student.ppf((1 + level) / 2, size - 1)) * math.sqrt(variance / size)
    return mean - half, mean + half
