"""The outbox: what is queued is there once, as it was given, with the decision or not at all; a person settles what is held."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from tests.store.touches import DOWN, MINUTE, NOW, a_touch, put, settled, state_of, states, took
from titian.domain.touch import KEY, Content, Touch, touch_id_of
from titian.errors import ConflictError, NotFoundError
from titian.store import outbox
from titian.store.database import Store
from titian.store.outbox import Queued, Seen
from titian.store.reach_tables import OUTBOX


def test_a_touch_is_kept_as_it_was_given(store: Store) -> None:
    data = {"n": 1, "deep": [True, None, "é"]}
    said = Content("text\r\n", "subject", "<p>", "安", "T1", data, "https://shop.example/u/1")
    given = a_touch(1, content=said, topic="news", play="p", not_after=NOW + MINUTE)
    put(store, given)
    with store.reading() as connection:
        kept = outbox.one(connection, given.touch_id)
    assert {name: getattr(kept, name) for name in Touch.__slots__} == {
        name: getattr(given, name) for name in Touch.__slots__
    }
    assert (kept.state, kept.tries, kept.queued_at, kept.next_try_at, kept.fault) == ("queued", 0, NOW, NOW, None)


def test_the_same_touch_queued_twice_is_one_whatever_became_of_it(store: Store) -> None:
    put(store, a_touch(1), a_touch(1), a_touch(2))
    settled(store, took(store, 1), "sent")
    with store.writing() as connection:
        assert outbox.queue(connection, [a_touch(n) for n in range(4)], NOW) == Queued(2, 2)
    assert states(store) == {"sent": 1, "queued": 3}


def test_touches_are_queued_with_the_decision_or_not_at_all(store: Store) -> None:
    def refused() -> None:
        with store.writing() as connection:
            outbox.queue(connection, [a_touch(1)], NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        refused()
    assert states(store) == {}


def test_more_than_one_statement_holds_are_queued(store: Store) -> None:
    with store.writing() as connection:
        found = outbox.queue(connection, (a_touch(n % 4_500) for n in range(5_000)), NOW)
    assert found == Queued(4_500, 500)


def test_many_who_queue_the_same_at_once_queue_it_once(opened: Callable[[], Store]) -> None:
    stores = [opened() for _ in range(4)]

    def queued(store: Store) -> int:
        with store.writing() as connection:
            return outbox.queue(connection, [a_touch(n) for n in range(200)], NOW).queued

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(queued, stores)) == 200
    assert states(stores[0]) == {"queued": 200}


def test_what_no_database_takes_is_left_away(store: Store) -> None:
    put(store, a_touch(1, address="a\0b\ud83d", content=Content(text="a\0b\ud83d")))
    kept = took(store)[0]
    assert (kept.address, kept.content.text) == ("ab?", "a\0b?")


def test_what_a_newer_titian_wrote_into_a_touch_does_not_stop_it(store: Store) -> None:
    put(store, a_touch())
    with store.writing() as connection:
        connection.execute(update(OUTBOX).values(content='{"text": "hi", "colour": "red"}'))
    assert [one.content for one in took(store)] == [Content("hi")]


def test_a_name_that_is_too_long_is_refused_rather_than_cut(store: Store) -> None:
    if "sqlite" in store.place:
        pytest.skip("SQLite has no lengths")
    with pytest.raises(DBAPIError):
        put(store, a_touch(1, campaign="x" * 61))


def test_lists_go_back_from_the_last_queued(store: Store) -> None:
    for number in range(5):
        put(store, a_touch(number), now=NOW + timedelta(seconds=number // 2))
    found: list[str] = []
    seen = None
    with store.reading() as connection:
        while page := outbox.listed(connection, "queued", "letters", seen, 2):
            found += [one.customer_id for one in page]
            seen = Seen(page[-1].queued_at, page[-1].touch_id)
        assert outbox.listed(connection, "queued", "other", None, 9) == []
        assert [one.customer_id for one in outbox.of_customer(connection, "c3")] == ["c3"]
    assert (sorted(found), found[0], found[-1] in {"c0", "c1"}) == ([f"c{n}" for n in range(5)], "c4", True)


@pytest.mark.parametrize(
    ("verdict", "becomes"), [("sent", "sent"), ("again", "queued"), ("drop", "cancelled")], ids=lambda one: str(one)
)
def test_a_person_settles_what_is_held(store: Store, verdict: outbox.Verdict, becomes: str) -> None:
    put(store, a_touch())
    settled(store, took(store), "held", fault=DOWN)
    with store.writing() as connection:
        assert outbox.settle_by_hand(connection, a_touch().touch_id, verdict, NOW).state == becomes
        if verdict != "again":
            with pytest.raises(ConflictError):
                outbox.settle_by_hand(connection, a_touch().touch_id, "again", NOW)
    assert len(took(store)) == (verdict == "again")


def test_what_failed_can_be_sent_again_but_not_be_said_to_be_sent(store: Store) -> None:
    put(store, a_touch())
    settled(store, took(store), "failed", fault=DOWN)
    with store.writing() as connection:
        with pytest.raises(ConflictError):
            outbox.settle_by_hand(connection, a_touch().touch_id, "sent", NOW)
        outbox.settle_by_hand(connection, a_touch().touch_id, "again", NOW)
    assert state_of(store, a_touch()) == "queued"


def test_a_touch_that_is_not_there_is_said(store: Store) -> None:
    with store.writing() as connection, pytest.raises(NotFoundError):
        outbox.settle_by_hand(connection, "nothing", "sent", NOW)


def test_ids_are_of_what_makes_a_touch_and_fit_into_headers() -> None:
    made = {touch_id_of("a", "b"), touch_id_of("ab", ""), touch_id_of("a", "b", ""), touch_id_of("b", "a")}
    assert len(made) == 4
    assert all(KEY.fullmatch(one) for one in made)
    assert touch_id_of("a", "b") == touch_id_of("a", "b")


@pytest.mark.full
def test_a_hundred_thousand_are_queued_within_ten_seconds(store: Store) -> None:
    def touches() -> Iterator[Touch]:
        return (a_touch(n, content=Content("春茶上市 " * 50, "新茶", "<p>春茶上市</p>" * 50)) for n in range(100_000))

    began = time.perf_counter()
    with store.writing() as connection:
        assert outbox.queue(connection, touches(), NOW).queued == 100_000
    assert time.perf_counter() - began < 10
