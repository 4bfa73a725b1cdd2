"""Quantiles are exact: interpolated between neighbours, and where neighbours are equal their very value."""

from __future__ import annotations

from fractions import Fraction

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import titian as tt
from tests.shops import by_customer, shop
from titian.warehouse.engine_duckdb import DuckDBEngine

ENGINE = DuckDBEngine(duckdb.connect())
SHARES = (0.07, 0.2, 0.29, 0.5, 0.8, 0.95)


def quantiles(values: list[float]) -> dict[float, float]:
    rows, held = ENGINE.upload(tuple(values), lambda: pa.table({"x": pa.array(values, pa.float64())}))
    asked = rows.aggregate(**{str(share): rows.x.quantile(share) for share in SHARES})
    (found,) = ENGINE.arrow(asked).to_pylist()
    assert held.name
    return {float(share): value for share, value in found.items()}


def exact(values: list[float], share: float) -> Fraction:
    """Hyndman and Fan's type 7 in fractions."""
    ordered = [Fraction(value) for value in sorted(values)]
    place = (len(ordered) - 1) * Fraction(str(share))
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


@pytest.mark.parametrize("value", [99.99, 0.1, 1234.5678, -7.7, 0.0])
def test_a_quantile_of_equal_values_is_that_value(value: float) -> None:
    for count in range(1, 40):
        assert set(quantiles([value] * count).values()) == {value}


# Between 0 and the least double there is no double at all: of such values no quantile can be as near as is asked.
NUMBERS = st.integers(-3, 3).map(lambda n: n * 99.99) | st.floats(-1e9, 1e9, allow_subnormal=False)


@given(st.lists(NUMBERS, min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_a_quantile_lies_where_fractions_say(values: list[float]) -> None:
    size = max(map(abs, values)) or 1.0
    for share, found in quantiles(values).items():
        assert abs(Fraction(found) - exact(values, share)) <= Fraction(size) * Fraction(1, 10**14)


def test_ties_at_a_quantile_are_low() -> None:
    alike = [(f"c{number}", "2024-01-01", 99.99) for number in range(7)]
    one = tt.Matrix(dimensions=[{"trait": "spend", "cut": "q0.8"}])
    layers = by_customer(one.assign(shop(*alike), as_of="2024-02-01").to_pandas(), "layer")
    assert set(layers.values()) == {"low"}
