"""Flows, their split and the impact of a change: as the oracle counts them, and conserved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import THOROUGH, dataset
from tests.oracle.facts import population
from tests.oracle.flows import Flow, Moves, flow, split
from tests.oracle.matrix import rfm
from tests.oracle.score import SCORE_LAYERS, fit_bins, score_layers
from tests.oracle.shop import Shop
from tests.oracle.strategies import asked_shops
from tests.oracle.value_levels import VALUE_LAYERS, ValueLevels
from titian.layering.flows import Flows
from titian.layering.moves import Move

Asked = tuple[Shop, datetime]
DAYS = st.sampled_from([1, 2, 30, 92, 366])
RANKED = rfm().layers[:-1]


def counted(matrix: pd.DataFrame) -> Moves:
    """The moves that somebody made."""
    return {
        (str(source), str(target)): int(customers)
        for source, row in zip(matrix.index, matrix.to_numpy(), strict=True)
        for target, customers in zip(matrix.columns, row, strict=True)
        if customers
    }


def pairs(moves: Iterable[Move]) -> Moves:
    return {(move.source, move.target): move.customers for move in moves}


def same(found: Flows, expected: Flow) -> None:
    assert counted(found.matrix) == expected.matrix
    ways = (expected.stayed, expected.up, expected.down, expected.across)
    assert (found.stayed, found.up, found.down, found.across) == ways
    assert (found.entered, found.left) == (expected.entered.total(), expected.left.total())


def start_of(asked: Asked, days: int) -> datetime:
    """An earlier instant at which somebody had been seen; in Samoa a day back may be no time at all."""
    shop, end = asked
    start = shop.days_before(end, days)
    assume(start < end and population(shop, start))
    return start


@THOROUGH
@given(asked_shops(min_size=8), DAYS)
def test_people_move_by_the_fit_of_the_start(asked: Asked, days: int) -> None:
    (shop, end), start = asked, start_of(asked, days)
    cuts = rfm().fit_at(shop, start)
    found = tt.flows(tt.RFM(), dataset(shop), start=start, end=end)
    same(found, flow(rfm().assign(shop, start, cuts), rfm().assign(shop, end, cuts), RANKED))
    there = found.stayed + found.up + found.down + found.across
    assert (there + found.left, there + found.entered) == (len(population(shop, start)), len(population(shop, end)))


@pytest.mark.full
@THOROUGH
@given(asked_shops(min_size=8), DAYS)
def test_a_refit_splits_moves_by_the_customer_and_by_the_cut(asked: Asked, days: int) -> None:
    (shop, end), start = asked, start_of(asked, days)
    before, after = rfm().assign(shop, start), rfm().assign(shop, end)
    between = rfm().assign(shop, end, rfm().fit_at(shop, start))
    found = tt.flows(tt.RFM(), dataset(shop), start=start, end=end, refit=True)
    same(found, flow(before, after, RANKED))
    assert found.by_cut is not None
    expected = split(before, between, after)
    assert (pairs(found.by_customer.pairs), pairs(found.by_cut.pairs)) == (expected.by_customer, expected.by_cut)


@pytest.mark.full
@THOROUGH
@given(asked_shops(min_size=8), DAYS)
def test_scores_and_levels_flow_by_the_fit_of_the_start(asked: Asked, days: int) -> None:
    (shop, end), start = asked, start_of(asked, days)
    data, bins, cuts = dataset(shop), fit_bins(shop, start), ValueLevels().fit(shop, start)
    scored = flow(score_layers(shop, start, bins=bins), score_layers(shop, end, bins=bins), SCORE_LAYERS[:-1])
    same(tt.flows(tt.RFMScore(), data, start=start, end=end), scored)
    levels = flow(ValueLevels().assign(shop, start, cuts), ValueLevels().assign(shop, end, cuts), VALUE_LAYERS[:-1])
    same(tt.flows(tt.ValueLevels(), data, start=start, end=end), levels)


@pytest.mark.full
@THOROUGH
@given(asked_shops(), st.sampled_from(["mean", "q0.8", 1]), st.sampled_from([365, None, 30]))
def test_the_impact_of_a_change(asked: Asked, cut: str | int, window: int | None) -> None:
    shop, as_of = asked
    new = rfm(monetary=cut, window_days=window)
    expected = flow(rfm().assign(shop, as_of), new.assign(shop, as_of), RANKED)
    changed = tt.RFM(monetary=cut, window_days=window)
    found = tt.impact(tt.RFM(), changed, dataset(shop), as_of=as_of)
    assert counted(found.matrix) == expected.matrix
    ways = (expected.up, expected.down, expected.across)
    assert (found.up, found.down, found.across, found.moved) == (*ways, sum(ways))


def test_cdnow_customers_move_as_the_oracle_counts(cdnow_sample: Shop) -> None:
    start, end = (cdnow_sample.instant(day) for day in (date(1997, 10, 1), date(1998, 7, 1)))
    cuts = rfm().fit_at(cdnow_sample, start)
    found = tt.flows(tt.RFM(), dataset(cdnow_sample), start=start, end=end)
    same(found, flow(rfm().assign(cdnow_sample, start, cuts), rfm().assign(cdnow_sample, end, cuts), RANKED))


@pytest.mark.full
def test_invoice_customers_move_as_the_oracle_counts(invoices: Shop) -> None:
    start, end = (invoices.instant(day) for day in (date(2011, 6, 1), date(2011, 12, 10)))
    before, after = rfm().assign(invoices, start), rfm().assign(invoices, end)
    between = rfm().assign(invoices, end, rfm().fit_at(invoices, start))
    found = tt.flows(tt.RFM(), dataset(invoices), start=start, end=end, refit=True)
    same(found, flow(before, after, RANKED))
    assert found.by_cut is not None
    expected = split(before, between, after)
    assert (pairs(found.by_customer.pairs), pairs(found.by_cut.pairs)) == (expected.by_customer, expected.by_cut)
