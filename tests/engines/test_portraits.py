"""A portrait says the same on DuckDB and on a Spark cluster: every bin, mean, median and interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

import titian as tt
from tests.engines import nasty
from tests.engines.conftest import Twins

pytestmark = [pytest.mark.full, pytest.mark.xdist_group("spark")]

GROUPS: dict[str, Any] = {
    "a rule": {"any": [{"trait": "spend", "op": ">=", "value": 100}, {"did": "view", "within_days": 60}]},
    "a layer": (tt.RFM(), "general_retain"),
    "layers": (tt.RFM(), ["important_value", "general_value", "none"]),
    "nobody": {"trait": "order_count", "op": "<", "value": 0},
}


@pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS)
def test_every_number_is_the_same(small_shop: Twins, group: Any) -> None:
    here, there = (tt.portrait(group, data, as_of=nasty.AS_OF) for data in (small_shop.here, small_shop.there))
    assert (there.inside, there.everyone) == (here.inside, here.everyone)
    assert [note.code for note in there.notes] == [note.code for note in here.notes]
    ours, theirs = (rows(found) for found in (here, there))
    assert ours, "an empty answer proves nothing"
    assert [(row["trait"], row["kind"], row["value"]) for row in theirs] == [
        (row["trait"], row["kind"], row["value"]) for row in ours
    ]
    for one, other in zip(ours, theirs, strict=True):
        assert other == {name: close(value) for name, value in one.items()}, one["trait"]


def rows(found: tt.Portrait) -> list[Mapping[str, Any]]:
    listed: list[Mapping[str, Any]] = found.to_arrow().to_pylist()
    return listed


def close(value: Any) -> Any:
    """Sums of doubles differ in the last digit with the order of their rows; all else is equal."""
    return pytest.approx(value, rel=1e-12) if isinstance(value, float) else value
