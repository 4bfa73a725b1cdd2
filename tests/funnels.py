"""Logs of customers as hypothesis makes them, and the datasets that hold them: for all tests of funnels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pandas as pd
from hypothesis import strategies as st

import titian as tt
from tests.oracle.funnel import Doing

START = datetime(2024, 3, 1, tzinfo=UTC)
Logs = Mapping[str, Sequence[Doing]]

FUNNELS: dict[str, dict[str, Any]] = {
    "three events": {"steps": ["view", "cart", "purchase"], "within_days": 1},
    "without a limit": {"steps": ["view", "cart", "purchase"]},
    "the same event again": {"steps": ["view", "cart", "view"], "within_days": 2},
    "the same event twice in a row": {"steps": ["view", "view", "cart"], "within_days": 1},
    "an order as a step": {"steps": ["view", {"orders": "paid"}, "cart"], "within_days": 2},
    "an order and another": {"steps": [{"orders": "paid"}, "view", {"orders": "paid", "value_from": 10}]},
    "conditions": {
        "steps": [
            {"event": "view", "channel": ["app"]},
            {"event": "cart", "product_id": ["p1", "p2"]},
            {"orders": "paid", "value_from": 10, "value_to": 50},
        ]
    },
    "something excluded": {"steps": ["view", "cart", "purchase"], "within_days": 2, "exclude": ["home"]},
    "two things excluded": {
        "steps": ["view", "cart", {"orders": "paid"}, "purchase"],
        "exclude": [{"event": "home", "channel": ["app"]}, "search"],
    },
    "what is excluded is a step, too": {"steps": ["view", "cart", "purchase"], "within_days": 1, "exclude": ["view"]},
}

doings = st.builds(
    Doing,
    st.sampled_from([0, 1, 6, 12, 24, 25, 30, 36, 48, 49, 60, 72]).map(lambda hours: START + timedelta(hours=hours)),
    st.sampled_from([*("view", "cart", "purchase") * 2, "order", "home", "search"]),
    st.sampled_from(["app", "app", "web", None]),
    st.sampled_from(["p1", "p2", "p3", None]),
    st.sampled_from([1.0, 10.0, 30.0, 50.0, 51.0]),
)
logs = st.lists(st.lists(doings, max_size=9), min_size=1, max_size=40).map(
    lambda drawn: {f"c{who:02}": log for who, log in enumerate(drawn)}
)


def tables(made: Logs, seed: int = 0) -> dict[str, pd.DataFrame]:
    """Events, orders and their lines, in any order; of each customer one row that is no step, of nobody also an order that was not paid."""
    rows = [(who, one) for who, log in made.items() for one in log]
    rows += [(who, Doing(START - timedelta(days=9), "nothing")) for who in [*made, "nobody"]]
    rows.append(("nobody", Doing(START - timedelta(days=9), "order", value=1.0)))
    Random(seed).shuffle(rows)
    events = [{"customer_id": who, "event": one.what, **_facts(one)} for who, one in rows if one.what != "order"]
    bought = [(f"o{n}", who, one) for n, (who, one) in enumerate(rows) if one.what == "order"]
    orders = [
        {
            "order_id": key,
            "customer_id": who,
            "ordered_at": one.at,
            "amount": one.value,
            "channel": one.channel,
            "status": "unpaid" if who == "nobody" else "paid",
        }
        for key, who, one in bought
    ]
    lines = [{"item_id": f"i{key}", "order_id": key, "product_id": one.product_id} for key, _, one in bought]
    return {
        "events": _frame(events),
        "orders": pd.DataFrame(orders).astype({"channel": "string"}),
        "order_items": pd.DataFrame(lines).astype({"product_id": "string"}),
    }


def dataset(made: Logs, seed: int = 0) -> tt.Dataset:
    """The same as Titian reads it."""
    return tt.Dataset(timezone="UTC", **tables(made, seed))  # type: ignore[arg-type]


def _facts(one: Doing) -> dict[str, object]:
    return {"occurred_at": one.at, "channel": one.channel, "product_id": one.product_id, "value": one.value}


def _frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows).astype({"channel": "string", "product_id": "string", "value": "float64"})
    frame.insert(0, "event_id", [f"e{n}" for n in range(len(frame))])
    return frame
