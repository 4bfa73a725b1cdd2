"""An impact counts who would be where, pair by pair, whatever the two definitions share."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest

import titian as tt
from tests.acceptance.product import layers
from tests.oracle.communities import community
from tests.oracle.village import handed

SEEN, END = community(3)
DATA = handed(SEEN)


def split(trait: str, *bands: float) -> tt.TraitSplit:
    return tt.TraitSplit(trait=trait, bands=bands)


PAIRS = {
    "another window of the same trait": (tt.RFM(), tt.RFM(window_days=None)),
    "other weights": (tt.Social(), tt.Social(weights={"post": 1, "like": 5}, window_days=30)),
    "other kinds": (tt.Identity(contributions=2), tt.Influence(kol="q0.8", koc="median")),
    "the same two the other way round": (
        tt.Cross(first=split("city"), second=split("spend", 20)),
        tt.Cross(first=split("spend", 20), second=split("city")),
    ),
    "values against bands": (split("city"), split("age_years", 20, 30)),
    "inside and whole": (tt.ValueLevels(), tt.Inside(outer=tt.ValueLevels(), at="active", inner=tt.RFM())),
    "one table of traits read in two ways": (
        tt.Matrix(dimensions=[{"trait": "spend", "cut": 20}, {"trait": "order_count", "cut": "median"}]),
        tt.Matrix(dimensions=[{"trait": "order_count", "cut": 1}, {"trait": "spend", "cut": "q0.8"}]),
    ),
}


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_everyone_is_counted_once_from_where_to_where(pair: tuple[tt.Layering, tt.Layering]) -> None:
    for old, new in permutations(pair):
        before, after = (layers(one.assign(DATA, as_of=END)) for one in (old, new))
        found = tt.impact(old, new, DATA, as_of=END)
        told = {(move.source, move.target): move.customers for move in found.pairs}
        assert told == Counter((before[who], after[who]) for who in SEEN.everyone(END))
        assert found.moved == sum(before[who] != after[who] for who in before)


def test_old_cuts_that_are_handed_in_stay() -> None:
    fitted = tt.RFM().assign(DATA, as_of=END).fitted
    kept = fitted.model_copy(update={"cuts": tuple(cut.model_copy(update={"value": 0.0}) for cut in fitted.cuts)})
    found = tt.impact(tt.RFM(), tt.RFM(), DATA, as_of=END, old_fitted=kept)
    before = layers(tt.RFM().assign(DATA, as_of=END, fitted=kept))
    after = layers(tt.RFM().assign(DATA, as_of=END))
    assert found.moved == sum(before[who] != after[who] for who in before)
