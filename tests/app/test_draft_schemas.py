"""What editors are told may stand in a file is what is taken."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from titian.app.draft_schemas import schema_of
from titian.layering.registry import LAYERINGS

RULE = {"all": [{"did": "cart", "within_days": 30}, {"not": {"tag": "staff"}}]}


def fits(sort: Any, said: dict[str, Any]) -> bool:
    return jsonschema_rs.validator_for(schema_of(sort)).is_valid(said)


@pytest.mark.parametrize("kind", LAYERINGS)
def test_an_example_of_every_layering_fits(kind: str) -> None:
    assert fits("layerings", {"kind": kind, "key": "mine", "parameters": LAYERINGS[kind].example().parameters})


@pytest.mark.parametrize(
    ("sort", "said"),
    [
        ("audiences", {"kind": "rule", "parameters": {"rule": RULE}, "name": {"zh": "加购", "en": "Carts"}}),
        ("audiences", {"kind": "list", "parameters": {"customers": "mine.csv"}, "base_version": 2}),
        ("tag_groups", {"kind": "group", "parameters": {"exclusive": True}}),
        ("tags", {"kind": "hand", "name": {"zh": "贵宾", "en": "VIP"}}),
        ("tags", {"kind": "hand", "parameters": {"colour": "gold", "group": "level"}, "base_version": 3}),
        ("tags", {"kind": "rule", "parameters": {"colour": "red", "rule": RULE}}),
        ("events", {"kind": "events", "parameters": {"view": ["看货"]}}),
        ("mappings", {"kind": "mapping", "parameters": {"table": "orders", "columns": {"order_id": "单号"}}}),
    ],
)
def test_what_is_taken_fits(sort: str, said: dict[str, Any]) -> None:
    assert fits(sort, {"key": "mine", **said})


@pytest.mark.parametrize(
    ("sort", "said"),
    [
        ("layerings", {"kind": "rfm", "parameters": {"speed": 1}}),
        ("layerings", {"kind": "pyramid"}),
        ("audiences", {"kind": "rule", "parameters": {"rule": {"sql": "1"}}}),
        ("audiences", {"kind": "rule", "parameters": {}}),
        ("audiences", {"kind": "rule", "parameters": {"rule": RULE}, "owner": "me"}),
        ("tag_groups", {"kind": "group", "parameters": {"exclusive": "yes"}}),
        ("tags", {"kind": "hand", "parameters": {"rule": RULE}}),
        ("tags", {"kind": "hand", "parameters": {"colour": "pink"}}),
        ("tags", {"kind": "rule", "parameters": {"colour": "red"}}),
        ("tags", {"kind": "rule", "parameters": {"rule": {"sql": "1"}}}),
        ("tags", {"kind": "rule", "parameters": {"rule": RULE, "owner": "me"}}),
        ("events", {"kind": "events", "parameters": {"view": "看货"}}),
    ],
)
def test_what_is_refused_does_not_fit(sort: str, said: dict[str, Any]) -> None:
    assert not fits(sort, {"key": "mine", **said})
