"""The write lock."""

import subprocess
import sys
from pathlib import Path

import pytest

from titian.errors import BusyError
from titian.warehouse.locking import write_lock

HOLD = """
import sys, time
from pathlib import Path
from titian.warehouse.locking import write_lock
with write_lock(Path(sys.argv[1]), "a long import"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_told_who_holds_it(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BusyError) as error, write_lock(tmp_path, "mine", timeout=0.1):
            pass
        holder.kill()
    assert (error.value.details["process"], error.value.details["purpose"]) == (holder.pid, "a long import")
    assert (error.value.retryable, "a long import" in error.value.zh) == (True, True)


def test_a_killed_holder_holds_it_no_more(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
        holder.wait()
        with write_lock(tmp_path, "mine", timeout=5):
            pass


def test_it_can_be_had_again_when_it_was_let_go(tmp_path: Path) -> None:
    for _ in range(2):
        with write_lock(tmp_path, "mine", timeout=0):
            pass
