"""Bad parameters of every route are refused, each with a code that can be relied on."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

KEYS = ["rfm", "rfm_score", "value_levels", "matrix"]
PAGES = ["/overview", "/layerings", "/customers", "/customers/00003", "/search?q=a", *(f"/layerings/{k}" for k in KEYS)]


def refused(client: TestClient, path: str, **asked: object) -> tuple[int, str]:
    answer = client.get(f"/api/v1{path}", params=asked) if asked else client.get(f"/api/v1{path}")
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize("path", [p for p in PAGES if "?" not in p])
@pytest.mark.parametrize("day", ["2024-02-30", "today", "2024-1-1", "01/02/2024"])
def test_a_day_that_is_none_is_unreadable(client: TestClient, path: str, day: str) -> None:
    assert refused(client, path, as_of=day) == (422, "unreadable")


@pytest.mark.parametrize("path", [p for p in PAGES if "?" not in p])
@pytest.mark.parametrize("day", ["1999-01-01", "2024-01-01", "9999-12-31"])
def test_a_day_without_data_is_refused_with_the_days_that_have(client: TestClient, path: str, day: str) -> None:
    assert refused(client, path, as_of=day) == (400, "input")


@pytest.mark.parametrize("path", ["/customers", "/layerings/rfm", "/overview", "/customers/00003"])
@pytest.mark.parametrize("compare", ["2024-12-01", "2025-01-01", "1066-10-14"])
def test_a_comparison_that_is_not_earlier_is_refused(client: TestClient, path: str, compare: str) -> None:
    assert refused(client, path, as_of="2024-12-01", compare=compare) == (400, "input")


@pytest.mark.parametrize("page", ["", "/traits", "/cuts", "/map", "/flows", "/split-test", "/definition"])
@pytest.mark.parametrize("key", ["nothing", "RFM", "rfm.yaml", "%2e%2e"])
def test_an_unknown_layering_is_not_found(client: TestClient, page: str, key: str) -> None:
    assert refused(client, f"/layerings/{key}{page}")[0] == 404


@pytest.mark.parametrize("bound", ["min", "max"])
@pytest.mark.parametrize("given", ["spend", "spend:", ":3", "spend:a", "spend:nan", "spend:inf", ""])
def test_a_bound_that_is_none_is_refused(client: TestClient, bound: str, given: str) -> None:
    assert refused(client, "/customers", **{bound: given}) == (400, "input")


@pytest.mark.parametrize(
    "asked",
    [{"min": "shoes:3"}, {"max": "last_order_at:3"}, {"sort": "name"}, {"layer": "vip"}, {"from_layer": "vip"}],
    ids=str,
)
@pytest.mark.parametrize("path", ["/customers", "/customers/export"])
def test_a_name_that_is_none_is_refused_with_those_there_are(
    client: TestClient, path: str, asked: dict[str, str]
) -> None:
    answer = client.get(f"/api/v1{path}", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_name")
    assert answer.json()["details"]["valid"]


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/customers", {"limit": 501}),
        ("/customers", {"limit": "many"}),
        ("/customers", {"q": "x" * 201}),
        ("/search", {"q": "x" * 201}),
        ("/search", {}),
        ("/imports", {"limit": 0}),
        ("/imports", {"limit": 201}),
        ("/layerings/rfm/flows", {"refit": "perhaps"}),
        ("/layerings/rfm/definition", {"version": "last"}),
        ("/customers/export", {"format": "doc"}),
    ],
    ids=str,
)
def test_what_is_out_of_bounds_is_unreadable_and_the_field_is_named(
    client: TestClient, path: str, asked: dict[str, object]
) -> None:
    answer = client.get(f"/api/v1{path}", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable")
    assert next(iter(asked), "q") in answer.text


@pytest.mark.parametrize(
    "parameters", [{"recency": True}, {"recency": [1]}, {"window_days": 0.5}, {"key": "x"}], ids=str
)
def test_a_wrong_parameter_changes_nothing(client: TestClient, parameters: dict[str, object]) -> None:
    before = client.get("/api/v1/layerings/rfm/definition").json()
    tried = client.post("/api/v1/layerings/rfm/impact", json={"parameters": parameters})
    put = client.put("/api/v1/layerings/rfm/definition", json={"parameters": parameters, "base_version": 1})
    assert (tried.status_code, put.status_code) == (400, 400)
    assert client.get("/api/v1/layerings/rfm/definition").json() == before


@pytest.mark.parametrize(
    "settings",
    [{"currency": "yuan"}, {"timezone": ""}, {"name": ""}, {"language": "de"}, {"keep_snapshots_days": -1}],
    ids=str,
)
def test_a_wrong_setting_changes_nothing(client: TestClient, settings: dict[str, object]) -> None:
    before = client.get("/api/v1/workspace").json()
    answer = client.patch("/api/v1/workspace", json=settings)
    assert answer.status_code in (400, 422)
    assert client.get("/api/v1/workspace").json() == before


@pytest.mark.parametrize("q", ["' or 1=1 --", "%", "\\", "😀", '"; drop table orders; --'])
def test_no_text_finds_more_than_it_names(client: TestClient, q: str) -> None:
    answer = client.get("/api/v1/customers", params={"q": q})
    assert (answer.status_code, answer.json()["total"]) == (200, 0)
    assert client.get("/api/v1/search", params={"q": q}).json() == []


@pytest.mark.parametrize(
    "path", ["/customers?q=%00", "/customers?q=a%00b", "/search?q=%00", "/customers/%00", "/layerings/%00"]
)
def test_a_nul_in_the_address_is_refused(client: TestClient, path: str) -> None:
    assert refused(client, path) == (400, "input")


@pytest.mark.parametrize("day", ["1066-10-14", "2024-01-01", "9999-12-31"])
@pytest.mark.parametrize("asked", [{}, {"as_of": "2024-11-01"}], ids=["alone", "after the layers"])
def test_an_outcome_of_a_day_without_data_is_refused(client: TestClient, day: str, asked: dict[str, str]) -> None:
    assert refused(client, "/layerings/rfm/split-test", outcome_at=day, **asked) == (400, "input")


@pytest.mark.parametrize("outcome", ["", "spent", "last_order_at", "spend_0d", "spend_d", "recency_days_9d", "\x00"])
def test_an_outcome_that_is_none_is_refused(client: TestClient, outcome: str) -> None:
    status, code = refused(client, "/layerings/rfm/split-test", outcome=outcome)
    assert (status, code in ("input", "unknown_name")) == (400, True)


@pytest.mark.parametrize("name", ["a'b", 'a"b', "a.b", "查看", "a;--", "x" * 3000, " ", "{}", "%s"])
def test_an_outcome_of_an_oddly_named_event_needs_events_and_breaks_nothing(client: TestClient, name: str) -> None:
    status, code = refused(client, "/layerings/rfm/split-test", outcome=f"{name}_count")
    assert (status, code) == (409, "missing_data")
