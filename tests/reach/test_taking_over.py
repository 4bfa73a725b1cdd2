"""What a dead dispatcher was sending is taken over by another, without a word of any clock; a living one keeps it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.reach.dispatching import SetClock, dispatcher, until
from tests.store.touches import NOW, a_touch, put, states, took
from titian.reach.running import run
from titian.store import dispatchers
from titian.store.database import Store
from titian.testing.memory_channel import MemoryChannel


def left_behind(store: Store, listed: bool = True) -> None:
    """A dispatcher that was killed while it was sending two of three touches."""
    put(store, *(a_touch(n) for n in range(3)))
    took(store, 2, worker="dead")
    if listed:
        with store.writing() as connection:
            dispatchers.enter(connection, "dead", "host:1", NOW)


@pytest.mark.parametrize(("when", "found"), [("again", {"sent": 3}), ("hold", {"sent": 1, "held": 2})])
def test_who_is_alone_takes_over_at_once(store: Store, when: str, found: dict[str, int]) -> None:
    left_behind(store)
    channel = MemoryChannel()
    run(dispatcher(store, channel, when=when).run(asyncio.Event(), once=True))
    assert states(store) == found


@pytest.mark.parametrize("listed", [True, False], ids=["listed", "off the list"])
def test_others_take_over_when_it_has_not_beaten_for_long(store: Store, listed: bool) -> None:
    left_behind(store, listed)

    async def ran() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        clock = SetClock()
        clock.ahead = -timedelta(hours=5)
        began = loop.time()
        put(store, a_touch(9, due_at=clock.now()), now=clock.now())
        running = asyncio.create_task(dispatcher(store, MemoryChannel(), alone=False, clock=clock).run(stop))
        await until(lambda: not states(store)["leased"])
        assert loop.time() - began > 0.5
        stop.set()
        await running
        with store.reading() as connection:
            assert dispatchers.beats(connection) == {}

    run(ran())


def test_a_living_one_keeps_what_it_is_sending_however_long_that_takes(opened: Callable[[], Store]) -> None:
    one, other = opened(), opened()
    put(one, a_touch())
    channel = MemoryChannel(seconds=1.5)

    async def ran() -> None:
        stop = asyncio.Event()
        runs = [asyncio.create_task(dispatcher(each, channel, alone=False).run(stop)) for each in (one, other)]
        await until(lambda: states(one) == {"sent": 1})
        stop.set()
        await asyncio.gather(*runs)

    run(ran())
    assert len(channel.sent) == 1


def test_one_that_was_taken_for_dead_goes_on_as_another(store: Store) -> None:
    async def ran() -> None:
        stop, made = asyncio.Event(), dispatcher(store, MemoryChannel(), alone=False)
        before = made.worker
        running = asyncio.create_task(made.run(stop))
        await asyncio.sleep(0.02)
        with store.writing() as connection:
            dispatchers.leave(connection, None)
        await until(lambda: made.worker != before)
        put(store, a_touch())
        await until(lambda: states(store) == {"sent": 1})
        stop.set()
        await running

    run(ran())
