"""Selections over HTTP: live counts, files, and everything that somebody could try with a rule."""

from __future__ import annotations

import csv
import io
from typing import Any

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

API = "/api/v1/selections"
EVERYONE = {"trait": "order_count", "op": ">=", "value": 0}
EARLY = "2024-02-01"
ATTACKS = [
    "'; DROP TABLE orders; --",
    '" OR 1=1 --',
    "read_csv('/etc/passwd')",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "../../etc/passwd",
    "%00",
    "💥" * 50,
]


def count(client: TestClient, rule: dict[str, Any]) -> int:
    return int(client.post(API, json={"rule": rule}).raise_for_status().json()["customers"])


def test_nothing_is_kept_and_no_line_is_written(own_client: TestClient) -> None:
    before = own_client.get("/api/v1/audit").json()["found"]
    count(own_client, EVERYONE)
    assert own_client.get("/api/v1/audit").json()["found"] == before


def test_a_rule_and_its_opposite_are_everyone(client: TestClient) -> None:
    rule = {"trait": "spend", "op": ">=", "value": 100}
    told = client.post(API, json={"rule": rule}).json()
    assert told["customers"] + count(client, {"not": rule}) == told["everyone"] == count(client, EVERYONE)
    assert told["share"] == pytest.approx(told["customers"] / told["everyone"])


@pytest.mark.parametrize("sample", [0, 3, 200])
def test_as_many_are_shown_as_were_asked_for(client: TestClient, sample: int) -> None:
    told = client.post(API, json={"rule": EVERYONE, "sample": sample}).json()
    assert len(told["sample"]) == min(sample, told["customers"])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"rule": []},
        {"rule": EVERYONE, "sample": 201},
        {"rule": EVERYONE, "as_of": "soon"},
        {"rule": EVERYONE, "x": 1},
    ],
    ids=["no rule", "a list", "too many", "no day", "more than is asked"],
)
def test_a_call_without_sense_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    assert client.post(API, json=body).status_code == 422


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("place", ["value", "trait", "did", "layering", "layer", "tag", "audience", "date"])
def test_texts_stay_texts_wherever_they_stand(client: TestClient, place: str, text: str) -> None:
    rules: dict[str, dict[str, Any]] = {
        "value": {"trait": "city", "op": "contains", "value": text},
        "trait": {"trait": text, "op": ">", "value": 1},
        "did": {"did": text},
        "layering": {"layering": text, "layers": ["a"]},
        "layer": {"layering": "rfm", "layers": [text]},
        "tag": {"tag": text},
        "audience": {"audience": text},
        "date": {"trait": "last_order_at", "op": ">", "value": text},
    }
    answer = client.post(API, json={"rule": rules[place]})
    assert answer.status_code in (200, 400, 409), answer.text  # 409: this shop has no events
    if answer.status_code == 200:
        assert answer.json()["customers"] == 0, "nobody did that, or lives there"
    assert "root:" not in answer.text
    assert count(client, EVERYONE) > 0, "everything is still there"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_the_file_holds_all_of_them(own_client: TestClient, kind: str) -> None:
    answer = own_client.post(f"{API}/export", params={"kind": kind}, json={"rule": EVERYONE, "sample": 0})
    assert answer.status_code == 200
    assert "selection-" in answer.headers["content-disposition"]
    if kind == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        assert len(rows) == count(own_client, EVERYONE)
        assert set(rows[0]) == {"customer_id", "order_count"}
    if kind == "parquet":
        assert pq.read_table(io.BytesIO(answer.content)).num_rows == count(own_client, EVERYONE)


def test_a_file_is_written_down_in_the_log(own_client: TestClient) -> None:
    own_client.post(f"{API}/export", json={"rule": EVERYONE}).raise_for_status()
    line = own_client.get("/api/v1/audit").json()["lines"][0]
    assert (line["action"], line["details"]["columns"]) == ("export.file", ["customer_id", "order_count"])


def test_another_day_knows_others(client: TestClient) -> None:
    now, then = (client.post(API, json={"rule": EVERYONE, "as_of": day}).json() for day in (None, EARLY))
    assert then["as_of"] == EARLY
    assert 0 < then["everyone"] < now["everyone"]
