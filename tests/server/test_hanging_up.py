"""A caller who hangs up: the query stops, and nothing is logged as a fault of the server."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import anyio
import pytest
from fastapi import HTTPException, Request

from titian.app.desk import Desk, Reading
from titian.app.workspace import Workspace
from titian.server.given import HUNG_UP, while_wanted

ENDLESS = "SELECT sum(a.range * b.range) FROM range(3000000000) a, range(1000) b"


class Caller:
    """Stands in for a request whose caller stays, or is gone."""

    def __init__(self, *, gone: bool) -> None:
        self.gone = gone

    async def is_disconnected(self) -> bool:
        return self.gone


def endless(reading: Reading) -> None:
    reading.data.engine.backend.raw_sql(ENDLESS).fetchall()


def asked(shop: Workspace, caller: Caller, work: object) -> object:
    # A thread of its own: in this one another test's browser may have its loop.
    with Desk(shop) as desk, ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, while_wanted, cast(Request, caller), desk, None, work).result()


def test_the_query_of_a_caller_who_is_gone_stops_quietly(shop: Workspace) -> None:
    started = time.monotonic()
    with pytest.raises(HTTPException) as hung_up:
        asked(shop, Caller(gone=True), endless)
    assert hung_up.value.status_code == HUNG_UP
    assert time.monotonic() - started < 30


def test_what_goes_wrong_for_a_caller_who_waits_is_told(shop: Workspace) -> None:
    def wrong(_: Reading) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asked(shop, Caller(gone=False), wrong)
