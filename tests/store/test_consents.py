"""Consent: what a customer said last holds, for the channel, the topic or all of them, at the moment of sending."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.store.touches import MINUTE, NOW, a_touch, put, say, states, took
from titian.domain.consent import Consent
from titian.store import consents, erasing, outbox
from titian.store.database import Store


def said(given: bool, minutes: int = 0, **more: str) -> Consent:
    return Consent(more.pop("customer", "c0"), given, NOW - timedelta(hours=1) + minutes * MINUTE, "form", **more)


YES, NO = said(True), said(False)
CASES: dict[str, tuple[list[Consent], bool, bool]] = {
    "nothing was said": ([], False, True),
    "yes": ([YES], True, True),
    "no": ([NO], False, False),
    "yes, then no": ([YES, said(False, 1)], False, False),
    "no, then yes": ([NO, said(True, 1)], True, True),
    "written down in another order": ([said(False, 1), YES], False, False),
    "at the same instant the one written last": ([YES, NO], False, False),
    "yes to this topic": ([said(True, topic="news")], True, True),
    "yes to another topic": ([said(True, topic="sales")], False, True),
    "no to another topic": ([YES, said(False, 1, topic="sales")], True, True),
    "yes to this channel": ([said(True, channel="letters")], True, True),
    "no to another channel": ([YES, said(False, 1, channel="sms")], True, True),
    "no to everything after yes to the topic": ([said(True, topic="news"), said(False, 1)], False, False),
    "yes to the topic after no to everything": ([NO, said(True, 1, topic="news", channel="letters")], True, True),
    "no of somebody else": ([YES, said(False, 1, customer="c9")], True, True),
}


@pytest.mark.parametrize(("lines", "where_needed", "elsewhere"), CASES.values(), ids=CASES)
def test_marketing_goes_to_those_who_agreed(
    store: Store, lines: list[Consent], where_needed: bool, elsewhere: bool
) -> None:
    say(store, *lines)
    put(store, a_touch(0, purpose="marketing", topic="news"))
    other = a_touch(0, purpose="marketing", topic="news", touch_id="another-touch")
    assert len(took(store)) == where_needed
    put(store, other)
    assert len(took(store, needs_consent=False)) == elsewhere


def test_service_needs_no_consent(store: Store) -> None:
    say(store, NO)
    put(store, a_touch())
    assert len(took(store)) == 1


def test_who_unsubscribes_after_queueing_is_not_sent_to(store: Store) -> None:
    say(store, said(True), said(True, customer="c1"))
    put(store, *(a_touch(n, purpose="marketing") for n in range(2)))
    say(store, said(False, 1, channel="letters"))
    assert [one.customer_id for one in took(store)] == ["c1"]
    with store.reading() as connection:
        kept = outbox.one(connection, a_touch(0).touch_id)
    assert kept.fault is not None
    assert (kept.state, kept.fault.kind, kept.fault.code) == ("cancelled", "opted_out", "refused")


def test_what_holds_is_told_and_all_that_was_said(store: Store) -> None:
    say(store, YES, said(False, 1, topic="news", channel="letters", proof="mail of 3 May", by="wang"))
    with store.reading() as connection:
        holds = consents.latest(connection, "c0", "letters", "news")
        assert holds is not None
        assert (holds.given, holds.proof, holds.by) == (False, "mail of 3 May", "wang")
        assert consents.latest(connection, "c0", "letters") == YES
        assert consents.latest(connection, "c1", "letters") is None
        assert [one.given for one in consents.of_customer(connection, "c0")] == [False, True]


def test_what_was_said_cannot_be_changed(store: Store) -> None:
    say(store, NO)
    with pytest.raises(DBAPIError, match="can only be added to"), store.writing() as connection:
        connection.execute(text("UPDATE consents SET given = (1 = 1)"))


def test_it_goes_with_its_customer(store: Store) -> None:
    say(store, NO, said(True, customer="c1"))
    with store.writing() as connection:
        assert erasing.erase(connection, ["c0"])["consents"] == 1
        assert consents.record(connection, []) == 0
        assert consents.of_customer(connection, "c0") == []
    assert states(store) == {}
