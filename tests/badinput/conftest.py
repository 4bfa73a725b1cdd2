"""A corner shop that has something to lose, with its three doors open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.app import market
from tests.badinput.cases import GOOD, HEADER, lines
from tests.badinput.doors import contents
from tests.server.conftest import client_of
from tests.warehouse.shop import ORDERS
from titian.app import importing
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.settings import WorkspaceSettings
from titian.app.workspace import Workspace
from titian.warehouse.progress import silent


@pytest.fixture(scope="session")
def corner(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A few orders that must outlive every bad file."""
    folder = tmp_path_factory.mktemp("corner")
    workspace = workspaces.init(folder / "shop", WorkspaceSettings(name="corner", language="en"))
    path = folder / "first.csv"
    path.write_bytes(lines(HEADER, *(f"old-{line}" for line in GOOD)))
    with Desk(workspace) as desk:
        importing.load(desk, SourceAsked(str(path)), ORDERS, strict=True, progress=silent)
    return workspace


@pytest.fixture(scope="session")
def corner_desk(corner: Workspace) -> Iterator[Desk]:
    with Desk(corner) as opened:
        yield opened


@pytest.fixture(scope="session")
def corner_client(corner: Workspace) -> Iterator[TestClient]:
    with client_of(Desk(corner)) as opened:
        yield opened


@pytest.fixture
def own_corner(corner: Workspace, tmp_path: Path) -> Iterator[Desk]:
    """The same shop, open, for this test alone."""
    with Desk(market.copied(corner, tmp_path / "own corner")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line speaks English unless a test says otherwise."""
    monkeypatch.setenv("TITIAN_LANG", "en")
    monkeypatch.delenv("TITIAN_WORKSPACE", raising=False)


@pytest.fixture
def nothing_lost(corner_desk: Desk) -> Iterator[None]:
    """After the test the warehouse and the landing hold what they held before."""
    before, batches = contents(corner_desk), corner_desk.lake.landing.manifests()
    yield
    assert contents(corner_desk) == before
    assert corner_desk.lake.landing.manifests() == batches


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an awkward name."""
    made = tmp_path / "我的 'files' \"2024\""
    made.mkdir()
    return made
