"""Letters that came back: what bounced has failed and is not tried again, who complains is written to no more."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest

from tests.reach.test_email_reports import ARF, DSN, KEY
from tests.store.touches import a_touch, put, settled, state_of, took
from titian.app import consenting, returned_mail
from titian.app.answers.outbox import ReportsRead
from titian.app.desk import Desk
from titian.domain.touch import Touch
from titian.errors import InputError

FAILED = (
    DSN.replace("ACTION", "failed").replace("STATUS", "5.1.1").replace("DIAGNOSTIC", "smtp; 550 5.1.1 nobody").encode()
)
LATE = FAILED.replace(b"failed", b"delayed")
TOUCH = a_touch(1, touch_id=KEY)


def sent(desk: Desk, touch: Touch = TOUCH) -> None:
    put(desk.store, touch)
    settled(desk.store, took(desk.store, needs_consent=False), "sent")


def read(desk: Desk, *letters: bytes) -> ReportsRead:
    return returned_mail.read(desk, letters)


def test_a_touch_that_bounced_has_failed(empty: Desk) -> None:
    sent(empty)
    assert read(empty, FAILED, LATE, b"hello") == ReportsRead(bounced=1, complaints=0, delayed=1, unknown=0, others=1)
    assert state_of(empty.store, TOUCH) == "failed"
    assert empty.trail.lines("touch.report", None, None)[0][0].details == {"bounced": 1, "complaints": 0}


def test_one_that_waits_for_another_try_is_not_tried_again(empty: Desk) -> None:
    put(empty.store, TOUCH)
    settled(empty.store, took(empty.store), "queued")
    read(empty, FAILED)
    assert took(empty.store) == ()


def test_one_that_was_never_tried_cannot_have_come_back(empty: Desk) -> None:
    put(empty.store, TOUCH)
    read(empty, FAILED)
    assert state_of(empty.store, TOUCH) == "queued"


def test_who_complains_is_written_to_no_more(empty: Desk) -> None:
    sent(empty, a_touch(1, touch_id=KEY, purpose="marketing"))
    assert read(empty, ARF.encode()).complaints == 1
    said = consenting.of_customer(empty, "c1").consents
    assert [(one.given, one.channel, one.source) for one in said] == [(False, "letters", "complaint")]
    put(empty.store, a_touch(2, customer_id="c1", purpose="marketing"), a_touch(3, purpose="marketing"))
    assert [one.customer_id for one in took(empty.store, needs_consent=False)] == ["c3"]


def test_a_report_of_a_touch_that_is_not_here_changes_nothing(empty: Desk) -> None:
    assert read(empty, FAILED, ARF.encode()).unknown == 2
    assert empty.trail.lines("", None, None)[1] == 0


def test_letters_are_found_in_files_mailboxes_and_folders(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(FAILED)
    held = mailbox.mbox(tmp_path / "held.mbox")
    held.add(FAILED)
    held.add(ARF.encode())
    held.close()
    kept = mailbox.Maildir(tmp_path / "kept")
    kept.add(FAILED)
    for place, count in (("one.eml", 1), ("held.mbox", 2), ("kept", 1), ("", 3)):
        assert len(list(returned_mail.letters_in(tmp_path / place))) == count
    with pytest.raises(InputError):
        list(returned_mail.letters_in(tmp_path / "nothing"))
