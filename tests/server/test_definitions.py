"""/definitions and /plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

API = "/api/v1"
SPENT = {"trait": "spend", "op": ">=", "value": 100}


@pytest.fixture
def shop(own_client: TestClient) -> TestClient:
    """A client of a shop with the audience spent, its file written."""
    asked = {"key": "spent", "name": {"zh": "花过钱", "en": "Spent"}, "rule": SPENT}
    own_client.post(f"{API}/audiences", json=asked).raise_for_status()
    own_client.post(f"{API}/definitions/export").raise_for_status()
    return own_client


def file_of(tmp_path: Path) -> Path:
    return tmp_path / "own" / "definitions" / "audiences" / "spent.yaml"


def test_a_plan_is_looked_at_and_applied(shop: TestClient, tmp_path: Path) -> None:
    path = file_of(tmp_path)
    path.write_text(path.read_text("utf-8").replace("value: 100", "value: 5"), "utf-8")
    plan = shop.get(f"{API}/plan").json()
    assert (plan["changes"], plan["conflicts"]) == (1, 0)
    (told,) = [one for one in plan["definitions"] if one["deed"] == "change"]
    assert (told["sort"], told["key"], told["moved"]) == (
        "audiences",
        "spent",
        sum(m["customers"] for m in told["moves"]),
    )
    assert shop.post(f"{API}/plan/apply", json={"digest": plan["digest"]}).json() == plan
    again = shop.post(f"{API}/plan/apply", json={"digest": plan["digest"]})
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    assert shop.get(f"{API}/audiences/spent").json()["audience"]["version"] == 2


def test_versions_and_usage_are_told(shop: TestClient) -> None:
    (told,) = [one for one in shop.get(f"{API}/definitions").json() if one["sort"] == "audiences"]
    assert (told["key"], told["version"], told["by"], told["uses"]) == ("spent", 1, "console", [])
    (version,) = shop.get(f"{API}/definitions/audiences/spent/versions").json()
    assert "value: 100" in version["yaml"]
    assert shop.get(f"{API}/definitions/audiences/nothing/versions").status_code == 404
    assert shop.get(f"{API}/definitions/secrets/spent/versions").status_code == 422


def test_a_wrong_file_is_a_problem_that_names_it(shop: TestClient, tmp_path: Path) -> None:
    file_of(tmp_path).write_text("kind: rule\nkey: spent\nparameters: {rule: {did: cart, times: lots}}\n", "utf-8")
    told = shop.get(f"{API}/plan")
    assert told.status_code == 400
    assert "spent.yaml" in told.json()["detail_zh"]


@pytest.mark.parametrize("sort", ["layerings", "audiences", "events", "mappings"])
def test_each_sort_has_a_schema(shop: TestClient, sort: str) -> None:
    assert shop.get(f"{API}/definitions/schemas/{sort}").json()["title"] == f"Titian {sort}"


def test_what_was_removed_is_listed_and_comes_back_over_http(shop: TestClient) -> None:
    assert shop.get(f"{API}/definitions/removed").json() == []
    shop.delete(f"{API}/audiences/spent").raise_for_status()
    (gone,) = shop.get(f"{API}/definitions/removed").json()
    assert (gone["sort"], gone["key"], gone["version"]) == ("audiences", "spent", 1)
    back = shop.post(f"{API}/definitions/audiences/spent/restore", json={}).json()
    assert (back["key"], back["version"]) == ("spent", 1)
    assert shop.post(f"{API}/definitions/audiences/spent/restore", json={}).status_code == 409
    assert shop.post(f"{API}/definitions/audiences/nothing/restore", json={}).status_code == 404


def test_those_of_the_house_are_told_when_asked_for(shop: TestClient) -> None:
    told = shop.get(f"{API}/definitions", params={"house": True}).json()
    assert {"rfm", "lifecycle"} <= {one["key"] for one in told if one["origin"] == "house"}
