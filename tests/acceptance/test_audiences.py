"""An operator's audiences are the same whoever asks: Python over the same data, HTTP, the command line, and files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import titian as tt
from tests.app import bazaar
from tests.cli.calling import here
from tests.server.conftest import client_of
from titian.app.desk import Desk

pytestmark = pytest.mark.full

API = "/api/v1"
CARTS = {"did": "view", "times": 2}
RULES: dict[str, dict[str, Any]] = {
    "lookers": CARTS,
    "silent": {"all": [CARTS, {"not": {"did": "purchase", "within_days": 60}}]},
    "good": {"layering": "rfm", "layers": ["important_value", "important_keep"]},
    "good_and_looking": {"all": [{"audience": "good"}, {"audience": "lookers"}]},
    "neither": {"not": {"any": [{"audience": "good"}, {"audience": "lookers"}]}},
    "gone_down": {"moved": "value_levels", "target": ["at_risk", "churned"], "since": {"days_before": 60}},
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A shop in which all of these were saved over HTTP."""
    with Desk(bazaar.made(tmp_path_factory.mktemp("operator") / "shop")) as desk:
        client = client_of(desk)
        for key, rule in RULES.items():
            asked = {"key": key, "name": {"zh": key, "en": key}, "rule": rule}
            client.post(f"{API}/audiences", json=asked).raise_for_status()
        yield desk


@pytest.fixture(scope="module")
def client(shop: Desk) -> TestClient:
    return client_of(shop)


def in_python(desk: Desk, key: str) -> list[str]:
    """Who is in it by Python alone; the layerings fitted as the workspace's pages fit them."""
    with desk.reading() as reading:
        at = reading.instant(reading.day(None))
        found = tt.select(RULES[key], reading.data, as_of=at, audiences=dict(RULES))
        return [str(one) for one in found.to_arrow().column("customer_id").to_pylist()]


@pytest.mark.parametrize("key", RULES)
def test_the_same_customers_everywhere(
    shop: Desk, client: TestClient, key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = in_python(shop, key)
    page = client.get(f"{API}/audiences/{key}").json()
    assert page["audience"]["customers"] == len(expected)
    told = client.post(f"{API}/selections", json={"rule": {"audience": key}, "sample": 200}).json()
    assert [one["customer_id"] for one in told["sample"]] == expected[:200]
    here(capsys, "audience", key, "--out", tmp_path / "out.csv", "-w", shop.workspace.path)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig") as file:
        assert [row["customer_id"] for row in csv.DictReader(file)] == expected


def test_the_list_counts_as_the_pages_do(shop: Desk, client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    listed = client.get(f"{API}/audiences").json()
    said = json.loads(here(capsys, "audiences", "--json", "-w", shop.workspace.path).out)
    assert said == listed
    pages = {key: client.get(f"{API}/audiences/{key}").json()["audience"] for key in RULES}
    assert {one["key"]: one for one in listed["audiences"]} == pages


def test_everybody_is_in_one_part_of_an_overlap(client: TestClient, shop: Desk) -> None:
    keys = ["lookers", "good", "neither"]
    found = client.post(f"{API}/audiences/overlap", json={"audiences": keys}).json()
    sets = {key: set(in_python(shop, key)) for key in keys}
    assert sum(one["customers"] for one in found["intersections"]) == found["everyone"]
    for one in found["intersections"]:
        inside = set.intersection(*(sets[key] for key in one["audiences"])) if one["audiences"] else None
        if inside is not None:
            outside = set().union(*(sets[key] for key in keys if key not in one["audiences"]))
            assert one["customers"] == len(inside - outside)
    assert not any({"neither", "good"} <= set(one["audiences"]) for one in found["intersections"])


@pytest.mark.parametrize("key", ["lookers", "good_and_looking"])
def test_sizes_are_what_a_selection_of_each_day_counts(client: TestClient, key: str) -> None:
    sizes = client.get(f"{API}/audiences/{key}/sizes", params={"every_days": 28}).json()["sizes"]
    for one in sizes:
        told = client.post(f"{API}/selections", json={"rule": {"audience": key}, "as_of": one["day"]}).json()
        assert (told["customers"], told["everyone"]) == (one["customers"], one["everyone"])


def test_who_came_less_who_left_is_the_difference(client: TestClient) -> None:
    for key in RULES:
        page = client.get(f"{API}/audiences/{key}").json()
        assert page["before"] + page["entered"] - page["left"] == page["audience"]["customers"], key
        assert 0 <= page["entered_new"] <= page["entered"]


def test_no_order_of_conditions_makes_a_difference(client: TestClient) -> None:
    parts = [CARTS, {"trait": "spend", "op": ">=", "value": 50}, {"layering": "rfm", "layers": ["important_value"]}]
    counts = {
        client.post(f"{API}/selections", json={"rule": {join: order}}).json()["customers"]
        for join in ("all",)
        for order in (parts, parts[::-1], [parts[1], parts[0], parts[2]], [parts[2], {"all": parts[:2]}])
    }
    assert len(counts) == 1
