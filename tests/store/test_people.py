"""People in the store: added once, changed by whoever saw the newest version, removed with all that was theirs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from titian.domain.permission import Role
from titian.domain.person import ApiKey, Person, Session
from titian.errors import ConflictError, NotFoundError
from titian.store import api_keys, people, sessions
from titian.store.database import Store

NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)


def person(login: str = "li", role: Role = "owner", **more: object) -> Person:
    values = {"id": f"id of {login}", "login": login, "name": login.title(), "role": role, "made_at": NOW}
    return Person(**values | more)


def session(key: str = "s1", of: str = "id of li", at: datetime = NOW) -> Session:
    return Session(id=key, person=of, made_at=at, seen_at=at, rotated_at=at, agent="Firefox")


def key(name: str = "k1", of: str = "id of li") -> ApiKey:
    return ApiKey(id=name, person=of, name="nightly", permissions=("numbers.read",), made_at=NOW)


@pytest.fixture
def li(store: Store) -> Person:
    """An owner who is in the store."""
    made = person()
    with store.writing() as connection:
        people.add(connection, made, "hash of li")
    return made


def test_nobody_is_there_until_somebody_is_added(store: Store) -> None:
    with store.writing() as connection:
        assert not people.any_there(connection)
        people.add(connection, person(), None)
        assert people.any_there(connection)


def test_people_come_back_as_they_were_written_by_login(store: Store, li: Person) -> None:
    wang = person("an.wang@tea.example", "viewer", must_change=True, active=False)
    with store.writing() as connection:
        people.add(connection, wang, None)
    with store.reading() as connection:
        assert people.everybody(connection) == [wang, li]
        assert people.person(connection, wang.id) == wang


def test_a_hash_is_told_only_where_a_login_is_looked_up(store: Store, li: Person) -> None:
    with store.reading() as connection:
        assert people.called(connection, "li") == (li, "hash of li")
        assert people.called(connection, "LI") is None
        assert "hash of li" not in repr(people.everybody(connection))


def test_a_login_is_taken_once(store: Store, li: Person) -> None:
    with pytest.raises(ConflictError, match="li is here already"), store.writing() as connection:
        people.add(connection, person("li", id="another"), None)


def test_a_change_is_the_next_version(store: Store, li: Person) -> None:
    with store.writing() as connection:
        newer = people.change(connection, li.model_copy(update={"role": "admin"}))
    with store.reading() as connection:
        assert newer == people.person(connection, li.id)
    assert (newer.role, newer.version) == ("admin", 2)


def test_a_change_keeps_the_hash(store: Store, li: Person) -> None:
    with store.writing() as connection:
        people.change(connection, li.model_copy(update={"name": "Li An"}))
        assert people.called(connection, "li") == (people.person(connection, li.id), "hash of li")


def test_a_change_of_an_older_version_is_refused_with_what_is_there(store: Store, li: Person) -> None:
    with store.writing() as connection:
        people.change(connection, li.model_copy(update={"name": "Li An"}))
    with pytest.raises(ConflictError) as refused, store.writing() as connection:
        people.change(connection, li.model_copy(update={"name": "Li Bo"}))
    assert refused.value.details["present"] == {"name": "Li An", "role": "owner", "active": True}


@pytest.mark.parametrize("act", [people.person, people.remove])
def test_nobodys_id_is_not_found(store: Store, act) -> None:
    with pytest.raises(NotFoundError, match="nobody"), store.writing() as connection:
        act(connection, "id of nobody")


def test_a_password_is_replaced(store: Store, li: Person) -> None:
    with store.writing() as connection:
        people.set_password(connection, li.id, "another", must_change=True)
        found, kept = people.called(connection, "li") or (None, None)
    assert (found and found.must_change, kept) == (True, "another")


def test_hashing_anew_changes_nothing_else(store: Store, li: Person) -> None:
    with store.writing() as connection:
        people.keep_hash(connection, li.id, "newer")
        assert people.called(connection, "li") == (li, "newer")


def test_when_somebody_signed_in_is_kept(store: Store, li: Person) -> None:
    with store.writing() as connection:
        people.signed_in(connection, li.id, NOW + timedelta(hours=1))
        assert people.person(connection, li.id).signed_in_at == NOW + timedelta(hours=1)


def test_whoever_is_removed_takes_sessions_browsers_and_keys_along(store: Store, li: Person) -> None:
    with store.writing() as connection:
        sessions.begin(connection, session(), "a" * 64)
        sessions.remember(connection, li.id, "b" * 64, NOW, most=5)
        api_keys.add(connection, key(), "c" * 64)
        assert people.remove(connection, li.id) == li
        assert sessions.found(connection, "a" * 64) is None
        assert not sessions.knows(connection, li.id, "b" * 64)
        assert api_keys.listed(connection) == []
        assert people.everybody(connection) == []


def test_owners_are_counted_who_can_sign_in(store: Store, li: Person) -> None:
    with store.writing() as connection:
        people.add(connection, person("wang", active=False), None)
        people.add(connection, person("chen", "admin"), None)
        assert people.owners(connection) == 1


def test_the_same_login_at_once_is_added_once(opened) -> None:
    stores = [opened(), opened()]
    with stores[0].writing() as connection:
        people.add(connection, person(), None)
    with pytest.raises(ConflictError), stores[1].writing() as connection:
        people.add(connection, person(id="other"), None)
