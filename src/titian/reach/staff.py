"""Staff tasks as a channel: a touch becomes something that somebody of the team is to do, such as a phone call."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from titian.domain.outcome import Accepted, Fault, Later, Outcome, Rejected
from titian.domain.staff_task import StaffTask
from titian.domain.touch import Message
from titian.domain.words import Words
from titian.errors import StorageError
from titian.reach.channel import Capabilities, ChannelKind, ChannelSettings, Surroundings
from titian.store import charges, staff_tasks
from titian.store.database import Store

BATCH = 200
LONGEST_STAFF = 100
LONGEST_TEXT, LONGEST_SUBJECT = 4_000, 200


class StaffSettings(ChannelSettings):
    """Whether marketing over this channel needs consent: a call does, a note to who serves them does not."""

    kind: str = "staff"
    needs_consent: bool = True


class StaffChannel:
    """Puts tasks on the team's list: for who is named as the address, else for who is in charge of the customer."""

    def __init__(self, settings: StaffSettings, store: Store) -> None:
        self.capabilities = Capabilities(
            batch=BATCH,
            needs_consent=settings.needs_consent,
            honours_key=True,
            longest_text=LONGEST_TEXT,
            longest_subject=LONGEST_SUBJECT,
        )
        self._store = store

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Put tasks on the list, all of them or none."""
        found = {one.key: fault for one in messages if (fault := _refused(one)) is not None}
        good = [one for one in messages if one.key not in found]
        try:
            await asyncio.to_thread(self._give, good)
        except StorageError as error:
            taken: Outcome = Later(Fault("transient", "store", error.message), peer=True)
        else:
            taken = Accepted()
        return [found.get(one.key, taken) for one in messages]

    async def check(self) -> Words:
        """How many tasks are open."""
        with self._store.reading() as connection:
            count = staff_tasks.count(connection, "open")
        return Words(zh=f"待办 {count} 项", en=f"{count} to do")

    async def close(self) -> None:
        """There is nothing to let go of."""

    def _give(self, messages: Sequence[Message]) -> None:
        with self._store.writing() as connection:
            anybody = {one.customer_id for one in messages if not one.address}
            charged = charges.of_customers(connection, anybody)
            tasks = [_task(one, one.address or charged.get(one.customer_id, "")) for one in messages]
            staff_tasks.give(connection, tasks)


def _refused(message: Message) -> Outcome | None:
    content = message.content
    if len(content.text) > LONGEST_TEXT or len(content.subject) > LONGEST_SUBJECT:
        said = f"more than {LONGEST_TEXT} letters, or {LONGEST_SUBJECT} in the title"
        return Rejected(Fault("content", "too_long", said))
    if len(message.address) > LONGEST_STAFF:
        return Rejected(Fault("invalid_recipient", "too_long", f"more than {LONGEST_STAFF} letters"))
    return None


def _task(message: Message, staff: str) -> StaffTask:
    content = message.content
    title = " ".join(content.subject.split()) or " ".join(content.text.split())[:LONGEST_SUBJECT]
    # Whatever comes of a task it is kept; NUL is in no text that can be.
    return StaffTask(
        id=message.key,
        customer_id=message.customer_id,
        staff=staff,
        title=title.replace("\0", ""),
        text=content.text.replace("\0", ""),
        due_at=message.due_at,
    )


def _open(settings: ChannelSettings, around: Surroundings) -> StaffChannel:
    assert isinstance(settings, StaffSettings)
    return StaffChannel(settings, around.store)


KIND = ChannelKind(Words(zh="员工任务", en="staff task"), StaffSettings, _open, 1)
