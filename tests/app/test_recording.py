"""A run is written down as it goes, not too often, and however it ends."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from titian.app import recording
from titian.app.answers.imports import ImportResult, ImportRun
from titian.app.recording import CancelledError, Recorder
from titian.app.runs import Runs
from titian.domain.words import Words

READ, SHAPE = Words(zh="读", en="reading"), Words(zh="整理", en="shaping")
RESULT = ImportResult(
    rows=9, good=8, rejected=1, added=8, updated=0, unchanged=0, without_customer=0, notes=(), rejects=(),
    layering=None, moves=(), entered=0,
)  # fmt: skip


class Clock:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(recording, "time", made)
    return made


@pytest.fixture
def recorder(tmp_path: Path, clock: Clock) -> Recorder:
    return begun(Runs(tmp_path))


def begun(runs: Runs) -> Recorder:
    at = datetime.now(UTC)
    run = ImportRun(
        id=runs.new_id(at), batch_id=None, file_name="a.csv", table="orders", state="waiting", stage=None, rows_done=0,
        rows_total=None, rows_per_second=None, started_at=at, finished_at=None, result=None, error=None, mend=None,
    )  # fmt: skip
    return Recorder(runs, run, None)


def kept(recorder: Recorder) -> ImportRun:
    """What another process reads of the run."""
    return recorder._runs.get(recorder.run.id)


def test_it_waits_then_runs_then_is_done(recorder: Recorder) -> None:
    assert kept(recorder).state == "waiting"
    with recorder:
        assert kept(recorder).state == "running"
        recorder.done("batch", RESULT)
    ended = kept(recorder)
    assert (ended.state, ended.batch_id, ended.rows_done, ended.result) == ("done", "batch", 9, RESULT)
    assert ended.finished_at is not None


def test_a_new_stage_is_told_at_once(recorder: Recorder) -> None:
    recorder(READ, 1, 10)
    recorder(SHAPE, 0, None)
    assert (kept(recorder).stage, kept(recorder).rows_total) == (SHAPE, None)


def test_progress_within_a_stage_is_told_now_and_then(recorder: Recorder, clock: Clock) -> None:
    told = []
    for done in range(10):
        recorder(READ, done, 10)
        clock.now += recording.TOLD_SECONDS / 3.9
        told.append(kept(recorder).rows_done)
    assert told == [0, 0, 0, 0, 4, 4, 4, 4, 8, 8]


def test_the_rate_is_of_the_stage(recorder: Recorder, clock: Clock) -> None:
    recorder(READ, 0, 100)
    clock.now += 2
    recorder(READ, 50, 100)
    assert kept(recorder).rows_per_second == 25
    recorder(SHAPE, 10, 100)
    assert kept(recorder).rows_per_second is None
    clock.now += 4
    recorder(SHAPE, 100, 100)
    assert kept(recorder).rows_per_second == 25


def test_something_unforeseen_is_written_down_without_its_words(recorder: Recorder) -> None:
    with pytest.raises(RuntimeError), recorder:
        raise RuntimeError("secret")
    ended = kept(recorder)
    assert (ended.state, ended.error, ended.mend) == ("failed", recording.UNFORESEEN, recording.REPORT)


def test_control_c_cancels(recorder: Recorder) -> None:
    with pytest.raises(KeyboardInterrupt), recorder:
        raise KeyboardInterrupt
    assert (kept(recorder).state, kept(recorder).error) == ("cancelled", recording.CANCELLED)


def test_what_was_stopped_while_it_waited_never_runs(recorder: Recorder) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(CancelledError), recorder.stopped_by(stop):
        raise AssertionError("it ran")
    assert kept(recorder).state == "cancelled"


def test_its_lock_is_held_until_it_ends(recorder: Recorder, tmp_path: Path) -> None:
    assert [path.name for path in tmp_path.glob(".*.lock")] == [f".{recorder.run.id}.lock"]
    with recorder:
        Runs(tmp_path).settle()
        assert kept(recorder).state == "running"
    assert not list(tmp_path.glob(".*.lock"))


def test_whoever_watches_is_told_everything(tmp_path: Path) -> None:
    seen: list[tuple[Words, int, int | None]] = []
    watched = begun(Runs(tmp_path))
    watched._watcher = lambda *told: seen.append(told)
    for done in range(5):
        watched(READ, done, 5)
    assert seen == [(READ, done, 5) for done in range(5)]
