"""Being active at all: first and last, silence, days, rhythm, sessions and time spent, by plain loops over a village."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pandas as pd
import pytest

import titian as tt
from tests.acceptance.product import close, differences
from tests.layering.stories import AS_OF, ago, did, told
from tests.oracle.cuts import quantile
from tests.oracle.village import Event, Village, handed
from tests.oracle.villages import village
from tests.traits.test_tasting import values
from titian.traits.acting import active_rhythm
from titian.traits.planner import trait_table

SEEN = {seed: village(seed, customers=40) for seed in (4, 12)}
every_village = pytest.mark.parametrize(("seen", "end"), SEEN.values(), ids=SEEN)
Tell = Callable[[Village, str, datetime], object]


def first_seen(seen: Village, who: str, end: datetime) -> datetime | None:
    """The earliest of profile, events and purchases."""
    said = [p.first_seen_at or p.registered_at for p in seen.people if p.customer_id == who]
    return min([at for at in said if at and at < end] + seen.acts(who, end), default=None)


def silence(seen: Village, who: str, end: datetime) -> int | None:
    """Local days since the last activity, else since first sight."""
    last = max(seen.acts(who, end), default=first_seen(seen, who, end))
    return None if last is None else seen.days([end])[0] - seen.days([last])[0]


TOLD: dict[str, Tell] = {
    "first_event_at": lambda seen, who, end: min((e.occurred_at for e in seen.doings(who, end)), default=None),
    "last_event_at": lambda seen, who, end: max((e.occurred_at for e in seen.doings(who, end)), default=None),
    "last_active_at": lambda seen, who, end: max(seen.acts(who, end), default=None),
    "first_seen_at": first_seen,
    "silence_days": silence,
    "event_count": lambda seen, who, end: len(seen.doings(who, end)),
    "active_days": lambda seen, who, end: len(seen.days(seen.acts(who, end))),
    "active_days_30d": lambda seen, who, end: len(seen.days(seen.within(seen.acts(who, end), end, 30))),
    "active_gap_count": lambda seen, who, end: max(len(seen.days(seen.acts(who, end))) - 1, 0),
}


def plain(value: object) -> object:
    """An instant with its zone, where it has none."""
    return value.tz_localize("UTC").to_pydatetime() if isinstance(value, pd.Timestamp) and value.tz is None else value


@every_village
def test_what_somebody_did_at_all_is_a_plain_count(seen: Village, end: datetime) -> None:
    rows = tt.traits(list(TOLD), handed(seen), as_of=end)
    for name, tell in TOLD.items():
        told_of = zip(rows["customer_id"], rows[name].astype(object).where(rows[name].notna(), None), strict=True)
        found = {who: plain(value) for who, value in told_of}
        assert differences(found, {who: tell(seen, who, end) for who in seen.everyone(end)}) == {}, name


@pytest.mark.parametrize("share", ["0.9", "0.5"])
def test_a_rhythm_is_a_quantile_of_the_own_gaps(share: str) -> None:
    seen, end = SEEN[4]
    data, rhythm = handed(seen), active_rhythm(float(share))
    found = data.execute(trait_table([rhythm], data, end).rows)
    for row in found:
        days = seen.days(seen.acts(str(row["customer_id"]), end))
        gaps = [later - sooner for sooner, later in pairwise(days)]
        assert close(row[rhythm.column], quantile(list(gaps), Fraction(share)))  # type: ignore[arg-type]


def test_sessions_are_counted_once_whatever_happens_in_them() -> None:
    rows = [("s1", 1), ("s1", 2), ("s2", 2), (None, 2), ("s3", 40), ("s4", -1)]
    frame = pd.DataFrame(
        [(f"e{n}", "a", "view", AS_OF - timedelta(days=days), session) for n, (session, days) in enumerate(rows)],
        columns=["event_id", "customer_id", "event", "occurred_at", "session_id"],
    )
    data = tt.Dataset(events=frame, timezone="UTC")
    assert (values(data, "session_count"), values(data, "session_count_30d")) == ({"a": 3}, {"a": 2})


@pytest.mark.parametrize(("seconds", "spent"), [(90.5, 90.5), (-5.0, 0), (2e9, 0), (None, 0)])
def test_time_that_nobody_can_have_spent_is_unknown(seconds: float | None, spent: float) -> None:
    assert values(told(did("a", (2, "view"), seconds=seconds)), "online_s") == {"a": spent}


def test_silence_ends_with_a_purchase_and_not_with_an_order_that_is_none() -> None:
    events = [Event("a", "view", ago(30)), Event("b", "view", ago(30))]
    orders = pd.DataFrame(
        {
            "order_id": ["o1", "o2"],
            "customer_id": ["a", "b"],
            "ordered_at": [ago(3)] * 2,
            "amount": [5.0, 5.0],
            "status": ["paid", "cancelled"],
        }
    )
    known = handed(Village("UTC", tuple(events))).table("events").to_pyarrow()
    data = tt.Dataset(events=known, orders=orders, timezone="UTC")
    assert values(data, "silence_days") == {"a": 3, "b": 30}
