"""Staff tasks: what somebody of the team is asked to do for a customer, such as a phone call, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from titian.domain.words import Words

TaskState = Literal["open", "done", "not_reached"]
TASK_STATES: tuple[TaskState, ...] = get_args(TaskState)
TASK_WORDS: dict[TaskState, Words] = {
    "open": Words(zh="待办", en="to do"),
    "done": Words(zh="已完成", en="done"),
    "not_reached": Words(zh="未联系上", en="not reached"),
}


@dataclass(frozen=True, slots=True)
class StaffTask:
    """A task, by the id of its touch; `staff` is empty while nobody is in charge. `note` is what who did it says."""

    id: str
    customer_id: str
    staff: str
    title: str
    text: str
    due_at: datetime
    state: TaskState = "open"
    note: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
