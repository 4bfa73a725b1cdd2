"""A history tells of each day what assigning it with the same cuts tells, whatever a layering looks at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK, differences, layers
from tests.layering.own import BIG, LATELY, layer
from tests.oracle.communities import community
from tests.oracle.village import handed

LENGTH = 24
"""Days that are followed."""
RECENT = {"trait": "recency_days", "op": "<=", "value": 10}
PAYING = {"trait": "spend_30d", "op": ">", "value": 0}


def rules(*layers_first: object) -> tt.Rules:
    return tt.Rules(layers=[*layers_first, layer("rest")])


FOLLOWED = {
    "whether anything was done at all": tt.Social(window_days=20),
    "sums of weights": tt.Social(window_days=None, creator=8, contributor="mean"),
    "a share that some have not": tt.TraitSplit(trait="discount_share", bands=(0.1,)),
    "money in bands": tt.TraitSplit(trait="spend", bands=(0, 20), window_days=30),
    "rules without cuts": rules(layer("big", BIG), layer("recent", RECENT), layer("paying", PAYING)),
    "an average that comes and goes": tt.Quantiles(trait="average_order_value_30d", shares=(0.5, 0.5)),
    "high and low": tt.RFM(window_days=20),
    "points": tt.RFMScore(window_days=20),
    "levels": tt.ValueLevels(warning_days=5, churn_days=20, window_days=30),
}
DAY_BY_DAY = {
    "identity": tt.Identity(celebrity_followers=3, contributions=2, active_days=3),
    "influence": tt.Influence(kol="q0.9", koc="median"),
    "a favourite": tt.TraitSplit(trait="favourite_category"),
    "a profile": tt.TraitSplit(trait="city"),
    "a rule of an instant": rules(layer("lately", LATELY)),
    "one in another": tt.Cross(first=tt.Social(), second=tt.RFM()),
}


def compare(layering: tt.Layering, seed: int, looked_at: int, every: str = "day") -> None:
    seen, end = community(seed)
    data, last = handed(seen), seen.shop.day(end)
    if any(not data.has(*group) for group in layering.needs() if len(group) == 1):
        return
    history = tt.history(layering, data, start=last - timedelta(days=LENGTH), end=last, every=every)  # type: ignore[arg-type]
    for day in history.days[:: -(len(history.days) // looked_at) or -1]:
        found = {str(row["customer_id"]): str(row["layer"]) for row in data.execute(history.at(day))}
        expected = layers(layering.assign(data, as_of=day, fitted=history.fitted))
        assert differences(found, expected) == {}, day


@pytest.mark.parametrize(
    "named", ["whether anything was done at all", "rules without cuts", "an average that comes and goes"]
)
def test_what_is_followed_is_as_if_each_day_had_been_assigned(named: str) -> None:
    compare(FOLLOWED[named], seed=3, looked_at=3)


@pytest.mark.full
@pytest.mark.parametrize("layering", [*FOLLOWED.values(), *DAY_BY_DAY.values()], ids=[*FOLLOWED, *DAY_BY_DAY])
@given(seed=st.integers(0, 10**6), every=st.sampled_from(["day", "week"]))
@settings(QUICK, max_examples=3)
def test_every_history_is_as_if_each_day_had_been_assigned(layering: tt.Layering, seed: int, every: str) -> None:
    compare(layering, seed, looked_at=8, every=every)


def test_a_stay_ends_where_the_next_begins_and_layers_differ() -> None:
    seen, end = community(3)
    data, last = handed(seen), seen.shop.day(end)
    rows = tt.history(FOLLOWED["rules without cuts"], data, start=last - timedelta(days=LENGTH), end=last).to_pandas()
    for _, stays in rows.groupby("customer_id"):
        assert list(stays["valid_to"].iloc[:-1]) == list(stays["valid_from"].iloc[1:])
        assert (stays["layer"].iloc[1:].to_numpy() != stays["layer"].iloc[:-1].to_numpy()).all()
        assert stays["valid_to"].isna().sum() == 1


@pytest.mark.parametrize("named", ["rules without cuts", "high and low", "a favourite"])
def test_a_history_may_look_at_its_first_day_alone(named: str) -> None:
    """As one by months does that ends before the month; and told again, it is the same."""
    seen, end = community(3)
    data, last = handed(seen), seen.shop.day(end)
    layering = {**FOLLOWED, **DAY_BY_DAY}[named]
    for _ in range(2):
        history = tt.history(layering, data, start=last - timedelta(days=5), end=last, every="month")
        (day,) = history.days
        found = {str(row["customer_id"]): str(row["layer"]) for row in data.execute(history.at(day))}
        assert differences(found, layers(layering.assign(data, as_of=day, fitted=history.fitted))) == {}
