"""Staff tasks: given once, listed for whom they are, ended once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.touches import MINUTE, NOW
from titian.domain.staff_task import StaffTask
from titian.errors import ConflictError, NotFoundError
from titian.store import erasing, staff_tasks
from titian.store.database import Store

TASK = StaffTask("task-0001", "c1", "王芳", "回访", "问问新茶如何", NOW)


def given(store: Store, *tasks: StaffTask) -> None:
    with store.writing() as connection:
        staff_tasks.give(connection, tasks)


def test_a_task_given_twice_is_one_and_stays_ended(store: Store) -> None:
    given(store, TASK, TASK)
    with store.writing() as connection:
        ended = staff_tasks.end(connection, TASK.id, "not_reached", "no answer", "wang", NOW + MINUTE)
        assert (ended.state, ended.note, ended.ended_by, ended.ended_at) == (
            *("not_reached", "no answer", "wang"),
            NOW + MINUTE,
        )
    given(store, TASK)
    with store.writing() as connection:
        assert staff_tasks.one(connection, TASK.id) == ended
        with pytest.raises(ConflictError):
            staff_tasks.end(connection, TASK.id, "done", "", "wang", NOW)
        with pytest.raises(NotFoundError):
            staff_tasks.end(connection, "nothing", "done", "", "wang", NOW)


def test_tasks_are_listed_by_what_is_due_and_for_whom(store: Store) -> None:
    later = replace(TASK, id="task-0002", staff="", due_at=NOW + MINUTE)
    given(store, later, TASK)
    given(store)
    with store.reading() as connection:
        assert staff_tasks.listed(connection, "open", None, 9) == [TASK, later]
        assert staff_tasks.listed(connection, None, "王芳", 9) == [TASK]
        assert staff_tasks.of_customer(connection, "c1") == [TASK, later]
        assert (staff_tasks.count(connection, "open"), staff_tasks.count(connection, "done")) == (2, 0)


def test_tasks_go_with_their_customer(store: Store) -> None:
    given(store, TASK)
    with store.writing() as connection:
        assert erasing.erase(connection, ["c1"])["staff_tasks"] == 1
