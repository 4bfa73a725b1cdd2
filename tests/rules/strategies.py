"""Hypothesis strategies: rules over a few traits of every sort, as JSON, with values at the edges."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

AS_OF = datetime(2024, 3, 31, 16, tzinfo=UTC)
ZONE = "Europe/London"
"""Clocks there went forward on the day of the as_of."""

NUMBERS = [0, 1, 3, 7, 0.1, 0.3, 1 / 3, -2.5, 1e9]
TEXTS = ["", "上海", "上海市", "杭州", "O'Brien", "a%b", "a_b", "100%", "Zoë😀"]
DAYS = [date(2024, 3, 31), date(2024, 3, 30), date(2024, 2, 29), date(2023, 12, 31)]
INSTANTS = [
    datetime.combine(day, datetime.min.time(), UTC) + step
    for day in DAYS
    for step in (timedelta(0), -timedelta(microseconds=1), timedelta(hours=16), timedelta(hours=23))
]
BEFORE = [0, 1, 2, 31, 90]
MEMBERS: list[dict[str, Any]] = [
    {"tag": "wholesale"},
    {"staff": "王芳"},
    {"audience": "core"},
    {"layering": "rfm", "layers": ["important_value", "none"]},
    {"moved": "rfm", "target": ["none"], "since": "2024-03-01"},
]
"""What customers may be in."""

numbers = st.sampled_from(NUMBERS)
texts = st.sampled_from(TEXTS)
times = st.one_of(
    st.sampled_from([day.isoformat() for day in DAYS]),
    st.sampled_from(["2024-03-30T16:00", "2024-03-31T00:00"]),
    st.sampled_from([{"days_before": days} for days in BEFORE]),
)


def condition(trait: str, op: st.SearchStrategy[str], value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"trait": st.just(trait), "op": op, "value": value})


ordered = st.sampled_from(["=", "!=", ">", ">=", "<", "<="])
spans = st.just("between")
members = st.sampled_from(["in", "not_in"])
known = st.sampled_from(["is_known", "is_unknown"])

CONDITIONS = st.one_of(
    st.sampled_from(MEMBERS),
    condition("spend", ordered, numbers),
    condition("spend", spans, st.lists(numbers, min_size=2, max_size=2)),
    condition("order_count", members, st.lists(numbers, min_size=1, max_size=4)),
    condition("order_count", ordered, numbers),
    condition("city", st.sampled_from(["=", "!=", "contains", "starts_with"]), texts),
    condition("city", members, st.lists(texts, min_size=1, max_size=3)),
    condition("last_order_at", ordered, times),
    condition("last_order_at", spans, st.lists(times, min_size=2, max_size=2)),
    st.fixed_dictionaries({"trait": st.sampled_from(["spend", "order_count", "city", "last_order_at"]), "op": known}),
)
RULES = st.recursive(
    CONDITIONS,
    lambda below: st.one_of(
        st.fixed_dictionaries({"not": below}),
        st.fixed_dictionaries({"all": st.lists(below, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(below, min_size=1, max_size=3)}),
    ),
    max_leaves=6,
)
