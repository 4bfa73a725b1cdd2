"""What the team said of the four things to know: each saying is kept, the one that holds has not ended.

What changes anything here belongs into a transaction that waited for others (`audit.wait_for_others`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, or_, select, update

from titian.domain.things import Saying, Thing
from titian.errors import ConflictError, NotFoundError
from titian.store.instants import read, written
from titian.store.tables import KNOWN

HOLDS = KNOWN.c.ended_at.is_(None)
TELLS = or_(KNOWN.c.choice.is_not(None), KNOWN.c.text != "")


@dataclass(frozen=True)
class TakenBack:
    """What came of taking a saying back: the one that went, and the one that holds again."""

    went: Saying
    holds: Saying | None
    repeated: bool
    """It had been taken back before."""


def holding(connection: Connection, customer_id: str, thing: Thing) -> Saying | None:
    """The saying that holds."""
    asked = select(KNOWN).where(KNOWN.c.customer_id == customer_id, KNOWN.c.thing == thing, HOLDS)
    found = connection.execute(asked).one_or_none()
    return None if found is None else _saying(found)


def say(connection: Connection, saying: Saying) -> Saying:
    """Let a saying hold in place of the one before; as it is kept."""
    before = holding(connection, saying.customer_id, saying.thing)
    if before is not None:
        connection.execute(update(KNOWN).where(KNOWN.c.id == before.id).values(ended_at=written(saying.at)))
    kept = saying.model_copy(update={"replaces": None if before is None else before.id})
    connection.execute(insert(KNOWN), _row(kept))
    return kept


def one(connection: Connection, key: str) -> Saying:
    """A saying. Raises NotFoundError."""
    found = connection.execute(select(KNOWN).where(KNOWN.c.id == key)).one_or_none()
    if found is None:
        raise NotFoundError(
            f"nobody said {key!r}",
            "use the id of an entry that the customer's page lists",
            zh=f"没有记录 {key!r}",
            hint_zh="请使用客户页面所列记录的编号",
            saying=key,
        )
    return _saying(found)


def take_back(connection: Connection, key: str, at: datetime) -> TakenBack:
    """Let a saying hold no more, and again the one before it; twice changes nothing more.

    Raises NotFoundError, and ConflictError where another came in its place since.
    """
    meant = one(connection, key)
    if meant.taken_back_at is not None:
        return TakenBack(meant, holding(connection, meant.customer_id, meant.thing), repeated=True)
    if meant.ended_at is not None:
        raise _overtaken(key)
    ended = written(at)
    connection.execute(update(KNOWN).where(KNOWN.c.id == key).values(ended_at=ended, taken_back_at=ended))
    if meant.replaces is None:
        return TakenBack(meant, None, repeated=False)
    connection.execute(update(KNOWN).where(KNOWN.c.id == meant.replaces).values(ended_at=None))
    return TakenBack(meant, one(connection, meant.replaces), repeated=False)


def of_customer(connection: Connection, customer_id: str) -> list[Saying]:
    """All that was ever said of a customer, the newest first, those that were taken back among them."""
    asked = select(KNOWN).where(KNOWN.c.customer_id == customer_id).order_by(KNOWN.c.at.desc(), KNOWN.c.id.desc())
    return [_saying(row) for row in connection.execute(asked)]


def all_that_holds(connection: Connection) -> Iterator[Saying]:
    """What holds of all customers and says something."""
    for row in connection.execute(select(KNOWN).where(and_(HOLDS, TELLS))):
        yield _saying(row)


def _row(saying: Saying) -> dict[str, object]:
    instants = {name: getattr(saying, name) for name in ("at", "ended_at", "taken_back_at")}
    return saying.model_dump() | {name: at and written(at) for name, at in instants.items()}


def _saying(row: Row[Any]) -> Saying:
    said = row._asdict()
    return Saying(**said | {name: said[name] and read(said[name]) for name in ("at", "ended_at", "taken_back_at")})


def _overtaken(key: str) -> ConflictError:
    return ConflictError(
        "something newer was said since",
        "look at the customer again, and take the newest back first",
        zh="之后已有更新的内容",
        hint_zh="请刷新客户页面，先撤回最新的一条",
        saying=key,
    )
