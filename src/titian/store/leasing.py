"""Leasing: touches handed to a worker, and what became of them written down; nothing else moves a touch that is due.

A touch that is leased is being sent. It is its worker's until it is settled, whatever clocks say: who finds a worker dead
(`store.dispatchers`) takes over what that one left. All of it belongs into transactions that write.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Integer,
    Row,
    String,
    Update,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    true,
    update,
)

from titian.domain.consent import EVERY
from titian.domain.outcome import Fault
from titian.domain.touch import Message, Purpose, State, content_of
from titian.store.instants import read, written
from titian.store.reach_tables import CONSENTS, HALTS, OUTBOX

QUEUED, LEASED, PAUSED, CANCELLED, HELD = (
    literal_column(f"'{name}'", String) for name in ("queued", "leased", "paused", "cancelled", "held")
)
"""Said as text, so that the index of what is due is used."""


@dataclass(frozen=True)
class Want:
    """What a worker can take: at most `messages` touches of a channel."""

    channel: str
    worker: str
    messages: int
    needs_consent: bool


@dataclass(frozen=True)
class Leased:
    """What a lease found: messages to send, and how many touches were looked at, those that may not go out among them."""

    messages: tuple[Message, ...]
    looked_at: int


@dataclass(frozen=True)
class Settlement:
    """What becomes of a touch after a try: of which worker's, of which try, and the state it goes into."""

    key: str
    worker: str
    tries: int
    state: State
    next_try_at: datetime | None = None
    provider_id: str | None = None
    fault: Fault | None = None


def lease(connection: Connection, want: Want, now: datetime) -> Leased:
    """Hand due touches to a worker: service before marketing, the longest due first, none that may not go out.

    One statement looks at halts, at consent and at `not_after`, and leases: who refused, was erased, or was stopped by then is
    not sent. What may not go out is cancelled or put aside there and then, so that each touch is met once.
    """
    messages: list[Message] = []
    looked_at = 0
    purposes: tuple[Purpose, ...] = ("service", "marketing")
    for purpose in purposes:
        room = want.messages - len(messages)
        asked = _leasing(purpose, want.needs_consent)
        given = {"on": want.channel, "by": want.worker, "at": written(now), "room": room}
        rows = connection.execute(asked, given).all() if room else []
        looked_at += len(rows)
        messages += [_message(row) for row in rows if row.state == "leased"]
    return Leased(tuple(messages), looked_at)


def settle(connection: Connection, settlements: Sequence[Settlement], now: datetime) -> None:
    """Write down what became of touches. A second time changes nothing; nor does a worker that lost a touch to another.

    What was held because its worker seemed dead is settled by that worker after all: it knows.
    """
    if not settlements:
        return
    connection.execute(_settling(), [_settled(one, written(now)) for one in settlements])


@cache
def _settling() -> Update:
    mine = and_(
        OUTBOX.c.touch_id == bindparam("key"),
        OUTBOX.c.worker == bindparam("by"),
        OUTBOX.c.tries == bindparam("try"),
        OUTBOX.c.state.in_([LEASED, HELD]),
    )
    return update(OUTBOX).where(mine).values({OUTBOX.c[name]: bindparam(f"new_{name}") for name in SETTLED})


def give_back(connection: Connection, channel: str, worker: str, sending: Collection[str], now: datetime) -> int:
    """Queue what a worker was handed without learning of it, as when the answer to its lease was lost; how many they were.

    `sending` are those that it knows of.
    """
    theirs = and_(OUTBOX.c.state == LEASED, OUTBOX.c.worker == worker, OUTBOX.c.channel == channel)
    unknown = and_(theirs, OUTBOX.c.touch_id.not_in(list(sending)))
    back = {"state": QUEUED, "worker": None, "tries": OUTBOX.c.tries - 1, "next_try_at": written(now)}
    return connection.execute(update(OUTBOX).where(unknown).values(back)).rowcount


def take_over(connection: Connection, workers: Collection[str] | None, again: Collection[str], now: datetime) -> int:
    """Take over what dead workers (None: all there ever were) were sending; how many touches.

    They may have been sent. On the channels in `again` they are queued again, on all others held for a person.
    """
    left = OUTBOX.c.state == LEASED
    if workers is not None:
        left = and_(left, OUTBOX.c.worker.in_(list(workers)))
    fault = {"error_class": "transient", "error_code": "worker_died", "error_text": ""}
    ours = OUTBOX.c.channel.in_(list(again))
    queued = {"state": QUEUED, "worker": None, "next_try_at": written(now), **fault}
    held = {"state": HELD, "settled_at": written(now), **fault}
    taken = connection.execute(update(OUTBOX).where(left, ours).values(queued)).rowcount
    return taken + connection.execute(update(OUTBOX).where(left, ~ours).values(held)).rowcount


def workers(connection: Connection) -> frozenset[str]:
    """Whose touches are being sent."""
    return frozenset(connection.execute(select(OUTBOX.c.worker).where(OUTBOX.c.state == LEASED).distinct()).scalars())


