"""TGI: other people's code, how often its interval holds the truth, and laws."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from tests.stats.laws import law
from titian.errors import InputError
from titian.stats.tgi import TGI, UNKNOWN, tgi


@st.composite
def counts(draw) -> tuple[int, int, int, int]:
    """Customers with the value inside and outside, and the sizes of the group and of the rest."""
    group, rest = draw(st.integers(1, 300)), draw(st.integers(1, 3000))
    return draw(st.integers(0, group)), draw(st.integers(0, rest)), group, rest


def of(inside: int, outside: int, group: int, rest: int, level: float = 0.95) -> TGI:
    return tgi([inside], [inside + outside], group, group + rest, level=level)[0]


@law
@given(counts(), st.sampled_from([0.8, 0.95, 0.99]))
def test_the_interval_is_statsmodels_score_interval_of_the_ratio(given, level):
    inside, outside, group, rest = given
    assume(0 < inside < group and 0 < outside < rest)
    low, high = confint_proportions_2indep(
        inside, group, outside, rest, compare="ratio", method="score", correction=False, alpha=1 - level
    )
    part = group / (group + rest)
    theirs = [100 * ratio / (part * ratio + 1 - part) for ratio in (low, high)]
    found = of(*given, level)
    assert [found.low, found.high] == pytest.approx(theirs, rel=1e-5)


@law
@given(counts())
def test_it_is_the_share_inside_over_the_share_of_all_and_lies_in_its_interval(given):
    inside, outside, group, rest = given
    assume(inside + outside)
    found = of(*given)
    assert found.value == pytest.approx(100 * (inside / group) / ((inside + outside) / (group + rest)))
    assert 0 <= found.low <= found.value * (1 + 1e-9)
    assert found.value <= found.high * (1 + 1e-9) <= 100 * (group + rest) / group * (1 + 2e-9)


@law
@given(counts())
def test_a_higher_level_is_a_wider_interval(given):
    assume(given[0] + given[1])
    narrow, wide = of(*given, 0.8), of(*given, 0.99)
    assert wide.low <= narrow.low * (1 + 1e-9)
    assert narrow.high <= wide.high * (1 + 1e-9)


@pytest.mark.parametrize(
    ("group", "rest", "inside", "outside"),
    [(60, 240, 0.3, 0.1), (200, 200, 0.05, 0.1), (40, 2000, 0.5, 0.4), (500, 100, 0.02, 0.02)],
    ids=["often", "rare", "few inside", "few outside"],
)
def test_the_interval_holds_the_truth_nineteen_times_of_twenty(group, rest, inside, outside):
    chance, times = np.random.default_rng(20240601), 4000
    found = chance.binomial(group, inside, times)
    part = group / (group + rest)
    truth = 100 * inside / (part * inside + (1 - part) * outside)
    drawn = tgi(found, found + chance.binomial(rest, outside, times), group, group + rest)
    known = [one for one in drawn if one.low is not None and one.high is not None]
    assert 0.935 < sum(one.low <= truth <= one.high for one in known) / len(known) < 0.975


def test_nobody_inside_has_an_upper_end_alone():
    found = of(0, 20, 50, 400)
    assert (found.value, found.low) == (0, 0)
    assert 100 < found.high < 200


def test_nobody_outside_reaches_to_the_most_that_there_can_be():
    found = of(10, 0, 50, 400)
    assert (found.value, found.high) == (900, 900)
    assert 100 < found.low < 900


@pytest.mark.parametrize(
    ("inside", "everyone", "group", "customers"),
    [(0, 0, 5, 9), (0, 5, 0, 9), (0, 0, 0, 0)],
    ids=["a value of nobody", "a group of nobody", "no customers"],
)
def test_what_rests_on_nobody_is_not_said(inside, everyone, group, customers):
    assert tgi([inside], [everyone], group, customers) == [UNKNOWN]


@pytest.mark.parametrize("everyone", [1, 40, 90])
def test_a_group_of_everybody_is_as_everybody(everyone):
    assert tgi([everyone], [everyone], 90, 90) == [TGI(100, 100, 100)]


@pytest.mark.parametrize("rest", [0, 1, 500])
def test_a_group_of_one_has_finite_ends(rest):
    found = of(1, rest // 2, 1, rest)
    assert all(np.isfinite([found.value, found.low, found.high]))


@pytest.mark.parametrize(
    ("inside", "everyone", "group", "customers"),
    [(3, 2, 5, 9), (6, 6, 5, 9), (0, 5, 5, 9), (-1, 2, 5, 9), (0, 0, 9, 5)],
)
def test_counts_that_can_not_be_are_refused(inside, everyone, group, customers):
    with pytest.raises(InputError):
        tgi([inside], [everyone], group, customers)
