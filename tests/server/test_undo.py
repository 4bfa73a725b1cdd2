"""Taking an import back over HTTP."""

from pathlib import Path

from fastapi.testclient import TestClient

from tests.app import market
from tests.server.conftest import client_of
from titian.app import importing
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.warehouse.progress import silent

IMPORTS = "/api/v1/imports"


def test_an_import_is_taken_back_once_and_the_list_says_so(own_client: TestClient) -> None:
    (run, *_) = client_runs(own_client)
    undone = own_client.post(f"{IMPORTS}/{run['id']}/undo")
    assert (undone.status_code, undone.json()["undone_at"] is None) == (200, False)
    assert own_client.post(f"{IMPORTS}/{run['id']}/undo").json() == undone.json()
    assert client_runs(own_client)[0] == undone.json() == own_client.get(f"{IMPORTS}/{run['id']}").json()


def client_runs(client: TestClient) -> list[dict[str, object]]:
    runs: list[dict[str, object]] = client.get(IMPORTS).json()["runs"]
    return runs


def test_an_import_that_is_not_there_or_loaded_nothing_is_a_problem(empty: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("order_id,customer_id,ordered_at,amount,status\n1,ann,soon,1,paid\n")
    run = importing.load(empty, SourceAsked(str(path)), market.MAPPING, strict=False, progress=silent)
    with client_of(Desk(empty.workspace)) as client:
        assert client.post(f"{IMPORTS}/{run.id}/undo").status_code == 409
        assert client.post(f"{IMPORTS}/20240101-000000-000000-abcdef/undo").status_code == 404
