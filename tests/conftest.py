"""What many tests share: a shop that was loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from argon2 import PasswordHasher
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from tests.app import bazaar, market
from titian.app import passwords
from titian.app import workspace as workspaces
from titian.app.desk import Desk, Reading
from titian.app.settings import WorkspaceSettings
from titian.app.stored import Stored
from titian.app.workspace import Workspace


@pytest.fixture(scope="session", autouse=True)
def plain_traces() -> None:
    """Log traces as the command line does; the default of structlog draws every local variable, for seconds."""
    renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, renderer])


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> None:
    """Passwords of tests are hashed in a millisecond; that real ones are not is a test of its own."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A loaded workspace that no test changes."""
    return market.made(tmp_path_factory.mktemp("shop") / "shop")


@pytest.fixture(scope="session")
def desk(shop: Workspace) -> Iterator[Desk]:
    """The shop, open; no test changes it."""
    with Desk(shop) as opened:
        yield opened


@pytest.fixture
def reading(desk: Desk) -> Iterator[Reading]:
    """A question at the shop's desk."""
    with desk.reading() as opened:
        yield opened


@pytest.fixture
def own_shop(shop: Workspace, tmp_path: Path) -> Workspace:
    """The same shop, for this test alone."""
    return market.copied(shop, tmp_path / "own")


@pytest.fixture
def own_desk(own_shop: Workspace) -> Iterator[Desk]:
    """The same shop, open, for this test alone."""
    with Desk(own_shop) as opened:
        yield opened


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Desk]:
    """A workspace without data."""
    with Desk(workspaces.init(tmp_path / "empty", WorkspaceSettings())) as opened:
        yield opened


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A workspace without data that the tests of a file share, and leave as they found it."""
    with Desk(workspaces.init(tmp_path_factory.mktemp("bare") / "bare", WorkspaceSettings())) as opened:
        yield opened


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Stored]:
    """The store of a workspace in which nothing was decided yet."""
    with Stored(Workspace(tmp_path, WorkspaceSettings(name="shop"))) as opened:
        yield opened


@pytest.fixture(scope="session")
def bazaar_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A shop with items, events, people and refunds, open; no test changes it."""
    with Desk(bazaar.made(tmp_path_factory.mktemp("bazaar") / "shop")) as opened:
        yield opened


@pytest.fixture
def market_day(bazaar_desk: Desk) -> Iterator[Reading]:
    """A question at the bazaar's desk."""
    with bazaar_desk.reading() as opened:
        yield opened


class TogetherByFile(LoadFileScheduling):
    """The tests of a file on one worker, so that what they share is made once; all that need the cluster are as one."""

    def _split_scope(self, nodeid: str) -> str:
        return "cluster" if nodeid.startswith("tests/engines/") else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> TogetherByFile:
    return TogetherByFile(config, log)


LONG = ("laws", "answers", "badinput")
"""Folders of suites that ask every layering, page or file everything: more than twelve minutes hold."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.relative_to(Path(__file__).parent).parts[0] in LONG:
            item.add_marker(pytest.mark.full)
