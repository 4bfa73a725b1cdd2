"""The best try of each customer is what walking every try of theirs finds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK
from tests.funnels import FUNNELS, START, Logs, dataset, logs
from tests.oracle.funnel import Doing, Try, best
from titian.domain.trajectory import Trajectory
from titian.traits.planner import moment_of
from titian.traits.step_rows import Stretch
from titian.traits.trying import best_tries

AS_OF = START + timedelta(days=30)
EVER = Stretch()
PATH = FUNNELS["three events"]


def found(
    data: tt.Dataset, funnel: Mapping[str, Any], period: Stretch = EVER, as_of: datetime = AS_OF
) -> dict[str, Try]:
    """The best try of each customer."""
    trajectory = Trajectory.model_validate(funnel)
    rows = data.execute(best_tries(trajectory, data, moment_of(data, as_of), period))
    made = {str(row["customer_id"]): row for row in rows}
    assert len(made) == len(rows), "nobody comes twice"
    return {who: _try(row, len(trajectory.steps)) for who, row in made.items()}


def _try(row: Mapping[str, Any], steps: int) -> Try:
    at = [row[f"at{step}"] for step in range(steps)]
    assert [one is None for one in at] == [step >= row["reached"] for step in range(steps)]
    return Try(tuple(one.replace(tzinfo=UTC) for one in at if one is not None), row["taken_out"])


def walked(made: Logs, funnel: Mapping[str, Any], **period: Any) -> dict[str, Try]:
    """The same by the oracle."""
    each = {who: best(log, funnel, **period) for who, log in made.items()}
    return {who: one for who, one in each.items() if one is not None}


def hours(*log: tuple[float, str], funnel: Mapping[str, Any] = PATH) -> tuple[list[float], bool]:
    """The hours at which the only customer took steps, and whether they were taken out."""
    made = {"a": [Doing(START + timedelta(hours=at), what) for at, what in log]}
    one = found(dataset(made), funnel)["a"]
    assert one == walked(made, funnel)["a"]
    return [(at - START) / timedelta(hours=1) for at in one.at], one.out


@pytest.mark.parametrize("funnel", FUNNELS.values(), ids=FUNNELS)
@given(made=logs, seed=st.integers(0, 99))
@QUICK
def test_it_is_the_best_of_all_that_a_plain_walk_finds(funnel: dict[str, Any], made: Logs, seed: int) -> None:
    assert found(dataset(made, seed), funnel) == walked(made, funnel)


@pytest.mark.parametrize("name", ["three events", "the same event again", "two things excluded"])
@given(made=logs, since=st.sampled_from([0, 1, 12, 25]), hours_long=st.sampled_from([1, 24, 47]))
@QUICK
def test_only_tries_that_began_in_the_period_count(name: str, made: Logs, since: int, hours_long: int) -> None:
    funnel = FUNNELS[name]
    begin = START + timedelta(hours=since)
    end = begin + timedelta(hours=hours_long)
    period = Stretch(begin.replace(tzinfo=None), end.replace(tzinfo=None))
    assert found(dataset(made), funnel, period) == walked(made, funnel, since=begin, before=end)


def test_a_later_start_counts_as_well() -> None:
    assert hours((0, "view"), (40, "view"), (50, "cart"), (60, "purchase")) == ([40, 50, 60], False)


def test_of_two_that_got_as_far_the_first_to_get_there_counts() -> None:
    assert hours((0, "view"), (5, "cart"), (30, "view"), (31, "cart")) == ([0, 5], False)


def test_of_those_that_got_there_at_one_instant_the_last_to_begin_counts() -> None:
    assert hours((0, "view"), (3, "view"), (5, "cart")) == ([3, 5], False)


def test_a_farther_try_beats_an_earlier_one() -> None:
    assert hours((0, "view"), (1, "cart"), (50, "view"), (51, "cart"), (52, "purchase")) == ([50, 51, 52], False)


@pytest.mark.parametrize(("end", "taken"), [(24, 3), (24.001, 2)], ids=["at the limit", "beyond it"])
def test_the_limit_counts_from_the_first_step_and_includes_its_last_moment(end: float, taken: int) -> None:
    assert len(hours((0, "view"), (3, "cart"), (end, "purchase"))[0]) == taken


def test_steps_of_one_instant_count_in_their_order() -> None:
    assert hours((5, "purchase"), (5, "cart"), (5, "view")) == ([5, 5, 5], False)


def test_an_event_that_comes_again_needs_a_later_instant() -> None:
    again = FUNNELS["the same event twice in a row"]
    assert hours((5, "view"), (5, "view"), (5, "cart"), funnel=again) == ([5], False)
    assert hours((5, "view"), (6, "view"), (6, "cart"), funnel=again) == ([5, 6, 6], False)


def test_what_is_excluded_ends_a_try_but_not_a_later_one() -> None:
    out = FUNNELS["something excluded"]
    assert hours((0, "view"), (1, "home"), (2, "cart"), funnel=out) == ([0], True)
    assert hours((0, "view"), (1, "home"), (2, "view"), (3, "cart"), funnel=out) == ([2, 3], False)


def test_what_is_excluded_harms_neither_before_the_first_step_nor_after_the_last() -> None:
    log = [(0, "home"), (1, "view"), (2, "cart"), (3, "purchase"), (4, "home")]
    assert hours(*log, funnel=FUNNELS["something excluded"]) == ([1, 2, 3], False)


def test_what_is_excluded_beyond_the_limit_does_no_harm() -> None:
    assert hours((0, "view"), (48.001, "home"), funnel=FUNNELS["something excluded"]) == ([0], False)


def test_at_the_instant_of_a_step_what_is_excluded_comes_after_it() -> None:
    out = FUNNELS["something excluded"]
    assert hours((0, "view"), (5, "cart"), (5, "home"), (6, "purchase"), funnel=out) == ([0, 5], True)


def test_what_the_team_calls_an_event_counts() -> None:
    frame = pd.DataFrame(
        {"event_id": ["1", "2"], "customer_id": "a", "event": ["看货", "add_to_cart"], "occurred_at": START}
    )
    data = tt.Dataset(events=frame, timezone="UTC", meanings={"view": ["看货"]})
    assert len(found(data, PATH)["a"].at) == 2


def test_an_order_counts_until_it_is_fully_refunded() -> None:
    frame = pd.DataFrame({"order_id": ["1"], "customer_id": "a", "ordered_at": START, "amount": 10.0, "status": "paid"})
    back = frame.assign(refunded_amount=10.0, refunded_at=START + timedelta(days=3))
    view = pd.DataFrame({"event_id": ["1"], "customer_id": "a", "event": "view", "occurred_at": START})
    data = tt.Dataset(orders=back, events=view, timezone="UTC")
    funnel = {"steps": ["view", {"orders": "paid"}]}
    assert len(found(data, funnel, as_of=START + timedelta(days=3))["a"].at) == 2
    assert len(found(data, funnel, as_of=START + timedelta(days=4))["a"].at) == 1


def test_a_day_of_the_limit_has_24_hours_also_when_clocks_change() -> None:
    at = ["2024-03-09 12:00", "2024-03-10 13:00"]
    frame = pd.DataFrame({"event_id": ["1", "2"], "customer_id": "a", "event": ["view", "cart"], "occurred_at": at})
    data = tt.Dataset(events=frame, timezone="America/New_York")
    assert len(found(data, PATH)["a"].at) == 2


def test_only_what_is_known_before_the_as_of_counts_and_nobody_is_nobody() -> None:
    made = {"a": [Doing(START, "view"), Doing(START + timedelta(hours=2), "cart")]}
    assert len(found(dataset(made), PATH, as_of=START + timedelta(hours=2))["a"].at) == 1
    assert found(dataset(made), PATH, as_of=START) == {}
