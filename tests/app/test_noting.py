"""Notes about customers are kept, found and told of without what they say."""

from __future__ import annotations

import pytest

from tests.app import market
from titian.app import auditing, noting
from titian.app.answers.notes import NoteAsked, WrittenNote
from titian.app.desk import Desk
from titian.errors import InputError, NotFoundError

ANN, BOB = sorted(market.customers())[:2]


def add(desk: Desk, customer: str, text: str) -> WrittenNote:
    with desk.reading() as reading:
        return noting.add(reading, customer, NoteAsked(text=text))


def told(desk: Desk, customer: str, limit: int = 100) -> list[str]:
    with desk.reading() as reading:
        return [one.text for one in noting.of_customer(reading, customer, None, limit).notes]


def test_the_notes_of_a_customer_are_listed_the_newest_first(own_desk: Desk) -> None:
    for text in ("first", " second ", "third"):
        add(own_desk, ANN, text)
    assert (told(own_desk, ANN), told(own_desk, BOB)) == (["third", "second", "first"], [])


def test_a_note_is_changed_once_and_removed(own_desk: Desk) -> None:
    note = add(own_desk, ANN, "tea")
    changed = noting.change(own_desk, note.id, NoteAsked(text="coffee"))
    assert (changed.text, changed.at, changed.changed_at is None) == ("coffee", note.at, False)
    before = auditing.lines(own_desk).found
    assert noting.change(own_desk, note.id, NoteAsked(text=" coffee")) == changed
    assert auditing.lines(own_desk).found == before
    noting.remove(own_desk, note.id)
    assert told(own_desk, ANN) == []
    for call in (
        lambda: noting.remove(own_desk, note.id),
        lambda: noting.change(own_desk, note.id, NoteAsked(text="x")),
    ):
        with pytest.raises(NotFoundError):
            call()


def test_lines_hold_neither_the_text_nor_the_customer(own_desk: Desk) -> None:
    note = add(own_desk, ANN, "a secret")
    noting.change(own_desk, note.id, NoteAsked(text="another secret"))
    noting.remove(own_desk, note.id)
    lines = auditing.lines(own_desk).lines[:3]
    assert [line.action for line in lines] == ["note.remove", "note.change", "note.add"]
    assert [line.details for line in lines] == [{}, {"characters": 14}, {"characters": 8}]
    assert all(line.subject == note.id and line.said.zh != line.action for line in lines)
    every = "".join(line.model_dump_json() for line in lines)
    assert "secret" not in every
    assert f'"{ANN}"' not in every


def test_all_notes_are_searched_by_words_and_paged(own_desk: Desk) -> None:
    for number in range(5):
        add(own_desk, (ANN, BOB)[number % 2], f"tea {number}")
    add(own_desk, ANN, "coffee")
    found, cursor = [], None
    while True:
        page = noting.search(own_desk, "TEA", cursor, 2)
        found += [one.text for one in page.notes]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert (found, page.total) == ([f"tea {number}" for number in (4, 3, 2, 1, 0)], 5)
    assert [one.text for one in noting.search(own_desk, "3 tea", None, 9).notes] == ["tea 3"]


@pytest.mark.parametrize("cursor", ["", "x", "W10", "WyJhIiwiYiJd", "WyIyMDI2LTExLTI4IiwiYSJd", "é"])
def test_a_cursor_of_another_list_is_refused(own_desk: Desk, cursor: str) -> None:
    with pytest.raises(InputError):
        noting.search(own_desk, "", cursor, 2)


@pytest.mark.parametrize("text", ["", " \n", "a\0b", "\ud800", "x" * 4001])
def test_a_text_that_can_t_be_kept_is_refused(own_desk: Desk, text: str) -> None:
    with pytest.raises(InputError):
        add(own_desk, ANN, text)
    assert told(own_desk, ANN) == []


@pytest.mark.parametrize("customer", ["nobody", "", "a\0b", "\ud800", "x" * 501])
def test_nobody_has_no_notes(own_desk: Desk, customer: str) -> None:
    with pytest.raises(NotFoundError):
        add(own_desk, customer, "tea")
    with pytest.raises(NotFoundError):
        told(own_desk, customer)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "'; DROP TABLE notes; --", "两行\n字"])
def test_odd_texts_are_texts(own_desk: Desk, text: str) -> None:
    add(own_desk, ANN, text)
    assert told(own_desk, ANN) == [text]
