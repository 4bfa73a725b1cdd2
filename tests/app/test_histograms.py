"""Bins are round, and hold the whole range."""

import pytest

from titian.app.histograms import bins_of


@pytest.mark.parametrize(("low", "high"), [(0, 1), (3, 4000), (0.2, 0.3), (-50, 12345.6), (1, 2)])
@pytest.mark.parametrize("whole_steps", [True, False])
def test_bins_span_the_range(low: float, high: float, whole_steps: bool) -> None:
    bins = bins_of(low, high, whole_steps=whole_steps)
    assert bins.low <= low
    assert bins.high > high
    assert bins.count <= 42
    assert len(bins.edges) == bins.count + 1


@pytest.mark.parametrize(("low", "high"), [(None, None), (5, 5), (7, 3)])
def test_without_a_range_there_is_one_bin(low: float | None, high: float | None) -> None:
    assert bins_of(low, high, whole_steps=True).count == 1


def test_whole_values_have_bins_of_whole_width() -> None:
    assert bins_of(1, 9, whole_steps=True).width == 1
