"""Answers that should be the same."""

import math
from typing import Any


def alike(one: Any, other: Any) -> bool:
    """Equal; of fractions up to the last digits, which hang on the order in which an engine adds up a variance."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12)
    return bool(one == other)
