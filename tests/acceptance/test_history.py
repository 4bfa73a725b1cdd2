"""History: the layers of each day as the oracle assigns them that day, whichever way they were found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir
import pandas as pd
import pytest
from hypothesis import assume, given

import titian as tt
from tests.acceptance.product import QUICK, dataset
from tests.oracle.matrix import CENT, Dimension, Matrix, rfm
from tests.oracle.shop import Shop
from tests.oracle.strategies import asked_shops
from tests.oracle.value_levels import ValueLevels
from titian.layering.chronicle import Every
from titian.layering.day_by_day import arrivals
from titian.layering.history import history
from titian.layering.intervals import begun, left, linked, open_ended, over, stood

pytestmark = pytest.mark.full

LENGTH = 40
"""Days that are followed, up to the day that the shop was made around."""

Daily = Callable[[Shop, list[datetime]], list[dict[str, str]]]


def by_matrix(model: Matrix) -> Daily:
    return lambda shop, days: [model.assign(shop, day, model.fit_at(shop, days[0])) for day in days]


def by_levels(model: ValueLevels) -> Daily:
    return lambda shop, days: [model.assign(shop, day, model.fit(shop, days[0])) for day in days]


OWN = Matrix(
    (
        Dimension("average_order_value", "mean", 30, step=CENT),
        Dimension("tenure_days", 20.0),
        Dimension("refund_share", "median", None, smaller_is_better=True),
    )
)
OURS = tt.Matrix(
    dimensions=(
        tt.MatrixDimension(trait="average_order_value", cut="mean", window_days=30),
        tt.MatrixDimension(trait="tenure_days", cut=20),
        tt.MatrixDimension(trait="refund_share"),
    )
)
CASES = {
    "rfm": (tt.RFM(), by_matrix(rfm())),
    "rfm of fixed cuts": (tt.RFM(recency=7, frequency=2, monetary=50, window_days=30), by_matrix(rfm(7, 2, 50, 30))),
    "value levels": (tt.ValueLevels(warning_days=5, churn_days=20), by_levels(ValueLevels(warning=5, churn=20))),
    "a matrix of derived traits": (OURS, by_matrix(OWN)),
}


def days_until(last: date, shop: Shop) -> list[date]:
    """Days that never came, as 30 December 2011 in Samoa, are none of a history."""
    days = (last - timedelta(days=LENGTH - n) for n in range(LENGTH + 1))
    return [day for day in days if local_day(shop.instant(day), shop) == day]


def seen_on(table: pd.DataFrame, day: date) -> dict[str, str]:
    """Who is in which layer on a day, from intervals."""
    at = pd.Timestamp(day)
    here = table[(table.valid_from <= at) & (table.valid_to.isna() | (table.valid_to > at))]
    assert here.customer_id.is_unique
    return dict(zip(here.customer_id, here.layer, strict=True))


def local_day(at: datetime, shop: Shop) -> date:
    return at.astimezone(ZoneInfo(shop.zone)).date()


def has_begun(shop: Shop, day: date) -> bool:
    return any(order.customer_id and order.ordered_at < shop.instant(day) for order in shop.orders)


@pytest.mark.parametrize(("layering", "expected"), CASES.values(), ids=CASES)
@given(asked=asked_shops(min_size=1))
@QUICK
def test_every_day_is_as_if_it_had_been_assigned(
    layering: tt.Layering, expected: Daily, asked: tuple[Shop, datetime]
) -> None:
    shop, last = asked[0], local_day(asked[1], asked[0])
    days = days_until(last, shop)
    assume(has_begun(shop, days[0]))
    table = history(layering, dataset(shop), days[0], last).to_pandas()
    layers = expected(shop, [shop.instant(day) for day in days])
    assert [seen_on(table, day) for day in days] == layers


@given(asked=asked_shops(min_size=1))
@QUICK
def test_following_what_changed_and_assigning_each_day_agree(asked: tuple[Shop, datetime]) -> None:
    shop, last = asked[0], local_day(asked[1], asked[0])
    first = days_until(last, shop)[0]
    assume(has_begun(shop, first))
    data = dataset(shop)
    got = history(tt.RFMScore(window_days=20), data, first, last)
    start = begun(got.at(first), first)
    came, held = arrivals(got.definition, data, (first, got.at(first)), got.days[1:], got.fitted)
    assert held
    came = linked(came)
    each = ibis.union(left(start, came), over(came), open_ended(stood(start, came)))
    assert intervals(got.rows, data) == intervals(each, data)


def intervals(rows: ir.Table, data: tt.Dataset) -> list[dict[str, object]]:
    return data.execute(rows.drop("sides", "sides_before").order_by("customer_id", "since"))


@pytest.mark.parametrize("every", ["week", "month"])
@given(asked=asked_shops(min_size=1))
@QUICK
def test_weeks_and_months_look_at_the_daily_history(every: Every, asked: tuple[Shop, datetime]) -> None:
    shop, last = asked[0], local_day(asked[1], asked[0])
    first = days_until(last, shop)[0]
    assume(has_begun(shop, first))
    data = dataset(shop)
    coarse = history(tt.RFM(), data, first, last, every=every)
    fine = history(tt.RFM(), data, first, last).to_pandas()
    table = coarse.to_pandas()
    assert all(seen_on(table, day) == seen_on(fine, day) for day in coarse.days)


@given(asked=asked_shops(min_size=1))
@QUICK
def test_flows_between_two_days_are_those_of_the_same_cuts(asked: tuple[Shop, datetime]) -> None:
    shop, last = asked[0], local_day(asked[1], asked[0])
    first = days_until(last, shop)[0]
    assume(has_begun(shop, first))
    data = dataset(shop)
    got = history(tt.RFM(), data, first, last)
    flows = tt.flows(tt.RFM(), data, start=first, end=last)
    assert got.flows(first, last).pairs == flows.pairs


@given(asked=asked_shops(min_size=1))
@QUICK
def test_sizes_and_arrivals_add_up(asked: tuple[Shop, datetime]) -> None:
    shop, last = asked[0], local_day(asked[1], asked[0])
    days = days_until(last, shop)
    assume(has_begun(shop, days[0]))
    got = history(tt.ValueLevels(), dataset(shop), days[0], last)
    table = got.to_pandas()
    sizes = got.sizes().groupby("day")["customers"].sum()
    assert {day: int(sizes[day]) for day in days} == {day: len(seen_on(table, day)) for day in days}
    assert sum(got.arrivals().values()) == int((table.reason != "start").sum())


def test_an_end_that_is_not_after_the_start_is_refused() -> None:
    data = tt.Dataset(orders=pd.DataFrame({"customer_id": ["a"], "ordered_at": ["2024-01-01"], "amount": [1]}))
    with pytest.raises(tt.TitianError, match="does not lie after"):
        history(tt.RFM(), data, "2024-02-01", "2024-02-01")


def test_a_day_outside_the_history_is_refused() -> None:
    data = tt.Dataset(orders=pd.DataFrame({"customer_id": ["a"], "ordered_at": ["2024-01-01"], "amount": [1]}))
    got = history(tt.RFM(), data, "2024-02-01", "2024-02-03")
    with pytest.raises(tt.TitianError, match="does not cover 2024-02-04"):
        got.at(date(2024, 2, 4))


def test_reasons_name_the_cut_that_was_passed() -> None:
    orders = pd.DataFrame({"customer_id": ["a", "b"], "ordered_at": ["2024-01-01", "2024-02-10"], "amount": [9, 9]})
    rfm_of_days = tt.RFM(recency=40, frequency=1, monetary=1)
    got = tt.history(rfm_of_days, orders, start="2024-02-01", end="2024-03-01")
    rows = got.to_pandas()[["customer_id", "layer", "valid_from", "reason"]].astype(str).to_numpy().tolist()
    assert rows == [
        ["a", "important_value", "2024-02-01", "start"],
        ["a", "important_keep", "2024-02-11", "-recency_days"],
        ["b", "important_value", "2024-02-11", "entered"],
    ]
