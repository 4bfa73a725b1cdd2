"""The dispatcher: empties the outbox over its channels, beats so that others know it lives, and takes over from the dead."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from random import Random
from uuid import uuid4

from titian.errors import StorageError
from titian.reach.clock import Clock, SystemClock
from titian.reach.lane import Lane, Posted, Timing
from titian.reach.ledger import Ledger
from titian.reach.remarks import remark
from titian.store.database import Store

STEP_BACK_SECONDS = 1.0
"""How far the clock has to be set back to be noticed; less than that is a correction of its drift."""


class Dispatcher:
    """Sends what is due, until it is told to stop. Several may run on PostgreSQL; on SQLite one, which says that it is alone.

    A message is being sent in one slot of one dispatcher. Killed at any point nothing is lost; what was being sent then, one
    message (or batch) a slot, may go out a second time, or is held for a person, as its channel says.
    """

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Posted],
        *,
        alone: bool,
        place: str = "",
        clock: Clock | None = None,
        random: Random | None = None,
        timing: Timing | None = None,
    ) -> None:
        self.worker = uuid4().hex
        self._clock = clock or SystemClock()
        self._timing = timing or Timing()
        self._ledger = Ledger(store, self._clock)
        self._alone, self._place = alone, place
        self._again = [name for name, one in channels.items() if one.rules.when_uncertain == "again"]
        dice = random or Random()
        self._lanes = [
            Lane(name, posted, self._ledger, self._clock, dice, self._timing, lambda: self.worker)
            for name, posted in channels.items()
        ]
        self._seen: dict[str, tuple[int | None, float]] = {}
        self._times = (self._clock.now(), self._clock.elapsed())

    async def run(self, stop: asyncio.Event, once: bool = False) -> Counter[str]:
        """Send until `stop` is set (`once`: until nothing is due); how many touches went into which state.

        Raises StorageError where the store can't be reached when it begins; later it waits for the store to come back.
        """
        try:
            await self._ledger.enter(self.worker, self._place, self._again, self._alone)
        except BaseException:
            self._ledger.close()
            raise
        helpers = [asyncio.create_task(one) for one in (self._pulse(), self._stopped(stop))]
        try:
            async with asyncio.TaskGroup() as group:
                for lane in self._lanes:
                    group.create_task(lane.run(once))
        finally:
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
            await self._leave()
        return sum((lane.tally for lane in self._lanes), Counter())

    async def _stopped(self, stop: asyncio.Event) -> None:
        """When told so, let what is on its way arrive, for a while."""
        await stop.wait()
        for lane in self._lanes:
            lane.stop()
        await asyncio.sleep(self._timing.grace)
        for lane in self._lanes:
            lane.cut_off()

    async def _leave(self) -> None:
        try:
            await self._ledger.leave(self.worker)
        except StorageError as error:
            remark("the store does not answer", what=error.message)
        self._ledger.close()

    async def _pulse(self) -> None:
        """Beat after beat; without the store there is nothing to beat for."""
        while True:
            await asyncio.sleep(self._timing.beat)
            try:
                await self._beat()
            except StorageError as error:
                remark("the store does not answer", what=error.message)

    async def _beat(self) -> None:
        if self._clock_went_back():
            await self._ledger.clock_went_back()
        beats = await self._ledger.beat(self.worker)
        if not beats.listed:
            # Others took it for dead and took its touches over: what it leases from now on, it leases as another.
            self.worker = uuid4().hex
            await self._ledger.enter(self.worker, self._place, self._again, alone=False)
            return
        dead = self._dead(beats.counts)
        if dead:
            count = await self._ledger.take_over(dead, self._again)
            remark("took over from dispatchers that stand still", dispatchers=len(dead), touches=count)
        for lane in self._lanes:
            lane.share(sum(beat is not None for beat in beats.counts.values()) - len(dead))

    def _dead(self, counts: Mapping[str, int | None]) -> list[str]:
        """Those who have not counted on for too long, by this process's own measure of time."""
        at = self._clock.elapsed()
        for worker, count in counts.items():
            if worker not in self._seen or self._seen[worker][0] != count:
                self._seen[worker] = (count, at)
        self._seen = {worker: seen for worker, seen in self._seen.items() if worker in counts}
        still = (worker for worker, (_, since) in self._seen.items() if at - since > self._timing.dead)
        return [worker for worker in still if worker != self.worker]

    def _clock_went_back(self) -> bool:
        before, began = self._times
        self._times = (self._clock.now(), self._clock.elapsed())
        passed = (self._times[0] - before).total_seconds()
        return passed < self._times[1] - began - STEP_BACK_SECONDS
