"""The list of customers and its export hold the book's rows: every value, every order, every page, every filter."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from tests.acceptance.product import close
from tests.answers.book import DAYS, KEYS, RANKED, SHOWN, START, layers_of, traits_on, values_on
from tests.answers.conftest import API, Asks
from tests.app import bazaar

every_layering = pytest.mark.parametrize("key", KEYS)
Row = dict[str, Any]


def pages(client: TestClient, limit: int, **asked: object) -> list[Row]:
    """All rows, page by page."""
    rows: list[Row] = []
    cursor: dict[str, object] = {}
    while True:
        page = client.get(f"{API}/customers", params={"limit": limit, **asked, **cursor}).json()
        rows += page["rows"]
        if page["next_cursor"] is None:
            assert len(rows) == page["total"]
            return rows
        assert len(page["rows"]) == limit
        cursor = {"cursor": page["next_cursor"]}


@every_layering
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_number_of_every_customer(ask: Asks, key: str, day: date) -> None:
    rows, expected = ask("/customers", layering=key, as_of=day, limit=500)["rows"], values_on(key, day)
    assert {row["customer_id"] for row in rows} == set(expected)
    wrong = [
        (row["customer_id"], name, row["traits"][name], expected[row["customer_id"]][name])
        for row in rows
        for name in SHOWN
        if not close(row["traits"][name], expected[row["customer_id"]][name])
    ]
    assert wrong == []


def test_the_first_and_the_last_order_are_on_the_shops_clock(ask: Asks) -> None:
    expected = traits_on(bazaar.END)
    for row in ask("/customers", limit=500)["rows"]:
        for name in ("first_order_at", "last_order_at"):
            at = row["traits"][name]
            assert (at and datetime.fromisoformat(at)) == getattr(expected[row["customer_id"]], name)


@pytest.mark.parametrize("sort", [*SHOWN, "customer_id", "layer"])
@pytest.mark.parametrize("order", ["asc", "desc"])
def test_pages_follow_the_books_order(bazaar_client: TestClient, sort: str, order: str) -> None:
    values, layers = values_on("rfm", bazaar.END), layers_of("rfm", bazaar.END, bazaar.END)
    ranks = {name: rank for rank, name in enumerate(RANKED["rfm"])}
    by: dict[str, Any] = {
        who: who if sort == "customer_id" else ranks.get(layers[who]) if sort == "layer" else values[who][sort]
        for who in values
    }
    found = [by[row["customer_id"]] for row in pages(bazaar_client, 29, sort=sort, order=order)]
    there = [value for value in by.values() if value is not None]
    missing = [None] * (len(by) - len(there))
    assert found == [*sorted(there, reverse=order == "desc"), *missing]


@pytest.mark.parametrize("limit", [1, 13, 500])
def test_whatever_the_size_of_a_page_everyone_comes_once(bazaar_client: TestClient, limit: int) -> None:
    asked: dict[str, object] = {"layer": ["important_value", "none"], "sort": "spend"}
    layers = layers_of("rfm", bazaar.END, bazaar.END)
    found = [row["customer_id"] for row in pages(bazaar_client, limit, **asked)]
    assert sorted(found) == sorted(who for who, layer in layers.items() if layer in ("important_value", "none"))


@every_layering
def test_each_layer_lists_its_own(ask: Asks, key: str) -> None:
    layers = layers_of(key, START, START)
    for layer in (*RANKED[key], "none"):
        page = ask("/customers", layering=key, as_of=START, layer=layer, limit=500)
        expected = {who for who, found in layers.items() if found == layer}
        assert {row["customer_id"] for row in page["rows"]} == expected
        assert page["total"] == len(expected)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("李", {"b01"}),
        ("hyperlink", {"b02"}),
        ("B01", {"b01"}),
        ("13812", {"b01"}),
        ("zoë", {"walk-in"}),
        ("example", {"b01", "walk-in"}),
        ("later", {"later"}),
        ("b5", {f"b5{n}" for n in range(10)}),
        ("杭州", set()),
    ],
)
def test_a_search_finds_by_id_name_phone_and_mail(ask: Asks, text: str, found: set[str]) -> None:
    page = ask("/customers", q=text, limit=500)
    assert {row["customer_id"] for row in page["rows"]} == found & bazaar.everyone()


@every_layering
def test_an_export_is_the_list(bazaar_client: TestClient, ask: Asks, key: str) -> None:
    raw = bazaar_client.get(f"{API}/customers/export", params={"layering": key, "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(raw.content.decode("utf-8-sig"))))
    page = ask("/customers", layering=key, limit=500)
    listed = {row["customer_id"]: row for row in page["rows"]}
    heads = {trait["key"]: trait["trait"] for trait in page["traits"]}
    assert [row["customer_id"] for row in rows] == sorted(listed)
    for row in rows:
        shown = listed[row["customer_id"]]
        assert row["layer"] == shown["layer"]
        assert {name: float(row[heads[name]]) if row[heads[name]] else None for name in SHOWN} == {
            name: shown["traits"][name] for name in SHOWN
        }


@pytest.mark.parametrize(
    "asked", [{"layer": "important_value"}, {"q": "b1"}, {"min": "spend:300"}, {"as_of": START}], ids=str
)
def test_a_filtered_export_is_the_filtered_list(bazaar_client: TestClient, ask: Asks, asked: dict[str, object]) -> None:
    raw = bazaar_client.get(f"{API}/customers/export", params={"format": "parquet", **asked}).content
    table = pq.read_table(io.BytesIO(raw))
    listed = ask("/customers", limit=500, **asked)["rows"]
    assert sorted(table["customer_id"].to_pylist()) == sorted(row["customer_id"] for row in listed) != []
