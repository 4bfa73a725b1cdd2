"""The built console is served whole, and nothing beside it."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from titian.server import console, problems


@pytest.fixture
def pages(tmp_path: Path) -> TestClient:
    built = tmp_path / "console"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<title>Titian</title>")
    (built / "assets" / "app-1a2b.js").write_text("1")
    (tmp_path / "secret.txt").write_text("keep out")
    app = FastAPI()
    problems.install(app)
    console.install(app, built)
    return TestClient(app)


@pytest.mark.parametrize("path", ["/", "/customers/12346", "/layerings/rfm?tab=cuts", "/客户"])
def test_every_page_is_the_index(pages: TestClient, path: str) -> None:
    answer = pages.get(path)
    assert (answer.status_code, answer.text) == (200, "<title>Titian</title>")
    assert answer.headers["cache-control"] == "no-cache"


def test_assets_are_kept_for_good(pages: TestClient) -> None:
    answer = pages.get("/assets/app-1a2b.js")
    assert answer.text == "1"
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["/assets/gone.js", "/api/v2/x", "/api"])
def test_what_is_not_there_is_not_the_index(pages: TestClient, path: str) -> None:
    assert pages.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/..%2fsecret.txt", "/assets/..%2f..%2fsecret.txt", "/%2e%2e/secret.txt"]
)
def test_nothing_outside_is_served(pages: TestClient, path: str) -> None:
    assert "keep out" not in pages.get(path).text


def test_without_a_build_the_way_to_one_is_said(tmp_path: Path) -> None:
    app = FastAPI()
    console.install(app, tmp_path)
    answer = TestClient(app).get("/")
    assert answer.status_code == 503
    assert "make setup" in answer.text
