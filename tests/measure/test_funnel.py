"""A funnel counts what walking every try of every customer counts, by layer too, and its laws hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK
from tests.funnels import FUNNELS, START, Logs, dataset, logs, tables
from tests.oracle.funnel import Doing, best, counted
from titian.errors import InputError, MissingDataError

STEPS = ["view", "cart", "purchase"]
PERIOD = {"start": START, "end": START + timedelta(days=4)}
CITIES = tt.TraitSplit(trait="city")


def in_cities(made: Logs) -> tt.Dataset:
    """The same with a city for two customers of three; of every fifth nothing is known before."""
    whos = [who for n, who in enumerate(made) if n % 5 != 4]
    people = pd.DataFrame({"customer_id": whos, "first_seen_at": START - timedelta(days=9)})
    people["city"] = [["上海", "杭州", None][n % 3] for n in range(len(whos))]
    events = tables(made)["events"]
    late = {who for n, who in enumerate(made) if n % 5 == 4}
    events = events[~((events.event == "nothing") & events.customer_id.isin(late))]
    return tt.Dataset(timezone="UTC", customers=people.astype({"city": "string"}), **{**tables(made), "events": events})


def counts(part: tt.FunnelPart) -> tuple[list[int], int]:
    return [step.customers for step in part.steps], part.taken_out


def done(*log: tuple[float, str], who: str = "a") -> dict[str, list[Doing]]:
    return {who: [Doing(START + timedelta(hours=at), what) for at, what in log]}


@pytest.mark.parametrize("name", ["two things excluded", "an order as a step"])
@given(made=logs)
@QUICK
def test_it_counts_what_a_plain_walk_counts(name: str, made: Logs) -> None:
    funnel = FUNNELS[name]
    got = tt.funnel(dataset(made), **funnel)
    assert counts(got.everybody) == counted(made, funnel)


@given(made=logs)
@QUICK
def test_a_layer_counts_its_customers_and_all_layers_are_everybody(made: Logs) -> None:
    funnel = FUNNELS["something excluded"]
    got = tt.funnel(in_cities(made), **funnel, **PERIOD, by=CITIES)
    names = [["上海", "杭州", "unknown"], ["unseen"]]
    of = {who: names[1][0] if n % 5 == 4 else names[0][(n - n // 5) % 3] for n, who in enumerate(made)}
    for part in got.layers:
        theirs = {who: log for who, log in made.items() if of[who] == part.layer}
        assert counts(part) == counted(theirs, funnel)
    summed = [sum(step) for step in zip(*(counts(part)[0] for part in got.layers), strict=True)]
    assert (summed, sum(part.taken_out for part in got.layers)) == counts(got.everybody)


@given(made=logs)
@QUICK
def test_times_are_those_of_the_best_try(made: Logs) -> None:
    funnel = {"steps": STEPS, "within_days": 2}
    got = tt.funnel(dataset(made), **funnel)
    tries = [one.at for log in made.values() if (one := best(log, funnel)) is not None]
    for place, step in enumerate(got.everybody.steps[1:], 1):
        for start, times in ((place - 1, step.from_before), (0, step.from_first)):
            took = sorted((at[place] - at[start]).total_seconds() for at in tries if len(at) > place)
            said = [times.q25_s, times.median_s, times.q75_s, times.q90_s]
            assert said == [took[ceil(share * len(took)) - 1] if took else None for share in (0.25, 0.5, 0.75, 0.9)]


@given(made=logs, seed=st.integers(1, 99))
@QUICK
def test_counts_never_rise_along_the_steps_in_whatever_order_rows_come(made: Logs, seed: int) -> None:
    found = counts(tt.funnel(dataset(made, seed), steps=STEPS, within_days=2).everybody)
    assert found[0] == sorted(found[0], reverse=True)
    assert found == counts(tt.funnel(dataset(made), steps=STEPS, within_days=2).everybody)


@given(made=logs)
@QUICK
def test_more_time_and_less_that_is_excluded_never_lose_anybody(made: Logs) -> None:
    data = dataset(made)
    strict = counts(tt.funnel(data, steps=STEPS, within_days=1, exclude=["home"]).everybody)[0]
    allowed = counts(tt.funnel(data, steps=STEPS, within_days=1).everybody)[0]
    longer = counts(tt.funnel(data, steps=STEPS).everybody)[0]
    assert all(one <= other for one, other in zip(strict, allowed, strict=True))
    assert all(one <= other for one, other in zip(allowed, longer, strict=True))


def test_shares_are_of_all_who_entered_and_of_the_step_before() -> None:
    made = {f"c{n}": done((0, "view"), *[(1, "cart")] * (n < 6), *[(2, "purchase")] * (n < 3))["a"] for n in range(8)}
    steps = tt.funnel(dataset(made), steps=STEPS).everybody.steps
    assert [step.share for step in steps] == [1, 6 / 8, 3 / 8]
    assert [step.share_before for step in steps] == [None, 6 / 8, 3 / 6]
    assert [step.lost for step in steps] == [2, 3, None]
    assert (steps[2].low, steps[2].high) == pytest.approx((0.1876, 0.8124), abs=1e-4)


@pytest.mark.parametrize(("end", "entered"), [(timedelta(hours=1), 0), (timedelta(hours=1, seconds=1), 1)])
def test_who_enters_at_the_end_is_of_the_next_period(end: timedelta, entered: int) -> None:
    got = tt.funnel(dataset(done((1, "view"))), steps=STEPS, start=START, end=START + end)
    assert got.everybody.entered == entered


def test_later_steps_may_lie_after_the_period_within_their_time() -> None:
    data = dataset(done((1, "view"), (24.5, "cart"), (26, "purchase")))
    got = tt.funnel(data, steps=STEPS, within_days=1, start=START, end=START + timedelta(hours=2))
    assert counts(got.everybody)[0] == [1, 1, 0]


def test_only_an_audience_is_counted_as_of_the_start() -> None:
    made = {**done((0, "view"), who="a"), **done((-50, "cart"), (0, "view"), (1, "cart"), who="b")}
    got = tt.funnel(dataset(made), steps=STEPS, start=START, audience={"did": "cart"})
    assert counts(got.everybody)[0] == [1, 1, 0]
    later = tt.funnel(
        dataset(made), steps=STEPS, start=START, audience={"did": "cart", "times": 2}, placed_at="2024-03-05"
    )
    assert counts(later.everybody)[0] == [1, 1, 0]


def test_who_was_not_seen_before_the_start_is_in_no_layer_and_said_to_be() -> None:
    data = tt.Dataset(events=tables(done((0, "view")))["events"].query("event == 'view'"), timezone="UTC")
    other = pd.DataFrame({"customer_id": ["b"], "first_seen_at": [START - timedelta(days=1)], "city": ["上海"]})
    data = tt.Dataset(events=data.table("events").to_pyarrow(), customers=other, timezone="UTC")
    got = tt.funnel(data, steps=STEPS, start=START, by=CITIES)
    assert [(part.layer, part.entered) for part in got.layers][-1] == ("unseen", 1)
    assert "unseen" in [note.code for note in got.notes]


def test_tries_whose_time_is_not_over_are_said() -> None:
    made = {**done((0, "view"), who="a"), **done((30, "view"), who="b")}
    got = tt.funnel(dataset(made), steps=STEPS, within_days=1, as_of=START + timedelta(hours=40))
    (note,) = [note for note in got.notes if note.code == "still_open"]
    assert "1 customer is" in note.text.en or "The time of 1 customer " in note.text.en


def test_of_nobody_every_number_is_there_or_none() -> None:
    got = tt.funnel(in_cities(done((0, "home"))), steps=STEPS, start=START, by=CITIES)
    assert counts(got.everybody) == ([0, 0, 0], 0)
    assert [note.code for note in got.notes] == ["nobody_entered"]
    assert got.to_pandas().share.isna().all()
    assert "No step" in got.sentence.en


def test_a_frame_has_a_row_per_layer_and_step() -> None:
    made = {f"c{n}": done((0, "view"), (1, "cart"))["a"] for n in range(6)}
    got = tt.funnel(in_cities(made), steps=STEPS, **PERIOD, by=CITIES)
    frame = got.to_pandas()
    assert len(frame) == 3 * (1 + len(got.layers))
    assert list(frame.columns[:8]) == [
        "layer",
        "layer_zh",
        "layer_en",
        "step",
        "key",
        "name_zh",
        "name_en",
        "customers",
    ]
    assert frame[frame.layer.isna()].customers.tolist() == [6, 6, 0]
    assert len(got.to_polars()) == len(frame)
    assert "6 → 6 → 0" in repr(got)


WRONG: dict[str, tuple[Mapping[str, Any], str]] = {
    "one step": ({"steps": ["view"]}, "2 items"),
    "eleven steps": ({"steps": ["view", "cart"] * 5 + ["view"]}, "10 items"),
    "no event and no order": ({"steps": ["view", {"channel": ["app"]}]}, "steps.1: .*one of them"),
    "an event and an order": ({"steps": ["view", {"event": "cart", "orders": "paid"}]}, "one of them"),
    "bounds the wrong way round": ({"steps": ["view", {"event": "cart", "value_from": 2, "value_to": 1}]}, "at most"),
    "a field that is none": ({"steps": ["view", {"event": "cart", "city": ["x"]}]}, "Extra"),
    "no time": ({"steps": STEPS, "within_days": 0}, "within_days"),
    "an end before the start": ({"steps": STEPS, "start": "2024-03-02", "end": "2024-03-02"}, "does not lie after"),
    "layers of no day": ({"steps": STEPS, "by": CITIES}, "needs a start"),
}


@pytest.mark.parametrize(("asked", "said"), WRONG.values(), ids=WRONG)
def test_what_can_not_be_asked_is_refused_in_words(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said) as found:
        tt.funnel(dataset(done((0, "view"))), **asked)
    assert found.value.zh
    assert found.value.hint_zh


def test_without_the_table_of_a_step_it_says_what_is_missing() -> None:
    with pytest.raises(MissingDataError, match="orders"):
        tt.funnel(tt.Dataset(events=tables({})["events"]), steps=["view", {"orders": "paid"}])


def test_days_are_those_of_the_workspace() -> None:
    frame = tables(done((0, "view")))["events"]
    data = tt.Dataset(events=frame, timezone="Asia/Shanghai")
    assert datetime.fromisoformat("2024-03-01T08:00+08:00") == START
    for start, entered in (("2024-03-01", 1), ("2024-03-02", 0), ("2024-03-01T08:00", 1), ("2024-03-01T08:01", 0)):
        assert tt.funnel(data, steps=STEPS, start=start).everybody.entered == entered
