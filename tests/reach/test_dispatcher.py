"""The dispatcher sends what is due once, in its slots and at its rate, and ends what it began."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.reach.dispatching import QUICK, SetClock, dispatcher, once, until
from tests.store.touches import a_touch, put, states
from titian.domain.consent import Halt
from titian.domain.outcome import Accepted, Fault, Later, Outcome, Rejected, Uncertain
from titian.domain.touch import Message
from titian.errors import StorageError
from titian.reach.channel import Capabilities
from titian.reach.running import run
from titian.store import dispatchers, halts, outbox
from titian.store.database import Store
from titian.testing.memory_channel import MemoryChannel

BUSY = Later(Fault("transient", "451", "later"))
DOWN = Later(Fault("transient", "refused"), peer=True)


def test_what_is_due_is_sent_once_and_what_is_not_waits(store: Store) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    put(store, *(a_touch(n) for n in range(50)), a_touch(99, due_at=later), a_touch(98, channel="hooks"))
    channel = MemoryChannel()
    assert once(store, channel) == {"sent": 50}
    assert sorted(one.customer_id for one in channel.sent) == sorted(f"c{n}" for n in range(50))
    assert (once(store, channel), states(store)) == ({}, {"sent": 50, "queued": 2})


def test_each_slot_has_one_message_on_its_way(store: Store) -> None:
    put(store, *(a_touch(n) for n in range(30)))
    channel = MemoryChannel(seconds=0.02)
    once(store, channel, slots=3)
    assert (channel.most_at_once, set(channel.batches)) == (3, {1})


def test_a_slot_takes_a_batch_as_large_as_the_channel_says(store: Store) -> None:
    put(store, *(a_touch(n) for n in range(30)))
    channel = MemoryChannel(Capabilities(batch=10, needs_consent=False))
    once(store, channel, slots=2)
    assert (sorted(channel.batches), states(store)) == ([10, 10, 10], {"sent": 30})


def test_every_try_carries_the_same_key(store: Store) -> None:
    put(store, a_touch())
    channel = MemoryChannel(answer=lambda one: BUSY if one.tries < 3 else Accepted())

    async def ran() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(dispatcher(store, channel).run(stop))
        await until(lambda: states(store) == {"sent": 1})
        stop.set()
        assert await running == {"queued": 2, "sent": 1}

    run(ran())
    assert [(one.key, one.tries) for one in channel.sent] == [(a_touch().touch_id, tries) for tries in (1, 2, 3)]


@pytest.mark.parametrize(
    ("outcome", "when", "becomes"),
    [
        (Rejected(Fault("invalid_recipient", "550")), "again", "failed"),
        (Uncertain(Fault("transient", "cut")), "hold", "held"),
        (Uncertain(Fault("transient", "cut")), "again", "queued"),
        (BUSY, "again", "queued"),
    ],
    ids=["rejected", "uncertain, hold", "uncertain, again", "later"],
)
def test_an_outcome_is_written_down(store: Store, outcome: Outcome, when: str, becomes: str) -> None:
    put(store, a_touch())
    assert once(store, MemoryChannel(answer=lambda _: outcome), when=when) == {becomes: 1}
    with store.reading() as connection:
        kept = outbox.one(connection, a_touch().touch_id)
    assert (kept.state, kept.fault) == (becomes, outcome.fault)  # type: ignore[union-attr]


def test_a_channel_that_breaks_leaves_it_unknown_and_the_others_alone(store: Store) -> None:
    put(store, *(a_touch(n) for n in range(5)))

    def broken(message: Message) -> Outcome:
        if message.customer_id == "c3":
            raise RuntimeError("password=hunter2")
        return Accepted()

    assert once(store, MemoryChannel(answer=broken), when="hold") == {"sent": 4, "held": 1}
    with store.reading() as connection:
        fault = outbox.one(connection, a_touch(3).touch_id).fault
    assert fault == Fault("transient", "RuntimeError")


def test_a_channel_that_never_answers_is_given_up(store: Store) -> None:
    put(store, a_touch())
    quick = replace(QUICK, send=0.05)
    assert once(store, MemoryChannel(seconds=60), when="hold", timing=quick) == {"held": 1}


def test_a_fault_of_the_channel_itself_stops_it_and_loses_nothing(store: Store) -> None:
    put(store, *(a_touch(n) for n in range(40)))
    refused = Rejected(Fault("auth_config", "535", "wrong password"))
    channel = MemoryChannel(answer=lambda _: refused)
    once(store, channel, slots=4)
    assert len(channel.sent) <= 8
    assert states(store) == {"queued": 40}
    with store.writing() as connection:
        assert [one.why for one in halts.listed(connection)] == ["auth_config 535 wrong password"]
        halts.resume(connection, "channel", "letters")
    assert once(store, MemoryChannel()) == {"sent": 40}


def test_a_channel_that_is_down_is_left_alone(store: Store) -> None:
    put(store, *(a_touch(n) for n in range(200)))
    channel = MemoryChannel(answer=lambda _: DOWN)
    once(store, channel, slots=2)
    assert len(channel.sent) <= 7
    assert states(store) == {"queued": 200}


def test_how_long_the_other_side_asks_to_wait_is_honoured(store: Store) -> None:
    put(store, *(a_touch(n) for n in range(100)))
    asked = Later(Fault("throttled", "429"), after_seconds=3600, peer=True)
    channel = MemoryChannel(answer=lambda _: asked)
    once(store, channel, slots=1)
    with store.reading() as connection:
        waits = [one for one in outbox.listed(connection, "queued", None, None, 200) if one.tries]
    assert len(waits) == len(channel.sent) == 1
    assert waits[0].next_try_at > datetime.now(UTC) + timedelta(minutes=59)


def test_no_more_are_sent_than_the_rate_allows(store: Store) -> None:
    put(store, *(a_touch(n) for n in range(60)))
    began = time.perf_counter()
    once(store, MemoryChannel(), per_second=50.0)
    assert 0.15 < time.perf_counter() - began < 5


def test_what_is_paused_meanwhile_is_not_sent(store: Store) -> None:
    put(store, *(a_touch(n) for n in range(300)))
    channel = MemoryChannel(seconds=0.01)

    async def ran() -> None:
        running = asyncio.create_task(dispatcher(store, channel, slots=2).run(asyncio.Event(), once=True))
        await until(lambda: len(channel.sent) > 5)
        with store.writing() as connection:
            halts.halt(connection, Halt("all", "", "pause", "wang", datetime.now(UTC)))
        await running

    run(ran())
    assert len(channel.sent) < 300
    assert states(store) == {"sent": len(channel.sent), "queued": 300 - len(channel.sent)}


@pytest.mark.parametrize(
    ("seconds", "becomes"), [(0.3, "sent"), (60, "held")], ids=["arrives in time", "takes too long"]
)
def test_when_it_is_stopped_what_is_on_its_way_may_arrive(store: Store, seconds: float, becomes: str) -> None:
    put(store, *(a_touch(n) for n in range(10)))
    channel = MemoryChannel(seconds=seconds)

    async def ran() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(dispatcher(store, channel, slots=3, when="hold").run(stop))
        await until(lambda: states(store)["leased"] == 3)
        stop.set()
        await running

    run(ran())
    assert states(store) == {becomes: 3, "queued": 7}
    with store.reading() as connection:
        assert dispatchers.beats(connection) == {}


def test_one_that_is_stopped_without_its_store_ends_and_leaves_what_it_sent_leased(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, *(a_touch(n) for n in range(5)))
    channel = MemoryChannel(seconds=0.2)

    def gone(*_: object) -> None:
        raise StorageError("the store does not answer", "start it", zh="存储没有响应", hint_zh="请启动")

    async def ran() -> None:
        stop = asyncio.Event()
        quick = replace(QUICK, grace=0.3)
        running = asyncio.create_task(dispatcher(store, channel, slots=2, timing=quick).run(stop))
        await until(lambda: states(store)["leased"] == 2)
        with monkeypatch.context() as patched:
            patched.setattr(Store, "writing", gone)
            stop.set()
            async with asyncio.timeout(10):
                await running

    run(ran())
    assert (len(channel.sent), states(store)) == (2, {"leased": 2, "queued": 3})
    assert once(store, MemoryChannel(), when="hold") == {"sent": 3}
    assert states(store) == {"held": 2, "sent": 3}


def test_one_that_cannot_reach_its_store_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()
    monkeypatch.setattr(
        Store, "writing", lambda _: (_ for _ in ()).throw(StorageError("no", "x", zh="无", hint_zh="x"))
    )
    with pytest.raises(StorageError):
        once(store, MemoryChannel())


def test_several_dispatchers_send_each_touch_once(opened: Callable[[], Store]) -> None:
    stores = [opened() for _ in range(3)]
    put(stores[0], *(a_touch(n) for n in range(300)))
    channel = MemoryChannel(seconds=0.002)

    async def ran() -> None:
        runs = (dispatcher(one, channel, alone=False).run(asyncio.Event(), once=True) for one in stores)
        tallies = await asyncio.gather(*runs)
        assert sum(one["sent"] for one in tallies) == 300

    run(ran())
    assert len({one.key for one in channel.sent}) == len(channel.sent) == 300


@pytest.mark.parametrize("hours", [-1, 1], ids=["back", "forward"])
def test_a_clock_that_is_set_neither_stalls_it_nor_sends_anything_twice(store: Store, hours: int) -> None:
    channel = MemoryChannel(answer=lambda one: BUSY if one.tries == 1 else Accepted(), seconds=0.005)

    async def ran() -> None:
        clock, stop = SetClock(), asyncio.Event()
        put(store, *(a_touch(n, due_at=clock.now()) for n in range(200)), now=clock.now())
        running = asyncio.create_task(dispatcher(store, channel, clock=clock).run(stop))
        await until(lambda: len(channel.sent) > 50)
        clock.ahead = timedelta(hours=hours)
        await until(lambda: states(store) == {"sent": 200})
        stop.set()
        await running

    run(ran())
    tried = sorted((one.key, one.tries) for one in channel.sent)
    assert tried == sorted((a_touch(n).touch_id, tries) for n in range(200) for tries in (1, 2))
