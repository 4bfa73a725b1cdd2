"""Every bad call is answered with a problem that says what and how to mend it."""

import pytest
from fastapi.testclient import TestClient

from tests.server.conftest import client_of
from titian.app.desk import Desk

BAD = [
    ("GET", "/nothing", None, 404, "not_found"),
    ("DELETE", "/workspace", None, 405, "method_not_allowed"),
    ("GET", "/overview?as_of=yesterday", None, 422, "unreadable"),
    ("GET", "/overview?as_of=1899-01-01", None, 400, "input"),
    ("GET", "/layerings/rmf", None, 404, "unknown_name"),
    ("GET", "/layerings/rmf/cuts", None, 404, "unknown_name"),
    ("GET", "/layerings/matrix/map", None, 400, "input"),
    ("GET", "/layerings/rfm?compare=2999-01-01", None, 400, "input"),
    ("GET", "/layerings/rfm/flows?start=2024-11-01&end=2024-06-01", None, 400, "input"),
    ("GET", "/layerings/rfm/definition?version=99", None, 404, "not_found"),
    ("POST", "/layerings/rfm/impact", {"parameters": {"recency": "soon"}}, 400, "layering"),
    ("POST", "/layerings/rfm/impact", {"parameters": {"speed": 1}}, 400, "layering"),
    ("POST", "/layerings/rfm/impact", {}, 422, "unreadable"),
    ("POST", "/layerings/rfm/impact", {"parameters": {}, "as_of": "1999-01-01"}, 400, "input"),
    ("PUT", "/layerings/rfm/definition", {"parameters": {}, "base_version": 7}, 409, "conflict"),
    ("GET", "/customers?layer=vip", None, 400, "unknown_name"),
    ("GET", "/customers?sort=size", None, 400, "unknown_name"),
    ("GET", "/customers?min=spend", None, 400, "input"),
    ("GET", "/customers?cursor=xyz", None, 400, "input"),
    ("GET", "/customers?limit=0", None, 422, "unreadable"),
    ("GET", "/customers?order=up", None, 422, "unreadable"),
    ("GET", "/customers/export?format=pdf", None, 422, "unreadable"),
    ("GET", "/customers/nobody", None, 404, "not_found"),
    ("GET", "/imports/nothing", None, 404, "not_found"),
    ("GET", "/imports/nothing/rejects", None, 404, "not_found"),
    ("POST", "/imports/nothing/cancel", None, 404, "not_found"),
    ("POST", "/imports", {"upload_id": "gone", "mapping": {"columns": {}}}, 404, "not_found"),
    ("POST", "/imports", {"upload_id": "gone"}, 422, "unreadable"),
    ("POST", "/uploads/gone/guess", {}, 404, "not_found"),
    ("POST", "/uploads", {"file": "no form"}, 400, "input"),
    ("PATCH", "/workspace", {"timezone": "Mars"}, 400, "input"),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "code"), BAD, ids=lambda v: str(v)[:40])
def test_a_bad_call_is_a_problem(
    client: TestClient, method: str, path: str, body: object, status: int, code: str
) -> None:
    answer = (
        client.request(method, f"/api/v1{path}", json=body)
        if body is not None
        else client.request(method, f"/api/v1{path}")
    )
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert all(problem[name] for name in ("type", "title", "detail", "hint", "detail_zh", "hint_zh"))


def test_a_body_that_is_no_json_is_a_problem(client: TestClient) -> None:
    answer = client.post("/api/v1/imports", content=b"{", headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable")


def test_a_body_of_bytes_that_are_no_text_is_a_problem_in_both_languages(client: TestClient) -> None:
    answer = client.post("/api/v1/imports", content=b"\xa3\xe2", headers={"content-type": "application/json"})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (400, "unreadable")
    assert "JSON" in problem["detail"]
    assert problem["detail"] != problem["detail_zh"]


def test_a_body_beyond_the_bound_is_a_problem(client: TestClient) -> None:
    answer = client.post("/api/v1/layerings/rfm/impact", json={"parameters": {"recency": "x" * (2 << 20)}})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_something_unforeseen_is_a_problem_without_a_traceback(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret path /etc")

    monkeypatch.setattr("titian.app.about.workspace", broken)
    answer = client.get("/api/v1/workspace")
    assert (answer.status_code, answer.json()["code"]) == (500, "unforeseen")
    assert "secret" not in answer.text


def test_without_data_a_page_says_what_is_missing(empty: Desk) -> None:
    with client_of(empty) as client:
        for path in ("/layerings/rfm", "/customers", "/layerings/rfm/flows", "/customers/1", "/customers/export"):
            problem = client.get(f"/api/v1{path}").json()
            assert (problem["status"], problem["code"]) == (409, "missing_data")
        assert client.get("/api/v1/workspace").json()["default_as_of"] is None
        assert client.get("/api/v1/overview").json()["customers"] == 0
