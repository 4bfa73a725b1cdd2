"""A disk that is full: what can't be written is not done, what was sent meanwhile is not sent again, and all goes on after."""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import signal
from collections import Counter
from pathlib import Path

import pytest

from tests.reach.dispatching import dispatcher, until
from tests.store.touches import a_touch, put, states
from titian.errors import StorageError
from titian.reach.running import run
from titian.store.database import Store
from titian.testing.memory_channel import MemoryChannel

BESIDE = multiprocessing.get_context("fork")
TOUCHES = 60


def limit(size: int) -> None:
    """No file of this process grows beyond."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def sending(place: Path) -> None:
    """Send while the disk fills up and empties again; ends with 0 where all is as it should be."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store, channel = Store.open(place), MemoryChannel(seconds=0.01)

    async def ran() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(dispatcher(store, channel, slots=3).run(stop))
        await until(lambda: len(channel.sent) > 10)
        limit(1)
        await asyncio.sleep(0.5)
        before = len(channel.sent)
        await asyncio.sleep(0.5)
        assert len(channel.sent) == before, "it goes on without writing down what it does"
        limit(resource.RLIM_INFINITY)
        await until(lambda: states(store) == {"sent": TOUCHES})
        stop.set()
        await running

    run(ran())
    assert set(Counter(one.key for one in channel.sent).values()) == {1}
    assert len(channel.sent) == TOUCHES


def test_a_dispatcher_waits_for_room_and_sends_nothing_twice(tmp_path: Path) -> None:
    place = tmp_path / "store.sqlite"
    store = Store.open(place)
    put(store, *(a_touch(number) for number in range(TOUCHES)))
    store.close()
    process = BESIDE.Process(target=sending, args=(place,))
    process.start()
    process.join(60)
    assert process.exitcode == 0
    with Store.open(place).reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def queueing(place: Path) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = Store.open(place)
    limit(200_000)
    with pytest.raises(StorageError):
        put(store, *(a_touch(number) for number in range(5_000)))
    limit(resource.RLIM_INFINITY)
    assert states(store) == {}
    put(store, *(a_touch(number) for number in range(5_000)))
    assert states(store) == {"queued": 5_000}


def test_what_does_not_fit_is_not_queued_at_all(tmp_path: Path) -> None:
    process = BESIDE.Process(target=queueing, args=(tmp_path / "store.sqlite",))
    process.start()
    process.join(60)
    assert process.exitcode == 0
