"""/audiences: what a team saves, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from tests.app import market
from tests.server.test_sent_again import KEY

API = "/api/v1"
NAME = {"zh": "近期", "en": "Recent"}
SPENT = {"trait": "spend", "op": ">=", "value": 100}
ODD = ["<img src=x onerror=alert(1)>", "'; DROP TABLE definitions; --", "😀", "=1+1"]


def save(client: TestClient, key: str, headers: dict[str, str] | None = None, **asked: Any) -> Response:
    return client.post(f"{API}/audiences", json={"key": key, "name": NAME, **asked}, headers=headers)


@pytest.fixture
def shop(own_client: TestClient) -> TestClient:
    """A client of a shop with the audiences spent, a rule, and few, a list."""
    save(own_client, "spent", rule=SPENT).raise_for_status()
    save(own_client, "few", ids=sorted(market.customers())[:2]).raise_for_status()
    return own_client


def test_they_are_listed_counted_and_looked_at(shop: TestClient) -> None:
    listed = shop.get(f"{API}/audiences").json()
    assert [(one["key"], one["kind"], one["version"]) for one in listed["audiences"]] == [
        ("few", "list", 1),
        ("spent", "rule", 1),
    ]
    page = shop.get(f"{API}/audiences/spent").json()
    assert page["audience"] == listed["audiences"][1]
    assert page["rule"] == SPENT
    assert shop.post(f"{API}/selections", json={"rule": SPENT}).json()["customers"] == page["audience"]["customers"]


def test_a_file_of_one_holds_who_is_in_it(shop: TestClient) -> None:
    answer = shop.get(f"{API}/audiences/few/export").raise_for_status()
    assert "few-" in answer.headers["content-disposition"]
    assert answer.text.splitlines()[1:] == sorted(market.customers())[:2]


def test_a_stale_change_is_a_conflict_with_the_version_in_force(shop: TestClient) -> None:
    asked = {"name": NAME, "rule": {"trait": "spend", "op": ">=", "value": 1}, "base_version": 1}
    assert shop.put(f"{API}/audiences/spent", json=asked).json()["audience"]["version"] == 2
    refused = shop.put(f"{API}/audiences/spent", json=asked)
    assert (refused.status_code, refused.json()["details"]["version"]) == (409, 2)


def test_they_are_removed_brought_back_and_frozen(shop: TestClient) -> None:
    assert shop.delete(f"{API}/audiences/spent").status_code == 204
    assert shop.get(f"{API}/audiences/spent").status_code == 404
    counted = shop.post(f"{API}/audiences/spent/restore").raise_for_status().json()["customers"]
    kept = shop.post(f"{API}/audiences/spent/snapshot", json={"key": "frozen", "name": NAME})
    assert (kept.status_code, kept.json()["audience"]["customers"]) == (201, counted)


def test_they_are_laid_over_each_other_and_sized(shop: TestClient) -> None:
    found = shop.post(f"{API}/audiences/overlap", json={"audiences": ["spent", "few"]}).json()
    assert sum(one["customers"] for one in found["intersections"]) == found["everyone"]
    sizes = shop.get(f"{API}/audiences/spent/sizes", params={"every_days": 30}).json()["sizes"]
    assert len(sizes) == 3


def test_a_call_sent_again_saves_once(shop: TestClient) -> None:
    again = [save(shop, "third", KEY, rule=SPENT) for _ in range(2)]
    assert again[0].json() == again[1].json()
    assert save(shop, "other", KEY, rule=SPENT).status_code == 409


@pytest.mark.parametrize("text", ODD)
def test_what_would_run_elsewhere_is_only_text(shop: TestClient, text: str) -> None:
    saved = save(shop, "odd", rule=SPENT, description=text) if text != "=1+1" else save(shop, "odd", rule=SPENT)
    saved.raise_for_status()
    shop.put(
        f"{API}/audiences/odd", json={"name": {"zh": text, "en": text}, "rule": SPENT, "base_version": 1}
    ).raise_for_status()
    named = {one["key"]: one["name"]["zh"] for one in shop.get(f"{API}/audiences").json()["audiences"]}
    assert named["odd"] == text


@pytest.mark.parametrize("more", [{"version": 9}, {"owner": "me"}, {"changed_by": "me"}])
def test_fields_that_nobody_may_set_are_refused(shop: TestClient, more: dict[str, Any]) -> None:
    assert save(shop, "sly", rule=SPENT, **more).status_code == 422


@pytest.mark.parametrize("keys", [[], ["spent"], ["spent"] * 7, ["spent", "nothing"]])
def test_an_overlap_of_too_few_too_many_or_none_is_refused(shop: TestClient, keys: list[str]) -> None:
    assert shop.post(f"{API}/audiences/overlap", json={"audiences": keys}).status_code in (400, 422)
