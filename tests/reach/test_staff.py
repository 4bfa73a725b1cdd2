"""Staff tasks as a channel: a touch is one task, for whom it names or for who is in charge."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.store.touches import NOW
from titian.domain.outcome import Accepted, Rejected
from titian.domain.touch import Content, Message, touch_id_of
from titian.errors import StorageError
from titian.reach.running import run
from titian.reach.staff import StaffChannel, StaffSettings
from titian.store import charges, staff_tasks
from titian.store.charges import Stamp
from titian.store.database import Store
from titian.testing.channel_laws import LAWS, Trial

AT = datetime(2026, 11, 28, tzinfo=UTC)


def message(number: int = 0, address: str = "王芳", **said: Any) -> Message:
    content = Content(**{"text": f"call c{number}", "subject": "回访"} | said)
    return Message(touch_id_of("task", str(number)), f"c{number}", "", "", "", "service", address, content, AT)


class Gone:
    """A store that does not answer."""

    def writing(self) -> None:
        raise StorageError("the store does not answer", "start it", zh="存储没有响应", hint_zh="请启动")


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_it_keeps_the_law(law: Callable[[Trial], Awaitable[None]], store: Store) -> None:
    made = StaffChannel(StaffSettings(), store)

    def arrived() -> list[tuple[str, str]]:
        with store.reading() as connection:
            return [(one.id, one.text) for one in staff_tasks.listed(connection, None, None, 99)]

    async def cut() -> None:
        made._store = Gone()  # type: ignore[assignment]

    run(law(Trial(made, message, arrived, cut)))


def test_a_task_without_a_name_is_for_who_is_in_charge(store: Store) -> None:
    with store.writing() as connection:
        charges.put(connection, "李雷", ["c1"], Stamp("b", "wang", NOW))
    messages = [message(1, ""), message(2, ""), message(3)]
    assert run(StaffChannel(StaffSettings(), store).send(messages)) == [Accepted()] * 3
    with store.reading() as connection:
        found = {one.customer_id: one.staff for one in staff_tasks.listed(connection, "open", None, 9)}
    assert found == {"c1": "李雷", "c2": "", "c3": "王芳"}


def test_a_task_without_a_title_begins_with_its_text(store: Store) -> None:
    made = message(1, subject="", text="ask\nhow the tea was")
    run(StaffChannel(StaffSettings(), store).send([made]))
    with store.reading() as connection:
        task = staff_tasks.one(connection, made.key)
    assert (task.title, task.text, task.due_at) == ("ask how the tea was", "ask\nhow the tea was", AT)


def test_what_does_not_fit_is_refused_and_the_rest_is_taken(store: Store) -> None:
    messages = [message(1, subject="x" * 201), message(2), message(3, address="x" * 101), message(4, text="a\0b")]
    found = run(StaffChannel(StaffSettings(), store).send(messages))
    assert [type(one) for one in found] == [Rejected, Accepted, Rejected, Accepted]
    assert replace(messages[1]).key == messages[1].key
    assert run(StaffChannel(StaffSettings(), store).check()).en == "2 to do"
