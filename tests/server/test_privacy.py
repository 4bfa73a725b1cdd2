"""/erasures and what is kept of one customer."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

API = "/api/v1"


def test_everything_of_a_customer_is_told_over_http(client: TestClient) -> None:
    told = client.get(f"{API}/customers/00003/everything").json()
    assert told["customer_id"] == "00003"
    assert {row["customer_id"] for row in told["tables"]["orders"]} == {"00003"}
    assert client.get(f"{API}/customers/nobody/everything").status_code == 404


def test_at_first_no_erasure_is_listed(client: TestClient) -> None:
    assert client.get(f"{API}/erasures").json() == {"erasures": [], "under_way": None}


@pytest.mark.parametrize("asked", [{"ids": ["00003"], "confirm": 2}, {"ids": ["00003"]}, {"ids": [], "confirm": 0}])
def test_an_erasure_that_is_not_confirmed_is_refused_and_not_listed(client: TestClient, asked: object) -> None:
    assert client.post(f"{API}/erasures", json=asked).status_code in (400, 422)
    assert client.get(f"{API}/erasures").json()["erasures"] == []
