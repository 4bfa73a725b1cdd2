"""Sessions, known browsers, keys and failures in the store."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.store.test_people import NOW, key, person, session
from titian.errors import NotFoundError
from titian.store import api_keys, failures, people, sessions
from titian.store.database import Store

DIGEST, LATER, LAST = "a" * 64, "b" * 64, "c" * 64
MINUTE = timedelta(minutes=1)
WINDOW = 15 * MINUTE


@pytest.fixture
def kept(store: Store) -> Store:
    """A store with two people, of whom one is signed in."""
    with store.writing() as connection:
        people.add(connection, person(), None)
        people.add(connection, person("wang", "viewer"), None)
        sessions.begin(connection, session(), DIGEST)
    return store


def test_a_session_is_found_by_what_the_browser_shows(kept: Store) -> None:
    with kept.reading() as connection:
        assert sessions.found(connection, DIGEST) == (session(), True)
        assert sessions.found(connection, LATER) is None


def test_after_a_rotation_it_is_found_by_both_and_told_apart(kept: Store) -> None:
    with kept.writing() as connection:
        assert sessions.rotate(connection, session(), DIGEST, LATER, NOW + MINUTE)
    with kept.reading() as connection:
        newer, older = sessions.found(connection, LATER), sessions.found(connection, DIGEST)
    assert newer is not None
    assert older is not None
    assert (newer[1], older[1]) == (True, False)
    assert newer[0] == older[0]
    assert newer[0].rotated_at == NOW + MINUTE


def test_what_was_shown_twice_ago_is_nobodys(kept: Store) -> None:
    with kept.writing() as connection:
        sessions.rotate(connection, session(), DIGEST, LATER, NOW)
        sessions.rotate(connection, session(), LATER, LAST, NOW)
        assert sessions.found(connection, DIGEST) is None


def test_of_two_rotations_at_once_one_is_done(kept: Store) -> None:
    with kept.writing() as connection:
        assert sessions.rotate(connection, session(), DIGEST, LATER, NOW)
        assert not sessions.rotate(connection, session(), DIGEST, LAST, NOW)
        assert sessions.found(connection, LAST) is None


def test_when_it_was_seen_is_noted(kept: Store) -> None:
    with kept.writing() as connection:
        sessions.seen(connection, "s1", NOW + MINUTE)
        found = sessions.found(connection, DIGEST)
    assert found is not None
    assert found[0].seen_at == NOW + MINUTE


def test_sessions_of_somebody_are_listed_the_last_used_first(kept: Store) -> None:
    later = session("s2", at=NOW + MINUTE)
    with kept.writing() as connection:
        sessions.begin(connection, later, LATER)
        sessions.begin(connection, session("s3", of="id of wang"), LAST)
        assert sessions.of_person(connection, "id of li") == [later, session()]


def test_nobody_ends_the_session_of_somebody_else(kept: Store) -> None:
    with kept.writing() as connection:
        assert not sessions.end(connection, "s1", "id of wang")
        assert sessions.end(connection, "s1", "id of li")
        assert not sessions.end(connection, "s1", "id of li")


def test_all_sessions_end_or_all_but_one(kept: Store) -> None:
    with kept.writing() as connection:
        for number, digest in (("s2", LATER), ("s3", LAST)):
            sessions.begin(connection, session(number), digest)
        assert sessions.end_all(connection, "id of li", but="s2") == 2
        assert [one.id for one in sessions.of_person(connection, "id of li")] == ["s2"]
        assert sessions.end_all(connection, "id of li") == 1


@pytest.mark.parametrize(
    ("seen_before", "made_before", "left"),
    [(NOW, NOW, 1), (NOW + MINUTE, NOW, 0), (NOW, NOW + MINUTE, 0)],
    ids=["fresh", "unused for long", "too old"],
)
def test_what_is_over_is_swept(kept: Store, seen_before, made_before, left: int) -> None:
    with kept.writing() as connection:
        sessions.sweep(connection, seen_before=seen_before, made_before=made_before)
        assert len(sessions.of_person(connection, "id of li")) == left


def test_a_browser_is_known_of_the_one_who_used_it_last(kept: Store) -> None:
    with kept.writing() as connection:
        sessions.remember(connection, "id of li", DIGEST, NOW, most=5)
        sessions.remember(connection, "id of wang", DIGEST, NOW, most=5)
        assert not sessions.knows(connection, "id of li", DIGEST)
        assert sessions.knows(connection, "id of wang", DIGEST)


def test_of_many_browsers_the_newest_are_known(kept: Store) -> None:
    with kept.writing() as connection:
        for place, digest in enumerate((DIGEST, LATER, LAST)):
            sessions.remember(connection, "id of li", digest, NOW + place * MINUTE, most=2)
        assert [sessions.knows(connection, "id of li", one) for one in (DIGEST, LATER, LAST)] == [False, True, True]


def test_browsers_are_forgotten(kept: Store) -> None:
    with kept.writing() as connection:
        sessions.remember(connection, "id of li", DIGEST, NOW, most=2)
        sessions.forget_browsers(connection, "id of li")
        assert not sessions.knows(connection, "id of li", DIGEST)


def test_a_key_comes_back_as_it_was_made(kept: Store) -> None:
    made = key().model_copy(update={"expires_at": NOW + MINUTE, "permissions": ("numbers.read", "data.load")})
    with kept.writing() as connection:
        api_keys.add(connection, made, DIGEST)
        assert api_keys.found(connection, "k1") == (made, DIGEST)
        assert api_keys.found(connection, "k2") is None


def test_keys_are_listed_of_somebody_or_of_all(kept: Store) -> None:
    with kept.writing() as connection:
        api_keys.add(connection, key(), DIGEST)
        api_keys.add(connection, key("k2", of="id of wang"), LATER)
        assert [one.id for one in api_keys.listed(connection, "id of li")] == ["k1"]
        assert [one.id for one in api_keys.listed(connection)] == ["k1", "k2"]


def test_when_a_key_was_used_is_noted(kept: Store) -> None:
    with kept.writing() as connection:
        api_keys.add(connection, key(), DIGEST)
        api_keys.used(connection, "k1", NOW)
        assert api_keys.listed(connection)[0].used_at == NOW


def test_a_key_of_somebody_else_is_not_there_to_be_revoked(kept: Store) -> None:
    with kept.writing() as connection:
        api_keys.add(connection, key(), DIGEST)
    with pytest.raises(NotFoundError, match="no API key"), kept.writing() as connection:
        api_keys.revoke(connection, "k1", "id of wang")
    with kept.writing() as connection:
        assert api_keys.revoke(connection, "k1", None) == key()
        assert api_keys.found(connection, "k1") is None


def test_failures_count_within_a_window(store: Store) -> None:
    with store.writing() as connection:
        assert [failures.add(connection, "b", NOW + n * MINUTE, WINDOW) for n in range(3)] == [1, 2, 3]
        assert failures.count(connection, "b", NOW + 14 * MINUTE, WINDOW) == (3, NOW)
        assert failures.count(connection, "other", NOW, WINDOW) == (0, NOW)


def test_a_window_that_is_over_begins_anew(store: Store) -> None:
    with store.writing() as connection:
        failures.add(connection, "b", NOW, WINDOW)
        assert failures.count(connection, "b", NOW + WINDOW, WINDOW)[0] == 0
        assert failures.add(connection, "b", NOW + WINDOW, WINDOW) == 1
        assert failures.count(connection, "b", NOW + 16 * MINUTE, WINDOW) == (1, NOW + WINDOW)


def test_a_window_in_the_future_of_a_clock_set_back_does_not_count(store: Store) -> None:
    with store.writing() as connection:
        failures.add(connection, "b", NOW, WINDOW)
        assert failures.count(connection, "b", NOW - MINUTE, WINDOW)[0] == 0
        assert failures.add(connection, "b", NOW - MINUTE, WINDOW) == 1


def test_a_try_that_was_right_is_taken_back(store: Store) -> None:
    with store.writing() as connection:
        for _ in range(2):
            failures.add(connection, "b", NOW, WINDOW)
        for _ in range(3):
            failures.take_back(connection, "b")
        assert failures.count(connection, "b", NOW, WINDOW)[0] == 0


def test_failures_are_forgotten_and_swept(store: Store) -> None:
    with store.writing() as connection:
        for bucket in ("b", "c"):
            failures.add(connection, bucket, NOW, WINDOW)
        failures.clear(connection, "b")
        assert failures.count(connection, "b", NOW, WINDOW)[0] == 0
        failures.sweep(connection, NOW + 16 * MINUTE, WINDOW)
        assert failures.add(connection, "c", NOW, WINDOW) == 1
