"""A server without data answers every route: with little, or with what is missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.server.conftest import client_of
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.settings import WorkspaceSettings

KEYS = ["rfm", "rfm_score", "value_levels", "matrix"]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("bare") / "shop"
    with client_of(Desk(workspaces.init(folder, WorkspaceSettings()))) as opened:
        yield opened


@pytest.mark.parametrize("path", ["/workspace", "/overview", "/layerings", "/imports", "/search?q=a", "/health"])
def test_what_needs_no_data_answers(bare: TestClient, path: str) -> None:
    assert bare.get(f"/api/v1{path}").status_code == 200


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("page", ["", "/traits", "/cuts", "/flows", "/split-test"])
def test_every_page_of_a_layering_says_that_orders_are_missing(bare: TestClient, key: str, page: str) -> None:
    answer = bare.get(f"/api/v1/layerings/{key}{page}")
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "missing_data")
    assert "titian load" in problem["hint"]
    assert "导入" in problem["hint_zh"]


@pytest.mark.parametrize("key", KEYS)
def test_an_impact_says_that_orders_are_missing(bare: TestClient, key: str) -> None:
    answer = bare.post(f"/api/v1/layerings/{key}/impact", json={"parameters": {}})
    assert (answer.status_code, answer.json()["code"]) == (409, "missing_data")


@pytest.mark.parametrize("key", KEYS)
def test_a_definition_is_shown_without_its_query(bare: TestClient, key: str) -> None:
    shown = bare.get(f"/api/v1/layerings/{key}/definition").json()
    assert (shown["version"], shown["versions"], shown["sql"]) == (1, [1], "")
    assert f"kind: {key}" in shown["yaml"]


@pytest.mark.parametrize("path", ["/customers", "/customers/a", "/customers/export?format=xlsx", "/layerings/rfm/map"])
def test_there_are_no_customers_yet(bare: TestClient, path: str) -> None:
    answer = bare.get(f"/api/v1{path}")
    assert (answer.status_code, answer.json()["code"]) == (409, "missing_data")
    assert answer.headers["content-type"] == "application/problem+json"


def test_every_layering_is_listed_with_what_it_needs(bare: TestClient) -> None:
    listed = {summary["key"]: summary for summary in bare.get("/api/v1/layerings").json()}
    assert set(KEYS) <= set(listed)
    assert all(s["missing"]["zh"].startswith("需要") and s["customers"] is None for s in listed.values())
    assert listed["rfm"]["missing"]["zh"] == "需要订单数据"


def test_settings_can_be_changed_before_there_are_data(bare: TestClient) -> None:
    changed = bare.patch("/api/v1/workspace", json={"name": "新店", "timezone": "Europe/London"}).json()
    assert (changed["name"], changed["timezone"], changed["default_as_of"]) == ("新店", "Europe/London", None)
    assert bare.get("/api/v1/workspace").json() == changed


def test_a_definition_can_be_published_before_there_are_data(empty: Desk) -> None:
    with client_of(empty) as client:
        asked = {"parameters": {"recency": 30}, "base_version": 1}
        summary = client.put("/api/v1/layerings/rfm/definition", json=asked).json()
        shown = client.get("/api/v1/layerings/rfm/definition").json()
    assert (summary["version"], summary["customers"]) == (2, None)
    assert (shown["version"], shown["versions"]) == (2, [1, 2])
    assert "fit_as_of: null" in shown["yaml"]


def test_first_orders_bring_everything_to_life(empty: Desk) -> None:
    lines = "order_id,customer_id,ordered_at,amount\n1,a,2024-05-01,10\n2,b,2024-05-20,30\n"
    with client_of(empty) as client:
        guess = client.post("/api/v1/uploads", files={"file": ("a.csv", lines.encode())}).json()
        asked = {"upload_id": guess["upload_id"], "mapping": guess["mapping"]}
        run = client.post("/api/v1/imports", json=asked).json()
        while run["state"] in ("waiting", "running"):
            run = client.get(f"/api/v1/imports/{run['id']}").json()
        page = client.get("/api/v1/layerings/rfm").json()
    assert (run["state"], run["result"]["entered"]) == ("done", 2)
    assert (page["period"], page["customers"]) == ({"as_of": "2024-05-21", "compare": None, "excluded": 0}, 2)
