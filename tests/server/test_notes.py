"""/notes and the notes of customers."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.app import market
from tests.server.test_sent_again import KEY

API = "/api/v1"
ANN, BOB = sorted(market.customers())[:2]


def add(client: TestClient, customer: str, text: str, **headers: str) -> dict[str, str]:
    answer = client.post(f"{API}/customers/{customer}/notes", json={"text": text}, headers=headers)
    assert answer.status_code == 201
    return dict(answer.json())


def texts(client: TestClient, path: str, **asked: object) -> list[str]:
    return [one["text"] for one in client.get(f"{API}{path}", params=asked).json()["notes"]]  # type: ignore[arg-type]


def test_notes_are_added_changed_and_removed(own_client: TestClient) -> None:
    first, _ = add(own_client, ANN, "tea"), add(own_client, ANN, "coffee")
    assert (first["by"], first["changed_at"]) == ("console", None)
    changed = own_client.put(f"{API}/notes/{first['id']}", json={"text": "green tea"}).json()
    assert (changed["text"], changed["changed_at"] is not None) == ("green tea", True)
    assert texts(own_client, f"/customers/{ANN}/notes") == ["coffee", "green tea"]
    assert own_client.delete(f"{API}/notes/{first['id']}").status_code == 204
    assert own_client.delete(f"{API}/notes/{first['id']}").status_code == 404
    assert texts(own_client, f"/customers/{ANN}/notes") == ["coffee"]


def test_notes_are_searched_and_paged(own_client: TestClient) -> None:
    for number in range(5):
        add(own_client, (ANN, BOB)[number % 2], f"Tea {number} <b>")
    page = own_client.get(f"{API}/notes", params={"search": "tea <B>", "limit": 2}).json()
    assert (page["total"], [one["text"][4] for one in page["notes"]]) == (5, ["4", "3"])
    rest = texts(own_client, "/notes", search="tea <B>", cursor=page["next_cursor"])
    assert [text[4] for text in rest] == ["2", "1", "0"]
    assert texts(own_client, "/notes", search="%") == []


def test_a_note_sent_again_under_its_key_is_written_once(own_client: TestClient) -> None:
    assert add(own_client, ANN, "tea", **KEY) == add(own_client, ANN, "tea", **KEY)
    assert texts(own_client, f"/customers/{ANN}/notes") == ["tea"]
    refused = own_client.post(f"{API}/customers/{BOB}/notes", json={"text": "tea"}, headers=KEY)
    assert refused.status_code == 409


@pytest.mark.parametrize("text", ["", " ", "a\0b", "x" * 4001])
def test_a_text_that_can_t_be_kept_is_refused(own_client: TestClient, text: str) -> None:
    refused = own_client.post(f"{API}/customers/{ANN}/notes", json={"text": text})
    assert (refused.status_code, refused.json()["details"]["field"]) == (400, "text")


@pytest.mark.parametrize("customer", ["nobody", "a/b", "x" * 501, "%F0%9F%98%80"])
def test_nobody_has_no_notes(own_client: TestClient, customer: str) -> None:
    assert own_client.get(f"{API}/customers/{customer}/notes").status_code == 404
    assert own_client.post(f"{API}/customers/{customer}/notes", json={"text": "tea"}).status_code == 404


@pytest.mark.parametrize("asked", [{"cursor": "x"}, {"cursor": "WyJhIiwiYiJd"}, {"limit": 0}, {"search": "x" * 201}])
def test_a_page_without_sense_is_refused(own_client: TestClient, asked: dict[str, str]) -> None:
    assert own_client.get(f"{API}/notes", params=asked).status_code in (400, 422)
