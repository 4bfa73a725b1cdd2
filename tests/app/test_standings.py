"""Standings: shares below a value, counted by hand."""

from __future__ import annotations

import random
from collections.abc import Sequence

import ibis
import pandas as pd
import pytest

from titian.app import standings

LARGE, SMALL = "spend", "order_count"


def told(values: Sequence[float | None], own: float) -> float | None:
    """The share that the house tells of one trait."""
    rows = ibis.memtable(pd.DataFrame({LARGE: values, "last_order_at": pd.Timestamp("2024-01-01")}))
    spread = standings._spread(rows, [LARGE])
    mine = ibis.memtable(pd.DataFrame({LARGE: [own]}))
    (found,) = ibis.duckdb.connect().execute(standings._stands(spread, mine, [LARGE])).to_dict("records")
    return standings._percentile({key: None if pd.isna(value) else value for key, value in found.items()})


def by_hand(values: Sequence[float | None], own: float) -> float:
    known = [value for value in values if value is not None]
    return (sum(value < own for value in known) + sum(value == own for value in known) / 2) / len(known)


@pytest.mark.parametrize("own", [-1.0, 0.0, 1.0, 2.5, 3.0, 9.0])
def test_few_values_are_told_exactly(own: float) -> None:
    values = [0.0, 0.0, 1.0, 1.0, 1.0, 3.0, None, 4.0]
    assert told(values, own) == pytest.approx(by_hand(values, own))


@pytest.mark.parametrize("seed", range(4))
def test_many_values_are_told_within_a_step(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(standings, "STEPS", 20)
    drawn = random.Random(seed)
    values = [drawn.choice([drawn.gauss(5, 9), 4.0, 7.0]) for _ in range(500)]
    for own in (*drawn.sample(values, 20), 4.0, 7.0, -50.0, 50.0):
        assert told(values, own) == pytest.approx(by_hand(values, own), abs=1 / 20)


def test_what_many_share_is_told_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standings, "STEPS", 10)
    values = [*(n / 7 for n in range(100)), *[3.3] * 40]
    spread = standings._spread(
        ibis.memtable(pd.DataFrame({SMALL: values, "last_order_at": pd.Timestamp("2024-01-01")})), [SMALL]
    )
    kept = ibis.duckdb.connect().execute(spread)
    assert int(kept[kept.value == 3.3].same.iloc[0]) == 40
    assert len(kept) <= 21
