"""What routes are given: the desk of the served workspace, a reading of its data, and a way to stop unwanted work."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Annotated, TypeVar, cast

import anyio
import anyio.to_thread
from fastapi import Depends, Header, HTTPException, Query, Request
from pydantic import BaseModel

from titian.app.answers.group_portrait import MOST_TRAITS
from titian.app.desk import Desk, Reading

LOOK_SECONDS = 0.05
HUNG_UP = 499
"""What many servers write down for a call that nobody waits for any longer."""

Result = TypeVar("Result")

IdempotencyKey = Annotated[str | None, Header(max_length=200)]
"""A name for one call, by which it is known when it is sent again; a parameter `idempotency_key`."""


TraitsAsked = Annotated[list[str] | None, Query(max_length=MOST_TRAITS)]
"""Names of traits, one a parameter; left out, the usual ones."""


def said(what: str, asked: BaseModel, *about: str) -> tuple[str, ...]:
    """What a write asks for, to be known by when it is sent again; a digest stands for its body, which may be long."""
    try:
        body = json.dumps(asked.model_dump(mode="json"))
    except (ValueError, RecursionError):
        body = ""  # a rule without end: whoever reads it refuses it
    return (what, *about, hashlib.sha256(body.encode()).hexdigest())


def _desk(request: Request) -> Desk:
    return cast(Desk, request.app.state.desk)


AtDesk = Annotated[Desk, Depends(_desk)]


def _store(
    store_id: Annotated[
        str | None,
        Query(max_length=200, description="only the customers of this store; GET /workspace lists the stores"),
    ] = None,
) -> str | None:
    return store_id


AtStore = Annotated[str | None, Depends(_store)]
"""The store whose customers are looked at; None: those of all stores."""


def _reading(desk: AtDesk, store: AtStore) -> Iterator[Reading]:
    with desk.reading(store) as reading:
        yield reading


Reads = Annotated[Reading, Depends(_reading)]


def _of_all(desk: AtDesk) -> Iterator[Reading]:
    with desk.reading() as reading:
        yield reading


ReadsAll = Annotated[Reading, Depends(_of_all)]
"""A reading of all stores: for what is decided for all of them."""


async def while_wanted(request: Request, desk: Desk, store: str | None, work: Callable[[Reading], Result]) -> Result:
    """Do `work` in a thread and interrupt its queries when the caller hangs up (a cut dragged on, a page left)."""
    reading = desk.reading(store)
    results: list[Result] = []
    errors: list[Exception] = []

    def do() -> None:
        with reading:
            results.append(work(reading))

    async def watch() -> None:
        while not await request.is_disconnected():
            await anyio.sleep(LOOK_SECONDS)
        while True:
            # Between two queries there is nothing to stop: the next one has to be, too.
            reading.interrupt()
            await anyio.sleep(LOOK_SECONDS)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(watch)
        try:
            await anyio.to_thread.run_sync(do)
        except Exception as error:
            errors.append(error)
        tasks.cancel_scope.cancel()
    if errors and reading.interrupted:
        # Nobody is there any more to be told of it.
        raise HTTPException(HUNG_UP, "the caller hung up") from errors[0]
    if errors:
        raise errors[0]
    return results[0]
