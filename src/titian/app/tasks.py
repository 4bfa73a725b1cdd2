"""Tasks of the team: listed, and ended with what came of them."""

from __future__ import annotations

from datetime import UTC, datetime

from titian.app.acting import acting
from titian.app.answers.outbox import TaskInfo, Tasks
from titian.app.desk import Desk
from titian.app.texts import LONGEST_NOTE, text
from titian.domain.staff_task import TASK_STATES, TASK_WORDS, StaffTask, TaskState
from titian.errors import UnknownNameError
from titian.store import staff_tasks

MOST = 500


def listed(desk: Desk, state: str = "open", staff: str | None = None, limit: int = 50) -> Tasks:
    """Tasks of a state, of somebody where named, what is due first foremost. Raises UnknownNameError."""
    meant = _state(state)
    with desk.store.reading() as connection:
        found = staff_tasks.listed(connection, meant, staff, min(limit, MOST))
    return Tasks(tasks=tuple(_shown(one, desk) for one in found))


def end(desk: Desk, task: str, state: str, note: str = "") -> TaskInfo:
    """Say what came of a task. Raises UnknownNameError, InputError, NotFoundError, ConflictError."""
    meant, said = _state(state), text(note, "note", LONGEST_NOTE)
    if meant == "open":
        raise UnknownNameError("end of a task", "任务结果", state, [one for one in TASK_STATES if one != "open"])
    with desk.trail.telling("task.end", task[:80]) as telling:
        ended = staff_tasks.end(telling.connection, task, meant, said, acting.get(), datetime.now(UTC))
        telling.tell(state=meant, characters=len(said))
    return _shown(ended, desk)


def _state(given: str) -> TaskState:
    for one in TASK_STATES:
        if one == given:
            return one
    raise UnknownNameError("state of a task", "任务状态", given, list(TASK_STATES))


def _shown(one: StaffTask, desk: Desk) -> TaskInfo:
    return TaskInfo(
        id=one.id,
        customer_id=one.customer_id,
        staff=one.staff,
        title=one.title,
        text=one.text,
        due_at=one.due_at.astimezone(desk.workspace.zone),
        state=one.state,
        name=TASK_WORDS[one.state],
        note=one.note,
    )
