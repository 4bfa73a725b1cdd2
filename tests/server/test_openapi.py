"""The description of the API is whole, and the console's types come from it."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from titian.server.openapi import document

GENERATED = Path(__file__).parents[2] / "web" / "src" / "api" / "openapi.json"


def test_every_operation_has_an_id_words_and_problems(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    ids = []
    for path, operations in described["paths"].items():
        assert path.startswith("/api/v1/")
        for operation in operations.values():
            ids.append(operation["operationId"])
            assert operation["description"]
            assert "application/problem+json" in operation["responses"]["400"]["content"]
    assert len(ids) == len(set(ids)) >= 24


def test_the_console_was_built_against_this_api() -> None:
    if not GENERATED.is_file():
        pytest.skip("the console is not here")
    assert json.loads(GENERATED.read_text("utf-8")) == json.loads(document())


def test_the_page_for_people_lists_every_address_and_loads_nothing(client: TestClient) -> None:
    page = client.get("/api/docs").text
    assert all(path in page for path in client.get("/api/openapi.json").json()["paths"])
    assert "<script" not in page
    assert "http://" not in page.replace("http://127.0.0.1", "")
