"""Dispatchers killed at any point lose nothing, repeat one message a slot and kill at most, and none to who honours the key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.faults.killing import Campaign, arrived, ended, finished, killed, other_side, queued
from tests.store.touches import NOW, states
from titian.store import outbox
from titian.store.database import Store

FEW = pytest.param(300, 4, 0.25, id="300 touches, 4 kills")
MANY = pytest.param(50_000, 200, 0.6, id="50,000 touches, 200 kills", marks=pytest.mark.full)


def repeated(arrivals: dict[str, int]) -> int:
    return sum(arrivals.values()) - len(arrivals)


@pytest.mark.parametrize(("touches", "kills", "longest"), [FEW, MANY])
def test_none_is_lost_and_few_are_repeated(
    store: Store, address: str, tmp_path: Path, touches: int, kills: int, longest: float
) -> None:
    keys, slots = queued(store, touches), 8
    with other_side("webhook", tmp_path) as (port, log):
        campaign = Campaign(address, "webhook", port, slots)
        killed(campaign, kills, Random(touches), longest)
        finished(campaign, store)
        arrivals = arrived(log)
    assert set(arrivals) == keys
    assert states(store) == {"sent": touches}
    assert repeated(arrivals) <= kills * slots


@pytest.mark.parametrize(
    ("touches", "kills"), [(120, 3), pytest.param(5_000, 40, marks=pytest.mark.full)], ids=["few", "many"]
)
def test_of_letters_none_is_lost_and_few_are_repeated(
    store: Store, address: str, tmp_path: Path, touches: int, kills: int
) -> None:
    keys, slots = queued(store, touches), 4
    with other_side("email", tmp_path) as (port, log):
        campaign = Campaign(address, "email", port, slots)
        killed(campaign, kills, Random(touches), 0.4)
        finished(campaign, store)
        arrivals = arrived(log)
    assert set(arrivals) == keys
    assert repeated(arrivals) <= kills * slots


@pytest.mark.parametrize(
    ("touches", "kills"), [(200, 3), pytest.param(5_000, 40, marks=pytest.mark.full)], ids=["few", "many"]
)
def test_who_would_rather_ask_repeats_none(
    store: Store, address: str, tmp_path: Path, touches: int, kills: int
) -> None:
    keys, slots = queued(store, touches), 4
    with other_side("webhook", tmp_path) as (port, log):
        campaign = Campaign(address, "webhook", port, slots, when="hold")
        killed(campaign, kills, Random(touches), 0.3)
        finished(campaign, store)
        arrivals = arrived(log)
        assert repeated(arrivals) == 0
        with store.reading() as connection:
            held = outbox.listed(connection, "held", None, None, 1_000)
        assert len(held) <= kills * slots
        assert set(arrivals) | {one.touch_id for one in held} == keys
        # A person looks at the other side, and says of each whether it went out.
        with store.writing() as connection:
            for one in held:
                outbox.settle_by_hand(connection, one.touch_id, "sent" if one.touch_id in arrivals else "again", NOW)
        finished(campaign, store)
        arrivals = arrived(log)
    assert (set(arrivals), repeated(arrivals), states(store)) == (keys, 0, {"sent": touches})


@pytest.mark.parametrize(
    ("touches", "kills"), [(300, 3), pytest.param(20_000, 40, marks=pytest.mark.full)], ids=["few", "many"]
)
def test_others_go_on_where_one_of_several_is_killed(
    opened: Callable[[], Store], address: str, tmp_path: Path, touches: int, kills: int
) -> None:
    if address.startswith("sqlite"):
        pytest.skip("SQLite has one dispatcher")
    store, slots = opened(), 4
    keys = queued(store, touches)
    with other_side("webhook", tmp_path) as (port, log):
        campaign = Campaign(address, "webhook", port, slots, alone=False)
        steady = campaign.begun()
        killed(campaign, kills, Random(touches), 0.2)
        finished(campaign, store, 2)
        ended(steady)
        arrivals = arrived(log)
    assert set(arrivals) == keys
    assert states(store) == {"sent": touches}
    assert repeated(arrivals) <= kills * slots
