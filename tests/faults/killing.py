"""Campaigns whose dispatchers are killed: what was sent, counted at the other side."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

from tests.faults import process
from tests.house.repository import ROOT
from tests.store.touches import NOW, a_touch
from titian.store import outbox
from titian.store.database import Store

SERVERS = {"email": "tests.reach.mailserver", "webhook": "tests.reach.receiver"}
PATIENCE = 120
BESIDE = multiprocessing.get_context("forkserver")
"""Processes that do not load everything anew: there are hundreds of them."""
BESIDE.set_forkserver_preload(["tests.faults.process"])


@contextmanager
def other_side(kind: str, folder: Path) -> Iterator[tuple[int, Path]]:
    """A receiver in a process of its own: its port, and the file in which the key of all it gets stands, a line each time."""
    file = folder / f"{kind}.port"
    server = subprocess.Popen([sys.executable, "-m", SERVERS[kind], str(file)], cwd=ROOT)
    try:
        wait_for(lambda: file.exists() and bool(file.read_text()))
        yield int(file.read_text()), file.with_suffix(".keys")
    finally:
        server.kill()
        server.wait()


def wait_for(true: object, seconds: float = PATIENCE) -> None:
    """Wait until something holds."""
    assert callable(true)
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.1)


@dataclass(frozen=True)
class Campaign:
    """What a dispatcher is started with."""

    place: str
    kind: str
    port: int
    slots: int
    when: str = "again"
    alone: bool = True

    def begun(self) -> BaseProcess:
        """A dispatcher that has begun to send."""
        hears, tells = BESIDE.Pipe(duplex=False)
        told = (self.place, self.kind, self.port, self.slots, self.when, self.alone)
        made = BESIDE.Process(target=process.run, args=(tells, *told), daemon=True)
        made.start()
        tells.close()
        # Where nothing is left to send it never begins.
        hears.poll(2)
        return made


def queued(store: Store, count: int) -> set[str]:
    """Queue a campaign; its keys."""
    addresses = (a_touch(number, address=f"c{number}@mail.example") for number in range(count))
    with store.writing() as connection:
        outbox.queue(connection, addresses, NOW)
    return {a_touch(number).touch_id for number in range(count)}


def killed(campaign: Campaign, kills: int, random: Random, longest: float) -> int:
    """Start a dispatcher and kill it, again and again; how often it was killed."""
    for _ in range(kills):
        begun = campaign.begun()
        time.sleep(random.uniform(0.01, longest))
        begun.kill()
        begun.join()
    return kills


def finished(campaign: Campaign, store: Store, dispatchers: int = 1) -> None:
    """Let dispatchers send what is left, and end them gracefully."""
    running = [campaign.begun() for _ in range(dispatchers)]
    wait_for(lambda: not on_its_way(store), PATIENCE * 5)
    for one in running:
        ended(one)


def on_its_way(store: Store) -> bool:
    """Whether anything is still to be sent."""
    with store.reading() as connection:
        return any(outbox.listed(connection, state, None, None, 1) for state in ("queued", "leased"))


def ended(begun: BaseProcess) -> None:
    """End a dispatcher gracefully."""
    begun.terminate()
    begun.join(30)
    assert begun.exitcode == 0


def arrived(keys: Path) -> Counter[str]:
    """How often each key came in."""
    return Counter(keys.read_text().split())
