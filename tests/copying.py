"""A workspace copied while it may be open."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from titian.app.workspace import STORE


def copied(workspace: Path, to: Path) -> Path:
    """The same files elsewhere, to be changed at will.

    SQLite copies the store. Whoever opens and closes its file by himself lets go of every lock that his process holds
    on it; another process then takes itself for the last user and removes the log of writes under an open store, which
    answers "disk I/O error" from there on.
    """
    shutil.copytree(workspace, to, ignore=shutil.ignore_patterns(f"{STORE}*"))
    if (workspace / STORE).exists():
        with closing(sqlite3.connect(workspace / STORE)) as held, closing(sqlite3.connect(to / STORE)) as copy:
            held.backup(copy)
    return to
