"""PostgreSQL that stops every few seconds as at a failure of power: the campaign goes on, nothing is lost, little repeated."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from dataclasses import replace

import pytest

from tests import postgres
from tests.reach.dispatching import QUICK, dispatcher, until
from tests.store.touches import a_touch, put, states
from titian.errors import StorageError
from titian.reach.running import run
from titian.store.database import Store
from titian.testing.memory_channel import MemoryChannel


def counted(store: Store) -> Counter[str]:
    """The states, if the store is there."""
    try:
        return states(store)
    except StorageError:
        return Counter()


@pytest.mark.parametrize(
    ("touches", "restarts"), [(400, 2), pytest.param(20_000, 15, marks=pytest.mark.full)], ids=["twice", "often"]
)
@pytest.mark.parametrize("when", ["again", "hold"])
def test_a_store_that_comes_and_goes_makes_it_wait(touches: int, restarts: int, when: str) -> None:
    channel = MemoryChannel(seconds=0.01)

    async def ran(server: postgres.Server, store: Store) -> None:
        stop = asyncio.Event()
        quick = replace(QUICK, dead=60)
        made = dispatcher(store, channel, alone=False, when=when, slots=4, timing=quick)
        running = asyncio.create_task(made.run(stop))
        for part in range(1, restarts + 1):
            await until(lambda: len(channel.sent) > part * touches // (restarts + 2), 60)  # noqa: B023
            await asyncio.to_thread(server.restart, 0.3)
        await until(lambda: counted(store)["sent"] == touches, 120)
        stop.set()
        await running

    with postgres.controlled() as server:
        store = Store.open(server.address)
        put(store, *(a_touch(number) for number in range(touches)))
        run(ran(server, store))
        store.close()
    # It never lost hold of what it was sending, so that nothing went out twice.
    assert Counter(one.key for one in channel.sent) == {a_touch(number).touch_id: 1 for number in range(touches)}


def test_who_queues_meanwhile_is_told_and_can_queue_again() -> None:
    with postgres.controlled() as server:
        store = Store.open(server.address)
        restarting = threading.Thread(target=server.restart, args=(1.0,))
        restarting.start()
        refused = 0
        for _ in range(2_000):
            try:
                put(store, *(a_touch(number) for number in range(50)))
            except StorageError:
                refused += 1
            if refused and not restarting.is_alive():
                break
        restarting.join()
        assert refused
        put(store, *(a_touch(number) for number in range(50)))
        assert states(store) == {"queued": 50}
        store.close()
