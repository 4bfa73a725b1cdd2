"""Money in words."""

from __future__ import annotations

import pytest

from titian.domain.money import money_text


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [(1129758.2, "GBP", "£1,129,758.20"), (-0.5, "CNY", "−¥0.50"), (3, "CHF", "CHF 3.00"), (3, "", "3.00")],
)
def test_an_amount_carries_the_sign_of_its_currency(value: float, currency: str, text: str) -> None:
    assert money_text(value, currency) == text
