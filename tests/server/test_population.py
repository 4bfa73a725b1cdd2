"""/population, and store_id on every reading call: who counts is the same over HTTP, on the command line and in Python."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

import titian as tt
from tests.cli.calling import here
from tests.server.conftest import client_of
from titian.app import importing
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.settings import WorkspaceSettings
from titian.app.workspace import Workspace
from titian.domain.mapping import Mapping
from titian.warehouse.progress import silent

API = "/api/v1"
STORES = ("north", "south")
COLUMNS = ("order_id", "customer_id", "ordered_at", "amount", "store_id")
OFTEN = {"trait": "order_count", "op": ">=", "value": 5}


def rows() -> Iterator[tuple[str, str, datetime, int, str]]:
    """120 orders of 20 customers, each of whom begins in the store of their number and buys in both."""
    for n in range(120):
        who = n % 20
        store = STORES[who % 2] if n < 20 else STORES[n // 20 % 2]
        if n >= 20 and (n // 20) > who % 7:
            continue
        yield f"o{n}", f"c{who:02}", datetime(2024, 1, 1, 9) + timedelta(days=n), 10 + n % 13, store


def out() -> set[str]:
    ids = [row[1] for row in rows()]
    return {who for who in ids if ids.count(who) >= 5}


def of(store: str) -> set[str]:
    return {row[1] for row in rows() if int(row[0][1:]) < 20 and row[4] == store}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A shop of two stores that leaves its best customers out; only its own tests change it."""
    folder = tmp_path_factory.mktemp("stores") / "shop"
    made = workspaces.init(folder, WorkspaceSettings(name="test"))
    with (folder / "orders.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *rows()])
    mapping = Mapping(table="orders", columns={name: name for name in COLUMNS})
    with Desk(made) as desk:
        importing.load(desk, SourceAsked(str(folder / "orders.csv")), mapping, strict=True, progress=silent)
    return made


@pytest.fixture(scope="module")
def client(shop: Workspace) -> Iterator[TestClient]:
    with client_of(Desk(shop)) as opened:
        opened.put(f"{API}/population", json={"rule": OFTEN}).raise_for_status()
        yield opened


def counted(client: TestClient, path: str, **asked: Any) -> Any:
    return client.get(f"{API}/{path}", params=asked).raise_for_status().json()


def test_the_stores_share_the_customers_out(client: TestClient) -> None:
    assert counted(client, "workspace")["stores"] == list(STORES)
    whole = counted(client, "layerings/rfm")
    parts = [counted(client, "layerings/rfm", store_id=store) for store in STORES]
    assert [part["customers"] for part in parts] == [len(of(store) - out()) for store in STORES]
    assert [part["period"]["excluded"] for part in parts] == [len(of(store) & out()) for store in STORES]
    assert sum(part["customers"] for part in parts) == whole["customers"]


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("population", ("everyone",)),
        ("overview", ("customers",)),
        ("layerings/rfm", ("customers",)),
        ("layerings/rfm/flows", ("end_customers",)),
        ("layerings/rfm/traits", ("traits", 0, "everyone", "customers")),
        ("customers", ("total",)),
        ("audiences", ("everyone",)),
    ],
)
def test_every_page_is_of_the_store_that_is_asked_for(client: TestClient, path: str, where: tuple[Any, ...]) -> None:
    told = counted(client, path, store_id="north")
    for step in where:
        told = told[step]
    assert told == len(of("north") - out())


def test_what_is_posted_to_be_counted_is_of_the_store_too(client: TestClient) -> None:
    for path in ("selections", "selections/portrait"):
        answer = client.post(f"{API}/{path}?store_id=north", json={"rule": {"trait": "spend", "op": ">", "value": 0}})
        assert answer.raise_for_status().json()["everyone"] == len(of("north") - out())
    asked = {"kind": "rfm", "parameters": {}}
    made = client.post(f"{API}/layerings/preview?store_id=north", json=asked).raise_for_status().json()
    assert made["customers"] == len(of("north") - out())


def test_the_page_of_somebody_of_another_store_opens_and_says_so(client: TestClient) -> None:
    stranger = sorted(of("south") - out())[0]
    page = counted(client, f"customers/{stranger}", store_id="north")
    assert (page["left_out"], page["layers"]) == ("other_store", [])
    assert counted(client, f"customers/{stranger}", store_id="south")["layers"]


def test_a_store_that_is_none_is_refused_with_those_that_are(client: TestClient) -> None:
    answer = client.get(f"{API}/layerings/rfm", params={"store_id": "west'; DROP TABLE orders; --"})
    assert (answer.status_code, answer.json()["details"]["valid"]) == (400, list(STORES))


def test_a_rule_is_tried_put_in_force_and_taken_back(client: TestClient) -> None:
    tried = client.post(f"{API}/population/preview", json={"rule": OFTEN}).raise_for_status().json()
    assert (tried["excluded"], tried["everyone"]) == (len(out()), 20)
    assert counted(client, "workspace")["excludes"] is True
    version = counted(client, "population")["version"]
    again = {"rule": None, "base_version": version}
    cleared = client.put(f"{API}/population", json=again, headers={"Idempotency-Key": "clear"}).raise_for_status()
    assert (cleared.json()["excluded"], cleared.json()["rule"]) == (0, None)
    assert client.put(f"{API}/population", json=again, headers={"Idempotency-Key": "clear"}).json() == cleared.json()
    assert client.put(f"{API}/population", json=again).status_code == 409
    assert counted(client, "layerings/rfm")["customers"] == 20
    client.put(f"{API}/population", json={"rule": OFTEN}).raise_for_status()


@pytest.mark.parametrize("store", [None, *STORES])
def test_console_command_line_and_python_count_alike(
    client: TestClient, shop: Workspace, capsys: pytest.CaptureFixture[str], store: str | None
) -> None:
    page = counted(client, "layerings/rfm", **({} if store is None else {"store_id": store}))
    expected = {one["layer"]["key"]: one["customers"] for one in page["layers"] if one["customers"]}
    chosen = [] if store is None else ["--store", store]
    printed = here(capsys, "layers", "rfm", "--json", "--workspace", shop.path, *chosen)
    told = json.loads(printed.out)
    assert {one["layer"]["key"]: one["customers"] for one in told["layers"] if one["customers"]} == expected
    data = tt.Dataset.open(shop.path).of_store(store)
    got = tt.RFM().assign(data, as_of=page["period"]["as_of"])
    assert (got.customers_by_layer(), got.data.excluded) == (expected, page["period"]["excluded"])


def test_the_command_line_says_beside_the_answer_how_many_are_left_out(
    client: TestClient, shop: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for language, said in (("en", "customers left out by the rule"), ("zh", "已按排除规则")):
        monkeypatch.setenv("TITIAN_LANG", language)
        for command in (("layers", "rfm"), ("select", "{trait: spend, op: '>', value: 0}")):
            called = here(capsys, *command, "--workspace", shop.path)
            assert (said in called.err, said in called.out) == (True, False), command