def after_a_step_back(connection: Connection, now: datetime) -> int:
    """Let nothing wait for an hour to come round again after the clock was set back; how many touches wait no longer.

    What was tried, or queued to go out at once, later than now was so by a clock that is no more. What was queued for a time
    to come still waits for that.
    """
    at = written(now)
    tried = and_(OUTBOX.c.tries > 0, OUTBOX.c.tried_at > at)
    at_once = and_(OUTBOX.c.tries == 0, OUTBOX.c.queued_at > at, OUTBOX.c.due_at <= OUTBOX.c.queued_at)
    waiting = and_(OUTBOX.c.state == QUEUED, OUTBOX.c.next_try_at > at, or_(tried, at_once))
    return connection.execute(update(OUTBOX).where(waiting).values(next_try_at=at)).rowcount


SETTLED = ("state", "next_try_at", "provider_id", "error_class", "error_code", "error_text", "settled_at")


def _settled(one: Settlement, now: str) -> dict[str, object]:
    fault = one.fault
    ended = one.state != "queued"
    return {
        "key": one.key,
        "by": one.worker,
        "try": one.tries,
        "new_state": one.state,
        "new_next_try_at": now if one.next_try_at is None else written(one.next_try_at),
        "new_provider_id": one.provider_id,
        "new_error_class": fault and fault.kind,
        "new_error_code": fault and fault.code,
        "new_error_text": fault and fault.text,
        "new_settled_at": now if ended else None,
    }


CHANNEL, AT, WORKER = (bindparam(name, type_=String) for name in ("on", "at", "by"))


@cache
def _leasing(purpose: Purpose, needs_consent: bool) -> Update:
    """The statement that leases; it is built once, which takes longer than the database does."""
    judged = _judged(purpose, needs_consent)
    verdict = judged.c.verdict
    goes = verdict == "leased"
    return (
        update(OUTBOX)
        .where(OUTBOX.c.touch_id == judged.c.touch_id)
        .values(
            state=case((goes, LEASED), (verdict == "paused", PAUSED), else_=CANCELLED),
            tries=OUTBOX.c.tries + case((goes, 1), else_=0),
            worker=case((goes, WORKER), else_=null()),
            tried_at=case((goes, AT), else_=OUTBOX.c.tried_at),
            error_class=case((verdict == "refused", "opted_out"), (goes, OUTBOX.c.error_class), else_=null()),
            error_code=case((goes, OUTBOX.c.error_code), else_=verdict),
            settled_at=case((goes, null()), (verdict == "paused", null()), else_=AT),
        )
        .returning(*OUTBOX.c)
    )


def _due(purpose: Purpose) -> CTE:
    """What is due, unless everything or the channel is halted; no other worker gets the same."""
    shut = exists().where(or_(HALTS.c.scope == "all", and_(HALTS.c.scope == "channel", HALTS.c.key == CHANNEL)))
    return (
        select(OUTBOX.c.touch_id)
        .where(OUTBOX.c.state == QUEUED, OUTBOX.c.channel == CHANNEL, OUTBOX.c.purpose == purpose)
        .where(OUTBOX.c.next_try_at <= AT, ~shut)
        .order_by(OUTBOX.c.next_try_at)
        .limit(bindparam("room", type_=Integer))
        .with_for_update(skip_locked=True)
        .cte("due")
    )


def _judged(purpose: Purpose, needs_consent: bool) -> CTE:
    """Of each due touch whether it goes out (leased), waits (paused), or why it does not go."""
    due = _due(purpose)
    halted = select(HALTS.c.kind).where(HALTS.c.scope == "campaign", HALTS.c.key == OUTBOX.c.campaign).scalar_subquery()
    verdict = case(
        (halted == "stop", "stopped"),
        (OUTBOX.c.not_after < AT, "lapsed"),
        (_refused(needs_consent) if purpose == "marketing" else false(), "refused"),
        (halted == "pause", "paused"),
        else_="leased",
    )
    asked = select(OUTBOX.c.touch_id, verdict.label("verdict")).join(due, OUTBOX.c.touch_id == due.c.touch_id)
    return asked.cte("judged").prefix_with("MATERIALIZED")


def _refused(needs_consent: bool) -> ColumnElement[bool]:
    """Whether the latest word of the customer that applies is no, or where consent is needed there is none."""
    latest = (
        select(CONSENTS.c.given)
        .where(CONSENTS.c.customer_id == OUTBOX.c.customer_id)
        .where(CONSENTS.c.channel.in_([OUTBOX.c.channel, literal(EVERY)]))
        .where(CONSENTS.c.topic.in_([OUTBOX.c.topic, literal(EVERY)]))
        .order_by(CONSENTS.c.at.desc(), CONSENTS.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(latest, false() if needs_consent else true()) == false()


def _message(row: Row[Any]) -> Message:
    return Message(
        key=row.touch_id,
        customer_id=row.customer_id,
        campaign=row.campaign,
        play=row.play,
        topic=row.topic,
        purpose=row.purpose,
        address=row.address,
        content=content_of(row.content),
        due_at=read(row.due_at),
        tries=row.tries,
    )
