"""A rule selects the same customers on DuckDB and on a Spark cluster."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

import titian as tt
from tests.engines import nasty
from tests.engines.conftest import Twins
from titian.audience.known import Listed, Named
from titian.audience.selecting import select_together
from titian.rules.reading import read

BEFORE = str((nasty.AS_OF - timedelta(days=120)).date())
RULES: dict[str, dict[str, Any]] = {
    "traits": {"any": [{"trait": "spend", "op": ">=", "value": 100}, {"trait": "city", "op": "contains", "value": "a"}]},
    "done": {"all": [{"did": "view", "times": 2}, {"not": {"did": "cart", "within_days": 60}}]},
    "done between": {"did": "view", "between": [BEFORE, {"days_before": 3}]},
    "first and last": {"any": [{"trait": "last_cart_at", "op": "<", "value": BEFORE}, {"trait": "first_view_at", "op": "is_known"}]},
    "a layer": {"not": {"layering": "rfm", "layers": ["important_value", "general_retain"]}},
    "a layer then": {"layering": "value_levels", "layers": ["active"], "as_of": BEFORE},
    "a move": {"moved": "rfm", "source": ["important_value", "general_value", "none"], "since": BEFORE},
    "tags and audiences": {"all": [{"audience": "done"}, {"not": {"tag": "odd"}}]},
}  # fmt: skip


def selected(data: tt.Dataset, rule: dict[str, Any]) -> list[str]:
    known = {"tags": {"odd": [f"c{n}" for n in range(1, 99, 2)]}, "audiences": {"done": RULES["done"]}}
    return list(tt.select(rule, data, as_of=nasty.AS_OF, **known).to_pandas().customer_id)  # type: ignore[arg-type]


@pytest.mark.full
@pytest.mark.parametrize("name", RULES)
def test_the_same_customers_meet_it(small_shop: Twins, name: str) -> None:
    here, there = (selected(data, RULES[name]) for data in (small_shop.here, small_shop.there))
    assert here == there != []


def together(data: tt.Dataset) -> dict[str, list[str]]:
    """Who meets each of the rules, all of them asked at once."""
    rules = {name.replace(" ", "_"): read(rule) for name, rule in RULES.items()}
    layerings = {"rfm": tt.RFM(), "value_levels": tt.ValueLevels()}
    tags = {"odd": Listed([f"c{n}" for n in range(1, 99, 2)])}
    known = Named(layerings, tags, {"done": read(RULES["done"])})
    found = select_together(rules, data, nasty.AS_OF, known)
    rows = data.execute(found.table)
    return {name: sorted(str(row["customer_id"]) for row in rows if row[name]) for name in rules}


@pytest.mark.full
def test_all_of_them_asked_at_once_are_met_as_each_alone_on_both(small_shop: Twins) -> None:
    here, there = (together(data) for data in (small_shop.here, small_shop.there))
    assert here == there
    for name, rule in RULES.items():
        assert here[name.replace(" ", "_")] == sorted(selected(small_shop.here, rule)), name
