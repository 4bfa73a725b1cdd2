"""/events: names, meanings, and a file of them."""

from __future__ import annotations

import csv
from pathlib import Path

from fastapi.testclient import TestClient

from tests.server.test_sent_again import KEY
from titian.app import importing
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.domain.mapping import Mapping
from titian.warehouse.progress import silent

API = "/api/v1/events"
COLUMNS = ("customer_id", "event", "occurred_at")


def load(client: TestClient, folder: Path, *names: str) -> None:
    path = folder / "events.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *(("c1", name, "2024-02-03 10:00") for name in names)])
    desk: Desk = client.app.state.desk  # type: ignore[attr-defined]
    mapping = Mapping(table="events", columns={name: name for name in COLUMNS})
    importing.load(desk, SourceAsked(str(path)), mapping, strict=False, progress=silent)


def test_without_events_the_list_is_empty(own_client: TestClient) -> None:
    told = own_client.get(API)
    assert (told.status_code, told.json()["names"], told.json()["total"]) == (200, [], 0)


def test_a_meaning_is_said_once_under_a_key(own_client: TestClient, tmp_path: Path) -> None:
    load(own_client, tmp_path, "看货", "pv")
    for means, headers in (("view", KEY), ("search", {}), ("view", KEY)):
        told = own_client.patch(f"{API}/meanings", json={"means": {"看货": means}}, headers=headers)
    assert {one["name"]: one["means"] for one in told.json()["names"]} == {"看货": "search", "pv": "view"}
    listed = own_client.get(API, params={"q": "搜索"}).json()
    assert [(one["name"], one["said"], one["words"]["en"]) for one in listed["names"]] == [("看货", True, "search")]


def test_an_unknown_meaning_is_a_problem_that_lists_the_known(own_client: TestClient) -> None:
    refused = own_client.patch(f"{API}/meanings", json={"means": {"看货": "vieww"}})
    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_name")
    assert "view, search" in refused.json()["hint"]


def test_very_many_names_are_listed_in_part_and_found_by_search(own_client: TestClient, tmp_path: Path) -> None:
    load(own_client, tmp_path, *(f"event {number}" for number in range(10_000)))
    told = own_client.get(API).json()
    assert (told["total"], told["found"], len(told["names"])) == (10_000, 10_000, 500)
    assert [one["name"] for one in own_client.get(API, params={"q": "event 9999"}).json()["names"]] == ["event 9999"]


def test_they_come_as_a_file(own_client: TestClient, tmp_path: Path) -> None:
    load(own_client, tmp_path, "pv", "看货")
    told = own_client.get(f"{API}/export")
    assert "events.csv" in told.headers["content-disposition"]
    lines = list(csv.DictReader(told.content.decode("utf-8-sig").splitlines()))
    assert {line["event"]: line["means"] for line in lines} == {"pv": "view", "看货": "看货"}
