"""What everyone lacks to be a core customer is what the oracle says."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import THOROUGH, close, dataset
from tests.oracle.cuts import Rule
from tests.oracle.gaps import Gap, gaps
from tests.oracle.matrix import rfm
from tests.oracle.shop import Shop
from tests.oracle.strategies import asked_shops

Row = dict[str, float | str | None]


def same(row: Row, gap: Gap) -> bool:
    """Gaps, shares and what lacks most."""
    sizes = all(close(row[f"{trait}_gap"], size) for trait, size in gap.gaps.items())
    shares = all(close(row[f"{trait}_share"], share) for trait, share in gap.shares.items())
    return sizes and shares and row["lacking"] == gap.lacking


@pytest.mark.full
@THOROUGH
@given(asked_shops(), st.sampled_from(["median", "mean", "q0.8", 30]), st.sampled_from(["median", "mean", 2.5]))
def test_every_gap(asked: tuple[Shop, datetime], r: Rule, m: Rule) -> None:
    shop, as_of = asked
    model = rfm(recency=r, monetary=m)
    rows = model.rows(shop, as_of)
    expected = {who: gaps(model, row, model.fit(rows)) for who, row in rows.items()}
    got = tt.RFM(recency=r, monetary=m).assign(dataset(shop), as_of=as_of).gap(target="important_value")
    said = {row["customer_id"]: row for row in got.to_arrow().to_pylist() if row["layer"] != "none"}
    assert said.keys() == expected.keys()
    assert [(said[who], gap) for who, gap in expected.items() if not same(said[who], gap)] == []
