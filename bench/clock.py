"""The clock: how long a piece of work took."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def timed(work: Callable[[], Found]) -> tuple[float, Found]:
    """Seconds that the work took, and what it found."""
    started = time.perf_counter()
    found = work()
    return time.perf_counter() - started, found
