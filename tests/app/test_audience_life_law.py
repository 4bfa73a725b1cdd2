"""Who came into an audience, who left and why, and how audiences overlap, is what a walk over the raw orders counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest

from tests.app import market
from titian.app import audience_life, audiences, overlaps, saving_audiences
from titian.app.answers.audiences import NewAudience, OverlapAsked
from titian.app.desk import Desk, Reading
from titian.app.workspace import Workspace
from titian.domain.words import Words
from titian.errors import InputError

pytestmark = pytest.mark.full

FOUR = {"trait": "order_count", "op": ">=", "value": 4}
FRESH = {"trait": "order_count_30d", "op": ">=", "value": 1}
LEAST = {"trait": "order_count_90d", "op": "<", "value": 3}
RULES: dict[str, dict[str, Any]] = {
    "loyal": FOUR,
    "fresh": FRESH,
    "mixed": {"any": [{"all": [FOUR, FRESH]}, {"not": {"any": [LEAST, FRESH]}}]},
    "quiet": {"all": [FOUR, {"not": FRESH}]},
    "nobody": {"trait": "order_count", "op": ">", "value": 1_000},
    "everyone": {"trait": "order_count", "op": ">=", "value": 0},
}
COMPARED = [1, 7, 30, 90]


@dataclass(frozen=True)
class Seen:
    """One customer as of a day: paid orders ever, in the last 30 and in the last 90 days."""

    ever: int
    month: int
    quarter: int


def everyone(day: date) -> dict[str, Seen]:
    """All who had any order before a day, or are described, with what they paid for by then."""
    end = datetime(day.year, day.month, day.day)
    rows = [row for row in market.orders() if row.customer_id and row.ordered_at < end]
    found = {}
    for who in {"00003", *(row.customer_id for row in rows)}:
        ago = [end - row.ordered_at for row in rows if row.customer_id == who and row.status == "paid"]
        month, quarter = (sum(one <= timedelta(days=days) for one in ago) for days in (30, 90))
        found[who] = Seen(len(ago), month, quarter)
    return found


def conditions(seen: Seen) -> dict[str, bool]:
    return {"four": seen.ever >= 4, "fresh": seen.month >= 1, "least": seen.quarter < 3}


def meets(key: str, seen: Seen) -> bool:
    """The rules by hand."""
    four, fresh, least = conditions(seen).values()
    return {
        "loyal": four,
        "fresh": fresh,
        "mixed": (four and fresh) or not (least or fresh),
        "quiet": four and not fresh,
        "nobody": False,
        "everyone": True,
    }[key]


def members(key: str, day: date) -> set[str]:
    return {who for who, seen in everyone(day).items() if meets(key, seen)}


@pytest.fixture(scope="module")
def saved(shop: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    """A shop with the audiences of RULES, and one that names another, as somebody asks."""
    with Desk(market.copied(shop, tmp_path_factory.mktemp("life") / "shop")) as desk, desk.reading() as reading:
        for key, rule in {**RULES, "above": {"audience": "mixed"}}.items():
            saving_audiences.create(reading, NewAudience(key=key, name=Words(zh=key, en=key), rule=rule))
        yield reading


@pytest.mark.parametrize("key", RULES)
def test_who_came_and_left_is_who_a_walk_finds(saved: Reading, key: str) -> None:
    for back in COMPARED:
        before = market.END - timedelta(days=back)
        late, early, seen = members(key, market.END), members(key, before), set(everyone(before))
        found = audience_life.now(saved, key, market.END, before)
        assert (found.audience.customers, found.before) == (len(late), len(early)), back
        assert (found.entered, found.left) == (len(late - early), len(early - late)), back
        assert found.entered_new == len(late - early - seen), back


LEAVES_OF = {"mixed": ["four", "fresh", "least"], "quiet": ["four", "fresh"], "loyal": ["four"]}


@pytest.mark.parametrize("key", LEAVES_OF)
@pytest.mark.parametrize("back", [7, 90])
def test_why_they_came_and_left_is_what_a_walk_finds(saved: Reading, key: str, back: int) -> None:
    before = market.END - timedelta(days=back)
    now, then = everyone(market.END), everyone(before)
    both = [who for who in now if who in then]
    came = [who for who in both if meets(key, now[who]) and not meets(key, then[who])]
    went = [who for who in both if meets(key, then[who]) and not meets(key, now[who])]
    expected = []
    for name in LEAVES_OF[key]:
        counts = []
        for those in (came, went):
            flips = [(conditions(then[who])[name], conditions(now[who])[name]) for who in those]
            counts += [flips.count((False, True)), flips.count((True, False))]
        expected.append(tuple(counts))
    found = audience_life.now(saved, key, market.END, before).changes
    told = [(one.entered_met, one.entered_unmet, one.left_met, one.left_unmet) for one in found]
    assert sorted(told) == sorted(one for one in expected if any(one))


def test_one_that_names_another_moves_as_the_other_does(saved: Reading) -> None:
    one, other = (audience_life.now(saved, key, None, None) for key in ("above", "mixed"))
    figures = ("before", "entered", "entered_new", "left", "period")
    assert [getattr(one, name) for name in figures] == [getattr(other, name) for name in figures]
    (change,) = one.changes
    assert (change.entered_met, change.entered_unmet) == ((one.entered or 0) - (one.entered_new or 0), 0)
    assert (change.left_met, change.left_unmet) == (0, one.left)
    assert other.used_by == ("above",)


@pytest.mark.parametrize("every", [1, 10, 59])
def test_sizes_are_what_a_walk_counts_on_each_day_from_the_last_back(saved: Reading, every: int) -> None:
    start, end = date(2024, 7, 3), date(2024, 7, 21)
    found = audience_life.sizes(saved, "mixed", start, end, every)
    days = [end - timedelta(days=every * n) for n in range(60) if end - timedelta(days=every * n) >= start]
    assert [one.day for one in found.sizes] == sorted(days)
    assert [one.customers for one in found.sizes[:4]] == [len(members("mixed", day)) for day in sorted(days)[:4]]
    assert all(one.everyone == len(everyone(one.day)) for one in found.sizes[:4])


def test_sizes_begin_with_the_first_day_that_can_be_asked_for(saved: Reading) -> None:
    found = audience_life.sizes(saved, "everyone", date(1990, 1, 1), date(2024, 1, 6), 1)
    assert [one.day for one in found.sizes] == [date(2024, 1, day) for day in range(2, 7)]
    assert [one.customers for one in found.sizes] == [len(everyone(one.day)) for one in found.sizes]


def test_as_many_days_as_are_allowed_are_told_and_one_more_refused(saved: Reading) -> None:
    end = date(2024, 9, 1)
    last = audience_life.MOST_POINTS
    assert len(audience_life.sizes(saved, "nobody", end - timedelta(days=10), end, 1).sizes) == 11
    with pytest.raises(InputError) as refused:
        audience_life.sizes(saved, "nobody", end - timedelta(days=last), end, 1)
    assert refused.value.details["days"] == last + 1
    assert f"一次最多 {last} 个" in refused.value.zh


@pytest.mark.parametrize("day", [date(2024, 2, 1), date(2024, 6, 30), market.END])
def test_overlaps_are_those_of_sets(saved: Reading, day: date) -> None:
    keys = ("loyal", "fresh", "mixed", "nobody")
    sets = {key: members(key, day) for key in keys}
    found = overlaps.overlap(saved, OverlapAsked(audiences=keys, as_of=day))
    exactly: dict[tuple[str, ...], int] = {}
    for who in everyone(day):
        inside = tuple(key for key in keys if who in sets[key])
        exactly[inside] = exactly.get(inside, 0) + 1
    assert {one.audiences: one.customers for one in found.intersections} == exactly
    assert {one.key: one.customers for one in found.audiences} == {key: len(sets[key]) for key in keys}
    assert sum(one.share for one in found.intersections) == pytest.approx(1)
    for pair in found.pairs:
        assert pair.customers == len(sets[pair.first] & sets[pair.second])


def test_the_union_of_audiences_is_their_sizes_in_turn_added_and_taken_away(saved: Reading) -> None:
    keys = ("loyal", "fresh", "quiet")
    found = overlaps.overlap(saved, OverlapAsked(audiences=keys))
    size: dict[tuple[str, ...], int] = {(one.key,): one.customers or 0 for one in found.audiences}
    size |= {(one.first, one.second): one.customers for one in found.pairs}
    exactly = {one.audiences: one.customers for one in found.intersections}
    union = found.everyone - exactly.get((), 0)
    singles, pairs = (sum(n for those, n in size.items() if len(those) == k) for k in (1, 2))
    assert union == singles - pairs + exactly.get(keys, 0)
    assert list(combinations(keys, 2)) == [(one.first, one.second) for one in found.pairs]


def test_of_nobody_and_everyone_no_share_is_made_up(saved: Reading) -> None:
    found = overlaps.overlap(saved, OverlapAsked(audiences=("nobody", "everyone", "loyal")))
    pairs = {(one.first, one.second): one for one in found.pairs}
    nobody = pairs["nobody", "everyone"]
    assert (nobody.share_of_first, nobody.share_of_second, nobody.tgi) == (None, 0, None)
    assert pairs["everyone", "loyal"].tgi == pytest.approx(100)
    assert pairs["everyone", "loyal"].share_of_second == 1


def test_the_list_counts_each_day_as_a_walk_does(saved: Reading) -> None:
    for day in (date(2024, 3, 9), date(2024, 10, 2)):
        found = audiences.listed(saved, day)
        counted = {one.key: one.customers for one in found.audiences if one.key in RULES}
        assert counted == {key: len(members(key, day)) for key in RULES}
        assert found.everyone == len(everyone(day))
