"""What the browser tests share: Chromium, a served workspace of Online Retail, an empty one, and pages."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.serving import BROWSER_ARGUMENTS, browser_path, served, titian

expect.set_options(timeout=20_000)  # ours to wait, not theirs to fail: a busy machine is no fault of a page

CONSOLE = Path(__file__).parents[2] / "src/titian/server/console/index.html"

Language = Literal["zh", "en"]
Look = Literal["light", "dark"]
OpenPage = Callable[..., Page]
LOCALES: dict[Language, str] = {"zh": "zh-CN", "en": "en-GB"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without it, or without a built console, the tests are skipped aloud."""
    path = browser_path()
    if path is None:
        pytest.skip("no Chromium here, so nothing drives the console: install the package chromium")
    if not CONSOLE.is_file():
        pytest.skip("the console is not built: run `make setup`")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=BROWSER_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def retail(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the Online Retail sample."""
    workspace = tmp_path_factory.mktemp("e2e") / "demo"
    titian("demo", "--workspace", str(workspace), "--no-serve")
    return workspace


@pytest.fixture(scope="session")
def online_retail(retail: Path) -> Iterator[str]:
    """The address of its server."""
    with served(retail) as address:
        yield address


@pytest.fixture
def empty(browser: Browser, tmp_path: Path) -> Iterator[str]:
    """The address of a server with nothing in it yet."""
    titian("init", str(tmp_path / "shop"))
    with served(tmp_path / "shop") as address:
        yield address


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens an address; an error that the page throws fails the test."""
    contexts = []
    thrown: list[str] = []

    def opened(address: str, language: Language = "en", look: Look = "light", width: int = 1440) -> Page:
        context = browser.new_context(
            locale=LOCALES[language],
            color_scheme=look,
            reduced_motion="reduce",
            viewport={"width": width, "height": 840},
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.goto(address)
        page.get_by_role("heading", level=1).wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not thrown, thrown


@pytest.fixture
def ask(online_retail: str) -> Callable[[str], Any]:
    """What the API of the Online Retail server says."""

    def asked(path: str) -> Any:
        with urllib.request.urlopen(f"{online_retail}/api/v1{path}", timeout=60) as answer:
            return json.load(answer)

    return asked
