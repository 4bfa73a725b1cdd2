"""What routes are given: the desk of the served workspace, and a way to stop work whose caller has gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar, cast

import anyio
import anyio.to_thread
from fastapi import Depends, Request

from titian.app.desk import Desk, Reading

Result = TypeVar("Result")


def _desk(request: Request) -> Desk:
    return cast(Desk, request.app.state.desk)


AtDesk = Annotated[Desk, Depends(_desk)]


async def while_wanted(request: Request, desk: Desk, work: Callable[[Reading], Result]) -> Result:
    """Do `work` in a thread and interrupt its queries when the caller hangs up (a cut dragged on, a page left)."""
    reading = desk.reading()

    async def watch() -> None:
        while not await request.is_disconnected():
            await anyio.sleep(0.05)
        reading.interrupt()

    def do() -> Result:
        with reading:
            return work(reading)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(watch)
        result = await anyio.to_thread.run_sync(do)
        tasks.cancel_scope.cancel()
    return result
