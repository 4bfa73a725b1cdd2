"""What becomes of a touch after a try, as a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from titian.domain.outcome import (
    ERROR_CLASSES,
    ERROR_WORDS,
    OF_CHANNEL,
    RETRIED,
    Accepted,
    ErrorClass,
    Fault,
    Later,
    Outcome,
    Rejected,
    Uncertain,
)
from titian.domain.touch import Content, Message
from titian.reach.pacing import Backoff
from titian.reach.settling import Rules, WhenUncertain, settlement, stops
from titian.store.leasing import Settlement

NOW = datetime(2026, 11, 28, tzinfo=UTC)
BACKOFF = Backoff(first_seconds=100, factor=1, longest_seconds=100, tries=5)


def settle(outcome: Outcome, tries: int = 1, when: WhenUncertain = "again") -> Settlement:
    message = Message("touch-01", "c1", "", "", "", "service", "a", Content(), NOW, tries)
    return settlement(message, "w1", outcome, Rules(BACKOFF, when), NOW, Random(1))


def fault(kind: ErrorClass = "transient") -> Fault:
    return Fault(kind, "421", "try later")


def test_what_was_accepted_is_sent() -> None:
    assert settle(Accepted("p" * 300)) == Settlement("touch-01", "w1", 1, "sent", None, "p" * 200, None)
    assert [settle(Accepted(said)).provider_id for said in ("", "250\0 ok\ud83d")] == [None, "250  ok "]


@pytest.mark.parametrize("kind", ERROR_CLASSES)
def test_only_passing_faults_are_tried_again_by_themselves(kind: ErrorClass) -> None:
    becomes = settle(Later(fault(kind))).state
    assert becomes == ("queued" if kind in RETRIED | OF_CHANNEL else "failed")


@pytest.mark.parametrize("kind", ERROR_CLASSES)
def test_what_is_rejected_fails_unless_it_is_the_channels_own_fault(kind: ErrorClass) -> None:
    found = settle(Rejected(fault(kind)))
    assert (found.state, found.fault) == ("queued" if kind in OF_CHANNEL else "failed", fault(kind))
    assert (stops(Rejected(fault(kind))) is not None) == (kind in OF_CHANNEL)


def test_a_retry_waits_by_the_backoff_and_as_long_as_it_is_asked_to() -> None:
    waits = settle(Later(fault())).next_try_at
    assert waits is not None
    assert timedelta(seconds=50) <= waits - NOW <= timedelta(seconds=100)
    assert settle(Later(fault(), after_seconds=3600)).next_try_at == NOW + timedelta(hours=1)


def test_the_last_try_fails() -> None:
    assert [settle(Later(fault()), tries).state for tries in (4, 5)] == ["queued", "failed"]


@pytest.mark.parametrize(("when", "becomes"), [("hold", "held"), ("again", "queued")])
def test_what_is_not_known_is_held_or_sent_again(when: WhenUncertain, becomes: str) -> None:
    assert settle(Uncertain(fault()), when=when).state == becomes
    assert stops(Uncertain(fault())) is None


def test_what_the_other_side_says_is_cut_and_made_printable() -> None:
    found = settle(Rejected(Fault("content", "c" * 99, "a\0b\r\n\x1b[31m" + "x" * 999))).fault
    assert found is not None
    assert (len(found.code), len(found.text)) == (80, 500)
    assert found.text.startswith("a b   [31mx")


def test_every_class_has_words() -> None:
    assert set(ERROR_WORDS) == set(ERROR_CLASSES)
