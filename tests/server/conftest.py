"""A client of the served shop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from titian.app.desk import Desk
from titian.app.workspace import Workspace
from titian.server.app import create_app

HOME = "http://127.0.0.1:8484"


def client_of(desk: Desk) -> TestClient:
    return TestClient(create_app(desk), base_url=HOME, client=("127.0.0.1", 50000), raise_server_exceptions=False)


@pytest.fixture(scope="session")
def client(shop: Workspace) -> Iterator[TestClient]:
    """Calls the shop's server; no test changes the shop."""
    with client_of(Desk(shop)) as opened:
        yield opened


@pytest.fixture
def own_client(own_shop: Workspace) -> Iterator[TestClient]:
    """Calls the server of a shop that is this test's alone."""
    with client_of(Desk(own_shop)) as opened:
        yield opened
