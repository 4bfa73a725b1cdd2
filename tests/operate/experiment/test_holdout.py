"""Holdouts: sticky, of the size that was asked for, independent of each other, and the same by plain Python."""

import hashlib

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.stats import binom, binomtest, chi2_contingency

import titian as tt
from tests.stats.laws import law
from titian.errors import InputError
from titian.operate.experiment.holdout import DIGITS, GLOBAL_HOLDOUT, HOLDOUT, TOUCHED

ids = st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1), min_size=1, max_size=40)
salts = st.from_regex(r"[A-Za-z0-9_.\-]{1,20}", fullmatch=True)
EVERYBODY = pd.DataFrame({"customer_id": [f"C{number}" for number in range(20_000)]})


def split_of(salt: str = "summer", share: float = 0.1, **more: object) -> tt.experiment.Split:
    return tt.experiment.Split(holdout=tt.experiment.Holdout(salt=salt, share=share), **more)


def arms(split: tt.experiment.Split, everybody: pd.DataFrame = EVERYBODY) -> pd.Series:
    return tt.experiment.assign(everybody, split).to_pandas().set_index("customer_id").arm


def by_hand(salt: str, customer: str) -> float:
    """Where a customer falls, from 0 to 1."""
    return int(hashlib.sha256(f"{salt}:{customer}".encode()).hexdigest()[:DIGITS], 16) / 16**DIGITS


@law
@given(ids, salts, st.floats(0, 0.99))
def test_it_is_the_hash_of_salt_and_id_by_hand(customers, salt, share):
    found = arms(split_of(salt, share), pd.DataFrame({"customer_id": customers}))
    assert all((arm == HOLDOUT) == (by_hand(salt, customer) < share) for customer, arm in found.items())


@law
@given(ids, st.randoms())
def test_order_repeats_and_company_change_nobodys_arm(customers, chance):
    frame = pd.DataFrame({"customer_id": customers})
    shuffled = customers * 2
    chance.shuffle(shuffled)
    more = pd.DataFrame({"customer_id": [*shuffled, "somebody else"]})
    split = split_of(share=0.4, variants={"mail": 0.5, "sms": 0.5})
    assert arms(split, more).drop("somebody else", errors="ignore").to_dict() == {
        who: arm for who, arm in arms(split, frame).items() if who != "somebody else"
    }


def test_a_larger_holdout_takes_in_all_of_the_smaller():
    small, large = (arms(split_of(share=share)) == HOLDOUT for share in (0.1, 0.25))
    assert large[small].all()
    assert large.sum() > small.sum()


@pytest.mark.parametrize("share", [0.0, 0.01, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("salt", ["summer", "winter", "2026-618"])
def test_the_share_held_out_is_within_the_bounds_of_chance(salt, share):
    held_out = (arms(split_of(salt, share)) == HOLDOUT).sum()
    low, high = binom.interval(0.9999, len(EVERYBODY), share) if share else (0, 0)
    assert low <= held_out <= high


def test_holdouts_of_two_salts_have_nothing_to_do_with_each_other():
    one, other = (arms(split_of(salt, 0.3)) for salt in ("summer", "winter"))
    assert chi2_contingency(pd.crosstab(one, other)).pvalue > 0.001
    assert (one != other).any()


def test_the_global_holdout_stays_out_of_every_project():
    everywhere = tt.experiment.Holdout(salt="global", share=0.05)
    found = [arms(split_of(salt, everywhere=everywhere)) for salt in ("summer", "winter")]
    outside = [set(one.index[one == GLOBAL_HOLDOUT]) for one in found]
    assert outside[0] == outside[1]
    assert binomtest(len(outside[0]), len(EVERYBODY), 0.05).pvalue > 0.001
    within = found[0][found[0] != GLOBAL_HOLDOUT]
    assert binomtest(int((within == HOLDOUT).sum()), len(within), 0.1).pvalue > 0.001


def test_variants_have_their_shares_among_those_who_are_touched():
    found = arms(split_of(variants={"mail": 0.5, "sms": 0.3, "push": 0.2}))
    touched = found[found != HOLDOUT]
    for variant, share in {"mail": 0.5, "sms": 0.3, "push": 0.2}.items():
        assert binomtest(int((touched == variant).sum()), len(touched), share).pvalue > 0.001


def test_a_holdout_of_another_size_leaves_everybodys_variant_as_it_is():
    small, large = (arms(split_of(share=share, variants={"a": 0.5, "b": 0.5})) for share in (0.1, 0.4))
    touched = large != HOLDOUT
    assert (small[touched] == large[touched]).all()


def test_the_order_in_which_variants_are_said_makes_no_difference():
    one = split_of(variants={"a": 0.2, "b": 0.8})
    other = split_of(variants={"b": 0.8, "a": 0.2})
    assert arms(one).equals(arms(other))


def test_without_variants_everybody_else_is_touched():
    assert set(arms(split_of())) == {HOLDOUT, TOUCHED}


def test_rows_without_an_id_are_left_out_and_the_column_may_have_another_name():
    frame = pd.DataFrame({"who": ["a", None, " ", "b", "a"]})
    found = tt.experiment.assign(frame, split_of(), customer="who").to_pandas()
    assert found.customer_id.tolist() == ["a", "b"]
    with pytest.raises(InputError, match="'customer_id' is not known"):
        tt.experiment.assign(frame, split_of())


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"salt": "a:b"}, "pattern"),
        ({"salt": ""}, "pattern"),
        ({"share": 1.0}, "less than 1"),
        ({"share": -0.1}, "greater than or equal to 0"),
        ({"variants": {"a": 0.5, "b": 0.4}}, "add up to 1"),
        ({"variants": {HOLDOUT: 1.0}}, "can't be called holdout"),
        ({"everywhere": tt.experiment.Holdout(salt="summer", share=0.1)}, "the same customers"),
    ],
)
def test_a_split_that_could_not_be_drawn_is_refused(said, what):
    with pytest.raises(ValidationError, match=what):
        split_of(**said)
