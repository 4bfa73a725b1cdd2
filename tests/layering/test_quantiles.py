"""Quantiles: ties, names, gaps and refusals."""

from __future__ import annotations

import pytest

import titian as tt
from tests.shops import by_customer, shop
from titian.errors import UnknownNameError
from titian.layering.contract import LayeringError

DAY = "2024-06-01"
TEN = shop(*((f"c{n}", "2024-05-01", float(n)) for n in range(10)))


def test_ten_customers_fall_into_two_three_and_five() -> None:
    got = tt.Quantiles(trait="spend").assign(TEN, as_of=DAY)
    expected = {f"c{n}": "q1" if n > 7 else "q2" if n > 4 else "q3" for n in range(10)}
    assert by_customer(got.to_pandas(), "layer") == expected


def test_ties_share_a_layer_and_the_first_may_be_empty() -> None:
    alike = shop(*((f"c{n}", "2024-05-01", 5.0 if n else 1.0) for n in range(10)))
    got = tt.Quantiles(trait="spend").assign(alike, as_of=DAY)
    assert list(got.counts()["customers"]) == [0, 0, 10, 0]


def test_when_all_are_equal_it_is_said() -> None:
    alike = shop(*((f"c{n}", "2024-05-01", 5.0) for n in range(40)))
    got = tt.Quantiles(trait="spend").assign(alike, as_of=DAY)
    assert [note.code for note in got.notes] == ["all_equal"]
    assert set(got.to_pandas()["layer"]) == {"q3"}


def test_who_has_no_value_is_in_none_and_outside_the_fit() -> None:
    twice = [("a", "2024-01-01", 1), ("a", "2024-01-31", 1), ("b", "2024-01-01", 1)]
    got = tt.Quantiles(trait="typical_gap_days").assign(shop(*twice), as_of=DAY)
    assert by_customer(got.to_pandas(), "layer") == {"a": "q3", "b": "none"}
    assert got.fitted.customers == 1


def test_names_can_be_given() -> None:
    names = [{"zh": "大客户", "en": "big"}, {"zh": "小客户", "en": "small"}]
    got = tt.Quantiles(shares=(0.2, 0.8), names=names).assign(TEN, as_of=DAY)
    assert list(got.counts()["name_zh"]) == ["大客户", "小客户", "未购"]


def test_without_names_the_shares_are_told() -> None:
    counts = tt.Quantiles().assign(TEN, as_of=DAY).counts()
    assert list(counts["name_zh"])[:3] == ["前 20%", "其次 30%", "其余 50%"]
    assert list(counts["name_en"])[:3] == ["top 20 %", "next 30 %", "last 50 %"]


def test_the_gap_is_to_the_cut_above() -> None:
    got = tt.Quantiles(trait="spend").assign(TEN, as_of=DAY)
    assert [round(cut.value, 6) for cut in got.fitted.cuts] == [7.2, 4.5]
    assert by_customer(got.gap("q1"), "spend_gap")["c7"] == 0.21
    assert by_customer(got.gap("q2"), "spend_gap")["c9"] == 0
    with pytest.raises(UnknownNameError, match="q3"):
        got.gap("q3")


def test_reasons_name_the_cut_that_was_passed_and_the_one_that_was_not() -> None:
    got = tt.Quantiles(trait="spend").assign(TEN, as_of=DAY)
    (top,), (middle,), (low,) = (got.explain(who) for who in ("c9", "c6", "c1"))
    assert (top.cut, top.high) == (pytest.approx(7.2), True)
    assert (middle.cut, middle.high) == (4.5, True)
    assert middle.sentence.zh.endswith("未超过上一层的 ¥7.20")
    assert (low.cut, low.high) == (4.5, False)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"shares": (0.5, 0.4)}, "sum to 1"),
        ({"shares": (0.9,)}, "at least 2"),
        ({"shares": (0.9996, 0.0004)}, "greater than or equal"),
        ({"shares": (float("nan"), 0.5)}, "finite"),
        ({"shares": (1.5, -0.5)}, "less than"),
        ({"names": [{"zh": "一", "en": "one"}]}, "3 layers and 1 names"),
        ({"trait": "city"}, "no number"),
        ({"trait": "last_order_at"}, "no number"),
    ],
)
def test_shares_that_are_none_are_refused(parameters: dict[str, object], said: str) -> None:
    with pytest.raises(LayeringError, match=said) as refused:
        tt.Quantiles(**parameters)
    assert refused.value.zh != refused.value.message


def test_an_unknown_trait_is_said() -> None:
    with pytest.raises(UnknownNameError, match="wealth"):
        tt.Quantiles(trait="wealth")
