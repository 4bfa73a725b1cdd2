"""The trait table says of every customer what the oracle says."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given

import titian as tt
from tests.acceptance.product import THOROUGH, answers, close, dataset
from tests.oracle.facts import Traits, all_traits
from tests.oracle.shop import Shop
from tests.oracle.strategies import streets

TRAITS = list(Traits.__annotations__)


@THOROUGH
@given(streets())
def test_every_trait_of_everyone(asked: tuple[Shop, datetime]) -> None:
    shop, as_of = asked
    said, expected = answers(tt.traits(TRAITS, dataset(shop), as_of=as_of)), all_traits(shop, as_of)
    assert said.keys() == expected.keys()
    assert [
        (who, trait, said[who][trait], getattr(traits, trait))
        for who, traits in expected.items()
        for trait in TRAITS
        if not close(said[who][trait], getattr(traits, trait))
    ] == []
