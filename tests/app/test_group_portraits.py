"""What sets a group apart is the same in Python, over HTTP, on the command line and in files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

import titian as tt
from tests.cli.calling import here
from tests.server.conftest import client_of
from titian.app.desk import Desk

pytestmark = pytest.mark.full

API = "/api/v1"
SPENT: dict[str, Any] = {"trait": "spend", "op": ">=", "value": 100}
LAYER = f"{API}/layerings/rfm/layers/important_value/portrait"


@pytest.fixture(scope="module")
def client(bazaar_desk: Desk) -> TestClient:
    return client_of(bazaar_desk)


def figures(told: dict[str, Any]) -> list[tuple[object, ...]]:
    """What HTTP tells, as Python's rows are."""
    return [
        (one["trait"]["trait"], part["name"]["en"], part["inside"], part["everyone"], part["tgi"], part["tgi_low"])
        for one in told["traits"]
        for part in one["bins"]
    ]


def rows(found: tt.Portrait) -> list[tuple[object, ...]]:
    names = ("trait", "value_en", "inside", "everyone", "tgi", "tgi_low")
    return [tuple(row[name] for name in names) for row in found.to_arrow().to_pylist()]


def test_of_a_rule_all_three_say_the_same(
    client: TestClient, bazaar_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    told = client.post(f"{API}/selections/portrait", json={"rule": SPENT}).raise_for_status().json()
    path = bazaar_desk.workspace.path
    said = json.loads(here(capsys, "portrait", "--rule", json.dumps(SPENT), "--json", "-w", path).out)
    with bazaar_desk.reading() as reading:
        found = tt.portrait(SPENT, reading.data, as_of=reading.instant(reading.day(None)))
    assert said == told
    assert figures(told) == rows(found)
    assert 0 < told["inside"] < told["everyone"]


def test_of_a_layer_all_three_say_the_same(
    client: TestClient, bazaar_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    told = client.get(LAYER, params={"trait": ["spend", "order_count"]}).raise_for_status().json()
    layer = ["--layering", "rfm", "--layer", "important_value", "--traits", "spend, order_count"]
    said = json.loads(here(capsys, "portrait", *layer, "--json", "-w", bazaar_desk.workspace.path).out)
    with bazaar_desk.reading() as reading:
        at = reading.instant(reading.day(None))
        found = tt.portrait((tt.RFM(), "important_value"), reading.data, as_of=at, traits=["spend", "order_count"])
    assert said == told
    assert figures(told) == rows(found)
    assert {one["trait"]["trait"] for one in told["traits"]} == {"spend", "order_count"}
    assert all(one["drawn_by"] for one in told["traits"])


def test_of_a_layer_it_counts_as_many_as_the_page_of_the_layering(client: TestClient) -> None:
    page = client.get(f"{API}/layerings/rfm").json()
    (held,) = (one for one in page["layers"] if one["layer"]["key"] == "important_value")
    told = client.get(LAYER, params={"trait": "spend"}).json()
    assert (told["inside"], told["share"]) == (held["customers"], pytest.approx(held["share"]))
    assert told["name"]["zh"].endswith(held["layer"]["name"]["zh"])


def test_of_an_audience_it_is_that_of_its_rule(own_desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    client = client_of(own_desk)
    saved = {"key": "spent", "name": {"zh": "花过钱", "en": "spent"}, "rule": SPENT}
    client.post(f"{API}/audiences", json=saved).raise_for_status()
    told = client.get(f"{API}/audiences/spent/portrait", params={"trait": "spend_90d"}).raise_for_status().json()
    rule = client.post(f"{API}/selections/portrait", json={"rule": SPENT, "traits": ["spend_90d"]}).json()
    assert told == rule | {"name": saved["name"]}
    asked = ["--audience", "spent", "--traits", "spend_90d", "--json", "-w", own_desk.workspace.path]
    assert json.loads(here(capsys, "portrait", *asked).out) == told
    lines = client.get(f"{API}/audiences/spent/portrait/export", params={"trait": "spend_90d"}).text.splitlines()
    assert len(lines) - 1 == len(told["traits"][0]["bins"])


def test_days_are_told_as_days(client: TestClient) -> None:
    told = client.get(LAYER, params={"trait": "first_order_at"}).json()
    (one,) = told["traits"]
    assert all(len(str(part["low"])) == len("2024-01-01") for part in one["bins"] if part["kind"] == "range")
    assert one["everyone"]["median"].startswith("20")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_files_hold_a_line_per_value(client: TestClient, kind: str) -> None:
    told = client.get(LAYER).json()
    file = client.get(f"{LAYER}/export", params={"format": kind}).raise_for_status()
    assert f"portrait-rfm-important_value-{told['as_of']}.{kind}" in file.headers["content-disposition"]
    if kind == "parquet":
        lines = [(row["trait"], row["inside"]) for row in pq.read_table(io.BytesIO(file.content)).to_pylist()]
    elif kind == "csv":
        lines = [(row["trait"], int(row["inside"])) for row in csv.DictReader(io.StringIO(file.text.lstrip("\ufeff")))]
    else:
        assert file.content.startswith(b"PK")
        return
    assert lines == [(one["trait"]["trait"], part["inside"]) for one in told["traits"] for part in one["bins"]]


def test_a_rules_file_is_its_portrait(client: TestClient) -> None:
    asked = {"rule": SPENT, "traits": ["spend"]}
    told = client.post(f"{API}/selections/portrait", json=asked).json()
    file = client.post(f"{API}/selections/portrait/export", json=asked, params={"kind": "csv"})
    assert len(file.text.splitlines()) - 1 == len(told["traits"][0]["bins"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{API}/layerings/rfm/layers/best/portrait", 404),
        (f"{API}/layerings/nothing/layers/best/portrait", 404),
        (f"{API}/audiences/nothing/portrait", 404),
        (f"{LAYER}?trait=spendd", 400),
        (f"{LAYER}?as_of=soon", 422),
        (f"{LAYER}?trait=spend" + "&trait=spend" * 100, 422),
    ],
    ids=["no layer", "no layering", "no audience", "no trait", "no day", "too many traits"],
)
def test_what_is_not_there_is_refused_in_words(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize(
    "body",
    [{}, {"rule": SPENT, "sample": 3}, {"rule": SPENT, "traits": "spend"}, {"rule": SPENT, "traits": ["spend"] * 101}],
    ids=["no rule", "more than is asked", "no list", "too many"],
)
def test_a_call_without_sense_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    assert client.post(f"{API}/selections/portrait", json=body).status_code == 422


def test_the_command_says_it_in_sentences_and_writes_a_file(
    bazaar_desk: Desk, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TITIAN_LANG", "zh")
    layer = ["--layering", "rfm", "--layer", "important_value"]
    called = here(capsys, "portrait", *layer, "--out", tmp_path / "layer.csv", "-w", bazaar_desk.workspace.path)
    assert "是全体的" in called.out
    assert "（群体就是按它划出的）" in called.out
    assert "TGI" in called.out
    assert (tmp_path / "layer.csv").read_text("utf-8-sig").startswith("trait,name_zh")


@pytest.mark.parametrize(
    "group",
    [
        [],
        ["--layering", "rfm"],
        ["--layer", "important_value"],
        ["--audience", "a", "--rule", "{did: cart}"],
        ["--audience", "a", "--layer", "b"],
    ],
    ids=["none", "no layer", "no layering", "two", "a layer of no layering"],
)
def test_the_command_takes_one_group(bazaar_desk: Desk, capsys: pytest.CaptureFixture[str], group: list[str]) -> None:
    called = here(capsys, "portrait", *group, "-w", bazaar_desk.workspace.path)
    assert called.code == 2
    assert "say one group" in called.err
