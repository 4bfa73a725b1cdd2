"""The core path is done when some walk through its steps ends in time, whatever lies between."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK
from tests.oracle.core_path import done_at
from titian.traits.core_path import core_path_done_at
from titian.traits.planner import trait_table

START = datetime(2024, 3, 1, tzinfo=UTC)
AS_OF = datetime(2024, 6, 1, tzinfo=UTC)
PATHS = {
    "three steps": ("view", "cart", "purchase"),
    "the same twice in a row": ("view", "view", "cart"),
    "the same again later": ("view", "cart", "view"),
    "one step": ("cart",),
}
Done = tuple[str, float, str]
"""Who, hours after the start, what."""


def dataset(rows: Sequence[Done], **meanings: list[str]) -> tt.Dataset:
    frame = pd.DataFrame(rows, columns=["customer_id", "hours", "event"])
    frame["occurred_at"] = [START + timedelta(hours=hours) for hours in frame.pop("hours")]
    frame.insert(0, "event_id", [f"e{n}" for n in range(len(frame))])
    return tt.Dataset(events=frame, timezone="UTC", meanings=meanings or None)


def found(
    data: tt.Dataset, path: Sequence[str], limit_days: int | None, as_of: datetime = AS_OF
) -> dict[str, datetime]:
    """When each customer finished the path, of those who did."""
    trait = core_path_done_at(path, limit_days)
    rows = trait_table([trait], data, as_of).rows
    said = {str(row["customer_id"]): row[trait.column] for row in data.execute(rows)}
    return {who: at.replace(tzinfo=UTC) for who, at in said.items() if isinstance(at, datetime)}


def hours_of(
    rows: Sequence[Done], path: Sequence[str] = PATHS["three steps"], limit_days: int | None = 1
) -> float | None:
    """When the only customer finished, in hours after the start."""
    at = found(dataset(rows), path, limit_days).get("a")
    return None if at is None else (at - START) / timedelta(hours=1)


steps = st.tuples(
    st.sampled_from([0, 1, 6, 12, 24, 30, 36, 48, 49, 60, 72]), st.sampled_from(["view", "cart", "purchase", "home"])
)
logs = st.lists(st.lists(steps, max_size=9), min_size=1, max_size=40)


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
@given(logs=logs, limit_days=st.sampled_from([1, 2, None]), seed=st.integers(0, 99))
@QUICK
def test_it_is_done_at_the_end_of_the_first_walk_in_time(
    path: tuple[str, ...], logs: list[list[tuple[int, str]]], limit_days: int | None, seed: int
) -> None:
    rows = [(f"c{who}", float(hours), event) for who, log in enumerate(logs) for hours, event in log]
    rows.append(("nobody", 0.0, "home"))
    expected = {}
    for who, log in enumerate(logs):
        at = done_at([(START + timedelta(hours=hours), event) for hours, event in log], path, limit_days)
        if at is not None:
            expected[f"c{who}"] = at
    random.Random(seed).shuffle(rows)
    assert found(dataset(rows), path, limit_days) == expected


def test_a_later_start_counts_as_well() -> None:
    rows = [("a", 0, "view"), ("a", 40, "view"), ("a", 50, "cart"), ("a", 60, "purchase")]
    assert hours_of(rows) == 60


@pytest.mark.parametrize(("end", "done"), [(24, 24), (24.001, None)], ids=["at the limit", "beyond it"])
def test_the_limit_includes_its_last_moment(end: float, done: float | None) -> None:
    assert hours_of([("a", 0, "view"), ("a", 3, "cart"), ("a", end, "purchase")]) == done


def test_a_day_of_the_limit_has_24_hours_also_when_clocks_change() -> None:
    frame = pd.DataFrame(
        {
            "event_id": ["1", "2"],
            "customer_id": "a",
            "event": ["view", "cart"],
            "occurred_at": ["2024-03-09 12:00", "2024-03-10 13:00"],
        }
    )
    data = tt.Dataset(events=frame, timezone="America/New_York")
    assert set(found(data, ("view", "cart"), 1)) == {"a"}


def test_events_of_one_instant_count_in_the_order_of_the_path() -> None:
    assert hours_of([("a", 5, "purchase"), ("a", 5, "cart"), ("a", 5, "view")]) == 5


def test_the_same_event_twice_takes_two_instants() -> None:
    twice = ("view", "view")
    assert hours_of([("a", 5, "view"), ("a", 5, "view")], twice) is None
    assert hours_of([("a", 5, "view"), ("a", 6, "view")], twice) == 6


def test_what_the_team_calls_an_event_counts() -> None:
    data = dataset([("a", 0, "看货"), ("a", 1, "add_to_cart"), ("a", 2, "pay")], view=["看货"])
    assert set(found(data, PATHS["three steps"], 1)) == {"a"}


def test_a_step_may_be_an_event_without_a_meaning() -> None:
    assert hours_of([("a", 0, "spin"), ("a", 1, "win")], ("spin", "win")) == 1


def test_a_meaning_and_its_own_name_are_no_two_doings_of_one_instant() -> None:
    path = ("view", "product_view")
    assert hours_of([("a", 1, "product_view")], path) is None
    assert hours_of([("a", 1, "product_view"), ("a", 2, "product_view")], path) == 2


def test_events_from_the_as_of_on_and_those_of_nobody_do_not_count() -> None:
    rows = [("a", 0, "view"), ("a", 1, "cart"), ("a", 2, "purchase"), (None, 3, "view")]
    data = dataset(rows)
    assert found(data, PATHS["three steps"], 1, START + timedelta(hours=2)) == {}
    assert set(found(data, PATHS["three steps"], 1, START + timedelta(hours=2, seconds=1))) == {"a"}


def test_paths_with_other_steps_or_limits_have_other_names() -> None:
    asked = [(("a", "b"), 1), (("b", "a"), 1), (("a", "b"), 2), (("a", "b"), None), (("a, b",), 1)]
    assert len({core_path_done_at(path, limit).column for path, limit in asked}) == len(asked)
