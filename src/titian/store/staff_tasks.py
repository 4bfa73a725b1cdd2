"""Staff tasks in the store: given by a channel, listed for who is in charge, and ended with a note."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from titian.domain.staff_task import StaffTask, TaskState
from titian.errors import ConflictError, NotFoundError
from titian.store.instants import read, written
from titian.store.reach_tables import TASKS


def give(connection: Connection, tasks: Iterable[StaffTask]) -> None:
    """Put tasks on the list; one that is there already, done or not, stays as it is."""
    rows = [_row(one) for one in tasks]
    if rows:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(TASKS).on_conflict_do_nothing(), rows)


def end(connection: Connection, task: str, state: TaskState, note: str, by: str, at: datetime) -> StaffTask:
    """Say what came of an open task. Raises NotFoundError, and ConflictError for one that has ended."""
    values = {"state": state, "note": note, "ended_by": by, "ended_at": written(at)}
    done = connection.execute(update(TASKS).where(TASKS.c.id == task, TASKS.c.state == "open").values(values))
    found = one(connection, task)
    if not done.rowcount:
        raise ConflictError(
            f"task {task} has ended already: {found.state}",
            "look at the list of what is to do",
            zh=f"任务 {task} 已结束",
            hint_zh="请查看待办列表",
            task=task,
        )
    return found


def one(connection: Connection, task: str) -> StaffTask:
    """A task. Raises NotFoundError."""
    found = connection.execute(select(TASKS).where(TASKS.c.id == task)).one_or_none()
    if found is None:
        raise NotFoundError(
            f"there is no task {task[:80]!r}",
            "look at the list of what is to do",
            zh=f"没有任务 {task[:80]!r}",
            hint_zh="请查看待办列表",
            task=task[:80],
        )
    return _task(found)


def listed(connection: Connection, state: TaskState | None, staff: str | None, most: int) -> list[StaffTask]:
    """Tasks, of a state and of somebody where asked, what is due first foremost."""
    asked: Select[Any] = select(TASKS)
    if state is not None:
        asked = asked.where(TASKS.c.state == state)
    if staff is not None:
        asked = asked.where(TASKS.c.staff == staff)
    return [_task(row) for row in connection.execute(asked.order_by(TASKS.c.due_at, TASKS.c.id).limit(most))]


def of_customer(connection: Connection, customer_id: str) -> list[StaffTask]:
    """All tasks for a customer."""
    asked = select(TASKS).where(TASKS.c.customer_id == customer_id).order_by(TASKS.c.due_at, TASKS.c.id)
    return [_task(row) for row in connection.execute(asked)]


def count(connection: Connection, state: TaskState) -> int:
    """How many tasks are in a state."""
    return int(connection.execute(select(func.count()).where(TASKS.c.state == state)).scalar_one())


def _row(one: StaffTask) -> dict[str, object]:
    return {
        "id": one.id,
        "customer_id": one.customer_id,
        "staff": one.staff,
        "title": one.title,
        "text": one.text,
        "due_at": written(one.due_at),
        "state": one.state,
        "note": one.note,
        "ended_at": one.ended_at and written(one.ended_at),
        "ended_by": one.ended_by,
    }


def _task(row: Row[Any]) -> StaffTask:
    return StaffTask(**row._asdict() | {"due_at": read(row.due_at), "ended_at": row.ended_at and read(row.ended_at)})
