"""A dispatcher in a process of its own, that can be killed; told to stop (SIGTERM) it stops."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from ipaddress import ip_network
from multiprocessing.connection import Connection

from tests.reach.receiver import SECRET
from titian.domain.outcome import Outcome
from titian.domain.touch import Message
from titian.reach.channel import Channel
from titian.reach.dispatcher import Dispatcher
from titian.reach.email import EmailChannel
from titian.reach.email_settings import EmailSettings
from titian.reach.lane import Posted, Timing
from titian.reach.pacing import Backoff
from titian.reach.secret import Secret
from titian.reach.settling import Rules
from titian.reach.web import Web
from titian.reach.webhook import WebhookChannel, WebhookSettings
from titian.store.database import Store

TIMING = Timing(beat=0.2, dead=1.5, send=10, grace=5, poll=0.05)
SOON = Backoff(first_seconds=0.05, factor=2, longest_seconds=0.5, tries=40)


def channel(kind: str, port: int, slots: int) -> Channel:
    if kind == "email":
        given = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "hello@shop.example"}
        return EmailChannel(EmailSettings(**given, timeout_seconds=5), None)
    home = (ip_network("127.0.0.0/8"),)
    url = f"http://127.0.0.1:{port}/in"
    settings = WebhookSettings(url=url, secrets=(Secret(variable="X"),), private_networks=home)
    return WebhookChannel(settings, [SECRET], Web(networks=home, seconds=5))


async def main(begun: Connection, place: str, kind: str, port: int, slots: int, when: str, alone: bool) -> None:
    store = Store.open(place)
    made = channel(kind, port, slots)
    posted = Posted(made, slots, Rules(SOON, when))  # type: ignore[arg-type]
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    watched = made.send

    async def send(messages: Sequence[Message]) -> Sequence[Outcome]:
        if not told.is_set():
            told.set()
            begun.send("sending")
        return await watched(messages)

    told, made.send = asyncio.Event(), send  # type: ignore[method-assign]
    await Dispatcher(store, {"letters": posted}, alone=alone, timing=TIMING).run(stop)
    await made.close()
    store.close()


def run(begun: Connection, *told: object) -> None:
    """What the process does."""
    asyncio.run(main(begun, *told))  # type: ignore[arg-type]
