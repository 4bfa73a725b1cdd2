"""Purchases by whatever tells of them, and who was brought."""

from __future__ import annotations

from datetime import datetime

import pytest

import titian as tt
from tests.layering.stories import AS_OF, ago, bought, did, told
from tests.oracle import stages
from tests.oracle.village import Invite, Village, handed
from tests.oracle.villages import village
from tests.shops import by_customer
from titian.traits.doing import days_any, times_any
from titian.traits.planner import trait_table
from titian.traits.trait import Trait

VILLAGES = {seed: village(seed) for seed in (1, 2, 5)}
every_village = pytest.mark.parametrize(("seen", "end"), VILLAGES.values(), ids=VILLAGES)


def values(data: tt.Dataset, trait: Trait, end: datetime) -> dict[str, object]:
    rows = data.execute(trait_table([trait], data, end).rows)
    return {str(row["customer_id"]): row[trait.column] for row in rows}


@every_village
@pytest.mark.parametrize("days", [None, 30, 365])
def test_days_with_a_purchase_and_people_brought_are_a_plain_count(
    seen: Village, end: datetime, days: int | None
) -> None:
    suffix = f"_{days}d" if days else ""
    found = tt.traits([f"bought_days{suffix}", f"people_brought{suffix}"], handed(seen), as_of=end)
    everyone = seen.everyone(end)
    assert by_customer(found, f"bought_days{suffix}") == {
        who: stages.bought_days(seen, who, end, days) for who in everyone
    }
    assert by_customer(found, f"people_brought{suffix}") == {
        who: stages.brought(seen, who, end, days) for who in everyone
    }


@every_village
@pytest.mark.parametrize("events", [("view",), ("view", "cart")], ids="+".join)
def test_times_and_days_of_any_of_some_events_are_a_plain_count(
    seen: Village, end: datetime, events: tuple[str, ...]
) -> None:
    data = handed(seen)
    dates = {who: [e.occurred_at for e in seen.doings(who, end) if e.event in events] for who in seen.everyone(end)}
    lately = {who: seen.within(instants, end, 60) for who, instants in dates.items()}
    assert values(data, times_any(events).within(60), end) == {who: len(at) for who, at in lately.items()}
    assert values(data, days_any(events).within(60), end) == {who: len(seen.days(at)) for who, at in lately.items()}


@every_village
def test_active_days_of_two_windows_follow_from_their_ends_and_beginnings(seen: Village, end: datetime) -> None:
    found = tt.traits(["active_days_60d", "active_days_begun_30d"], handed(seen), as_of=end).to_pandas()
    before, start = seen.shop.days_before(end, 60), seen.shop.days_before(end, 30)
    for who, both, begun in found.itertuples(index=False):
        assert both - begun == len(seen.days(at for at in seen.acts(who, end) if before <= at < start))


@every_village
def test_time_spent_is_that_of_the_events_in_the_window(seen: Village, end: datetime) -> None:
    found = by_customer(tt.traits(["online_s_30d"], handed(seen), as_of=end), "online_s_30d")
    start = seen.shop.days_before(end, 30)
    doings = {who: [e for e in seen.doings(who, end) if e.occurred_at >= start] for who in seen.everyone(end)}
    assert found == {who: sum(e.duration_s or 0 for e in events) for who, events in doings.items()}


def test_an_order_of_anybody_ends_the_word_of_events() -> None:
    events = did("a", (9, "purchase"), (2, "pay"))
    for orders, count in (((), 2), (bought("b", 5), 1), (bought("b", 5, status="cancelled"), 1), (bought("b", -1), 2)):
        found = tt.traits(["bought_days"], told(events, orders), as_of=AS_OF)
        assert by_customer(found, "bought_days")["a"] == count


def test_invitations_count_once_sent_and_undated_ones_always_did() -> None:
    invites = [Invite("a", "b", ago(3)), Invite("a", None, None), Invite("a", "a", ago(3)), Invite("a", "c", ago(-3))]
    found = tt.traits(
        ["invitations_sent", "invitations_sent_30d"], told(did("a", (1, "x")), invites=invites), as_of=AS_OF
    )
    assert (found["invitations_sent"][0], found["invitations_sent_30d"][0]) == (2, 1)


def test_events_named_in_another_split_have_another_column() -> None:
    splits = [("a_b", "c"), ("a", "b_c"), ("a", "b", "c"), ("a_b_c",)]
    assert len({times_any(events).column for events in splits}) == len(splits)
    assert len({days_any(events).column for events in splits}) == len(splits)
