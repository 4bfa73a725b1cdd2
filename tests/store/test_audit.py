"""The audit log: lines follow each other, nobody changes them, and a change shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from titian.store import audit
from titian.store.audit import BEGINNING, Broken, Deed
from titian.store.database import Store

AT = datetime(2026, 11, 28, 21, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
LIFTED = {
    "sqlite": ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"],
    "postgresql": ["ALTER TABLE audit DISABLE TRIGGER ALL"],
}


def deed(subject: str = "rfm", **details: object) -> Deed:
    return Deed(actor="wang", action="layering.save", subject=subject, details=details)


def write(store: Store, *subjects: str) -> None:
    for subject in subjects:
        with store.writing() as connection:
            audit.append(connection, deed(subject), AT)


def tampered(store: Store, statement: str) -> Broken | None:
    """What shows after somebody with all rights on the database did this."""
    with store.writing() as connection:
        for lifting in LIFTED[connection.dialect.name]:
            connection.execute(text(lifting))
        connection.execute(text(statement))
    with store.reading() as connection:
        return audit.broken(connection)


def test_a_line_says_who_did_what_when_and_is_bound_to_the_one_before(store: Store) -> None:
    with store.writing() as connection:
        first = audit.append(connection, deed("层", moved=12), AT)
        second = audit.append(connection, deed(), AT)
    assert (first.number, first.at, first.previous) == (1, "2026-11-28T13:00:00.123456Z", BEGINNING)
    assert (second.number, second.previous) == (2, first.digest)
    told = [1, first.at, "wang", "layering.save", "层", '{"moved":12}', BEGINNING]
    plain = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    assert first.digest == hashlib.sha256(plain.encode()).hexdigest()
    with store.reading() as connection:
        assert audit.lines(connection) == [second, first]
        assert audit.broken(connection) is None


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'li'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_or_remove_lines(store: Store, statement: str) -> None:
    write(store, "a", "b")
    with pytest.raises(DBAPIError, match="can only be added to"), store.writing() as connection:
        connection.execute(text(statement))
    with store.reading() as connection:
        assert audit.count(connection) == 2


@pytest.mark.parametrize(
    ("statement", "number", "why"),
    [
        ("UPDATE audit SET subject = 'x' WHERE number = 2", 2, "content"),
        ("UPDATE audit SET at = '2020-01-01T00:00:00.000000Z' WHERE number = 3", 3, "content"),
        ("DELETE FROM audit WHERE number = 2", 3, "gap"),
        ("DELETE FROM audit WHERE number = 1", 2, "gap"),
        ("UPDATE audit SET digest = previous WHERE number = 2", 2, "content"),
        ("UPDATE audit SET previous = digest WHERE number = 3", 3, "chain"),
    ],
)
def test_what_somebody_with_all_rights_changes_shows(store: Store, statement: str, number: int, why: str) -> None:
    write(store, "a", "b", "c", "d")
    assert tampered(store, statement) == Broken(number=number, why=why)


def test_a_line_that_was_written_anew_breaks_the_chain_after_it(store: Store) -> None:
    write(store, "a", "b", "c")
    with store.reading() as connection:
        second = audit.lines(connection)[1]
    told = [2, second.at, "li", second.action, second.subject, "{}", second.previous]
    anew = hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()
    found = tampered(store, f"UPDATE audit SET actor = 'li', digest = '{anew}' WHERE number = 2")
    assert found == Broken(number=3, why="chain")


def test_the_check_goes_on_where_one_look_ends(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "READ_AT_ONCE", 2)
    write(store, *"abcde")
    with store.reading() as connection:
        assert audit.broken(connection) is None
    assert tampered(store, "UPDATE audit SET subject = 'x' WHERE number = 5") == Broken(number=5, why="content")


def test_a_deed_that_fails_leaves_no_line(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as connection:
        audit.append(connection, deed(moved=audit.append(connection, deed(), AT).number / 0), AT)
    with store.reading() as connection:
        assert audit.count(connection) == 0


def test_many_at_once_follow_each_other_without_a_gap(opened: Callable[[], Store]) -> None:
    stores = [opened() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda store: write(store, *"abcde"), stores))
    with stores[0].reading() as connection:
        assert [line.number for line in audit.lines(connection)] == list(range(20, 0, -1))
        assert audit.broken(connection) is None


def test_lines_are_paged_and_searched_by_all_words(store: Store) -> None:
    write(store, "rfm", "aipl", "100%", "rfm_score", "RFM of café")
    with store.reading() as connection:
        page = audit.lines(connection, before=4, most=2)
        assert [line.subject for line in page] == ["100%", "aipl"]
        assert [line.subject for line in audit.lines(connection, search="rfm save")] == [
            "RFM of café",
            "rfm_score",
            "rfm",
        ]
        assert [line.subject for line in audit.lines(connection, search="%")] == ["100%"]
        assert (audit.count(connection), audit.count(connection, "rfm wang")) == (5, 3)


@pytest.mark.parametrize("wrong", [{"action": "Save"}, {"action": "save"}, {"actor": ""}, {"actor": "w" * 201}])
def test_a_deed_without_an_actor_or_a_named_action_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Deed(**{"actor": "wang", "action": "layering.save", "subject": "rfm", **wrong})  # type: ignore[arg-type]


def test_an_instant_is_told_in_utc_whatever_the_zone(store: Store) -> None:
    with store.writing() as connection:
        here, there = (audit.append(connection, deed(), AT.astimezone(zone)).at for zone in (UTC, AT.tzinfo))
    assert here == there
