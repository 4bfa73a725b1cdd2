"""ValueLevels: silence first, then money."""

from __future__ import annotations

import pytest

import titian as tt
from tests.shops import by_customer, shop
from titian.errors import InputError

DAY = "2024-12-31"


@pytest.mark.parametrize(
    ("last", "amount", "level"),
    [
        ("2024-07-03", 99, "churned"),
        ("2024-07-04", 99, "at_risk"),
        ("2024-10-01", 99, "at_risk"),
        ("2024-10-02", 99, "active"),
        ("2024-12-01", 10, "active"),
        ("2024-12-01", 9, "potential"),
    ],
    ids=["181 days", "180 days", "91 days", "90 days", "at the cut", "below the cut"],
)
def test_the_first_match_wins(last: str, amount: float, level: str) -> None:
    got = tt.ValueLevels(spend=10).assign(shop(("a", last, amount)), as_of=DAY)
    assert by_customer(got.to_pandas(), "layer") == {"a": level}


def test_times_can_come_from_the_gaps_between_purchase_days() -> None:
    lines = [("a", "2024-12-01", 1), ("a", "2024-12-11", 1), ("a", "2024-12-31", 1), ("b", "2024-12-02", 1)]
    got = tt.ValueLevels(warning_days="median", churn_days="q0.9").assign(shop(*lines), as_of="2025-01-01")
    assert [round(cut.value, 6) for cut in got.fitted.cuts[:2]] == [15, 19]
    assert by_customer(got.to_pandas(), "layer")["b"] == "churned"


def test_without_a_rhythm_nobody_is_silent_and_it_is_said() -> None:
    got = tt.ValueLevels(warning_days="q0.8", churn_days="q0.9").assign(shop(("a", "2024-01-01", 1)), as_of=DAY)
    assert by_customer(got.to_pandas(), "layer") == {"a": "potential"}
    assert "no_rhythm" in {note.code for note in got.notes}


def test_churn_is_not_shorter_than_the_warning() -> None:
    with pytest.raises(InputError, match="churn_days"):
        tt.ValueLevels(warning_days=100, churn_days=50)


def test_reasons_name_the_time_that_decided() -> None:
    got = tt.ValueLevels().assign(shop(("a", "2024-01-01", 1)), as_of=DAY)
    assert got.explain("a")[0].cut == 180


def test_the_gap_to_active_is_silence_and_spend() -> None:
    got = tt.ValueLevels(spend=10).assign(shop(("a", "2024-09-22", 4)), as_of=DAY)
    gap = got.gap("active").iloc[0]
    assert (gap["recency_days_gap"], gap["spend_gap"], gap["lacking"]) == (10, 6, "spend")
