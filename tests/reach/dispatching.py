"""Dispatchers to test with: short times, chosen slots, a clock that can be set back."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from titian.reach.channel import Channel
from titian.reach.dispatcher import Dispatcher
from titian.reach.lane import Posted, Timing
from titian.reach.pacing import Backoff
from titian.reach.running import run
from titian.reach.settling import Rules
from titian.store.database import Store

QUICK = Timing(beat=0.05, dead=0.5, send=5, grace=2, poll=0.02, gather=0.001)
SOON = Backoff(first_seconds=0.05, factor=2, longest_seconds=0.2, tries=4)


class SetClock:
    """The machine's clock, ahead by hours that a test may change."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self._real = asyncio.get_running_loop().time

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def elapsed(self) -> float:
        return self._real()


def posted(channel: Channel, slots: int = 4, when: str = "again", per_second: float | None = None) -> Posted:
    return Posted(channel, slots, Rules(SOON, when), per_second)  # type: ignore[arg-type]


def dispatcher(store: Store, channel: Channel, **more: Any) -> Dispatcher:
    """One that sends over `letters`."""
    made = {name: more.pop(name) for name in ("slots", "when", "per_second") if name in more}
    settings = {"alone": True, "random": Random(1), "timing": QUICK} | more
    return Dispatcher(store, {"letters": posted(channel, **made)}, **settings)


def once(store: Store, channel: Channel, **more: Any) -> Counter[str]:
    """Send all that is due now."""

    async def ran() -> Counter[str]:
        return await dispatcher(store, channel, **more).run(asyncio.Event(), once=True)

    return run(ran())


async def until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)
