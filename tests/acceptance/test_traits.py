"""The trait table says of every customer what the oracle says."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK, THOROUGH, answers, dataset, wrong
from tests.oracle.facts import Traits, all_traits
from tests.oracle.shop import Shop
from tests.oracle.strategies import streets

TRAITS = list(Traits.__annotations__)
WITHIN = ["order_count", "spend", "average_order_value", "active_days", "refund_share"]


@pytest.mark.full
@THOROUGH
@given(streets())
def test_every_trait_of_everyone(asked: tuple[Shop, datetime]) -> None:
    shop, as_of = asked
    said, expected = answers(tt.traits(TRAITS, dataset(shop), as_of=as_of)), all_traits(shop, as_of)
    assert said.keys() == expected.keys()
    assert wrong(said, expected, TRAITS) == []


@QUICK
@given(streets(), st.sampled_from([1, 30, 90, 365]))
def test_traits_within_the_last_days(asked: tuple[Shop, datetime], days: int) -> None:
    shop, as_of = asked
    names = [f"{trait}_{days}d" for trait in WITHIN]
    said = answers(tt.traits(names, dataset(shop), as_of=as_of))
    assert wrong(said, all_traits(shop, as_of, days), WITHIN, f"_{days}d") == []
