"""Recording: an import run written down as it goes: its state, its progress, how it ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType

from titian.app.answers.imports import ImportResult, ImportRun
from titian.app.runs import Runs
from titian.domain.words import Words
from titian.errors import TitianError
from titian.warehouse.progress import Progress

TOLD_SECONDS = 0.4

CANCELLED = Words(zh="已取消，未写入任何数据", en="cancelled; nothing of it was stored")
UNFORESEEN = Words(zh="出现意外错误，未写入任何数据", en="something unforeseen stopped it; nothing of it was stored")
REPORT = Words(zh="请重试；若再次出现，请附日志反馈", en="try again; if it stays, report it with the log")


class CancelledError(Exception):
    """Raised in the progress of an import that somebody stopped."""


class Recorder:
    """The progress of one run: told to whoever watches, written down now and then, and how it ended.

    Holds the run's lock from the start, so that another process can tell a run that lives from one that died.
    """

    def __init__(self, runs: Runs, run: ImportRun, watcher: Progress | None) -> None:
        self.run = run
        self._runs = runs
        self._watcher = watcher
        self._stop = threading.Event()
        self._lock = runs.lock(run.id)
        self._lock.acquire()
        self._told = self._stage_began = time.monotonic()
        runs.write(run)

    def __enter__(self) -> Recorder:
        if self._stop.is_set():
            error = CancelledError()
            self.__exit__(CancelledError, error, None)
            raise error
        self._write(state="running")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, TitianError):
            said, mend = Words(zh=error.zh, en=error.message), Words(zh=error.hint_zh, en=error.hint)
            self._write(state="failed", error=said, mend=mend)
        elif isinstance(error, CancelledError | KeyboardInterrupt):
            self._write(state="cancelled", error=CANCELLED)
        elif error is not None:
            self._write(state="failed", error=UNFORESEEN, mend=REPORT)
        self._runs.release(self.run.id, self._lock)

    @contextmanager
    def stopped_by(self, stop: threading.Event) -> Iterator[Recorder]:
        """The same, stopped when `stop` is set."""
        self._stop = stop
        with self:
            yield self

    def __call__(self, stage: Words, done: int, total: int | None) -> None:
        """Take progress. Raises CancelledError when the run is to stop."""
        if self._stop.is_set():
            raise CancelledError
        if self._watcher is not None:
            self._watcher(stage, done, total)
        now = time.monotonic()
        if stage != self.run.stage:
            self._stage_began = now
        elif now - self._told < TOLD_SECONDS:
            return
        self._told = now
        spent = now - self._stage_began
        rate = done / spent if spent > TOLD_SECONDS else None
        self._write(stage=stage, rows_done=done, rows_total=total, rows_per_second=rate)

    def done(self, batch_id: str | None, result: ImportResult) -> ImportRun:
        """Write down that it is done, and with what."""
        return self._write(state="done", batch_id=batch_id, result=result, stage=None, rows_done=result.rows)

    def _write(self, **changes: object) -> ImportRun:
        if changes.get("state") in ("done", "failed", "cancelled"):
            changes["finished_at"] = datetime.now(UTC)
        self.run = self.run.model_copy(update=changes)
        self._runs.write(self.run)
        return self.run
