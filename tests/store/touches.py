"""Touches to test with, and short ways to queue, lease and look at them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from titian.domain.consent import Consent
from titian.domain.outcome import Fault
from titian.domain.touch import Content, Message, State, Touch, touch_id_of
from titian.store import consents, leasing, outbox
from titian.store.database import Store
from titian.store.leasing import Settlement, Want

NOW = datetime(2024, 11, 28, 12, tzinfo=UTC)
"""Long past, so that what is due then is due by any clock of today."""
MINUTE = timedelta(minutes=1)
DOWN = Fault("transient", "down", "no answer")


def a_touch(number: int = 0, **changes: Any) -> Touch:
    """A service message to c0, c1 …, due now."""
    made = Touch(
        touch_id=touch_id_of("spring", str(number)),
        channel="letters",
        address=f"c{number}@shop.example",
        content=Content(subject="新茶", text=f"hello {number}"),
        due_at=NOW,
        customer_id=f"c{number}",
        campaign="spring",
        purpose="service",
    )
    return replace(made, **changes)


def put(store: Store, *touches: Touch, now: datetime = NOW) -> None:
    with store.writing() as connection:
        outbox.queue(connection, touches, now)


def say(store: Store, *said: Consent) -> None:
    with store.writing() as connection:
        consents.record(connection, said)


def took(store: Store, messages: int = 100, now: datetime = NOW, **changes: Any) -> tuple[Message, ...]:
    """Lease as worker w1, of a channel that needs consent unless said otherwise."""
    want = replace(Want("letters", "w1", messages, needs_consent=True), **changes)
    with store.writing() as connection:
        return leasing.lease(connection, want, now).messages


def settled(store: Store, messages: Sequence[Message], state: State, now: datetime = NOW, **more: Any) -> None:
    worker = more.pop("worker", "w1")
    made = [Settlement(one.key, worker, one.tries, state, **more) for one in messages]
    with store.writing() as connection:
        leasing.settle(connection, made, now)


def state_of(store: Store, touch: Touch | Message) -> str:
    with store.reading() as connection:
        return outbox.one(connection, touch.touch_id if isinstance(touch, Touch) else touch.key).state


def states(store: Store) -> Counter[str]:
    """How many are in each state."""
    with store.reading() as connection:
        found = outbox.counted(connection)
    return Counter(state for (_, state), count in found.items() for _ in range(count))
