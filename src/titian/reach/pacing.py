"""Pacing: how long to wait before the next try, how fast to send, and when to leave a channel alone for a while.

Time comes in as seconds elapsed, so that no clock that is set back makes anything wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

FOREVER = float("inf")


@dataclass(frozen=True)
class Backoff:
    """Waits grow by a factor from the first to the longest, each drawn between half of it and the whole (jitter)."""

    first_seconds: float = 10
    factor: float = 3
    longest_seconds: float = 6 * 3600
    tries: int = 12
    """After so many tries it is given up: 33 hours or more with these waits."""

    def seconds(self, tries: int, random: Random) -> float:
        """How long to wait after the `tries`-th try failed (from 1)."""
        # Powers are bounded before they are computed: a float overflows at 3 ** 647.
        whole = min(self.first_seconds * self.factor ** min(tries - 1, 40), self.longest_seconds)
        return whole * (0.5 + random.random() / 2)


class Bucket:
    """Tokens that come at a rate, as many as come in `burst` seconds at most; without a rate there are always enough."""

    def __init__(self, per_second: float | None, burst_seconds: float = 1.0) -> None:
        self.per_second = per_second
        self._burst_seconds = burst_seconds
        self._tokens = self._most
        self._at: float | None = None

    @property
    def _most(self) -> float:
        return FOREVER if self.per_second is None else max(1.0, self.per_second * self._burst_seconds)

    def there(self, at: float) -> float:
        """How many tokens there are."""
        if self.per_second is not None and self._at is not None:
            self._tokens = min(self._most, self._tokens + (at - self._at) * self.per_second)
        self._at = at
        return self._tokens

    def take(self, tokens: int, at: float) -> None:
        """Take tokens, also more than there are: those are owed."""
        self._tokens = self.there(at) - tokens

    def wait_seconds(self, at: float) -> float:
        """How long it takes until there is one."""
        missing = 1.0 - self.there(at)
        return 0.0 if missing <= 0 or self.per_second is None else missing / self.per_second

    def change(self, per_second: float | None, at: float) -> None:
        """Let tokens come at another rate."""
        self.there(at)
        self.per_second = per_second
        self._tokens = min(self._tokens, self._most) if per_second is not None else FOREVER


class Circuit:
    """Leaves a channel alone that fails as a whole, for longer each time, then lets one message try.

    Open after `failures` in a row, or at once where the other side said how long to wait.
    """

    def __init__(self, waits: Backoff, random: Random, failures: int = 5) -> None:
        self._waits = waits
        self._random = random
        self._failures = failures
        self._in_a_row = 0
        self._opened = 0
        self._until = 0.0

    def wait_seconds(self, at: float) -> float:
        """How long nothing is sent from now on; 0 where something may go out."""
        return max(0.0, self._until - at)

    @property
    def half_open(self) -> bool:
        """Whether one message may try whether the other side is back."""
        return self._opened > 0

    def succeeded(self) -> None:
        """The other side answered as it should."""
        self._in_a_row = self._opened = 0
        self._until = 0.0

    def failed(self, at: float, after_seconds: float | None = None) -> None:
        """The other side failed as a whole."""
        if at < self._until and after_seconds is None:
            # What was on its way when it opened says nothing new.
            return
        self._in_a_row += 1
        if after_seconds is not None:
            self._opened = max(self._opened, 1)
            self._until = max(self._until, at + after_seconds)
        elif self._in_a_row >= self._failures or self._opened:
            self._opened += 1
            self._until = at + self._waits.seconds(self._opened, self._random)
