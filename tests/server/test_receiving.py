"""Uploads stream to disk, bounded, and are gone when they are no good."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.server.conftest import client_of
from titian.app import settings
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.workspace import Workspace

ORDERS = "订单编号,买家会员名,付款时间,实付金额\n1,甲,2024-12-01 10:00:00,12.50\n2,乙,2024-12-02 11:00:00,8\n"


def left(workspace: Workspace) -> list[Path]:
    return [path for path in workspace.uploads.rglob("*") if path.is_file()] if workspace.uploads.is_dir() else []


@pytest.mark.parametrize("name", ["订单 表.csv", 'a "b".csv', "..%2f..%2fx.csv", "a'b.csv"])
def test_a_file_is_guessed_under_its_own_name(own_client: TestClient, name: str) -> None:
    answer = own_client.post(
        "/api/v1/uploads", files={"file": (name, ORDERS.encode("gb18030"))}, data={"table": "orders"}
    )
    guess = answer.json()
    assert answer.status_code == 201
    assert guess["encoding"].lower().startswith("gb")
    assert guess["mapping"]["columns"]["customer_id"] == "买家会员名"
    assert guess["file_name"].endswith(".csv")
    assert "/" not in guess["file_name"]


def test_a_guess_is_made_again_for_what_a_person_says(own_client: TestClient) -> None:
    guess = own_client.post("/api/v1/uploads", files={"file": ("a.csv", ORDERS.encode())}).json()
    mapping = guess["mapping"] | {
        "columns": guess["mapping"]["columns"] | {"customer_id": "订单编号", "order_id": "买家会员名"}
    }
    again = own_client.post(
        f"/api/v1/uploads/{guess['upload_id']}/guess", json={"table": "orders", "mapping": mapping}
    ).json()
    assert again["mapping"]["columns"]["customer_id"] == "订单编号"


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (b"", {"content-type": "multipart/form-data; boundary=x"}),
        (b"--x\r\nbroken", {"content-type": "multipart/form-data; boundary=x"}),
        (b"a,b", {"content-type": "text/csv"}),
        (b"--x--\r\n", {"content-type": "multipart/form-data; boundary=x"}),
        (b"--x\r\n", {"content-type": "multipart/form-data"}),
    ],
    ids=str,
)
def test_what_is_no_form_is_a_problem(
    own_client: TestClient, own_shop: Workspace, content: bytes, headers: dict[str, str]
) -> None:
    answer = own_client.post("/api/v1/uploads", content=content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "input")
    assert not left(own_shop)


@pytest.mark.parametrize("content", [b"", b"a,b\n", b"\x00\x01\x02\x03"], ids=["empty", "header only", "binary"])
def test_a_file_that_can_not_be_read_is_refused_and_removed(
    own_client: TestClient, own_shop: Workspace, content: bytes
) -> None:
    answer = own_client.post("/api/v1/uploads", files={"file": ("x.csv", content)})
    assert answer.status_code in (201, 400)
    if answer.status_code == 400:
        assert answer.json()["detail_zh"]
        assert not left(own_shop)


def test_a_file_beyond_the_bound_is_refused_while_it_comes_in(own_shop: Workspace) -> None:
    small = own_shop.settings.model_copy(update={"server": settings.ServerSettings(max_upload_mb=1)})
    with client_of(Desk(workspaces.changed(own_shop, small))) as client:
        answer = client.post("/api/v1/uploads", files={"file": ("x.csv", b"a,b\n" * (1 << 19))})
    assert (answer.status_code, answer.json()["details"]["limit_mb"]) == (400, 1)
    assert not left(own_shop)
