"""The audit log over HTTP: what the console did, paged and searched."""

from __future__ import annotations

from fastapi.testclient import TestClient

API = "/api/v1"


def test_what_the_console_does_is_told_as_its_own(own_client: TestClient) -> None:
    before = own_client.get(f"{API}/audit").json()["found"]
    own_client.patch(f"{API}/workspace", json={"currency": "USD"}).raise_for_status()
    told = own_client.get(f"{API}/audit", params={"q": "USD"}).json()
    assert told["lines"][0]["actor"] == "console"
    assert told["lines"][0]["said"]["zh"] == "修改工作区设置"
    assert own_client.get(f"{API}/audit").json()["found"] == before + 1


def test_reading_leaves_no_line(own_client: TestClient) -> None:
    before = own_client.get(f"{API}/audit").json()["found"]
    for path in ("overview", "layerings", "customers", "workspace"):
        own_client.get(f"{API}/{path}").raise_for_status()
    assert own_client.get(f"{API}/audit").json()["found"] == before


def test_a_page_without_sense_is_refused(own_client: TestClient) -> None:
    for wrong in ({"limit": 0}, {"limit": 501}, {"before": 0}, {"before": "x"}):
        assert own_client.get(f"{API}/audit", params=wrong).status_code == 422


def test_the_log_is_a_file_too_and_what_is_sought_of_it(own_client: TestClient) -> None:
    own_client.patch(f"{API}/workspace", json={"name": "=1+1"}).raise_for_status()
    number = own_client.get(f"{API}/audit").json()["lines"][0]["number"]
    lines = own_client.get(f"{API}/audit/export", params={"format": "csv", "q": "workspace =1+1"}).text.splitlines()
    assert lines[0].removeprefix("\ufeff") == "number,at,actor,action,subject,details,digest"
    assert [line.split(",")[0] for line in lines[1:]] == [str(number)]
    assert ",'=1+1," in lines[1], "nothing in it that a spreadsheet runs"


def test_an_export_of_nothing_is_a_file_of_headings(own_client: TestClient) -> None:
    said = own_client.get(f"{API}/audit/export", params={"q": "no such word"})
    assert (said.status_code, len(said.text.splitlines())) == (200, 1)
