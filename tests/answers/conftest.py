"""A client of the bazaar's server, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.server.conftest import client_of
from titian.app.desk import Desk

API = "/api/v1"
Asks = Callable[..., Any]


@pytest.fixture(scope="session")
def bazaar_client(bazaar_desk: Desk) -> Iterator[TestClient]:
    """Calls the bazaar's server; no test changes the bazaar."""
    with client_of(Desk(bazaar_desk.workspace)) as opened:
        yield opened


@pytest.fixture(scope="session")
def ask(bazaar_client: TestClient) -> Asks:
    """What the server answers to GET; the same question is asked once."""
    held: dict[str, Any] = {}

    def answer(path: str, **asked: object) -> Any:
        name = f"{path} {asked}"
        if name not in held:
            got = bazaar_client.get(f"{API}{path}", params=asked)
            assert got.status_code == 200, got.text
            held[name] = got.json()
        return held[name]

    return answer
