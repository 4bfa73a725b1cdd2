"""Notes about customers: the newest first, changed, removed and found by their words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from titian.domain.customer_note import CustomerNote
from titian.errors import NotFoundError
from titian.store import notes
from titian.store.database import Store
from titian.store.notes import Seen

AT = datetime(2026, 11, 28, 13, tzinfo=UTC)
TEXTS = ["likes green tea", "asked for 100% refund", "<b>Café</b>", "喜欢绿茶", "green, not black tea"]


def a_note(number: int, text: str, customer: str = "ann") -> CustomerNote:
    at = AT + timedelta(seconds=number // 2)
    return CustomerNote(id=f"n{number}", customer_id=customer, text=text, by="wang", at=at)


@pytest.fixture
def written(store: Store) -> Store:
    """Five notes about ann, two to a second, and one about bob."""
    with store.writing() as connection:
        for number, text in enumerate(TEXTS):
            notes.add(connection, a_note(number, text))
        notes.add(connection, a_note(9, "green", "bob"))
    return store


def ids(store: Store, **asked: str) -> list[str]:
    """All that a list holds, two to a page."""
    found: list[CustomerNote] = []
    with store.reading() as connection:
        seen = None
        while page := notes.listed(connection, after=seen, most=2, **asked):  # type: ignore[arg-type]
            found += page
            seen = Seen(page[-1].at, page[-1].id)
        assert notes.count(connection, **asked) == len(found)  # type: ignore[arg-type]
    return [one.id for one in found]


def test_notes_of_a_customer_are_listed_the_newest_first(written: Store) -> None:
    assert ids(written, customer_id="ann") == ["n4", "n3", "n2", "n1", "n0"]
    assert ids(written, customer_id="nobody") == []


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("tea GREEN", ["n4", "n0"]),
        ("绿茶", ["n3"]),
        ("%", ["n1"]),
        ("_", []),
        ("<B>", ["n2"]),
        ("green", ["n9", "n4", "n0"]),
    ],
)
def test_a_search_finds_notes_with_all_words(written: Store, search: str, found: list[str]) -> None:
    assert ids(written, search=search) == found


def test_a_note_is_changed_and_keeps_its_place(written: Store) -> None:
    later = AT + timedelta(days=1)
    with written.writing() as connection:
        changed = notes.change(connection, "n1", "new", later)
        assert (changed.text, changed.at, changed.changed_at) == ("new", AT, later)
    assert ids(written, customer_id="ann")[3] == "n1"


def test_a_note_is_removed(written: Store) -> None:
    with written.writing() as connection:
        notes.remove(connection, "n2")
    assert ids(written, customer_id="ann") == ["n4", "n3", "n1", "n0"]


def test_a_note_that_is_not_there_is_said(written: Store) -> None:
    with written.writing() as connection:
        for call in (notes.note, notes.remove, lambda of, which: notes.change(of, which, "x", AT)):
            with pytest.raises(NotFoundError):
                call(connection, "nothing")
