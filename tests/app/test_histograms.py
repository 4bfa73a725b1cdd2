"""Bins are round, and hold the whole range."""

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from titian.app.histograms import Bins, bins_of

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)


@pytest.mark.parametrize(("low", "high"), [(0, 1), (3, 4000), (0.2, 0.3), (-50, 12345.6), (1, 2)])
@pytest.mark.parametrize("whole_steps", [True, False])
def test_bins_span_the_range(low: float, high: float, whole_steps: bool) -> None:
    bins = bins_of(low, high, whole_steps=whole_steps)
    assert bins.low <= low
    assert bins.high > high
    assert bins.count <= 42
    assert len(bins.edges) == bins.count + 1


@pytest.mark.parametrize(("low", "high"), [(None, None), (5, 5), (7, 3), (None, 3), (3, None)])
def test_without_a_range_there_is_one_bin(low: float | None, high: float | None) -> None:
    assert bins_of(low, high, whole_steps=True).count == 1


def test_whole_values_have_bins_of_whole_width() -> None:
    assert bins_of(1, 9, whole_steps=True).width == 1


@given(NUMBERS, st.floats(1e-3, 1e9), st.integers(2, 60))
def test_there_are_about_as_many_bins_as_asked_for(low: float, size: float, most: int) -> None:
    bins = bins_of(low, low + size, whole_steps=False, most=most)
    assert 1 <= bins.count <= most + 2


@given(NUMBERS, st.floats(1, 1e9))
def test_widths_are_those_that_people_count_in(low: float, size: float) -> None:
    width = bins_of(low, low + size, whole_steps=False).width
    assert f"{width:.0e}"[0] in "125" or f"{width:.1e}".startswith("2.5")


@given(st.integers(-10_000, 10_000), st.integers(1, 100_000))
def test_whole_values_never_share_a_bin_with_a_half(low: int, size: int) -> None:
    bins = bins_of(low, low + size, whole_steps=True)
    assert all(edge == int(edge) for edge in bins.edges)


@pytest.mark.parametrize(
    ("value", "place"), [(-5, 0), (0, 0), (9.99, 0), (10, 1), (29.9, 2), (30, 2), (1e9, 2)], ids=str
)
def test_the_outer_bins_take_what_lies_beyond(value: float, place: int) -> None:
    bins = Bins(0, 10, 3)
    assert ibis.duckdb.connect().execute(bins.place(ibis.literal(value))) == place
