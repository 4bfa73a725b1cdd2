"""Moments: two groups together are the whole, and shares are told from other numbers."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stats.laws import law
from titian.operate.experiment.moments import NOBODY, Moments, together

values = st.lists(st.tuples(*[st.floats(-1e4, 1e4)] * 2), min_size=1, max_size=20)
X, Y = "numerator", "covariate"


def of(rows: list[tuple[float, float]]) -> Moments:
    """By the definitions."""
    columns = {X: [x for x, _ in rows], Y: [y for _, y in rows]}
    means = {part: statistics.fmean(column) for part, column in columns.items()}
    covariances = {
        (one, two): sum(
            (a - means[one]) * (b - means[two]) for a, b in zip(columns[one], columns[two], strict=True)
        ) / max(1, len(rows) - 1)
        for one, two in ((X, X), (Y, X), (Y, Y))
    }  # fmt: skip
    return Moments(len(rows), sum(x != 0 for x, _ in rows), means, covariances)


@law
@given(st.lists(values, min_size=1, max_size=5))
def test_groups_together_are_the_whole(groups):
    found, whole = together(map(of, groups)), of([row for group in groups for row in group])
    assert (found.customers, found.acting) == (whole.customers, whole.acting)
    assert found.means == pytest.approx(whole.means, abs=1e-6)
    assert found.covariances == pytest.approx(whole.covariances, rel=1e-6, abs=1e-4)


@law
@given(values)
def test_nobody_changes_nothing(rows):
    assert of(rows) + NOBODY == NOBODY + of(rows) == of(rows)


def test_nobody_and_nobody_are_nobody():
    assert together([]) == together([NOBODY, NOBODY]) == NOBODY


@law
@given(st.lists(st.booleans(), min_size=1, max_size=50))
def test_yes_and_no_is_a_share(answers):
    assert of([(float(answer), 0.0) for answer in answers]).is_share


@pytest.mark.parametrize(
    "numbers", [[0, 1, 2], [0.5, 1.5, 0, 0], [-1, 3, 0], [2, 2], [1.0001, 0, 0, 0], [100.0]], ids=str
)
def test_other_numbers_are_no_share(numbers):
    assert not of([(number, 0.0) for number in numbers]).is_share


def test_a_ratio_is_no_share():
    ratio = Moments(2, 1, {"numerator": 0.5, "denominator": 1.0}, {("numerator", "numerator"): 0.5})
    assert not ratio.is_share


def test_nobody_is_no_share():
    assert not NOBODY.is_share
