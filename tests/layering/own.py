"""Layerings that a team draws itself, in many shapes, for the tests that hold for all."""

from __future__ import annotations

import titian as tt

BIG = {"trait": "spend", "op": ">=", "value": 100}
OFTEN = {"trait": "order_count_365d", "op": ">", "value": 2}
LATELY = {"trait": "last_order_at", "op": ">=", "value": {"days_before": 60}}
IN_SPRING = {"trait": "last_order_at", "op": "between", "value": ["2024-03-01", "2024-05-31"]}


AGAIN = {"steps": [{"orders": "paid"}, {"orders": "paid", "value_from": 10}], "within_days": 90}
BOUGHT_AGAIN = {"funnel": AGAIN, "reached": 2}
TRIED_LATELY = {"funnel": AGAIN, "stopped_at": 1, "between": [{"days_before": 60}, {"days_before": 0}]}


def layer(key: str, rule: object = None) -> dict[str, object]:
    """A layer by a rule, named after its key."""
    return {"key": key, "name": {"zh": f"层{key}", "en": key}, "rule": rule}


def tier(key: str, entry: object = None, keep: object = None) -> dict[str, object]:
    """A tier named after its key."""
    return {"key": key, "name": {"zh": f"级{key}", "en": key}, "entry": entry, "keep": keep}


GOLD = tier("gold", {"trait": "spend_90d", "op": ">=", "value": 200}, {"trait": "spend_90d", "op": ">=", "value": 90})
SILVER = tier("silver", {"all": [OFTEN, {"not": {"trait": "recency_days", "op": ">", "value": 80}}]})

OWN: list[tt.Layering] = [
    tt.Rules(),
    tt.Rules(layers=[layer("all")]),
    tt.Rules(layers=[layer("a", {"any": [OFTEN, {"not": BIG}]}), layer("b", LATELY), layer("rest")]),
    tt.Rules(layers=[layer("spring", IN_SPRING), layer("rest")]),
    tt.Rules(layers=[layer("again", BOUGHT_AGAIN), layer("rest")]),
    tt.Rules(layers=[layer("tried", TRIED_LATELY), layer("again", BOUGHT_AGAIN), layer("rest")]),
    tt.Quantiles(),
    tt.Quantiles(trait="recency_days", shares=(0.1, 0.2, 0.3, 0.4)),
    tt.Quantiles(trait="typical_gap_days", shares=(0.5, 0.5)),
    tt.Clusters(),
    tt.Clusters(features=["spend", "typical_gap_days", "refund_share"], k=3, seed=5),
    tt.Tiers(),
    tt.Tiers(tiers=[GOLD, SILVER, tier("plain")], review_months=1, grace=1, start_at="2024-01-15"),
    tt.Tiers(tiers=[tier("now", LATELY), tier("plain")], review_days=20, grace=2, start_at="2024-02-01"),
    tt.Cross(),
    tt.Cross(first=tt.RFMScore(), second=tt.Tiers(tiers=[GOLD, tier("plain")], review_months=1)),
    tt.Cross(first=tt.Cross(), second=tt.Quantiles(trait="order_count")),
    tt.Inside(),
    tt.Inside(outer=tt.RFM(), at="important_value", inner=tt.Clusters(k=2)),
    tt.Inside(outer=tt.ValueLevels(), at="active", inner=tt.Inside(outer=tt.Rules(), at="others", inner=tt.RFM())),
]
