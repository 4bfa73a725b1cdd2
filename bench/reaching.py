"""`python -m bench reaching`: touches queued and sent, beside a bare loop of the same client to the same receiver.

The receivers are processes of their own: aiosmtpd, and a plain HTTP server. What sends is another, so that its memory is its own.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

from rich.table import Table

from bench.clock import timed
from titian.domain.touch import Content, Message, Touch, touch_id_of
from titian.reach.channel import Channel
from titian.reach.dispatcher import Dispatcher
from titian.reach.email import EmailChannel
from titian.reach.email_settings import EmailSettings
from titian.reach.lane import Posted
from titian.reach.pacing import Backoff
from titian.reach.secret import Secret
from titian.reach.settling import Rules
from titian.reach.web import Web
from titian.reach.webhook import WebhookChannel, WebhookSettings
from titian.store import outbox
from titian.store.database import Store

SERVERS = {"email": "tests.reach.mailserver", "webhook": "tests.reach.receiver"}
TOUCHES = {"70k": {"email": 1_500, "webhook": 5_000}, "1M": {"email": 6_000, "webhook": 20_000}}
TOUCHES["10M"] = {"email": 20_000, "webhook": 100_000}
QUEUED = 100_000
SLOTS = {"email": 16, "webhook": 32}
WANTED = {"email": 300, "webhook": 1_000}
QUEUE_SECONDS, MEMORY_MB = 10, 500
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOW = datetime(2024, 11, 28, tzinfo=UTC)
CONTENT = Content(subject="新茶上市", text="春天的茶到了。" * 20, html="<p>春天的茶到了。</p>" * 20)


def compare(size: str, repeats: int) -> dict[str, float]:
    """Seconds to queue, touches a second over each channel and by a bare loop, and the peak memory of what sends."""
    found = {"queue_s": _queueing()}
    for kind, count in TOUCHES[size].items():
        with tempfile.TemporaryDirectory() as folder, _other_side(kind, Path(folder)) as port:
            command = [sys.executable, "-m", "bench.reaching", kind, str(port), str(count), folder]
            runs = [
                json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
                for _ in range(min(repeats, 3))
            ]
        best = max(runs, key=lambda run: float(run["sent"]))
        found |= {f"{kind}_{name}": value for name, value in best.items()}
    return found


def touches(kind: str, count: int) -> Iterator[Touch]:
    """What is sent: letters of two parts, or requests of about as much."""
    for number in range(count):
        yield Touch(
            touch_id=touch_id_of("bench", str(time.time_ns()), str(number)),
            channel=kind,
            address=f"c{number}@mail.example",
            content=CONTENT,
            due_at=NOW,
            customer_id=f"c{number}",
            campaign="bench",
            purpose="service",
        )


def table(found: dict[str, float], size: str) -> Table:
    """The comparison for people."""
    made = Table(title=f"Reaching customers, {size}", title_justify="left")
    for column in ("channel", "touches/s", "bare loop/s", "ratio", "peak MB"):
        made.add_column(column, justify="left" if column == "channel" else "right")
    for kind in SERVERS:
        sent, bare = found[f"{kind}_sent"], found[f"{kind}_bare"]
        made.add_row(kind, f"{sent:,.0f}", f"{bare:,.0f}", f"{sent / bare:.2f}", f"{found[f'{kind}_peak_mb']:,.0f}")
    made.add_row(f"queueing {QUEUED:,}", f"{QUEUED / found['queue_s']:,.0f}", "", "", "")
    return made


def failing(found: dict[str, float]) -> list[str]:
    """A line for each target missed."""
    slow = [
        f"{kind}: {found[f'{kind}_sent']:,.0f}/s; {WANTED[kind]} wanted"
        for kind in SERVERS
        if found[f"{kind}_sent"] < WANTED[kind]
    ]
    fat = [f"{kind}: {found[f'{kind}_peak_mb']:,.0f} MB" for kind in SERVERS if found[f"{kind}_peak_mb"] > MEMORY_MB]
    late = [f"queueing {QUEUED:,} took {found['queue_s']:.1f} s"] if found["queue_s"] > QUEUE_SECONDS else []
    return [*slow, *fat, *late]


def _queueing() -> float:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "store.sqlite")

        def queued() -> None:
            with store.writing() as connection:
                outbox.queue(connection, touches("email", QUEUED), NOW)

        seconds, _ = timed(queued)
        store.close()
    return seconds


@contextmanager
def _other_side(kind: str, folder: Path) -> Iterator[int]:
    file = folder / "port"
    process = subprocess.Popen([sys.executable, "-m", SERVERS[kind], str(file)])
    try:
        while not (file.exists() and file.read_text()):
            time.sleep(0.05)
        yield int(file.read_text())
    finally:
        process.kill()
        process.wait()


def _channel(kind: str, port: int) -> Channel:
    home = (ip_network("127.0.0.0/8"),)
    if kind == "email":
        sender = "Shop <hello@shop.example>"
        return EmailChannel(EmailSettings(host="127.0.0.1", port=port, security="none", sender=sender), None)
    url = f"http://127.0.0.1:{port}/in"
    settings = WebhookSettings(url=url, secrets=(Secret(variable="X"),), private_networks=home)
    return WebhookChannel(settings, [SECRET], Web(networks=home))


async def _bare(kind: str, port: int, count: int) -> float:
    """The same messages by the same client, in as many loops as there are slots and with no outbox."""
    channel = _channel(kind, port)
    waiting = iter([_message(one) for one in touches(kind, count)])

    async def loop() -> None:
        for message in waiting:
            await channel.send([message])

    seconds = await _seconds(lambda: _together(loop, SLOTS[kind]))
    await channel.close()
    return count / seconds


async def _together(work: Callable[[], Awaitable[None]], times: int) -> None:
    await asyncio.gather(*(work() for _ in range(times)))


async def _dispatched(kind: str, port: int, count: int, folder: Path) -> float:
    store = Store.open(folder / f"{time.time_ns()}.sqlite")
    with store.writing() as connection:
        outbox.queue(connection, touches(kind, count), NOW)
    channel = _channel(kind, port)
    posted = Posted(channel, SLOTS[kind], Rules(Backoff(), "again"))
    made = Dispatcher(store, {kind: posted}, alone=True)

    async def run() -> None:
        assert await made.run(asyncio.Event(), once=True) == {"sent": count}

    seconds = await _seconds(run)
    await channel.close()
    store.close()
    return count / seconds


async def _seconds(work: Callable[[], Awaitable[None]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


def _message(one: Touch) -> Message:
    return Message(
        one.touch_id,
        one.customer_id,
        one.campaign,
        one.play,
        one.topic,
        one.purpose,
        one.address,
        one.content,
        one.due_at,
    )


async def _both(kind: str, port: int, count: int, folder: Path) -> dict[str, float]:
    await _bare(kind, port, 200)
    bare = await _bare(kind, port, count)
    sent = await _dispatched(kind, port, count, folder)
    unit = 1 if sys.platform == "darwin" else 1024
    return {"bare": bare, "sent": sent, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_both(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])))))
