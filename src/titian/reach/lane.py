"""A lane: one channel of a dispatcher, its slots, and the loop that settles what is done and leases what comes next."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from titian.domain.outcome import Fault, Later, Outcome, Uncertain
from titian.domain.touch import Message
from titian.errors import StorageError
from titian.reach.channel import Channel
from titian.reach.clock import Clock
from titian.reach.ledger import Ledger, Turn
from titian.reach.pacing import Backoff, Bucket, Circuit
from titian.reach.remarks import remark
from titian.reach.settling import Rules, settlement, stops
from titian.store.leasing import Leased, Settlement, Want

PEER_WAITS = Backoff(first_seconds=2, factor=2, longest_seconds=300)
"""How long a channel that fails as a whole is left alone."""
STORE_WAITS = Backoff(first_seconds=0.1, factor=2, longest_seconds=5)
"""How long to wait when the store does not answer."""


@dataclass(frozen=True)
class Timing:
    """The times of a dispatcher, in seconds.

    `beat`: between two beats; `dead`: without a beat, before others take over; `send`: what one call of a channel may take;
    `grace`: for what is on its way when it is to stop; `poll`: between two looks for what is due; `gather`: for how long
    messages that were sent wait for each other, to be settled together.
    """

    beat: float = 5
    dead: float = 30
    send: float = 120
    grace: float = 30
    poll: float = 0.5
    gather: float = 0.003


@dataclass(frozen=True)
class Posted:
    """A channel in use: how many slots it has, and how its touches are tried again."""

    channel: Channel
    slots: int
    rules: Rules
    per_second: float | None = None


@dataclass
class _Slot:
    """One slot: what it is sending, for which worker it was leased, and what became of it until that is written down."""

    messages: tuple[Message, ...] = ()
    worker: str = ""
    settlements: tuple[Settlement, ...] = ()
    stops: Fault | None = None
    done: bool = False
    task: asyncio.Task[None] | None = field(default=None, repr=False)


class Lane:
    """Sends the due touches of one channel. A slot holds one message (or one batch) from its lease until it is settled."""

    def __init__(
        self,
        name: str,
        posted: Posted,
        ledger: Ledger,
        clock: Clock,
        random: Random,
        timing: Timing,
        worker: Callable[[], str],
    ) -> None:
        self.name = name
        self.tally: Counter[str] = Counter()
        self._posted, self._ledger, self._clock, self._random = posted, ledger, clock, random
        self._timing, self._worker = timing, worker
        self._slots = [_Slot() for _ in range(posted.slots)]
        self._bucket = Bucket(posted.per_second)
        self._circuit = Circuit(PEER_WAITS, random)
        self._changed = asyncio.Event()
        self._stopping = self._cut_off = False
        self._store_failed = 0

    async def run(self, once: bool = False) -> None:
        """Send until told to stop; `once`: until nothing is due, or the other side is down."""
        while True:
            room = self._room()
            leased = await self._turn(room)
            nothing_due = leased is not None and leased.looked_at < room
            if once and (nothing_due or self._circuit.wait_seconds(self._clock.elapsed())):
                self._stopping = True
            if self._stopping and (not self._busy or (self._cut_off and leased is None)):
                # Without the store what was sent can't be written down: whoever takes over finds it leased.
                return
            await self._rest(leased, room)

    def stop(self) -> None:
        """Lease nothing more."""
        self._stopping = True
        self._changed.set()

    def cut_off(self) -> None:
        """Give up what is on its way: whether it went out is not known."""
        self._cut_off = True
        self._changed.set()
        for slot in self._slots:
            if slot.task is not None:
                slot.task.cancel()

    def share(self, workers: int) -> None:
        """Send at a share of the rate, where several workers send over the channel."""
        if self._posted.per_second is not None:
            self._bucket.change(self._posted.per_second / max(workers, 1), self._clock.elapsed())

    @property
    def _busy(self) -> bool:
        return any(slot.messages for slot in self._slots)

    @property
    def _batch(self) -> int:
        return self._posted.channel.capabilities.batch

    def _room(self) -> int:
        """How many messages may be leased now."""
        at = self._clock.elapsed()
        free = sum(slot.done or not slot.messages for slot in self._slots)
        if self._stopping or self._circuit.wait_seconds(at):
            return 0
        if self._circuit.half_open:
            return int(free == len(self._slots))
        return int(min(free * self._batch, self._bucket.there(at)))

    async def _turn(self, room: int) -> Leased | None:
        """Settle what is done and lease for what is free; None where the store did not answer."""
        done = [slot for slot in self._slots if slot.done]
        if not done and not room:
            return Leased((), 0)
        want = Want(self.name, self._worker(), room, self._posted.channel.capabilities.needs_consent)
        settlements = tuple(one for slot in done for one in slot.settlements)
        fault = next((slot.stops for slot in done if slot.stops is not None), None)
        turn = Turn(want, settlements, fault, self._sending() if self._store_failed else None)
        try:
            leased = await self._ledger.turn(turn)
        except StorageError as error:
            self._store_failed += 1
            remark("the store does not answer", channel=self.name, what=error.message)
            return None
        self._store_failed = 0
        for slot in done:
            self.tally.update(one.state for one in slot.settlements)
            self._slots[self._slots.index(slot)] = _Slot()
        self._start(leased.messages, want.worker)
        return leased

    def _sending(self) -> frozenset[str]:
        return frozenset(one.key for slot in self._slots for one in slot.messages)

    def _start(self, messages: tuple[Message, ...], worker: str) -> None:
        at = self._clock.elapsed()
        self._bucket.take(len(messages), at)
        free = (slot for slot in self._slots if not slot.messages)
        for start in range(0, len(messages), self._batch):
            slot = next(free)
            slot.messages, slot.worker = messages[start : start + self._batch], worker
            slot.task = asyncio.create_task(self._send(slot, at))

    async def _send(self, slot: _Slot, leased_at: float) -> None:
        outcomes = await self._outcomes(slot.messages, leased_at)
        for outcome in outcomes:
            self._note(outcome)
        now, rules = self._clock.now(), self._posted.rules
        slot.settlements = tuple(
            settlement(message, slot.worker, outcome, rules, now, self._random)
            for message, outcome in zip(slot.messages, outcomes, strict=True)
        )
        slot.stops = next((fault for outcome in outcomes if (fault := stops(outcome)) is not None), None)
        slot.done, slot.task = True, None
        self._changed.set()

    async def _outcomes(self, messages: tuple[Message, ...], leased_at: float) -> list[Outcome]:
        """What became of each message, whatever the channel does."""
        if self._clock.elapsed() - leased_at > self._timing.dead / 2:
            # The process stood still so long that others may have taken the touches over.
            return [Later(Fault("transient", "stood_still"))] * len(messages)
        try:
            async with asyncio.timeout(self._timing.send):
                found = await self._posted.channel.send(messages)
        except TimeoutError:
            return _unknown("timeout", messages)
        except asyncio.CancelledError:
            return _unknown("stopped", messages)
        except Exception as error:
            # Its words may hold an address with a password in it.
            remark("the channel failed", channel=self.name, what=type(error).__name__)
            return _unknown(type(error).__name__, messages)
        return [*found[: len(messages)], *_unknown("no_outcome", messages[len(found) :])]

    def _note(self, outcome: Outcome) -> None:
        """What an outcome says of the other side as a whole."""
        if isinstance(outcome, Later) and outcome.peer:
            self._circuit.failed(self._clock.elapsed(), outcome.after_seconds)
        elif not isinstance(outcome, Uncertain):
            self._circuit.succeeded()

    async def _rest(self, leased: Leased | None, room: int) -> None:
        """Wait for something to do."""
        if leased is None:
            await asyncio.sleep(STORE_WAITS.seconds(self._store_failed, self._random))
            return
        if room and leased.looked_at == room and self._room():
            # There may be more that is due, behind what could not go out.
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), self._longest_rest())
            await asyncio.sleep(self._timing.gather)
        self._changed.clear()

    def _longest_rest(self) -> float:
        at = self._clock.elapsed()
        waits = (self._circuit.wait_seconds(at), self._bucket.wait_seconds(at))
        return min(max(0.001, *waits), self._timing.poll) if any(waits) else self._timing.poll


def _unknown(code: str, messages: Iterable[Message]) -> list[Outcome]:
    return [Uncertain(Fault("transient", code)) for _ in messages]
