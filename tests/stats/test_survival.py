"""Survival: the published table, other people's code, and laws."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from tests.stats.laws import law
from titian.errors import InputError
from titian.stats.survival import Survival, kaplan_meier

LEFT = [6, 6, 6, 7, 10, 13, 16, 22, 23]
CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
"""Weeks of remission under 6-MP; Freireich et al. (Blood 21, 1963), as in Gehan (Biometrika 52, 1965)."""

PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

PEOPLE = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40)


def survival(left: list[int], censored: list[int], **named) -> Survival:
    rows = [(days, 1, 0) for days in left] + [(days, 0, 1) for days in censored]
    return kaplan_meier(*zip(*rows, strict=True), **named) if rows else kaplan_meier([], [], [], **named)


def split(people: list[tuple[int, bool]]) -> tuple[list[int], list[int]]:
    return [days for days, seen in people if seen], [days for days, seen in people if not seen]


def test_remission_as_published():
    found = survival(LEFT, CENSORED)
    shares = [round(found.beyond(weeks), 3) for weeks in (6, 7, 10, 13, 16, 22, 23)]
    assert shares == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert (found.median, found.median_low, found.median_high, found.people) == (23, 13, None, 21)


def test_placebo_without_censoring():
    found = survival(PLACEBO, [])
    assert (found.median, found.median_low, found.median_high) == (8, 4, 11)
    assert found.share[-1] == 0


@law
@given(PEOPLE)
def test_shares_are_those_of_statsmodels(people):
    left, censored = split(people)
    found = survival(left, censored)
    theirs = SurvfuncRight(np.array(left + censored), np.array([1] * len(left) + [0] * len(censored)))
    assert [found.beyond(days) for days in theirs.surv_times] == pytest.approx(list(theirs.surv_prob), abs=1e-12)


@law
@given(PEOPLE)
def test_the_band_is_that_of_statsmodels_standard_errors(people):
    left, censored = split(people)
    found = survival(left, censored)
    theirs = SurvfuncRight(np.array(left + censored), np.array([1] * len(left) + [0] * len(censored)))
    for days, share, error in zip(theirs.surv_times, theirs.surv_prob, theirs.surv_prob_se, strict=True):
        if 1e-9 < share < 1 - 1e-9:
            reach = 1.959963984540054 * error / (share * np.log(share))
            row = found.durations.index(days)
            assert (found.low[row], found.high[row]) == pytest.approx((share ** np.exp(-reach), share ** np.exp(reach)))


@law
@given(st.lists(st.integers(0, 12), min_size=1, max_size=40))
def test_when_all_have_left_it_is_plain_counting(days):
    found = survival(days, [])
    assert [found.beyond(day) for day in range(13)] == pytest.approx(
        [sum(one > day for one in days) / len(days) for day in range(13)]
    )
    assert found.median == sorted(days)[(len(days) - 1) // 2]


@law
@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(people, chance: random.Random):
    assert survival(*split(people)) == survival(*split(chance.sample(people, len(people))))


@law
@given(PEOPLE)
def test_counted_rows_are_the_same_as_single_ones(people):
    days = sorted({one for one, _ in people})
    counted = [[sum(one == (day, seen) for one in people) for day in days] for seen in (True, False)]
    assert kaplan_meier(days, *counted) == survival(*split(people))


@law
@given(PEOPLE)
def test_shares_fall_within_their_band_and_everybody_is_counted(people):
    found = survival(*split(people))
    assert list(found.share) == sorted(found.share, reverse=True)
    rows = zip(found.low, found.share, found.high, strict=True)
    assert all(0 <= low <= share + 1e-12 and share <= high + 1e-12 <= 1 + 1e-11 for low, share, high in rows)
    assert sum(found.left) + sum(found.censored) == found.people == len(people)


def test_before_the_first_all_are_there():
    assert survival([5], []).beyond(4.9) == 1


def test_where_nobody_left_there_is_no_median():
    found = survival([], [3, 4])
    assert (found.share, found.low, found.median) == ((1, 1), (1, 1), None)


def test_of_nobody_nothing_is_said():
    found = survival([], [])
    assert (found.durations, found.median, found.people, found.beyond(3)) == ((), None, 0, 1)


def test_one_who_left_at_once():
    found = survival([0], [])
    assert (found.share, found.low, found.high, found.median) == ((0,), (0,), (1,), 0)


def test_ten_million_people_have_a_narrow_band():
    found = kaplan_meier([30, 60], [4_000_000, 2_000_000], [0, 4_000_000])
    assert (found.median, found.share[1]) == (60, pytest.approx(0.4))
    assert found.high[1] - found.low[1] < 0.001


@pytest.mark.parametrize("rows", [([-1], [1], [0]), ([1], [-1], [0]), ([float("nan")], [1], [0]), ([1, 2], [1], [0])])
def test_what_is_no_stay_is_refused(rows):
    with pytest.raises(InputError):
        kaplan_meier(*rows)
