"""The made-up shops are as awkward as they claim to be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

from tests.oracle.facts import all_traits, counts, population
from tests.oracle.flows import flow
from tests.oracle.matrix import rfm
from tests.oracle.shop import Shop
from tests.oracle.strategies import asked_shops, known_before

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SEARCH = settings(
    max_examples=2000,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=[Phase.generate],
)


@pytest.mark.parametrize(
    "awkward",
    [
        lambda shop, _: not shop.orders,
        lambda shop, _: any(o.customer_id is None for o in shop.orders),
        lambda shop, _: len({o.ordered_at for o in shop.orders}) < len(shop.orders),
        lambda shop, at: any(o.status == "paid" and o.ordered_at < at and not counts(shop, o, at) for o in shop.orders),
        lambda shop, at: any(o.ordered_at < at <= (o.refunded_at or o.ordered_at) for o in shop.orders),
        lambda shop, at: any(o.ordered_at == at for o in shop.orders),
        lambda shop, at: any(t.spend < 0 for t in all_traits(shop, at).values()),
    ],
    ids=["empty", "customerless", "same instant", "refunded in full", "refunded later", "at as_of", "negative spend"],
)
def test_each_awkward_thing_is_found(awkward: Callable[[Shop, datetime], bool]) -> None:
    assert find(asked_shops(), lambda asked: awkward(*asked), settings=SEARCH)


@QUICK
@given(asked_shops())
def test_what_is_not_yet_known_changes_nothing(asked: tuple[Shop, datetime]) -> None:
    shop, as_of = asked
    assert rfm().assign(shop, as_of) == rfm().assign(known_before(shop, as_of), as_of)


@pytest.mark.full
@QUICK
@given(asked_shops())
def test_everyone_has_one_layer_and_flows_conserve(asked: tuple[Shop, datetime]) -> None:
    shop, as_of = asked
    model, later = rfm(), shop.days_before(as_of, -30)
    cuts = model.fit_at(shop, as_of)
    start, end = model.assign(shop, as_of, cuts), model.assign(shop, later, cuts)
    assert (set(start), set(end)) == (population(shop, as_of), population(shop, later))
    moved = flow(start, end, model.layers[:-1])
    there = moved.stayed + moved.up + moved.down + moved.across
    assert (there + moved.left.total(), there + moved.entered.total()) == (len(start), len(end))
