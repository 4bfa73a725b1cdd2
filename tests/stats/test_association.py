"""Association: published tables, other people's code, and laws."""

import random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from tests.stats.laws import law
from titian.errors import InputError
from titian.stats.association import effect_on_category

HAIR_AND_EYES = [[68, 20, 15, 5], [119, 84, 54, 29], [26, 17, 14, 14], [7, 94, 10, 16]]
"""Snee, Graphical display of two-way contingency tables (American Statistician 28, 1974)."""


@st.composite
def tables(draw) -> list[list[int]]:
    width = draw(st.integers(2, 4))
    return draw(st.lists(st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=2, max_size=4))


def codes(found) -> list[str]:
    return [note.code for note in found.notes]


def test_hair_and_eyes_as_published():
    found = effect_on_category(HAIR_AND_EYES)
    assert found.chi_squared == pytest.approx(138.29, abs=0.005)
    assert found.plain_v == pytest.approx(0.279, abs=5e-4)
    assert (found.groups, found.values, found.customers) == (4, 4, 592)


def test_the_bias_is_taken_out_as_bergsma_says():
    phi, rows = 138.28984162600824 / 592, 4 - 9 / 591
    assert effect_on_category(HAIR_AND_EYES).v == pytest.approx(((phi - 9 / 591) / (rows - 1)) ** 0.5)


@law
@given(tables())
def test_chi_squared_p_and_plain_v_are_scipys(table):
    found = effect_on_category(table)
    assume(found.p is not None)
    counts = np.array(table)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    theirs = stats.chi2_contingency(counts, correction=False)
    assert (found.chi_squared, found.p) == (pytest.approx(theirs.statistic, abs=1e-9), pytest.approx(theirs.pvalue))
    assert found.plain_v == pytest.approx(stats.contingency.association(counts, method="cramer"), abs=1e-9)


@law
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_does_not_matter(table, chance: random.Random):
    other = list(zip(*chance.sample(table, len(table)), strict=True))
    ours, theirs = effect_on_category(table), effect_on_category(chance.sample(other, len(other)))
    assert ours.v == pytest.approx(theirs.v, abs=1e-6)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-6)


@law
@given(tables())
def test_the_interval_holds_v_and_is_in_zero_to_one(table):
    found = effect_on_category(table)
    assume(found.v is not None)
    assert 0 <= found.low <= found.v <= found.high <= 1


def test_by_chance_alone_v_is_far_below_the_plain_one():
    chance = np.random.default_rng(2)
    drawn = [effect_on_category(chance.multinomial(100, np.full(20, 1 / 20)).reshape(4, 5)) for _ in range(200)]
    assert np.mean([one.v for one in drawn]) < 0.4 * np.mean([one.plain_v for one in drawn])
    assert np.mean([one.low == 0 for one in drawn]) >= 0.93


def test_a_flag_that_is_the_split_itself_is_told_by_it():
    found = effect_on_category([[500, 0], [0, 700]])
    assert (found.v, found.high, found.size.key) == (1, 1, "large")


@pytest.mark.parametrize(
    ("table", "v", "code"),
    [
        ([], None, "nobody"),
        ([[0, 0], [0, 0]], None, "nobody"),
        ([[3, 5], [0, 0]], 0.0, "one_group"),
        ([[3, 0], [5, 0]], 0.0, "all_equal"),
        ([[1, 0], [0, 1]], None, "groups_of_one"),
        ([[9, 1], [1, 9]], pytest.approx(0.779, abs=0.01), "few_customers"),
        ([[90, 1], [90, 2]], 0.0, "sparse_table"),
    ],
    ids=["empty", "nobody", "one group", "one value", "all alone", "few", "sparse"],
)
def test_at_the_edges_there_is_a_result_and_a_word(table, v, code):
    found = effect_on_category(table)
    assert found.v == v
    assert code in codes(found)


@pytest.mark.parametrize("table", [[[1, 2], [3]], [1, 2], [[-1, 2], [3, 4]], [[float("nan"), 1], [1, 1]]])
def test_what_is_no_table_is_refused(table):
    with pytest.raises(InputError):
        effect_on_category(table)
