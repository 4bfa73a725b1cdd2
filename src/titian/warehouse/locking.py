"""The write lock of a workspace: one writer at a time, and a clear word about who it is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from titian.errors import BusyError

WAIT_SECONDS = 60.0


@contextmanager
def write_lock(workspace: Path, purpose: str, timeout: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the workspace's write lock. Raises BusyError, naming the holder, after `timeout` seconds of waiting."""
    holder = workspace / ".write.holder.json"
    lock = FileLock(workspace / ".write.lock", timeout=timeout)
    try:
        lock.acquire()
    except Timeout:
        raise _busy(holder) from None
    try:
        said = {"process": os.getpid(), "purpose": purpose, "since": datetime.now(UTC).isoformat(timespec="seconds")}
        with suppress(OSError):
            holder.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _busy(holder: Path) -> BusyError:
    try:
        said = json.loads(holder.read_text("utf-8"))
    except (OSError, ValueError):
        said = {}
    process, purpose, since = said.get("process", "?"), said.get("purpose", "?"), said.get("since", "?")
    return BusyError(
        f"the workspace is being written by process {process} ({purpose}, since {since})",
        "wait until it has finished, then run this again",
        zh=f"进程 {process} 正在写入工作区（{purpose}，始于 {since}）",
        hint_zh="请等它完成后再试一次",
        process=process,
        purpose=purpose,
        since=since,
    )
