"""Import runs are written down, and what a dead process left is settled."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from titian.app.answers.imports import ImportRun
from titian.app.recording import CancelledError, Recorder
from titian.app.runs import Runs
from titian.domain.words import Words
from titian.errors import InputError, NotFoundError

STAGE = Words(zh="读", en="reading")


def run_of(runs: Runs, at: datetime, **changes: object) -> ImportRun:
    plain = ImportRun(
        id=runs.new_id(at),
        batch_id=None,
        file_name="a.csv",
        table="orders",
        state="waiting",
        stage=None,
        rows_done=0,
        rows_total=None,
        rows_per_second=None,
        started_at=at,
        finished_at=None,
        result=None,
        error=None,
        mend=None,
    )
    return plain.model_copy(update=changes)


def test_pages_go_from_the_newest_and_meet_everyone_once(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    at = datetime(2024, 1, 1, tzinfo=UTC)
    made = [run_of(runs, at + timedelta(seconds=n)) for n in range(7)]
    for run in made:
        runs.write(run)
    seen, cursor = [], None
    while True:
        page = runs.page(cursor, 3)
        seen += [run.id for run in page.runs]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == [run.id for run in reversed(made)]


def test_a_run_whose_process_died_is_failed_and_a_living_one_is_left(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    dead = run_of(runs, datetime.now(UTC), state="running")
    runs.write(dead)
    living = Recorder(runs, run_of(runs, datetime.now(UTC)), None)
    runs.settle()
    assert runs.get(dead.id).state == "failed"
    assert runs.get(living.run.id).state == "waiting"


@pytest.mark.parametrize("run_id", ["", "x", "../../etc", "20240101-000000-000000-abcdef"])
def test_an_unknown_run_is_not_found(tmp_path: Path, run_id: str) -> None:
    with pytest.raises(NotFoundError):
        Runs(tmp_path).get(run_id)


def test_an_error_is_written_down_in_both_languages(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    recorder = Recorder(runs, run_of(runs, datetime.now(UTC)), None)
    with pytest.raises(InputError), recorder:
        raise InputError("bad", "mend it", zh="坏", hint_zh="修")
    kept = runs.get(recorder.run.id)
    assert (kept.state, kept.error, kept.mend) == ("failed", Words(zh="坏", en="bad"), Words(zh="修", en="mend it"))
    assert kept.finished_at is not None


def test_a_stopped_run_raises_in_its_progress_and_is_cancelled(tmp_path: Path) -> None:
    runs, stop = Runs(tmp_path), threading.Event()
    recorder = Recorder(runs, run_of(runs, datetime.now(UTC)), None)

    def work() -> None:
        with recorder.stopped_by(stop):
            recorder(STAGE, 1, 10)
            stop.set()
            recorder(STAGE, 2, 10)

    with pytest.raises(CancelledError):
        work()
    assert runs.get(recorder.run.id).state == "cancelled"
