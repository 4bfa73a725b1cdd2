"""Cuts: what may be given, and on which side a value falls."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from titian.domain.cut import Cut, FittedCut, quantile_of

CUTS: TypeAdapter[float | str] = TypeAdapter(Cut)


def fitted(rule: float | str, better: str = "high") -> FittedCut:
    return FittedCut(field="x", trait="x", rule=rule, value=10.0, inclusive=not isinstance(rule, str), better=better)


@pytest.mark.parametrize("given", ["mean", "median", "q0.8", "q.25", 3, 2.5, -1])
def test_a_cut_is_a_statistic_or_a_number(given: object) -> None:
    assert CUTS.validate_python(given) == given


@pytest.mark.parametrize("given", ["q1", "q0", "q1.5", "average", float("nan"), float("inf"), True, None, "q0.0"])
def test_anything_else_is_refused(given: object) -> None:
    with pytest.raises(ValidationError):
        CUTS.validate_python(given)


def test_text_from_a_form_is_read_as_a_number() -> None:
    assert CUTS.validate_python("180") == 180


@pytest.mark.parametrize(
    ("rule", "high"), [("median", False), (10, True)], ids=["statistic is strict", "number includes itself"]
)
def test_ties_at_the_cut(rule: float | str, high: bool) -> None:
    assert fitted(rule).is_high(10) is high
    assert fitted(rule, "low").is_high(10) is high


def test_better_can_be_smaller() -> None:
    assert fitted("mean", "low").is_high(3)
    assert fitted("mean", "low").distance(3) == 7


def test_nobody_is_high_without_a_cut() -> None:
    assert fitted("mean").model_copy(update={"value": None}).is_high(3) is None


def test_the_median_is_the_half_quantile() -> None:
    assert (quantile_of("median"), quantile_of("q0.25"), quantile_of("mean"), quantile_of(3)) == (0.5, 0.25, None, None)
