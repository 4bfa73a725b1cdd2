"""Everybody is told once for all groups of a day, and a group is the same whoever was looked at before."""

from __future__ import annotations

from datetime import timedelta

import pytest

import titian as tt
from tests.oracle.village import handed
from tests.oracle.villages import village
from titian.measure.portrait_everyone import Everyone, middle_ranks, rank_shares
from titian.traits.catalogue import trait
from titian.traits.planner import trait_table
from titian.warehouse.dataset import Dataset

SEEN, END = village(7, 60)
TRAITS = ["view_count", "spend", "event_count_30d", "signed_up_at", "city"]
RULES = [{"trait": "view_count", "op": ">=", "value": least} for least in (0, 1, 3, 10**6)]


def told(data: Dataset, number: int, days: int = 0) -> tt.Portrait:
    return tt.portrait(RULES[number], data, as_of=END - timedelta(days=days), traits=TRAITS)


@pytest.mark.parametrize("number", range(len(RULES)), ids=["all", "most", "some", "nobody"])
def test_a_group_is_the_same_after_others(number: int) -> None:
    looked_at = handed(SEEN)
    for other in (1, 2, 0):
        told(looked_at, other)
    assert told(looked_at, number).to_arrow().equals(told(handed(SEEN), number).to_arrow())


def test_everybody_is_told_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    tell = Everyone._told
    monkeypatch.setattr(Everyone, "_told", lambda self: asked.append(self.moment.as_of) or tell(self))
    data = handed(SEEN)
    for number in (0, 1, 2):
        told(data, number)
    told(data, 0, days=3)
    assert asked == [END, END - timedelta(days=3)]


def test_bins_of_numbers_hold_everybody_with_a_value() -> None:
    names = [trait(name) for name in TRAITS]
    found = Everyone(trait_table(names, handed(SEEN), END), names)
    for one in found.read:
        known = found.traits[one.column]
        assert sum(part.customers for part in known.bins) == found.customers == len(SEEN.everyone(END))
        assert list(known.edges) == sorted(set(known.edges))


def test_without_traits_they_are_counted_all_the_same() -> None:
    data = handed(SEEN)
    found = tt.portrait(RULES[0], data, as_of=END, traits=[])
    assert (found.everyone, found.traits) == (len(SEEN.everyone(END)), ())


@pytest.mark.parametrize("count", [1, 2, 3, 10, 999, 1_000_000])
def test_ranks_are_named_without_a_doubt(count: int) -> None:
    low, high = middle_ranks(count)
    assert (low + high) / 2 == (count + 1) / 2
    assert [int(share * count) + 1 for share in rank_shares([low, high], count)] == [low, high]
