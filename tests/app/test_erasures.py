"""Erasures are told by number, never by name; the one that is under way says how far it is."""

from __future__ import annotations

import pytest

from titian.app import erasures, privacy
from titian.app.answers.privacy import EraseAsked, ErasedCustomers
from titian.app.desk import Desk
from titian.domain.words import Words
from titian.errors import BusyError, InputError
from titian.warehouse.progress import Progress

ASKED = EraseAsked(ids=("00003", "00004"), confirm=2)


def test_at_first_there_are_none(empty: Desk) -> None:
    found = erasures.told(empty)
    assert (found.erasures, found.under_way) == ((), None)


def test_one_that_is_done_tells_how_many_and_not_whom(own_desk: Desk) -> None:
    done = erasures.erase(own_desk, ASKED)
    (told,) = erasures.told(own_desk).erasures
    assert (told.record, told.customers, told.rows) == (done.record, 2, done.rows)
    assert (told.tags, told.notes, told.lists) == (done.tags, done.notes, done.lists)
    assert told.erased_at is not None
    assert told.began_at <= told.erased_at
    assert "00003" not in told.model_dump_json()


def stopped(desk: Desk, asked: EraseAsked, progress: Progress) -> ErasedCustomers:
    """An erasure that the power goes out on."""
    desk.trail.note(erasures.BEGUN, "broken", customers=len(asked.ids))
    progress(Words(zh="删除客户", en="erasing customers"), 1, 4)
    seen = erasures.told(desk).under_way
    assert seen is not None
    assert (seen.stage.en, seen.done, seen.total) == ("erasing customers", 1, 4)
    raise BusyError("busy", "later", zh="忙", hint_zh="稍后")


def test_one_that_breaks_off_has_no_end_and_is_under_way_no_more(empty: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "erase", stopped)
    with pytest.raises(BusyError):
        erasures.erase(empty, ASKED)
    found = erasures.told(empty)
    assert found.under_way is None
    assert [(one.customers, one.erased_at) for one in found.erasures] == [(2, None)]


def test_one_that_was_refused_never_began(empty: Desk) -> None:
    with pytest.raises(InputError):
        erasures.erase(empty, EraseAsked(ids=("00003",), confirm=2))
    assert erasures.told(empty).erasures == ()


def test_the_newest_comes_first(empty: Desk) -> None:
    for record in ("one", "two"):
        empty.trail.note(erasures.BEGUN, record, customers=1)
        empty.trail.note(erasures.DONE, record, customers=1, rows=3, tagged=1, untagged=1, notes=2, listed=0)
    found = erasures.told(empty).erasures
    assert [one.record for one in found] == ["two", "one"]
    assert (found[0].rows, found[0].tags, found[0].notes, found[0].lists) == (3, 2, 2, 0)
