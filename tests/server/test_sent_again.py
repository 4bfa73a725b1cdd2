"""A call that is sent again under its Idempotency-Key changes nothing more and is answered as before."""

from __future__ import annotations

from fastapi.testclient import TestClient

from tests.server.test_building import API, NEW, keys

KEY = {"Idempotency-Key": "once"}


def test_a_layering_made_under_a_key_stays_removed(own_client: TestClient) -> None:
    first = own_client.post(API, json=NEW, headers=KEY)
    own_client.delete(f"{API}/big_ones")
    again = own_client.post(API, json=NEW, headers=KEY)
    assert (again.status_code, again.json()) == (201, first.json())
    assert "big_ones" not in keys(own_client)


def test_removing_twice_under_a_key_is_removing_once(own_client: TestClient) -> None:
    own_client.post(API, json=NEW)
    assert [own_client.delete(f"{API}/big_ones", headers=KEY).status_code for _ in range(2)] == [204, 204]
    assert own_client.delete(f"{API}/big_ones").status_code == 404


def test_a_layering_brought_back_under_a_key_is_not_brought_back_again(own_client: TestClient) -> None:
    own_client.post(API, json=NEW)
    own_client.delete(f"{API}/big_ones")
    first = own_client.post(f"{API}/big_ones/restore", headers=KEY).json()
    own_client.delete(f"{API}/big_ones")
    assert own_client.post(f"{API}/big_ones/restore", headers=KEY).json() == first
    assert "big_ones" not in keys(own_client)


def test_publishing_again_under_a_key_is_no_conflict_and_no_version(own_client: TestClient) -> None:
    asked = {"parameters": {"recency": 60}, "base_version": 1}
    told = [own_client.put(f"{API}/rfm/definition", json=asked, headers=KEY) for _ in range(2)]
    assert [(one.status_code, one.json()["version"]) for one in told] == [(200, 2), (200, 2)]
    assert own_client.put(f"{API}/rfm/definition", json=asked).status_code == 409


def test_settings_under_a_key_do_not_undo_later_ones(own_client: TestClient) -> None:
    for name, headers in (("first", KEY), ("later", {}), ("first", KEY)):
        told = own_client.patch("/api/v1/workspace", json={"name": name}, headers=headers).json()
    assert told["name"] == "later"


def test_a_key_of_another_call_is_a_conflict(own_client: TestClient) -> None:
    own_client.post(API, json=NEW, headers=KEY)
    other = own_client.delete(f"{API}/big_ones", headers=KEY)
    assert (other.status_code, other.json()["code"]) == (409, "conflict")
    assert "big_ones" in keys(own_client)


def test_a_key_is_bounded(own_client: TestClient) -> None:
    assert own_client.post(API, json=NEW, headers={"Idempotency-Key": "k" * 201}).status_code in (400, 422)
