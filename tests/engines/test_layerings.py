"""Every layering of the registry gives every customer the same layer on DuckDB and on a Spark cluster."""

from __future__ import annotations

import pytest

import titian as tt
from tests.engines import nasty
from tests.engines.comparing import differing
from tests.engines.conftest import Twins
from titian.errors import InputError

pytestmark = pytest.mark.full

KINDS = list(tt.layerings().values())
ODD = [
    tt.RFM(recency="mean", frequency="mean", monetary="mean"),
    tt.RFM(recency="q0.29", frequency=2, monetary="q0.07", window_days=365),
    tt.RFMScore(recency_weight=0.5, frequency_weight=0.25, monetary_weight=0.25, window_days=None),
    tt.ValueLevels(warning_days="q0.5", churn_days="q0.9"),
    tt.Matrix(dimensions=[{"trait": "average_order_value", "cut": "mean"}, {"trait": "refund_share"}]),
    tt.Matrix(dimensions=[{"trait": "view_count_90d", "cut": "mean"}, "view_duration_s", "days_since_view"]),
]


def names(kinds: list[type[tt.Layering]]) -> list[str]:
    return [kind.kind for kind in kinds]


@pytest.mark.parametrize("kind", KINDS, ids=names(KINDS))
@pytest.mark.parametrize("as_of", [nasty.AS_OF, nasty.EARLIER], ids=["autumn", "spring"])
def test_everyone_has_the_same_layer(big_shop: Twins, kind: type[tt.Layering], as_of: object) -> None:
    one = kind.example()
    here, there = one.assign(big_shop.here, as_of=as_of), one.assign(big_shop.there, as_of=as_of)
    assert differing(here, there) == {}
    assert here.fitted == there.fitted


@pytest.mark.parametrize("one", ODD, ids=lambda one: f"{one.kind} {list(one.parameters.values())[:2]}")
def test_odd_parameters_change_nothing_of_that(big_shop: Twins, one: tt.Layering) -> None:
    here, there = one.assign(big_shop.here, as_of=nasty.AS_OF), one.assign(big_shop.there, as_of=nasty.AS_OF)
    assert differing(here, there) == {}
    assert here.fitted == there.fitted


@pytest.mark.parametrize("kind", KINDS, ids=names(KINDS))
def test_flows_count_the_same_moves(big_shop: Twins, kind: type[tt.Layering]) -> None:
    here, there = (
        tt.flows(kind.example(), data, start=nasty.EARLIER, end=nasty.AS_OF, refit=True)
        for data in (big_shop.here, big_shop.there)
    )
    assert here.moves == there.moves
    assert (here.by_customer, here.by_cut) == (there.by_customer, there.by_cut)


@pytest.mark.parametrize("kind", KINDS, ids=names(KINDS))
def test_what_everyone_lacks_and_why_is_the_same(small_shop: Twins, kind: type[tt.Layering]) -> None:
    here, there = (kind.example().assign(data, as_of=nasty.AS_OF) for data in (small_shop.here, small_shop.there))
    someone = sorted(here.to_pandas().customer_id)[0]
    assert here.explain(someone) == there.explain(someone)
    target = here.fitted.layers[0].key
    try:
        lacking = here.gap(target)
    except InputError as refused:
        with pytest.raises(type(refused)):
            there.gap(target)
    else:
        assert differing(lacking, there.gap(target)) == {}


def test_an_impact_is_the_same(small_shop: Twins) -> None:
    new = tt.RFM(recency="q0.2", monetary="mean")
    here, there = (
        tt.impact(tt.RFM(), new, data=data, as_of=nasty.AS_OF) for data in (small_shop.here, small_shop.there)
    )
    assert here.moves == there.moves


def test_cuts_fitted_on_one_engine_hold_on_the_other(small_shop: Twins) -> None:
    fitted = tt.RFM().assign(small_shop.there, as_of=nasty.EARLIER).fitted
    here, there = (
        tt.RFM().assign(data, as_of=nasty.AS_OF, fitted=fitted) for data in (small_shop.here, small_shop.there)
    )
    assert differing(here, there) == {}


def test_several_layerings_at_once_are_the_same(small_shop: Twins) -> None:
    both = [tt.RFM(), tt.RFMScore()]
    here, there = (tt.assign(both, data, as_of=nasty.AS_OF) for data in (small_shop.here, small_shop.there))
    assert differing(here, there) == {}
