"""The outbox: touches queued in the transaction that decides them, counted, looked at, and settled by a person.

What sends them is in `store.leasing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Literal

from sqlalchemy import Connection, Integer, Row, Select, Text, and_, bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from titian.domain.outcome import ErrorClass, Fault
from titian.domain.touch import Content, Purpose, State, Touch, content_of
from titian.errors import ConflictError, NotFoundError
from titian.store.instants import read, written
from titian.store.reach_tables import OUTBOX

AT_ONCE = 2_000
"""Rows of one statement."""
Verdict = Literal["sent", "again", "drop"]
"""What a person says of a touch that is held: it did go out; send it again; let it be."""


@dataclass(frozen=True)
class Queued:
    """What came of queueing: touches that were new, and those that were there already."""

    queued: int
    repeated: int


@dataclass(frozen=True)
class Kept:
    """A touch as it stands."""

    touch_id: str
    campaign: str
    play: str
    customer_id: str
    channel: str
    topic: str
    purpose: Purpose
    address: str
    content: Content
    due_at: datetime
    not_after: datetime | None
    queued_at: datetime
    state: State
    tries: int
    next_try_at: datetime
    tried_at: datetime | None
    worker: str | None
    provider_id: str | None
    fault: Fault | None
    settled_at: datetime | None


@dataclass(frozen=True)
class Seen:
    """The last touch that was seen of a list, the newest first."""

    at: datetime
    touch_id: str


def queue(connection: Connection, touches: Iterable[Touch], now: datetime) -> Queued:
    """Queue touches, in the transaction of the decision; one that is there already, whatever its state, stays as it is."""
    given = new = 0
    at, rest = written(now), iter(touches)
    while rows := [_row(touch, at) for touch in islice(rest, AT_ONCE)]:
        given += len(rows)
        new += _inserted(connection, rows)
    return Queued(new, given - new)


def one(connection: Connection, touch_id: str) -> Kept:
    """A touch. Raises NotFoundError."""
    found = connection.execute(select(OUTBOX).where(OUTBOX.c.touch_id == touch_id)).one_or_none()
    if found is None:
        raise NotFoundError(
            f"there is no touch {touch_id[:80]!r}",
            "list those that are held: titian outbox --held",
            zh=f"没有触达 {touch_id[:80]!r}",
            hint_zh="请用 titian outbox --held 查看待确认的触达",
            touch=touch_id[:80],
        )
    return _kept(found)


def counted(connection: Connection, campaign: str | None = None) -> dict[tuple[str, State], int]:
    """How many touches are in each state, by channel; of one campaign where one is named."""
    asked = select(OUTBOX.c.channel, OUTBOX.c.state, func.count().label("touches"))
    if campaign is not None:
        asked = asked.where(OUTBOX.c.campaign == campaign)
    rows = connection.execute(asked.group_by(OUTBOX.c.channel, OUTBOX.c.state))
    return {(row.channel, row.state): int(row.touches) for row in rows}


def listed(connection: Connection, state: State, channel: str | None, after: Seen | None, most: int) -> list[Kept]:
    """Touches of a state, the last queued first, after one that was seen."""
    asked = select(OUTBOX).where(OUTBOX.c.state == state)
    if channel is not None:
        asked = asked.where(OUTBOX.c.channel == channel)
    if after is not None:
        at = written(after.at)
        same = and_(OUTBOX.c.queued_at == at, OUTBOX.c.touch_id < after.touch_id)
        asked = asked.where(or_(OUTBOX.c.queued_at < at, same))
    return list(_all(connection, asked.order_by(OUTBOX.c.queued_at.desc(), OUTBOX.c.touch_id.desc()).limit(most)))


def of_customer(connection: Connection, customer_id: str) -> list[Kept]:
    """All touches of a customer, the last queued first."""
    asked = select(OUTBOX).where(OUTBOX.c.customer_id == customer_id)
    return list(_all(connection, asked.order_by(OUTBOX.c.queued_at.desc(), OUTBOX.c.touch_id.desc())))


def settle_by_hand(connection: Connection, touch_id: str, verdict: Verdict, now: datetime) -> Kept:
    """What a person says of a touch that is held; one that failed can be sent again.

    Raises NotFoundError, and ConflictError for a touch of which nothing is asked.
    """
    asked = update(OUTBOX).where(OUTBOX.c.touch_id == touch_id, OUTBOX.c.state.in_(ANSWERED[verdict]))
    if not connection.execute(asked.values(_settled(verdict, written(now)))).rowcount:
        raise _nothing_asked(one(connection, touch_id))
    return one(connection, touch_id)


def report(connection: Connection, touch_id: str, fault: Fault, now: datetime) -> Kept | None:
    """What was learnt later of a touch that went out, as a letter that came back; None of a touch that is not here.

    It went out, whatever is written of it, so that it is not tried again. A second report changes nothing more.
    """
    told = {"error_class": fault.kind, "error_code": fault.code, "error_text": fault.text, "settled_at": written(now)}
    went = OUTBOX.c.state.in_(("sent", "held", "queued"))
    asked = update(OUTBOX).where(OUTBOX.c.touch_id == touch_id, went, OUTBOX.c.tries > 0)
    connection.execute(asked.values(state="failed", **told))
    found = connection.execute(select(OUTBOX).where(OUTBOX.c.touch_id == touch_id)).one_or_none()
    return None if found is None else _kept(found)


ANSWERED: dict[Verdict, tuple[State, ...]] = {"sent": ("held",), "drop": ("held",), "again": ("held", "failed")}


def _settled(verdict: Verdict, at: str) -> dict[str, object]:
    if verdict == "again":
        return {"state": "queued", "next_try_at": at, "tries": 0, "worker": None, "settled_at": None}
    state: State = "sent" if verdict == "sent" else "cancelled"
    code = None if verdict == "sent" else "dropped"
    return {"state": state, "settled_at": at, "worker": None, "error_class": None, "error_code": code}


def _inserted(connection: Connection, rows: list[dict[str, object]]) -> int:
    """Insert rows whose id is new; how many these are."""
    if connection.dialect.name == "sqlite":
        return connection.execute(sqlite.insert(OUTBOX).on_conflict_do_nothing(), rows).rowcount
    # Columns travel as arrays, which takes a fraction of the time of rows.
    arrays = [bindparam(name, [row[name] for row in rows], _array(name)) for name in rows[0]]
    given = func.unnest(*arrays).table_valued(*rows[0]).render_derived()
    asked = postgresql.insert(OUTBOX).from_select(list(rows[0]), select(given)).on_conflict_do_nothing()
    return connection.execute(asked, execution_options={"preserve_rowcount": True}).rowcount


def _array(name: str) -> postgresql.ARRAY[Any]:
    """Texts without a length: a cast to one would cut what is too long instead of refusing it."""
    return postgresql.ARRAY(Integer if name == "tries" else Text)


def _row(touch: Touch, now: str) -> dict[str, object]:
    due = written(touch.due_at)
    return {
        "touch_id": touch.touch_id,
        "campaign": touch.campaign,
        "play": touch.play,
        "customer_id": touch.customer_id,
        "channel": touch.channel,
        "topic": touch.topic,
        "purpose": touch.purpose,
        "address": _storable(touch.address),
        "content": touch.content.json(),
        "due_at": due,
        "not_after": touch.not_after and written(touch.not_after),
        "queued_at": now,
        "state": "queued",
        "tries": 0,
        "next_try_at": due,
    }


def _storable(text: str) -> str:
    """Without what no database takes: NUL and halves of characters."""
    return text if text.isascii() and "\0" not in text else text.replace("\0", "").encode("utf-8", "replace").decode()


def _all(connection: Connection, asked: Select[Any]) -> Iterator[Kept]:
    return (_kept(row) for row in connection.execute(asked))


def _kept(row: Row[Any]) -> Kept:
    held = row._asdict()
    kind, code, text = (held.pop(f"error_{name}") for name in ("class", "code", "text"))
    instants = {name: held[name] and read(held[name]) for name in held if name.endswith("_at") or name == "not_after"}
    fault = None if code is None else Fault(_class(kind), code, text or "")
    return Kept(**held | instants | {"content": content_of(row.content), "fault": fault})


def _class(kind: str | None) -> ErrorClass:
    return kind or "content"  # type: ignore[return-value]


def _nothing_asked(held: Kept) -> ConflictError:
    return ConflictError(
        f"touch {held.touch_id} is {held.state}: there is nothing to decide of it",
        "only what is held can be settled, and only what is held or failed sent again",
        zh=f"触达 {held.touch_id} 的状态是 {held.state}，无需处理",
        hint_zh="只有待确认的触达可以处理；待确认或失败的可以重发",
        touch=held.touch_id,
        state=held.state,
    )
