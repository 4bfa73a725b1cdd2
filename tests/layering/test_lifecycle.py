"""Lifecycle: silence by one's own rhythm, fading, and purchases, at their edges."""

from __future__ import annotations

import pytest

import titian as tt
from tests.acceptance.product import layers
from tests.layering.stories import AS_OF, bought, came, codes, did, layer_of, registered, sentences, told
from titian.errors import MissingDataError
from titian.layering.contract import LayeringError

PATIENT = tt.Lifecycle(dormancy_days=365)
WEEKLY = (28, 35, 42, 49, 56)
"""Five active days, four gaps of seven days."""


def shifted(days: tuple[float, ...], silent: float) -> list[float]:
    """The same rhythm, ending `silent` days ago."""
    return [day - min(days) + silent for day in days]


@pytest.mark.parametrize(
    ("silent", "stage"),
    [(7, "introduction"), (8, "dormancy"), (14, "dormancy"), (15, "churned")],
    ids=["as long as the rhythm", "a day longer", "twice the rhythm", "a day longer than that"],
)
def test_silence_is_judged_by_ones_own_rhythm(silent: float, stage: str) -> None:
    still = tt.Lifecycle(fall_to=0)
    assert layer_of(still, told(came("a", *shifted(WEEKLY, silent)))) == stage


def test_the_rhythm_is_the_quantile_of_the_gaps() -> None:
    days = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 30]
    got = tt.Lifecycle(fall_to=0).assign(told(came("a", *days)), as_of=AS_OF)
    assert got.row("a")["dormant_after_days"] == 2
    assert got.row("a")["churned_after_days"] == 4


def test_who_has_too_few_gaps_goes_by_the_rhythm_of_all() -> None:
    data = told([*came("often", *range(1, 12)), *came("new", 3, 5), *came("once", 2)])
    got = tt.Lifecycle(fall_to=0).assign(data, as_of=AS_OF)
    assert got.fitted.found["rhythm_days"] == 1
    assert got.row("often")["layer"] == "introduction"
    assert got.row("new")["layer"] == "churned"
    assert got.row("once")["layer"] == "dormancy"


def test_a_kept_fit_keeps_the_rhythm_of_all() -> None:
    early = tt.Lifecycle().assign(told(came("b", *range(40, 60, 10))), as_of=AS_OF)
    late = tt.Lifecycle(fall_to=0).assign(told(came("a", 15)), as_of=AS_OF, fitted=early.fitted)
    assert late.row("a")["layer"] == "dormancy"


def test_without_a_gap_nobody_is_silent_too_long_and_it_is_said() -> None:
    data = told(came("a", 300))
    assert layer_of(tt.Lifecycle(), data) == "introduction"
    assert "no_rhythm" in codes(tt.Lifecycle(), data)
    assert "no_rhythm" not in codes(tt.Lifecycle(dormancy_days=30), data)


@pytest.mark.parametrize(
    ("silent", "stage"), [(30, "introduction"), (31, "dormancy"), (90, "dormancy"), (91, "churned")]
)
def test_fixed_days_stand_in_for_the_rhythm(silent: float, stage: str) -> None:
    fixed = tt.Lifecycle(dormancy_days=30, churn_days=90, fall_to=0)
    assert layer_of(fixed, told(came("a", *shifted(WEEKLY, silent)))) == stage


def test_fixed_days_of_dormancy_alone_are_stretched_to_churn() -> None:
    fixed = tt.Lifecycle(dormancy_days=10, churn_factor=3, fall_to=0)
    assert layer_of(fixed, told(came("a", 30))) == "dormancy"
    assert layer_of(fixed, told(came("a", 31))) == "churned"


@pytest.mark.parametrize(
    ("now", "before", "stage"),
    [
        ((1, 2), (31, 32, 33, 34), "dormancy"),
        ((1, 2, 3), (31, 32, 33, 34), "introduction"),
        ((1, 2), (), "introduction"),
    ],
    ids=["half", "more than half", "nothing before"],
)
def test_who_comes_half_as_often_is_dormant(now: tuple[float, ...], before: tuple[float, ...], stage: str) -> None:
    assert layer_of(PATIENT, told(came("a", *now, *before))) == stage


@pytest.mark.parametrize(("seconds", "stage"), [(50, "dormancy"), (51, "introduction")])
def test_who_stays_half_as_long_is_dormant(seconds: float, stage: str) -> None:
    data = told([*came("a", 1, 2, seconds=seconds), *came("a", 31, 32, seconds=100)])
    assert layer_of(PATIENT, data) == stage


