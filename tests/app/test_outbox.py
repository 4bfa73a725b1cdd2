"""The outbox as people see it: counted, listed, settled, paused, and every deed in the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.touches import DOWN, a_touch, put, settled, states, took
from titian.app import backup, outbox
from titian.app.desk import Desk
from titian.app.permitted import permitted
from titian.domain.permission import MAY
from titian.errors import ConflictError, InputError, NotFoundError, UnknownNameError
from titian.warehouse.progress import silent


@pytest.fixture
def desk(empty: Desk) -> Desk:
    """Five touches: one is sent, one held, three wait."""
    put(empty.store, *(a_touch(n, address=f"c{n}@mail.example") for n in range(5)))
    settled(empty.store, took(empty.store, 1), "sent")
    settled(empty.store, took(empty.store, 1), "held", fault=DOWN)
    return empty


@pytest.fixture
def viewer() -> Iterator[None]:
    before = permitted.set(MAY["viewer"])
    yield
    permitted.reset(before)


def logged(desk: Desk) -> list[tuple[str, str]]:
    return [(one.action, one.subject) for one in desk.trail.lines("", None, None)[0]]


def test_it_tells_how_many_touches_are_in_which_state(desk: Desk) -> None:
    found = outbox.stands(desk)
    assert [(one.channel, one.state, one.touches) for one in found.states] == [
        *(("letters", "queued", 3), ("letters", "held", 1), ("letters", "sent", 1))
    ]
    assert (found.halts, found.dispatchers) == ((), 0)


def test_touches_are_listed_page_by_page(desk: Desk) -> None:
    keys, cursor = [], None
    for _ in range(3):
        page = outbox.listed(desk, "queued", None, cursor, 1)
        keys += [one.touch_id for one in page.touches]
        cursor = page.next_cursor
    assert (len(set(keys)), cursor) == (3, None)


def test_what_is_held_is_settled_and_logged(desk: Desk) -> None:
    held = outbox.listed(desk, "held", "letters", None, 5).touches[0]
    assert held.fault is not None
    assert (held.code, held.text, held.tries) == ("down", "no answer", 1)
    assert outbox.settle(desk, held.touch_id, "again").state == "queued"
    assert logged(desk)[0] == ("touch.settle", held.touch_id)
    with pytest.raises(ConflictError):
        outbox.settle(desk, held.touch_id, "sent")
    assert len(logged(desk)) == 1


def test_addresses_are_shown_to_whom_may_see_them(desk: Desk, viewer: None) -> None:
    held = outbox.listed(desk, "held", None, None, 5).touches[0]
    assert (held.address, held.subject, held.text, held.code) == ("***", "***", "", "down")


def test_all_a_channel_or_a_campaign_is_paused_and_resumed(desk: Desk) -> None:
    for what in ("all", "channel:letters", "campaign:spring"):
        outbox.pause(desk, what, "asked to")
        outbox.pause(desk, what, "again")
    assert [(one.scope, one.key, one.kind, one.why) for one in outbox.stands(desk).halts] == [
        ("campaign", "spring", "pause", "asked to"),
        ("channel", "letters", "pause", "asked to"),
        ("all", "", "pause", "asked to"),
    ]
    assert took(desk.store) == ()
    for what in ("all", "channel:letters", "campaign:spring"):
        outbox.resume(desk, what)
    assert len(took(desk.store)) == 3
    assert [action for action, _ in logged(desk)] == ["outbox.resume"] * 3 + ["outbox.pause"] * 3


def test_a_campaign_is_stopped_for_good(desk: Desk) -> None:
    outbox.stop(desk, "campaign:spring")
    assert states(desk.store) == {"cancelled": 3, "held": 1, "sent": 1}
    with pytest.raises(ConflictError):
        outbox.resume(desk, "campaign:spring")
    with pytest.raises(InputError):
        outbox.stop(desk, "all")


@pytest.mark.parametrize("what", ["", "everything", "channel:", "campaign", "customer:c1", "channel:" + "x" * 61])
def test_what_can_not_be_paused_is_said(desk: Desk, what: str) -> None:
    with pytest.raises(InputError):
        outbox.pause(desk, what)


def test_wrong_words_are_said(desk: Desk) -> None:
    with pytest.raises(UnknownNameError):
        outbox.listed(desk, "lost", None, None, 5)
    with pytest.raises(UnknownNameError):
        outbox.settle(desk, a_touch().touch_id, "maybe")
    with pytest.raises(NotFoundError):
        outbox.settle(desk, "nothing", "sent")
    with pytest.raises(NotFoundError):
        outbox.resume(desk, "all")
    with pytest.raises(InputError):
        outbox.listed(desk, "held", None, "x", 5)


def test_a_restored_workspace_sends_nothing_until_somebody_says_so(desk: Desk, tmp_path: Path) -> None:
    backup.backup(desk, tmp_path / "shop.tar", silent)
    with Desk(backup.restore(tmp_path / "shop.tar", tmp_path / "again", silent)) as restored:
        halts = outbox.stands(restored).halts
        assert [(one.scope, one.kind, one.why) for one in halts] == [("all", "pause", outbox.RESTORED)]
        assert took(restored.store) == ()
        outbox.resume(restored, "all")
        assert len(took(restored.store)) == 3
    assert outbox.stands(desk).halts == ()
