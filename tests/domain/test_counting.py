"""Shares and numbers of things are said one way, in every sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from titian.domain.counting import change_text, counted, share_text
from titian.layering.plays import GRADES


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.123, "12.3%"), (1.0, "100.0%"), (0.0, "0.0%"), (0.0001, "< 0.1%"), (-0.04, "−4.0%"), (None, "–")],
)
def test_a_share_has_one_decimal_and_no_space(share: float | None, said: str) -> None:
    assert share_text(share) == said


@pytest.mark.parametrize(
    ("change", "said"), [(0.05, "+5.0%"), (-0.051, "−5.1%"), (0.0, "0.0%"), (12.0, "+1,200.0%"), (None, "–")]
)
def test_a_change_has_its_sign(change: float | None, said: str) -> None:
    assert change_text(change) == said


@given(st.floats(0.0005, 1))
def test_a_share_that_is_there_never_reads_as_nothing(share: float) -> None:
    assert abs(float(share_text(share).strip("< %")) / 100 - share) <= 0.0005 + 1e-12


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 customers"), (1, "1 customer"), (2, "2 customers"), (4372, "4,372 customers")]
)
def test_one_is_singular(number: int, said: str) -> None:
    assert counted(number, "customer", "customers") == said


def test_the_best_grade_carries_the_largest_number() -> None:
    names = [(grade.key, grade.name.zh, grade.name.en) for grade in GRADES]
    assert names[0] == ("s5", "5 分客户", "Score 5 of 5")
    assert names[-1] == ("s1", "1 分客户", "Score 1 of 5")
    assert [name[0] for name in names] == ["s5", "s4", "s3", "s2", "s1"]
    assert ("最好" in GRADES[0].meaning.zh, "best" in GRADES[0].meaning.en) == (True, True)
