"""A client of the served shop."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.server.application import HOME as HOME
from tests.server.application import client_of as client_of
from tests.server.people import login_of, settle, signed_in
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.settings import WorkspaceSettings
from titian.app.workspace import Workspace


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with somebody of every role."""
    with Desk(workspaces.init(tmp_path_factory.mktemp("settled") / "shop", WorkspaceSettings())) as desk:
        settle(desk)
        path = desk.workspace.store
    assert isinstance(path, Path)
    return path


@pytest.fixture
def closed(empty: Desk, settled: Path) -> Desk:
    """A workspace without data in which one has to sign in, with somebody of every role."""
    shutil.copyfile(settled, empty.workspace.path / settled.name)
    return empty


@pytest.fixture
def owner(closed: Desk) -> TestClient:
    """Its owner, signed in."""
    return signed_in(closed, login_of("owner"))


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
