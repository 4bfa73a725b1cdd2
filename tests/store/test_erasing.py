"""Customers are taken out of all that people decided, others are left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.store.test_tagged import a_tag
from titian.domain.audience import list_name
from titian.domain.customer_note import CustomerNote
from titian.domain.things import Saying
from titian.store import charges, erasing, known, lists, notes, tagged, tags
from titian.store.database import Store
from titian.store.tagged import Stamp

NOW = datetime(2026, 11, 28, tzinfo=UTC)
GONE, STAYS = "zoe9-canary", "bob"


def filled(store: Store) -> None:
    """Both are tagged, were untagged, have a note, stand in a list, something is known of them, and two took care of them."""
    with store.writing() as connection:
        for key in ("vip", "old"):
            tags.add(connection, a_tag(key))
            tagged.give(connection, key, [GONE, STAYS], Stamp(key, "wang", NOW))
        tagged.take(connection, "old", [GONE, STAYS], Stamp("gone", "wang", NOW))
        for number, one in enumerate((GONE, STAYS)):
            said = CustomerNote(id=str(number), customer_id=one, text=f"about {one}", by="wang", at=NOW)
            notes.add(connection, said)
            known.say(connection, Saying(id=f"k{number}", customer_id=one, thing="can_bring", text=one, by="w", at=NOW))
        for staff in ("wang", "li"):
            charges.put(connection, staff, [GONE, STAYS], charges.Stamp(staff, "wang", NOW))
        lists.keep(connection, [GONE, STAYS], NOW)


def test_all_of_them_goes_and_all_of_others_stays(store: Store) -> None:
    filled(store)
    with store.writing() as connection:
        gone = erasing.erase(connection, [GONE, "nobody"])
    assert gone == dict.fromkeys(("tagged", "untagged", "notes", "listed", "known", "in_charge", "relieved"), 1)
    with store.reading() as connection:
        assert tagged.customers(connection, "vip") == [STAYS]
        assert notes.count(connection) == 1
        assert list(charges.of_everyone(connection)) == [(STAYS, "li")]
        assert [one.text for one in known.all_that_holds(connection)] == [STAYS]
        assert lists.customers(connection, list_name([GONE, STAYS])) == [STAYS]


def test_a_second_time_finds_nothing(store: Store) -> None:
    filled(store)
    with store.writing() as connection:
        erasing.erase(connection, [GONE])
        assert set(erasing.erase(connection, [GONE]).values()) == {0}


def test_more_than_one_statement_can_bind(store: Store) -> None:
    filled(store)
    with store.writing() as connection:
        many = [GONE, *(f"c{number}" for number in range(2_000))]
        assert erasing.erase(connection, many)["notes"] == 1


def test_the_files_of_the_database_hold_nothing_of_them(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.sqlite")
    filled(store)
    with store.writing() as connection:
        erasing.erase(connection, [GONE])
    assert any(GONE.encode() in path.read_bytes() for path in tmp_path.iterdir())
    store.forget()
    assert not any(GONE.encode() in path.read_bytes() for path in tmp_path.iterdir())
    store.close()


def test_files_are_written_anew_on_every_database(store: Store) -> None:
    filled(store)
    store.forget()
    with store.reading() as connection:
        assert notes.count(connection) == 2
