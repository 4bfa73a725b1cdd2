"""The worker does jobs in order, and each can be stopped."""

import threading

from titian.app.worker import Worker


def test_jobs_are_done_in_the_order_they_came() -> None:
    worker, seen, done = Worker(), [], threading.Event()
    for name in "abc":
        worker.submit(name, lambda _stop, name=name: seen.append(name))  # type: ignore[misc]
    worker.submit("last", lambda _stop: done.set())
    assert done.wait(5)
    worker.stop()
    assert seen == ["a", "b", "c"]


def test_a_job_that_raises_does_not_end_the_worker() -> None:
    worker, done = Worker(), threading.Event()
    worker.submit("bad", lambda _stop: 1 / 0)  # type: ignore[arg-type,return-value]
    worker.submit("good", lambda _stop: done.set())
    assert done.wait(5)
    worker.stop()


def test_cancel_reaches_the_job_that_runs_and_no_other() -> None:
    worker, running, stopped = Worker(), threading.Event(), threading.Event()

    def job(stop: threading.Event) -> None:
        running.set()
        if stop.wait(5):
            stopped.set()

    worker.submit("one", job)
    assert running.wait(5)
    assert not worker.cancel("other")
    assert worker.cancel("one")
    assert stopped.wait(5)
    worker.stop()
