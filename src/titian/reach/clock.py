"""The clock of the dispatcher: what time it is, and how much has passed, which no one sets back."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol

# On Linux the usual monotonic clock stands still while the machine sleeps.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", None)


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, aware; it may jump."""
        ...

    def elapsed(self) -> float:
        """Seconds since some moment; they only grow."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def elapsed(self) -> float:
        return time.monotonic() if _CLOCK is None else time.clock_gettime(_CLOCK)
