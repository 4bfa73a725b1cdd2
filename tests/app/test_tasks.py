"""Tasks of the team are listed, and ended with a note."""

from __future__ import annotations

import pytest

from tests.store.test_staff_tasks import TASK, given
from titian.app import tasks
from titian.app.desk import Desk
from titian.errors import ConflictError, InputError, NotFoundError, UnknownNameError


def test_a_task_is_listed_until_it_is_ended(empty: Desk) -> None:
    given(empty.store, TASK)
    assert [(one.title, one.staff) for one in tasks.listed(empty, staff="王芳").tasks] == [("回访", "王芳")]
    ended = tasks.end(empty, TASK.id, "not_reached", " no answer ")
    assert (ended.state, ended.note, ended.name.zh) == ("not_reached", "no answer", "未联系上")
    assert tasks.listed(empty).tasks == ()
    assert [one.id for one in tasks.listed(empty, "not_reached").tasks] == [TASK.id]
    line = empty.trail.lines("", None, None)[0][0]
    assert (line.action, line.details) == ("task.end", {"state": "not_reached", "characters": 9})


def test_a_wrong_end_is_said(empty: Desk) -> None:
    given(empty.store, TASK)
    for state in ("open", "lost"):
        with pytest.raises(UnknownNameError):
            tasks.end(empty, TASK.id, state)
    with pytest.raises(NotFoundError):
        tasks.end(empty, "nothing", "done")
    with pytest.raises(InputError):
        tasks.end(empty, TASK.id, "done", "x" * 4_001)
    tasks.end(empty, TASK.id, "done")
    with pytest.raises(ConflictError):
        tasks.end(empty, TASK.id, "done")
