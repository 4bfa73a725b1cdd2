"""The ledger of a dispatcher: all it does in the store, on one thread beside the loop, each turn in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from titian.domain.consent import Halt
from titian.domain.outcome import Fault
from titian.reach.clock import Clock
from titian.store import dispatchers, halts, leasing
from titian.store.database import Connection, Store
from titian.store.leasing import Leased, Settlement, Want

Found = TypeVar("Found")
DISPATCHER = "dispatcher"
"""Who halts a channel whose own fault it is."""


@dataclass(frozen=True)
class Turn:
    """What a lane wants done at once: touches settled, the channel stopped for a fault of its own, and others leased.

    `sending` names what is on its way, where an answer was lost: whatever else is leased to the worker is given back.
    """

    want: Want
    settlements: tuple[Settlement, ...] = ()
    stops: Fault | None = None
    sending: frozenset[str] | None = None


@dataclass(frozen=True)
class Beats:
    """What a beat found: whether the worker is on the list still, and how far everybody has counted, None: not listed."""

    listed: bool
    counts: dict[str, int | None]


class Ledger:
    """The store, from inside the loop."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._thread = ThreadPoolExecutor(1, "titian-outbox")

    async def turn(self, turn: Turn) -> Leased:
        """Settle and lease in one transaction, so that what is flushed to disk is flushed once. Raises StorageError."""
        return await self._run(lambda connection: self._turned(connection, turn))

    async def enter(self, worker: str, place: str, again: Collection[str], alone: bool) -> None:
        """Begin; who is alone takes over all that was left behind. Raises StorageError."""

        def entered(connection: Connection) -> None:
            now = self._clock.now()
            if alone:
                leasing.take_over(connection, None, again, now)
                dispatchers.leave(connection, None)
            dispatchers.enter(connection, worker, place, now)
            leasing.after_a_step_back(connection, now)

        await self._run(entered)

    async def beat(self, worker: str) -> Beats:
        """Count a beat, and look at those of others. Raises StorageError."""

        def beaten(connection: Connection) -> Beats:
            listed = dispatchers.beat(connection, worker, self._clock.now())
            return Beats(listed, dict.fromkeys(leasing.workers(connection)) | dispatchers.beats(connection))

        return await self._run(beaten)

    async def take_over(self, workers: Collection[str], again: Collection[str]) -> int:
        """Take over what dead workers left; how many touches. Raises StorageError."""

        def taken(connection: Connection) -> int:
            dispatchers.leave(connection, workers)
            return leasing.take_over(connection, workers, again, self._clock.now())

        return await self._run(taken)

    async def clock_went_back(self) -> None:
        """Let nothing wait for an hour to come round again. Raises StorageError."""
        await self._run(lambda connection: leasing.after_a_step_back(connection, self._clock.now()))

    async def leave(self, worker: str) -> None:
        """End. Raises StorageError."""
        await self._run(lambda connection: dispatchers.leave(connection, [worker]))

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown()

    def _turned(self, connection: Connection, turn: Turn) -> Leased:
        now, want = self._clock.now(), turn.want
        if turn.sending is not None:
            leasing.give_back(connection, want.channel, want.worker, turn.sending, now)
        leasing.settle(connection, turn.settlements, now)
        if turn.stops is not None:
            why = " ".join(part for part in (turn.stops.kind, turn.stops.code, turn.stops.text) if part)
            halts.halt(connection, Halt("channel", want.channel, "pause", DISPATCHER, now, why))
        return leasing.lease(connection, want, now) if want.messages else Leased((), 0)

    async def _run(self, deed: Callable[[Connection], Found]) -> Found:
        def done() -> Found:
            with self._store.writing() as connection:
                return deed(connection)

        return await asyncio.get_running_loop().run_in_executor(self._thread, done)
