"""What the team says of the four things to know, in the store: each change in one transaction with its audit line.

A line tells the saying by its number, the thing and the length of the text: neither what it says nor of whom.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from titian.app.acting import acting
from titian.app.trail import Trail
from titian.domain.things import Saying, Thing
from titian.errors import ConflictError
from titian.store import known
from titian.store.database import Store
from titian.store.known import TakenBack


class Sayings:
    """What the team says; all of it is kept."""

    def __init__(self, store: Store, trail: Trail) -> None:
        self._store = store
        self._trail = trail

    def say(
        self, customer_id: str, thing: Thing, choice: str | None, text: str, seen: str | None
    ) -> tuple[Saying | None, bool]:
        """Say something of a thing; what holds then, and whether that is new. The same again changes nothing.

        Raises ConflictError where another than `seen` holds.
        """
        saying = Saying(
            id=uuid4().hex,
            customer_id=customer_id,
            thing=thing,
            choice=choice,
            text=text,
            by=acting.get(),
            at=datetime.now(UTC),
        )
        with self._trail.telling("known.say", saying.id) as telling:
            before = known.holding(telling.connection, customer_id, thing)
            if seen is not None and seen != (before.id if before else ""):
                raise _another(before)
            if _same(before, saying):
                return before, False
            kept = known.say(telling.connection, saying)
            telling.tell(thing=thing, chosen=choice is not None, characters=len(text))
        return kept, True

    def take_back(self, key: str) -> TakenBack:
        """Let the saying before hold again. Raises NotFoundError, ConflictError where something newer was said."""
        with self._trail.telling("known.undo", key) as telling:
            undone = known.take_back(telling.connection, key, datetime.now(UTC))
            if not undone.repeated:
                telling.tell(thing=undone.went.thing)
        return undone

    def of_customer(self, customer_id: str) -> list[Saying]:
        """All that was ever said of a customer, the newest first."""
        with self._store.reading() as connection:
            return known.of_customer(connection, customer_id)

    def all_that_holds(self) -> list[Saying]:
        """What holds of all customers and says something."""
        with self._store.reading() as connection:
            return list(known.all_that_holds(connection))


def _same(before: Saying | None, said: Saying) -> bool:
    if before is None:
        return not said.tells
    return (before.choice, before.text) == (said.choice, said.text)


def _another(before: Saying | None) -> ConflictError:
    return ConflictError(
        "somebody else said something of it meanwhile" if before else "what was said was taken back meanwhile",
        "look at it again, then say what is right",
        zh="其他人刚刚更新了这一项" if before else "这一项刚刚被撤回",
        hint_zh="请刷新后再填写",
        saying=before.id if before else None,
    )
