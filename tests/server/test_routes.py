"""The routes hand on what the use cases answer."""

import csv
import io
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from tests.app import market


@pytest.mark.parametrize(
    "path",
    [
        "/workspace", "/overview", "/layerings", "/layerings/rfm", "/layerings/rfm/traits", "/layerings/value_levels/cuts",
        "/layerings/rfm/map", "/layerings/rfm/flows?refit=true", "/layerings/matrix/definition", "/customers",
        "/layerings/rfm/split-test?outcome=order_count_60d",
        "/customers/00003", "/search?q=000", "/health", "/imports", "/overview?as_of=2024-06-01&compare=2024-05-01",
    ],
)  # fmt: skip
def test_every_page_of_a_loaded_shop_answers(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"


def test_pages_of_customers_follow_the_cursor(client: TestClient) -> None:
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        asked = {"limit": 25, "sort": "spend"} | ({"cursor": cursor} if cursor else {})
        page = client.get("/api/v1/customers", params=asked).json()
        seen += [row["customer_id"] for row in page["rows"]]
        cursor = page["next_cursor"]
    assert len(seen) == len(set(seen)) == len(market.customers())


def test_an_export_comes_as_a_named_file(client: TestClient) -> None:
    answer = client.get("/api/v1/customers/export?layer=important_value&format=csv")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''rfm-2024-12-01.csv"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row[1] for row in rows[1:]} == {"important_value"}


def test_an_impact_names_the_moves(client: TestClient) -> None:
    found = client.post("/api/v1/layerings/rfm/impact", json={"parameters": {"recency": 10}}).json()
    moved = sum(move["customers"] for move in found["moves"] if move["direction"] != "stayed")
    assert found["moved"] == moved > 0


def test_a_published_definition_is_in_force_and_a_second_from_the_same_base_conflicts(own_client: TestClient) -> None:
    asked = {"parameters": {"recency": 30}, "base_version": 1}
    assert own_client.put("/api/v1/layerings/rfm/definition", json=asked).json()["version"] == 2
    assert own_client.put("/api/v1/layerings/rfm/definition", json=asked).status_code == 409
    cuts = {cut["field"]: cut["value"] for cut in own_client.get("/api/v1/layerings/rfm").json()["cuts"]}
    assert cuts["recency"] == 30


def test_odd_ids_have_addresses(own_client: TestClient) -> None:
    odd = ["a/b", "a?b#c", "客户 1", "export me"]
    lines = [f'z{n},"{customer_id}",2024-12-02,10' for n, customer_id in enumerate(odd)]
    file = "\n".join(["order_id,customer_id,ordered_at,amount", *lines])
    guess = own_client.post("/api/v1/uploads", files={"file": ("z.csv", file.encode())}).json()
    run = own_client.post("/api/v1/imports", json={"upload_id": guess["upload_id"], "mapping": guess["mapping"]}).json()
    while run["state"] in ("waiting", "running"):
        run = own_client.get(f"/api/v1/imports/{run['id']}").json()
    assert run["state"] == "done"
    answers = [own_client.get(f"/api/v1/customers/{quote(customer_id, safe='')}") for customer_id in odd]
    assert [answer.json()["customer_id"] for answer in answers] == odd


def test_machines_are_told_how_the_server_is(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["status"] == "ok"
    client.get("/api/v1/customers/nobody-at-all")
    said = client.get("/metrics").text
    assert 'route="/customers/{customer_id:path}"' in said
    assert "nobody-at-all" not in said
    assert 'titian_imports{state="done"} 2.0' in said
