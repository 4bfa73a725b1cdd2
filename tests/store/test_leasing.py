"""Leasing: each due touch to one worker, none that may not go out, and nothing that is settled twice or lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.touches import DOWN, MINUTE, NOW, a_touch, put, settled, state_of, states, took
from titian.domain.outcome import Fault
from titian.store import erasing, leasing, outbox
from titian.store.database import Store
from titian.store.leasing import Want


def test_a_touch_goes_to_one_worker_until_it_is_settled(store: Store) -> None:
    put(store, a_touch())
    assert [(one.key, one.tries) for one in took(store)] == [(a_touch().touch_id, 1)]
    assert (took(store), took(store, worker="w2"), state_of(store, a_touch())) == ((), (), "leased")


def test_many_workers_at_once_get_different_touches(opened: Callable[[], Store]) -> None:
    stores = [opened() for _ in range(4)]
    put(stores[0], *(a_touch(n) for n in range(300)))

    def worked(number: int) -> list[str]:
        found: list[str] = []
        while messages := took(stores[number], 7, worker=f"w{number}"):
            found += [one.key for one in messages]
        return found

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(worked, range(4)))
    assert set(Counter(key for share in shares for key in share).values()) == {1}
    assert sum(map(len, shares)) == 300


def test_no_more_are_leased_than_there_is_room_for(store: Store) -> None:
    put(store, *(a_touch(n, purpose=("service", "marketing")[n % 2]) for n in range(6)))
    assert [len(took(store, 4, needs_consent=False)), len(took(store, 4, needs_consent=False))] == [4, 2]


def test_service_goes_before_marketing_and_the_longest_due_first(store: Store) -> None:
    ages = {"a": 1, "b": 3, "c": 2}
    for purpose in ("marketing", "service"):
        for name, age in ages.items():
            made = a_touch(hash(name + purpose), purpose=purpose, customer_id=purpose[0] + name)
            put(store, replace(made, due_at=NOW - age * MINUTE))
    found = [took(store, 1, needs_consent=False)[0].customer_id for _ in range(6)]
    assert found == ["sb", "sc", "sa", "mb", "mc", "ma"]


def test_what_is_not_due_or_of_another_channel_waits(store: Store) -> None:
    put(store, a_touch(1, due_at=NOW + MINUTE), a_touch(2, channel="hooks"))
    assert (took(store), len(took(store, now=NOW + MINUTE))) == ((), 1)
    assert [one.customer_id for one in took(store, channel="hooks")] == ["c2"]


def test_what_comes_too_late_is_cancelled(store: Store) -> None:
    put(store, a_touch(1, not_after=NOW - timedelta(microseconds=1)), a_touch(2, not_after=NOW))
    assert [one.customer_id for one in took(store)] == ["c2"]
    with store.reading() as connection:
        kept = outbox.one(connection, a_touch(1).touch_id)
    assert (kept.state, kept.fault and kept.fault.code, kept.settled_at) == ("cancelled", "lapsed", NOW)


def test_who_is_erased_after_queueing_is_not_sent_to(store: Store) -> None:
    put(store, a_touch(1), a_touch(2))
    with store.writing() as connection:
        assert erasing.erase(connection, ["c1"])["outbox"] == 1
    assert [one.customer_id for one in took(store)] == ["c2"]


def test_who_is_erased_while_being_sent_to_leaves_nothing(store: Store) -> None:
    put(store, a_touch(1))
    messages = took(store)
    with store.writing() as connection:
        erasing.erase(connection, ["c1"])
    settled(store, messages, "sent")
    assert states(store) == {}


def test_a_settled_touch_says_what_became_of_it(store: Store) -> None:
    put(store, a_touch(1), a_touch(2))
    first, second = took(store)
    settled(store, [first], "sent", provider_id="p1")
    settled(store, [second], "queued", next_try_at=NOW + MINUTE, fault=DOWN)
    with store.reading() as connection:
        sent, waits = (outbox.one(connection, one.key) for one in (first, second))
    assert (sent.state, sent.provider_id, sent.fault, sent.settled_at) == ("sent", "p1", None, NOW)
    assert (waits.state, waits.next_try_at, waits.fault, waits.settled_at) == ("queued", NOW + MINUTE, DOWN, None)
    assert [one.tries for one in took(store, now=NOW + MINUTE)] == [2]


def test_a_later_success_forgets_the_fault_before(store: Store) -> None:
    put(store, a_touch())
    settled(store, took(store), "queued", fault=DOWN)
    settled(store, took(store), "sent")
    with store.reading() as connection:
        assert outbox.one(connection, a_touch().touch_id).fault is None


def test_settling_twice_or_by_another_changes_nothing(store: Store) -> None:
    put(store, a_touch())
    messages = took(store)
    settled(store, messages, "failed", worker="w2", fault=DOWN)
    assert state_of(store, messages[0]) == "leased"
    settled(store, messages, "sent")
    settled(store, messages, "failed", fault=DOWN)
    assert state_of(store, messages[0]) == "sent"


def test_a_worker_that_lost_a_touch_does_not_settle_the_next_try(store: Store) -> None:
    put(store, a_touch())
    late = took(store)
    with store.writing() as connection:
        assert leasing.take_over(connection, ["w1"], ["letters"], NOW) == 1
    assert [one.tries for one in took(store, worker="w2")] == [2]
    settled(store, late, "failed", fault=DOWN)
    assert state_of(store, late[0]) == "leased"


@pytest.mark.parametrize(("again", "becomes"), [(["letters"], "queued"), (["hooks"], "held")], ids=["again", "hold"])
def test_what_a_dead_worker_was_sending_is_sent_again_or_held(store: Store, again: list[str], becomes: str) -> None:
    put(store, a_touch(1), a_touch(2), a_touch(3))
    settled(store, took(store, 1), "sent")
    took(store, 1)
    took(store, 1, worker="w2")
    with store.writing() as connection:
        assert leasing.take_over(connection, ["w1"], again, NOW) == 1
    assert states(store) == {"sent": 1, becomes: 1, "leased": 1}


def test_a_worker_that_only_seemed_dead_settles_what_was_held(store: Store) -> None:
    put(store, a_touch())
    messages = took(store)
    with store.writing() as connection:
        leasing.take_over(connection, None, [], NOW)
    assert state_of(store, a_touch()) == "held"
    settled(store, messages, "sent")
    assert state_of(store, a_touch()) == "sent"


def test_what_was_leased_without_the_worker_learning_of_it_is_given_back(store: Store) -> None:
    put(store, a_touch(1), a_touch(2), a_touch(3, channel="hooks"))
    known = took(store, 1)
    took(store, 1)
    took(store, 1, channel="hooks")
    with store.writing() as connection:
        assert leasing.give_back(connection, "letters", "w1", [known[0].key], NOW) == 1
    assert states(store) == {"leased": 2, "queued": 1}
    assert [one.tries for one in took(store)] == [1]


def test_a_clock_that_steps_back_makes_nothing_wait_for_the_hour_to_come_round(store: Store) -> None:
    put(store, a_touch(1), a_touch(2), a_touch(3, due_at=NOW + MINUTE))
    settled(store, took(store, 1), "queued", next_try_at=NOW + MINUTE, fault=Fault("transient", "421"))
    earlier = NOW - timedelta(hours=1)
    assert took(store, now=earlier) == ()
    with store.writing() as connection:
        assert leasing.after_a_step_back(connection, earlier) == 2
        assert leasing.after_a_step_back(connection, earlier) == 0
    assert len(took(store, now=earlier)) == 2
    assert len(took(store, now=NOW + MINUTE)) == 1


def test_looked_at_counts_what_was_put_aside_too(store: Store) -> None:
    put(store, a_touch(1, purpose="marketing"), a_touch(2))
    with store.writing() as connection:
        found = leasing.lease(connection, Want("letters", "w", 9, needs_consent=True), NOW)
    assert (len(found.messages), found.looked_at) == (1, 2)
