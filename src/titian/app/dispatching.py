"""Dispatching: the outbox emptied over the channels of the workspace, by one process on SQLite, by several on PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from titian.app.answers.outbox import ChannelInfo, Dispatched
from titian.app.channels import Setup, info, setups
from titian.app.desk import Desk
from titian.errors import BusyError, InputError, TitianError
from titian.reach.channel import Channel
from titian.reach.dispatcher import Dispatcher
from titian.reach.lane import Posted
from titian.reach.pacing import Backoff
from titian.reach.running import run
from titian.reach.settling import Rules, WhenUncertain

LOCK = ".dispatch.lock"


def dispatch(desk: Desk, once: bool, environment: Mapping[str, str] = os.environ) -> Dispatched:
    """Send what is due until this process is told to stop (SIGINT, SIGTERM); `once`: until nothing is due.

    Channels that can't be opened are left out and told; their touches wait. Raises InputError where no channel can be,
    BusyError where another process sends from the same SQLite store.
    """
    made = setups(desk)
    if not made:
        raise _no_channels()
    with _alone(desk) as alone:
        posted, unusable = _posted(desk, made, environment)
        if not posted:
            raise _none_usable(unusable)
        tally = run(_run(desk, posted, alone, once))
    return Dispatched(
        sent=tally["sent"],
        queued=tally["queued"],
        held=tally["held"],
        failed=tally["failed"],
        unusable=tuple(unusable),
    )


async def _run(desk: Desk, posted: Mapping[str, Posted], alone: bool, once: bool) -> Counter[str]:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        # Where a loop takes no signals, or outside of the main thread, the caller ends it otherwise.
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(one, stop.set)
    place = f"{socket.gethostname()}:{os.getpid()}"[:200]
    try:
        return await Dispatcher(desk.store, posted, alone=alone, place=place).run(stop, once)
    finally:
        for channel in posted.values():
            await channel.channel.close()


def _posted(
    desk: Desk, made: list[Setup], environment: Mapping[str, str]
) -> tuple[dict[str, Posted], list[ChannelInfo]]:
    """Channels ready to send, and those that can't be opened."""
    posted: dict[str, Posted] = {}
    unusable: list[ChannelInfo] = []
    for one in made:
        try:
            posted[one.key] = _ready(one, one.open(desk, environment))
        except TitianError as error:
            unusable.append(info(one, error=error))
    return posted, unusable


def _ready(made: Setup, channel: Channel) -> Posted:
    able, settings = channel.capabilities, made.settings
    usual: WhenUncertain = "again" if able.honours_key else "hold"
    rates = [rate for rate in (settings.per_second, able.per_second) if rate is not None]
    rules = Rules(Backoff(), settings.when_uncertain or usual)
    return Posted(channel, settings.slots or made.kind.slots, rules, min(rates, default=None))


@contextmanager
def _alone(desk: Desk) -> Iterator[bool]:
    """Whether this process is the only one that sends: on SQLite it has to be. Raises BusyError where it is not."""
    if not _is_sqlite(desk.workspace.store):
        yield False
        return
    lock = FileLock(desk.workspace.path / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise _busy() from None
    try:
        yield True
    finally:
        lock.release()


def _is_sqlite(place: str | Path) -> bool:
    return isinstance(place, Path) or place.startswith("sqlite")


def _busy() -> BusyError:
    return BusyError(
        "another process is sending from this workspace",
        "one is enough on SQLite; keep the store in PostgreSQL to have several",
        zh="已有进程正在从该工作区发送",
        hint_zh="SQLite 下只需一个；如需多个进程，请把存储放到 PostgreSQL",
    )


def _no_channels() -> InputError:
    return InputError(
        "this workspace has no channels",
        "set one up under channels in titian.yaml",
        zh="该工作区还没有渠道",
        hint_zh="请在 titian.yaml 的 channels 中设置",
    )


def _none_usable(unusable: list[ChannelInfo]) -> InputError:
    first = unusable[0]
    assert first.problem is not None
    assert first.mend is not None
    return InputError(
        f"no channel can be opened; {first.key}: {first.problem.en}",
        first.mend.en,
        zh=f"没有可用的渠道；{first.key}：{first.problem.zh}",
        hint_zh=first.mend.zh,
        channels=[one.key for one in unusable],
    )
