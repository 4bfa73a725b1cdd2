"""Maintenance: the warehouse made anew, and kept small."""

from __future__ import annotations

import time

import duckdb
import structlog

from titian.app.desk import Desk
from titian.errors import TitianError
from titian.warehouse.progress import Progress

TIDIED = ".tidied"
TIDY_SECONDS = 24 * 3600

log = structlog.get_logger("titian.maintenance")


def rebuild(desk: Desk, progress: Progress) -> int:
    """Make the warehouse anew from the landing, equal in content; return how many batches it is made of."""
    desk.trail.note("warehouse.rebuild", desk.workspace.settings.name)
    return desk.lake.rebuild(progress)


def tidy_daily(desk: Desk) -> None:
    """Once a day, forget snapshots older than the workspace keeps, and the files that only they needed.

    A day without it does no harm, so that what goes wrong is only noted in the log.
    """
    if not desk.home.loads:
        return
    marker = desk.workspace.path / TIDIED
    if marker.exists() and time.time() - marker.stat().st_mtime < TIDY_SECONDS:
        return
    try:
        desk.lake.tidy(desk.workspace.settings.warehouse.keep_snapshots_days)
        marker.touch()
    except (TitianError, duckdb.Error, OSError) as error:
        log.warning("could not tidy the warehouse", error=str(error))
