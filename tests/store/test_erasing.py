"""Customers are taken out of all that people decided, others are left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.store.test_tagged import a_tag
from tests.store.touches import a_touch
from titian.domain.audience import list_name
from titian.domain.consent import Consent
from titian.domain.customer_note import CustomerNote
from titian.domain.staff_task import StaffTask
from titian.domain.things import Saying
from titian.store import charges, consents, erasing, known, lists, notes, outbox, staff_tasks, tagged, tags
from titian.store.database import Store
from titian.store.tagged import Stamp

NOW = datetime(2026, 11, 28, tzinfo=UTC)
GONE, STAYS = "zoe9-canary", "bob"


def filled(store: Store) -> None:
    """Both have something in every table of customers."""
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
        for number, one in enumerate((GONE, STAYS)):
            outbox.queue(connection, [a_touch(number, customer_id=one)], NOW)
            consents.record(connection, [Consent(one, True, NOW, "form")])
            staff_tasks.give(connection, [StaffTask(f"task{number}", one, "wang", "call", one, NOW)])


def test_all_of_them_goes_and_all_of_others_stays(store: Store) -> None:
    filled(store)
    with store.writing() as connection:
        gone = erasing.erase(connection, [GONE, "nobody"])
    assert gone == dict.fromkeys(erasing.OF_CUSTOMERS, 1)
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
