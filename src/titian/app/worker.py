"""The worker: one thread that does long jobs one after another, each of which can be stopped."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

import structlog

Job = Callable[[threading.Event], None]
"""Is given the event that asks it to stop; must not raise."""

STOP_SECONDS = 20

log = structlog.get_logger("titian.worker")


class Worker:
    """Jobs by id, done in the order they came."""

    def __init__(self) -> None:
        self._jobs: queue.Queue[tuple[str, Job] | None] = queue.Queue()
        self._stops: dict[str, threading.Event] = {}
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()

    def submit(self, job_id: str, job: Job) -> None:
        """Do `job` when those before it are done."""
        with self._guard:
            self._stops[job_id] = threading.Event()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="titian-worker", daemon=True)
                self._thread.start()
        self._jobs.put((job_id, job))

    def cancel(self, job_id: str) -> bool:
        """Ask a job to stop; False when it is not here."""
        stop = self._stops.get(job_id)
        if stop is not None:
            stop.set()
        return stop is not None

    def stop(self) -> None:
        """Stop what runs and forget what waits."""
        with self._guard:
            thread, self._thread = self._thread, None
        for event in list(self._stops.values()):
            event.set()
        if thread is not None:
            self._jobs.put(None)
            thread.join(STOP_SECONDS)

    def _work(self) -> None:
        while (item := self._jobs.get()) is not None:
            job_id, job = item
            try:
                job(self._stops[job_id])
            except Exception:
                log.exception("job failed", job=job_id)
            finally:
                self._stops.pop(job_id, None)
