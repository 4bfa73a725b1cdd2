"""Halts: what is paused waits and goes on, what is stopped is cancelled, and both are looked at when a touch is leased."""

from __future__ import annotations

import pytest

from tests.store.touches import NOW, a_touch, put, settled, state_of, states, took
from titian.domain.consent import Halt, Scope
from titian.errors import ConflictError, NotFoundError
from titian.store import halts
from titian.store.database import Store


def halted(store: Store, scope: Scope, key: str, kind: str = "pause") -> bool:
    with store.writing() as connection:
        return halts.halt(connection, Halt(scope, key, kind, "wang", NOW, "why"))  # type: ignore[arg-type]


def resumed(store: Store, scope: Scope, key: str) -> Halt:
    with store.writing() as connection:
        return halts.resume(connection, scope, key)


@pytest.mark.parametrize(
    ("scope", "key", "other"),
    [("all", "", None), ("channel", "letters", "hooks"), ("campaign", "spring", "summer")],
    ids=["all", "channel", "campaign"],
)
def test_what_is_paused_after_queueing_waits_until_it_is_resumed(
    store: Store, scope: Scope, key: str, other: str | None
) -> None:
    put(store, a_touch())
    assert halted(store, scope, key)
    assert took(store) == ()
    assert resumed(store, scope, key).why == "why"
    assert len(took(store)) == 1
    if other is not None:
        halted(store, scope, other)
        put(store, a_touch(2))
        assert len(took(store)) == 1


def test_a_paused_campaign_is_met_once_and_does_not_stand_in_the_way(store: Store) -> None:
    put(store, *(a_touch(n) for n in range(5)), a_touch(9, campaign="summer"))
    halted(store, "campaign", "spring")
    assert [len(took(store, 5)), len(took(store, 5))] == [0, 1]
    assert states(store) == {"paused": 5, "leased": 1}
    put(store, a_touch(7))
    resumed(store, "campaign", "spring")
    assert states(store) == {"queued": 6, "leased": 1}


def test_a_stopped_campaign_is_cancelled_what_is_queued_later_too(store: Store) -> None:
    put(store, a_touch(0), a_touch(1), a_touch(2, campaign="summer"))
    sending = took(store, 1)
    halted(store, "campaign", "spring", "stop")
    assert states(store) == {"leased": 1, "cancelled": 1, "queued": 1}
    settled(store, sending, "sent")
    put(store, a_touch(3))
    assert [one.campaign for one in took(store)] == ["summer"]
    assert (state_of(store, a_touch(3)), state_of(store, sending[0])) == ("cancelled", "sent")


def test_a_pause_can_become_a_stop_and_a_stop_stays(store: Store) -> None:
    put(store, a_touch())
    halted(store, "campaign", "spring")
    took(store)
    assert [halted(store, "campaign", "spring", kind) for kind in ("pause", "stop", "stop", "pause")] == [
        *(False, True, False, False)
    ]
    assert states(store) == {"cancelled": 1}
    with pytest.raises(ConflictError):
        resumed(store, "campaign", "spring")


def test_what_is_not_paused_cannot_be_resumed(store: Store) -> None:
    with pytest.raises(NotFoundError):
        resumed(store, "all", "")


def test_all_halts_are_listed(store: Store) -> None:
    halted(store, "all", "")
    halted(store, "channel", "letters")
    with store.reading() as connection:
        assert [(one.scope, one.key, one.by) for one in halts.listed(connection)] == [
            ("all", "", "wang"),
            ("channel", "letters", "wang"),
        ]
