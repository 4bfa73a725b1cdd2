"""What the laws ask: everyone's layers by every layering at once, and the sizes of what is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hypothesis import settings

import titian as tt
from tests.acceptance.product import QUICK, dataset
from tests.oracle.shop import Shop

Asked = tuple[Shop, datetime]
Placed = dict[str, tuple[str, ...]]
"""Every layering's layer by customer."""

FEW = settings(QUICK, max_examples=3)
MONEY_AND_VISITS = tt.Matrix(
    key="money_and_visits",
    dimensions=[
        tt.MatrixDimension(trait="spend", cut="median", window_days=365),
        tt.MatrixDimension(trait="active_days", cut="mean"),
    ],
)
PLAIN: tuple[tt.Layering, ...] = (tt.RFM(), tt.RFMScore(), tt.ValueLevels(), MONEY_AND_VISITS)
OTHER: tuple[tt.Layering, ...] = (
    tt.RFM(recency=30, frequency="mean", monetary="q0.8", window_days=None),
    tt.RFMScore(recency_weight=0.5, frequency_weight=0.3, monetary_weight=0.2, window_days=91),
    tt.ValueLevels(warning_days="q0.5", churn_days="q0.9", spend="mean"),
    tt.Matrix(dimensions=["typical_gap_days", "refund_share", "average_order_value"]),
)
SETS = {"as they come": PLAIN, "with other parameters": OTHER}


def placed(layerings: Sequence[tt.Layering], shop: Shop, as_of: datetime) -> Placed:
    """Where everybody is by each of the layerings."""
    rows = tt.assign(layerings, dataset(shop), as_of=as_of).to_dict("records")
    found = {str(row["customer_id"]): tuple(str(row[one.key]) for one in layerings) for row in rows}
    assert len(found) == len(rows)
    return found
