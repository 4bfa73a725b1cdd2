"""Whatever layering a workspace holds, its pages agree with each other, with the list and with the files."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

import titian as tt
from tests.answers.book import START
from tests.answers.conftest import API, Asks
from tests.app import bazaar

KINDS = [kind for kind, made in tt.layerings().items() if made.ready]
"""Those that every workspace has."""
every_layering = pytest.mark.parametrize("key", KINDS)


def page(client: TestClient, ask: Asks, key: str, path: str = "", **asked: object) -> Any:
    """What a page of a layering answers, unless the bazaar lacks the data that it needs."""
    (summary,) = (one for one in ask("/layerings") if one["key"] == key)
    if summary["missing"] is None:
        return ask(f"/layerings/{key}{path}", **asked)
    problem = client.get(f"{API}/layerings/{key}{path}", params=asked).json()  # type: ignore[arg-type]
    assert (problem["status"], problem["code"]) == (409, "missing_data")
    assert summary["customers"] is None
    pytest.skip(summary["missing"]["en"])


@every_layering
def test_the_page_counts_everyone_once(bazaar_client: TestClient, ask: Asks, key: str) -> None:
    found = page(bazaar_client, ask, key)
    assert sum(layer["customers"] for layer in found["layers"]) == found["customers"] == len(bazaar.everyone())
    assert sum(layer["share"] for layer in found["layers"]) == pytest.approx(1)
    assert sum(layer["money"] for layer in found["layers"]) == pytest.approx(found["money"])


@every_layering
def test_the_list_holds_whom_the_page_counts(bazaar_client: TestClient, ask: Asks, key: str) -> None:
    found = page(bazaar_client, ask, key)
    rows = ask("/customers", layering=key, limit=500)["rows"]
    counted = Counter(row["layer"] for row in rows)
    assert {layer["layer"]["key"]: layer["customers"] for layer in found["layers"]} == {
        layer["layer"]["key"]: counted[layer["layer"]["key"]] for layer in found["layers"]
    }


@every_layering
def test_the_file_holds_the_list_with_names_in_both_languages(bazaar_client: TestClient, ask: Asks, key: str) -> None:
    found = page(bazaar_client, ask, key)
    names = {layer["layer"]["key"]: layer["layer"]["name"] for layer in found["layers"]}
    raw = bazaar_client.get(f"{API}/customers/export", params={"layering": key}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(raw)))
    listed = {row["customer_id"]: row["layer"] for row in ask("/customers", layering=key, limit=500)["rows"]}
    assert {row["customer_id"]: row["layer"] for row in rows} == listed
    assert all(
        (row["layer_zh"], row["layer_en"]) == (names[row["layer"]]["zh"], names[row["layer"]]["en"]) for row in rows
    )


@every_layering
def test_flows_end_where_the_list_of_that_fit_stands(bazaar_client: TestClient, ask: Asks, key: str) -> None:
    found = page(bazaar_client, ask, key, "/flows", start=START, end=bazaar.END)
    moved = sum(move["customers"] for move in found["moves"])
    assert found["start_customers"] == moved + sum(found["left"].values()) == len(bazaar.everyone(START))
    assert found["end_customers"] == moved + sum(found["entered"].values()) == len(bazaar.everyone())


@every_layering
def test_trying_what_is_in_force_moves_nobody(bazaar_client: TestClient, ask: Asks, key: str) -> None:
    page(bazaar_client, ask, key)
    found = bazaar_client.post(f"{API}/layerings/{key}/impact", json={"parameters": {}}).json()
    assert (found["moved"], found["before"]) == (0, found["after"])


@every_layering
def test_the_table_of_traits_counts_each_layer(bazaar_client: TestClient, ask: Asks, key: str) -> None:
    counted = {layer["layer"]["key"]: layer["customers"] for layer in page(bazaar_client, ask, key)["layers"]}
    for spread in page(bazaar_client, ask, key, "/traits")["traits"]:
        assert [cell["layer"] for cell in spread["layers"]] == list(counted)
        assert {cell["layer"]: cell["customers"] for cell in spread["layers"]} == counted
        assert all(sum(cell["histogram"]) <= cell["customers"] for cell in spread["layers"])


@every_layering
def test_the_definition_is_the_parameters_of_the_page(bazaar_client: TestClient, ask: Asks, key: str) -> None:
    found = ask(f"/layerings/{key}/definition")
    held = yaml.safe_load(found["yaml"])
    assert (held["kind"], held["key"], held["version"]) == (key, key, 1)
    assert tt.layerings()[key](**held["parameters"]) == tt.layerings()[key].example()


@every_layering
def test_every_layer_has_a_play_in_both_languages(bazaar_client: TestClient, ask: Asks, key: str) -> None:
    for layer in page(bazaar_client, ask, key)["layers"]:
        play = layer["layer"]["play"]
        for words in (play["aim"], play["cadence"], *play["actions"]):
            assert words["zh"].strip()
            assert words["en"].strip()
            assert words["zh"] != words["en"]
