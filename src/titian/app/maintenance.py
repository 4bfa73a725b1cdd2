"""Maintenance: the warehouse made anew, and kept small."""

from __future__ import annotations

from titian.app.desk import Desk
from titian.warehouse.progress import Progress


def rebuild(desk: Desk, progress: Progress) -> int:
    """Make the warehouse anew from the landing, equal in content; return how many batches it is made of."""
    return desk.lake.rebuild(progress)


def tidy(desk: Desk) -> None:
    """Forget snapshots older than the workspace keeps, and the files that only they needed."""
    desk.lake.tidy(desk.workspace.settings.warehouse.keep_snapshots_days)
