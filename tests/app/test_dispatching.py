"""The outbox of a workspace is emptied by one process, over the channels that can be opened."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tests.app.test_channels import HOOK, LETTERS, MailServerBeside, made
from tests.store.touches import a_touch, put, states
from titian.app import dispatching, outbox, tasks
from titian.app.answers.outbox import Dispatched
from titian.app.desk import Desk
from titian.errors import BusyError, InputError

__all__ = ["made"]


def once(desk: Desk, **environment: str) -> Dispatched:
    return dispatching.dispatch(desk, once=True, environment=environment)


def test_what_is_due_is_sent_over_its_channel(made: Callable[..., Desk]) -> None:
    with MailServerBeside() as server:
        desk = made(letters=LETTERS | {"port": server.port}, calls={"kind": "staff"}, file={"kind": "handoff"})
        put(desk.store, a_touch(1, address="ann@mail.example"), a_touch(2, channel="calls"))
        put(desk.store, *(a_touch(n, channel="file") for n in range(3, 6)))
        assert once(desk) == Dispatched(sent=5, queued=0, held=0, failed=0, unusable=())
        assert [one.recipients for one in server.received] == [("ann@mail.example",)]
    assert [one.customer_id for one in tasks.listed(desk).tasks] == ["c2"]
    with next((desk.workspace.path / "handoff" / "file").glob("*.csv")).open(encoding="utf-8-sig") as file:
        assert [row["customer_id"] for row in csv.DictReader(file)] == ["c3", "c4", "c5"]


def test_a_channel_that_cannot_be_opened_keeps_its_touches_waiting(made: Callable[..., Desk]) -> None:
    desk = made(hook=HOOK, calls={"kind": "staff"})
    put(desk.store, a_touch(1, channel="hook"), a_touch(2, channel="calls"))
    found = once(desk)
    assert (found.sent, [one.key for one in found.unusable], states(desk.store)) == (
        1,
        ["hook"],
        {"queued": 1, "sent": 1},
    )


def test_where_no_channel_can_be_opened_it_is_said(made: Callable[..., Desk]) -> None:
    with pytest.raises(InputError, match="no channels"):
        once(made())
    with pytest.raises(InputError, match="TITIAN_HOOK"):
        once(made(hook=HOOK))


def test_on_sqlite_one_process_sends(made: Callable[..., Desk]) -> None:
    desk = made(calls={"kind": "staff"})
    with FileLock(desk.workspace.path / dispatching.LOCK), pytest.raises(BusyError):
        once(desk)
    assert once(desk).sent == 0


@pytest.mark.parametrize(
    ("given", "uncertain", "slots", "rate"),
    [
        ({}, "hold", 16, None),
        ({"when_uncertain": "again", "slots": 4, "per_second": 10}, "again", 4, 10),
    ],
    ids=["usual", "set"],
)
def test_a_channel_sends_as_it_is_set_up(
    made: Callable[..., Desk], given: dict[str, Any], uncertain: str, slots: int, rate: float | None
) -> None:
    desk = made(letters=LETTERS | given, file={"kind": "handoff"})
    letters, file = (dispatching._posted(desk, [one], {})[0] for one in dispatching.setups(desk))
    assert (letters["letters"].rules.when_uncertain, file["file"].rules.when_uncertain) == (uncertain, "again")
    assert (letters["letters"].slots, letters["letters"].per_second) == (slots, rate)


def test_what_nobody_answers_is_held_and_settled(made: Callable[..., Desk]) -> None:
    with MailServerBeside() as server:
        server.moods.cut_after_data = frozenset({"ann@mail.example"})
        desk = made(letters=LETTERS | {"port": server.port})
        put(desk.store, a_touch(1, address="ann@mail.example"))
        assert once(desk).held == 1
    held = outbox.listed(desk, "held", None, None, 10).touches
    assert [(one.customer_id, one.code) for one in held] == [("c1", "cut")]
    assert outbox.settle(desk, held[0].touch_id, "sent").state == "sent"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_process_that_is_told_to_stop_ends_well(made: Callable[..., Desk], how: signal.Signals) -> None:
    desk = made(calls={"kind": "staff"})
    put(desk.store, a_touch(1, channel="calls"))
    command = [sys.executable, "-m", "titian", "dispatch", "--json", "--workspace", str(desk.workspace.path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)
    end = time.monotonic() + 60
    while states(desk.store) != {"sent": 1}:
        assert time.monotonic() < end
        time.sleep(0.1)
    process.send_signal(how)
    out, _ = process.communicate(timeout=30)
    assert (process.returncode, '"sent": 1' in out) == (0, True)
    assert outbox.stands(desk).dispatchers == 0


def test_a_secret_stands_nowhere_in_the_workspace(made: Callable[..., Desk]) -> None:
    desk = made(hook=HOOK, calls={"kind": "staff"})
    put(desk.store, a_touch(2, channel="calls"))
    once(desk, TITIAN_HOOK="whsec_c2VjcmV0Y2FuYXJ5c2VjcmV0Y2FuYXJ5")
    desk.close()
    files = [path for path in Path(desk.workspace.path).rglob("*") if path.is_file()]
    assert not any(b"c2VjcmV0Y2FuYXJ5" in path.read_bytes() for path in files)
