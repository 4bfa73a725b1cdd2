"""Plans, exports and audiences over HTTP when files, bodies or the disk are not as they should be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.app import filing
from tests.server.conftest import client_of
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.settings import WorkspaceSettings

pytestmark = pytest.mark.full

API = "/api/v1"
NAME = {"zh": "购物车", "en": "Cart"}
CART = {"did": "cart"}


def made(folder: Path) -> Iterator[tuple[TestClient, Desk]]:
    """A client of a workspace without data, in which the audience cart is saved and its file written; its desk."""
    desk = Desk(workspaces.init(folder, WorkspaceSettings()))
    with client_of(desk) as opened:
        opened.post(f"{API}/audiences", json={"key": "cart", "name": NAME, "rule": CART}).raise_for_status()
        opened.post(f"{API}/definitions/export").raise_for_status()
        yield opened, desk


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[TestClient, Desk]]:
    """One for this test alone."""
    yield from made(tmp_path / "own")


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Desk]]:
    """One in which everything that is asked for is refused."""
    yield from made(tmp_path_factory.mktemp("still") / "own")


@pytest.fixture
def client(still: tuple[TestClient, Desk]) -> TestClient:
    return still[0]


WRONG = {
    "no YAML": "kind: [",
    "Python": "!!python/object/apply:os.getcwd []",
    "another key": "kind: rule\nkey: trolley\nparameters: {rule: {did: cart}}\n",
    "a circle": "kind: rule\nkey: cart\nparameters: {rule: {audience: cart}}\n",
}


def test_a_wrong_file_is_a_problem_in_both_languages_wherever_files_are_read(own: tuple[TestClient, Desk]) -> None:
    client, desk = own
    for text in WRONG.values():
        filing.path_of(desk, "audiences/cart").write_text(text, "utf-8")
        for answer in (client.get(f"{API}/plan"), client.post(f"{API}/plan/apply", json={"digest": "0" * 16})):
            told = answer.json()
            assert answer.status_code in (400, 409), told
            assert told["detail"] != told["detail_zh"]
            assert "Traceback" not in answer.text
    assert client.get(f"{API}/audiences").json()["audiences"][0]["version"] == 1


BODIES: list[dict[str, Any]] = [
    {},
    {"digest": 7},
    {"digest": "x", "prune": "perhaps"},
    {"digest": "x", "force": True},
    {"prune": True},
]


@pytest.mark.parametrize("body", BODIES, ids=str)
def test_what_is_no_plan_is_not_applied(client: TestClient, body: dict[str, Any]) -> None:
    assert client.post(f"{API}/plan/apply", json=body).status_code == 422


@pytest.mark.parametrize(
    "digest", ["", "x" * 10_000, "🙂", "../../x", "\u0000"], ids=["none", "long", "odd", "path", "NUL"]
)
def test_the_digest_of_no_plan_is_a_conflict(client: TestClient, digest: str) -> None:
    assert client.post(f"{API}/plan/apply", json={"digest": digest}).status_code == 409


def test_a_plan_with_prune_is_not_applied_without_it(own: tuple[TestClient, Desk]) -> None:
    client, desk = own
    filing.path_of(desk, "audiences/cart").unlink()
    digest = client.get(f"{API}/plan", params={"prune": True}).json()["digest"]
    assert client.post(f"{API}/plan/apply", json={"digest": digest}).status_code == 409
    assert client.post(f"{API}/plan/apply", json={"digest": digest, "prune": True}).json()["changes"] == 1
    assert client.get(f"{API}/audiences").json()["audiences"] == []


def test_an_apply_that_is_sent_again_is_answered_as_before(own: tuple[TestClient, Desk]) -> None:
    client, desk = own
    filing.put_rule(desk, "cart", {"did": "view"})
    body, key = {"digest": client.get(f"{API}/plan").json()["digest"]}, {"Idempotency-Key": "a" * 32}
    one, two = (client.post(f"{API}/plan/apply", json=body, headers=key) for _ in range(2))
    assert (one.status_code, two.status_code) == (200, 200)
    assert one.json() == two.json()
    assert filing.told(desk).count("definitions.apply cart") == 1


def test_an_export_that_the_disk_refuses_is_a_problem_with_its_reason(own: tuple[TestClient, Desk]) -> None:
    client, desk = own
    folder = desk.workspace.definitions
    folder.rename(folder.with_name("elsewhere"))
    folder.write_text("a file")
    answer = client.post(f"{API}/definitions/export")
    assert answer.status_code >= 500
    assert "无法写入" in answer.json()["detail_zh"]


@pytest.mark.parametrize("key", ["..%2f..%2fetc", "%00", "a b", "%F0%9F%98%80", "x" * 5_000])
def test_odd_keys_in_addresses_are_not_found(client: TestClient, key: str) -> None:
    for path in (f"audiences/{key}", f"audiences/{key}/sizes", f"definitions/audiences/{key}/versions"):
        assert client.get(f"{API}/{path}").status_code in (400, 404, 422), path
    assert client.delete(f"{API}/audiences/{key}").status_code in (400, 404, 405, 422)


ASKED: dict[str, dict[str, Any]] = {
    "rule and ids": {"rule": CART, "ids": ["c1"]},
    "ids that are numbers": {"ids": [7]},
    "one id as a text": {"ids": "c1"},
    "a rule as a text": {"rule": "did cart"},
    "a rule as a list": {"rule": [CART]},
    "no name": {"name": None, "rule": CART},
    "NUL in the name": {"name": {"zh": "a\0", "en": "a"}, "rule": CART},
    "NUL in the rule": {"rule": {"did": "a\0b"}},
    "a hundred kilobytes of name": {"name": {"zh": "名" * 100_000, "en": "x"}, "rule": CART},
}


@pytest.mark.parametrize("what", ASKED)
def test_what_is_no_audience_is_refused_and_not_kept(still: tuple[TestClient, Desk], what: str) -> None:
    client, desk = still
    answer = client.post(f"{API}/audiences", json={"key": "odd", "name": NAME, **ASKED[what]})
    assert 400 <= answer.status_code < 500, answer.text
    assert "odd" not in desk.audiences.numbers()


def test_a_rule_deep_within_itself_is_refused(client: TestClient) -> None:
    rule: dict[str, Any] = CART
    for _ in range(300):
        rule = {"not": rule}
    answer = client.post(f"{API}/audiences", json={"key": "odd", "name": NAME, "rule": rule})
    assert 400 <= answer.status_code < 500
