"""Warming: what the first page will ask for is computed while the browser opens."""

from __future__ import annotations

import threading

import duckdb
import structlog

from titian.app.desk import Desk
from titian.app.layerings import summaries
from titian.app.overview import overview
from titian.errors import TitianError

log = structlog.get_logger("titian.warming")


def warm(desk: Desk) -> threading.Thread:
    """Compute the overview and the layerings of the newest day in a thread of its own."""
    thread = threading.Thread(target=_compute, args=(desk,), name="titian-warming", daemon=True)
    thread.start()
    return thread


def _compute(desk: Desk) -> None:
    try:
        with desk.reading() as reading:
            overview(reading, None, None)
            summaries(reading, None)
    except (TitianError, duckdb.Error) as error:
        log.info("could not compute ahead", error=str(error))