def test_a_time_that_nobody_can_have_spent_does_not_count() -> None:
    data = told([*came("a", 1, 2, seconds=10), *came("a", 31, seconds=1e300), *came("a", 32, seconds=-5)])
    assert layer_of(PATIENT, data) == "introduction"


def test_purchase_days_make_growth_and_maturity() -> None:
    data = told(
        came("n", 1), [*bought("a", 1), *bought("b", 1, 2), *bought("c", 1.1, 1.2), *bought("d", 3, refunded=True)]
    )
    found = layers(PATIENT.assign(data, as_of=AS_OF))
    assert found == {"n": "introduction", "a": "growth", "b": "maturity", "c": "growth", "d": "introduction"}


def test_events_of_buying_are_purchases_until_the_first_order_is_known() -> None:
    events = [*did("a", (9, "purchase"), (8, "purchase")), *did("b", (9, "purchase"), (2, "purchase"))]
    assert layer_of(PATIENT, told(events), "b") == "maturity"
    assert layer_of(PATIENT, told(events, bought("c", 5)), "a") == "maturity"
    assert layer_of(PATIENT, told(events, bought("c", 5)), "b") == "growth"


def test_the_core_path_is_a_full_experience() -> None:
    data = told(did("a", (2, "view"), (1, "share")))
    assert layer_of(tt.Lifecycle(), data) == "introduction"
    assert layer_of(tt.Lifecycle(core_path=("view", "share")), data) == "growth"


def test_who_was_never_active_is_silent_since_they_were_first_seen() -> None:
    data = told(people=[registered("a", 31), registered("b", 30), registered("c", None)], events=came("x", 1))
    found = tt.Lifecycle(dormancy_days=30).assign(data, as_of=AS_OF).to_pandas().set_index("customer_id")["layer"]
    assert (found["a"], found["b"], found["c"]) == ("dormancy", "introduction", "introduction")


def test_orders_alone_are_enough() -> None:
    orders = told(orders=[*bought("a", 1, 8, 15, 22), *bought("b", 60, 67, 74, 81)]).table("orders").to_pyarrow()
    found = tt.Lifecycle().assign(tt.Dataset(orders=orders, timezone="UTC"), as_of=AS_OF).to_pandas()
    assert dict(zip(found["customer_id"], found["layer"], strict=True)) == {"a": "maturity", "b": "churned"}


def test_customers_alone_are_not() -> None:
    people = told(people=[registered("a", 3)]).table("customers").to_pyarrow()
    with pytest.raises(MissingDataError, match="events or orders"):
        tt.Lifecycle().assign(tt.Dataset(customers=people), as_of=AS_OF)


def test_why_a_stage_says_whose_rhythm_it_went_by() -> None:
    own = sentences(tt.Lifecycle(fall_to=0), told(came("a", *shifted(WEEKLY, 15))))
    assert own[0] == "silent for 15 days, longer than 14 days (the line of churn, own rhythm)"
    data = told([*came("a", 2), *came("b", 1, 2, 3)])
    assert (
        sentences(tt.Lifecycle(fall_to=0), data)[0] == "silent for 2 days, longer than 1 day (rhythm of all customers)"
    )
    fixed = sentences(tt.Lifecycle(dormancy_days=9), data, language="zh")
    assert fixed == ["已沉默 2 天，没有超过 9 天（设定的时长）", "还没有成交"]


def test_why_dormancy_says_what_fell() -> None:
    data = told(came("a", 1, 31, 32, 33, seconds=60), bought("a", 1, 31))
    silent, days, seconds, purchases = sentences(tt.Lifecycle(dormancy_days=99), data)
    assert silent == "silent for 1 day, within 99 days (set time)"
    assert days == "active days 1 day in 30 days after 3 days in the 30 before: down to 50% or less"
    assert seconds == "time spent 60 seconds in 30 days after 180 seconds in the 30 before: down to 50% or less"
    assert purchases == "bought on 2 days"


def test_churn_is_not_shorter_than_dormancy() -> None:
    with pytest.raises(LayeringError, match="churn_days") as refused:
        tt.Lifecycle(dormancy_days=60, churn_days=30)
    assert "不能短于" in refused.value.zh


@pytest.mark.parametrize(
    "wrong", [{"rhythm": 0}, {"rhythm": 1}, {"churn_factor": 0.5}, {"fall_to": 2}, {"least_gaps": 0}]
)
def test_parameters_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(LayeringError, match=next(iter(wrong))):
        tt.Lifecycle(**wrong)
