"""/knowing, /staff, and what is known of customers."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from tests.app import market
from tests.server.test_sent_again import KEY

API = "/api/v1"
ANN, BOB = sorted(market.customers())[:2]


def say(client: TestClient, thing: str, code: int = 200, **asked: object) -> dict[str, Any]:
    headers = KEY if asked.pop("again", False) else {}
    answer = client.put(f"{API}/customers/{ANN}/known/{thing}", json=asked, headers=headers)
    assert answer.status_code == code, answer.text
    return dict(answer.json())


def unknown(client: TestClient, customer: str = ANN) -> list[str]:
    return list(client.get(f"{API}/customers/{customer}/known").json()["unknown"])


def test_things_are_said_counted_and_taken_back(own_client: TestClient) -> None:
    done = say(own_client, "judgement", choice="mixed", text="slow")
    assert (done["said"]["by"], done["said"]["choice"]["name"]["zh"]) == ("console", "一般")
    assert "judgement" not in unknown(own_client)
    counted = {one["key"]: one["known"] for one in own_client.get(f"{API}/knowing").json()["things"]}
    assert counted == {"where_from": 0, "why_ordered": 0, "judgement": 1, "can_bring": 0}
    assert own_client.post(f"{API}/knowing/{done['entry']}/undo").json()["said"] is None
    assert "judgement" in unknown(own_client)


def test_refusals_are_told(own_client: TestClient) -> None:
    say(own_client, "shoe_size", 404, text="x")
    say(own_client, "judgement", 400, choice="gift")
    say(own_client, "judgement", 400, text="x" * 501)
    say(own_client, "judgement", text="fine")
    say(own_client, "judgement", 409, text="bad", seen="")
    assert own_client.get(f"{API}/customers/nobody/known").status_code == 404
    assert own_client.post(f"{API}/knowing/nothing/undo").status_code == 404


def test_said_again_under_its_key_it_is_said_once(own_client: TestClient) -> None:
    assert say(own_client, "judgement", text="x", again=True) == say(own_client, "judgement", text="x", again=True)
    say(own_client, "judgement", 409, text="y", again=True)


def test_staff_are_put_in_charge_listed_filtered_and_taken_back(own_client: TestClient) -> None:
    asked = {"staff": "王芳", "ids": [ANN], "text": f"{BOB} nobody"}
    report = own_client.post(f"{API}/staff/charges", json=asked).json()
    assert (report["changed"], report["unknown"]) == (2, 1)
    assert own_client.get(f"{API}/staff").json() == {"staff": [{"name": "王芳", "customers": 2}]}
    assert own_client.get(f"{API}/customers/{ANN}/staff").json()["charge"]["staff"] == "王芳"
    page = own_client.get(f"{API}/customers", params={"staff": "王芳"}).json()
    assert {row["customer_id"]: row["staff"] for row in page["rows"]} == {ANN: "王芳", BOB: "王芳"}
    rest = own_client.get(f"{API}/customers", params={"staff": ""}).json()
    assert rest["total"] == len(market.customers()) - 2
    undone = own_client.post(f"{API}/staff/charges/{report['batch']}/undo").json()
    assert (undone["removed"], undone["repeated"]) == (2, False)
    assert own_client.get(f"{API}/customers/{ANN}/staff").json()["charge"] is None


def test_a_charge_without_a_name_is_refused_and_one_of_nobody_is_none(own_client: TestClient) -> None:
    for asked, code in (({"staff": " ", "ids": [ANN]}, 400), ({"staff": "Li", "ids": []}, 400), ({"ids": [ANN]}, 422)):
        assert own_client.post(f"{API}/staff/charges", json=asked).status_code in (code, 400)
    assert own_client.post(f"{API}/staff/charges", json={"staff": None, "ids": [ANN]}).json()["batch"] is None


def test_notes_of_a_customer_are_searched(own_client: TestClient) -> None:
    for text in ("green tea", "coffee"):
        own_client.post(f"{API}/customers/{ANN}/notes", json={"text": text})
    found = own_client.get(f"{API}/customers/{ANN}/notes", params={"search": "TEA"}).json()
    assert [one["text"] for one in found["notes"]] == ["green tea"]
