"""A sample is loaded into an empty workspace as a file is: one run, its progress, its result."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.server.conftest import client_of
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.settings import WorkspaceSettings
from titian.samples import CDNOW_SAMPLE

ADDRESS = "/api/v1/samples/cdnow_sample/import"


@pytest.fixture
def empty_client(tmp_path: Path) -> Iterator[TestClient]:
    with client_of(Desk(workspaces.init(tmp_path / "shop", WorkspaceSettings()))) as opened:
        yield opened


def ended(client: TestClient, run: dict[str, Any]) -> dict[str, Any]:
    while run["state"] in ("waiting", "running"):
        time.sleep(0.05)
        run = client.get(f"/api/v1/imports/{run['id']}").json()
    return run


def test_the_samples_are_offered_with_where_they_came_from(client: TestClient) -> None:
    offered = {one["key"]: one for one in client.get("/api/v1/samples").json()}
    assert list(offered) == ["online_retail", "cdnow"]
    assert offered["online_retail"]["currency"] == "GBP"
    assert all(one["attribution"] and one["source"].startswith("https://") for one in offered.values())


def test_a_sample_is_loaded_in_its_own_currency_and_zone(empty_client: TestClient) -> None:
    answer = empty_client.post(ADDRESS)
    assert answer.status_code == 202
    run = ended(empty_client, answer.json())
    assert (run["state"], run["result"]["good"]) == ("done", 6_919)
    about = empty_client.get("/api/v1/workspace").json()
    assert (about["currency"], about["timezone"]) == (CDNOW_SAMPLE.currency, CDNOW_SAMPLE.timezone)
    assert about["customers"] == 2_357


@pytest.mark.full
def test_the_same_key_gives_the_same_run(empty_client: TestClient) -> None:
    key = {"Idempotency-Key": "once"}
    first, second = (empty_client.post(ADDRESS, headers=key).json()["id"] for _ in range(2))
    assert first == second
    ended(empty_client, empty_client.get(f"/api/v1/imports/{first}").json())
    assert empty_client.post(ADDRESS, headers=key).json()["id"] == first


def test_a_second_sample_while_one_is_loading_is_refused(empty_client: TestClient) -> None:
    run = empty_client.post(ADDRESS).json()
    assert empty_client.post(ADDRESS).status_code == 409
    ended(empty_client, run)


def test_a_workspace_with_data_takes_no_sample(own_client: TestClient) -> None:
    before = own_client.get("/api/v1/workspace").json()
    answer = own_client.post(ADDRESS)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert own_client.get("/api/v1/workspace").json() == before


def test_an_unknown_sample_is_refused_with_the_valid_ones(empty_client: TestClient) -> None:
    answer = empty_client.post("/api/v1/samples/tmall/import")
    assert answer.status_code in (404, 422)
    assert "online_retail" in answer.text
