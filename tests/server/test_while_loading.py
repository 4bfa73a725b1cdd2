"""Questions are answered while data are loaded, each from one state of the data."""

import threading
from datetime import datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.app import market
from titian.app import importing
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.workspace import Workspace
from titian.warehouse.progress import silent


def test_readers_see_the_old_or_the_new_and_never_between(
    own_client: TestClient, own_shop: Workspace, tmp_path: Path
) -> None:
    rows = [market.Order(f"n{i}", f"new{i}", datetime(2024, 11, 20), 10.0, "paid") for i in range(500)]
    path = market.write_orders(tmp_path / "more.csv", rows)
    before = own_client.get("/api/v1/layerings/rfm").json()["customers"]
    loaded = threading.Event()
    seen: set[int] = set()
    failures: list[str] = []

    def read() -> None:
        while not loaded.is_set():
            answer = own_client.get("/api/v1/layerings/rfm")
            if answer.status_code == 200:
                seen.add(answer.json()["customers"])
            else:
                failures.append(answer.text)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    with Desk(own_shop) as other:
        importing.load(other, SourceAsked(str(path)), market.MAPPING, strict=True, progress=silent)
    loaded.set()
    for reader in readers:
        reader.join()
    assert not failures
    assert seen <= {before, before + 500}
    assert own_client.get("/api/v1/layerings/rfm").json()["customers"] == before + 500


def test_two_imports_at_once_are_done_one_after_the_other(own_client: TestClient, tmp_path: Path) -> None:
    runs = []
    for name in "ab":
        rows = [market.Order(f"{name}{i}", f"{name}{i}", datetime(2024, 11, 20), 10.0, "paid") for i in range(50)]
        raw = market.write_orders(tmp_path / f"{name}.csv", rows).read_bytes()
        guess = own_client.post("/api/v1/uploads", files={"file": (f"{name}.csv", raw)}).json()
        asked = {"upload_id": guess["upload_id"], "mapping": guess["mapping"]}
        runs.append(own_client.post("/api/v1/imports", json=asked, headers={"Idempotency-Key": name}).json()["id"])
    for run_id in runs:
        run = {"state": "waiting"}
        while run["state"] in ("waiting", "running"):
            run = own_client.get(f"/api/v1/imports/{run_id}").json()
        assert (run["state"], run["result"]["added"]) == ("done", 50)


@pytest.mark.full
@pytest.mark.parametrize("path", ["/customers?limit=5", "/overview", "/layerings"])
def test_many_ask_at_once(client: TestClient, path: str) -> None:
    answers: list[str] = []

    def ask() -> None:
        answers.append(client.get(f"/api/v1{path}").text)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
