"""Campaigns over mail servers in their worst moods: each letter ends where it should, and once unless nobody can know."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.reach.dispatching import SOON, dispatcher, until
from tests.reach.mailserver import MailServer, Moods
from tests.store.touches import a_touch, put, states
from titian.domain.consent import Consent
from titian.reach.email import EmailChannel
from titian.reach.email_settings import EmailSettings
from titian.reach.running import run
from titian.store import consents, erasing, outbox
from titian.store.database import Store


def address(number: int) -> str:
    return f"c{number}@mail.example"


@pytest.fixture
def small(tmp_path: Path) -> Store:
    """A store of one file; that PostgreSQL does the same is shown elsewhere."""
    return Store.open(tmp_path / "store.sqlite")


def campaign(store: Store, touches: int, moods: Moods, done: Callable[[], bool], **more: Any) -> MailServer:
    """Send a campaign until it is done; the server that it went to."""
    put(store, *(a_touch(number, address=address(number)) for number in range(touches)))

    async def ran() -> MailServer:
        async with MailServer(moods) as server:
            given = {"host": "127.0.0.1", "port": server.port, "security": "none", "sender": "hello@shop.example"}
            channel = EmailChannel(EmailSettings(**given, timeout_seconds=1, unsubscribe_mailto="u@shop.example"), None)
            stop = asyncio.Event()
            running = asyncio.create_task(dispatcher(store, channel, **more).run(stop))
            await until(done, 120)
            stop.set()
            await running
            await channel.close()
            return server

    return run(ran())


def times(server: MailServer) -> Counter[str]:
    return Counter(one.recipients[0] for one in server.received)


@pytest.mark.parametrize(
    ("touches", "per_connection"),
    [(100, 15), pytest.param(6_000, 2_500, marks=pytest.mark.full)],
    ids=["short", "421 after 2,500"],
)
def test_a_server_that_takes_so_many_from_a_connection_gets_another(
    small: Store, touches: int, per_connection: int
) -> None:
    def done() -> bool:
        return states(small) == {"sent": touches}

    server = campaign(small, touches, Moods(per_connection=per_connection), done)
    assert times(server) == {address(number): 1 for number in range(touches)}


def test_one_of_a_hundred_is_refused_and_the_others_arrive(small: Store) -> None:
    moods = Moods(at_data={address(number): "554 5.6.0 no" for number in range(0, 300, 100)})
    server = campaign(small, 300, moods, lambda: states(small) == {"sent": 297, "failed": 3})
    assert len(times(server)) == 297


@pytest.mark.parametrize(
    ("when", "arrivals", "ends"),
    [("hold", 1, {"sent": 37, "held": 3}), ("again", SOON.tries, {"sent": 37, "queued": 3})],
    ids=["hold", "again"],
)
def test_a_server_that_hangs_up_after_the_letter(small: Store, when: str, arrivals: int, ends: dict[str, int]) -> None:
    cut = frozenset(address(number) for number in (3, 13, 23))

    def done() -> bool:
        return states(small) == ends and states(small)["queued"] in (0, 3)

    server = campaign(small, 40, Moods(cut_after_data=cut), done, when=when)
    found = times(server)
    assert {found[one] for one in set(found) - cut} == {1}
    assert all(1 <= found[one] <= max(arrivals, 2) for one in cut)


def test_a_server_that_is_not_there_yet_is_waited_for(small: Store) -> None:
    put(small, *(a_touch(number, address=address(number)) for number in range(30)))

    async def ran() -> MailServer:
        async with MailServer() as probe:
            port = probe.port
        given = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "hello@shop.example"}
        channel = EmailChannel(EmailSettings(**given, timeout_seconds=1), None)
        stop, server = asyncio.Event(), MailServer()
        server.port = port
        running = asyncio.create_task(dispatcher(small, channel).run(stop))
        await asyncio.sleep(0.7)
        assert states(small)["sent"] == 0
        async with server:
            await until(lambda: states(small) == {"sent": 30}, 60)
            stop.set()
            await running
        return server

    assert len(run(ran()).received) == 30


def test_who_refuses_or_is_erased_while_it_runs_gets_no_letter(small: Store) -> None:
    with small.writing() as connection:
        consents.record(connection, [Consent(f"c{n}", True, a_touch().due_at, "form") for n in range(200)])
        outbox.queue(
            connection, [a_touch(n, address=address(n), purpose="marketing") for n in range(200)], a_touch().due_at
        )
    server_of: list[MailServer] = []

    async def ran() -> None:
        async with MailServer() as server:
            server_of.append(server)
            given = {"host": "127.0.0.1", "port": server.port, "security": "none", "sender": "hello@shop.example"}
            channel = EmailChannel(EmailSettings(**given, unsubscribe_mailto="u@shop.example"), None)
            running = asyncio.create_task(dispatcher(small, channel, per_second=100).run(asyncio.Event(), once=True))
            await until(lambda: len(server.received) > 5)
            with small.writing() as connection:
                gone = erasing.erase(connection, ["c198"])
                refusal = Consent("c199", False, a_touch().due_at, "reply")
                consents.record(connection, [refusal])
            assert gone["outbox"] == 1
            await running
            await channel.close()

    run(ran())
    assert {address(198), address(199)}.isdisjoint(times(server_of[0]))
    assert states(small) == {"sent": 198, "cancelled": 1}
