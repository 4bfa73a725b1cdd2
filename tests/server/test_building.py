"""Layerings of the team's own: tried, made, listed like any other, removed and brought back."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from fastapi.testclient import TestClient

from tests.app import market

API = "/api/v1/layerings"
BIG = {"trait": "spend", "op": ">=", "value": 100}
PARAMETERS = {
    "layers": [
        {"key": "big", "name": {"zh": "大客", "en": "big"}, "rule": BIG},
        {"key": "rest", "name": {"zh": "其余", "en": "the rest"}, "rule": None},
    ]
}
NEW = {"key": "big_ones", "name": {"zh": "大客分层", "en": "Big ones"}, "kind": "rules", "parameters": PARAMETERS}


def keys(client: TestClient) -> list[str]:
    return [one["key"] for one in client.get(API).json()]


def test_a_preview_counts_who_the_rule_holds_for(client: TestClient) -> None:
    told = client.post(f"{API}/preview", json={"kind": "rules", "parameters": PARAMETERS}).json()
    midnight = datetime.combine(market.END, datetime.min.time())
    spent = market.paid_spend(list(market.orders()), midnight, None)
    big = sum(amount >= 100 for amount in spent.values())
    assert {one["layer"]["key"]: one["customers"] for one in told["layers"]} == {
        "big": big,
        "rest": len(market.customers()) - big,
    }
    assert (told["ordered"], told["customers"]) == (True, len(market.customers()))


def test_nothing_is_kept_of_a_preview(client: TestClient) -> None:
    before = keys(client)
    assert client.post(f"{API}/preview", json={"kind": "rules", "parameters": PARAMETERS}).status_code == 200
    assert keys(client) == before


@pytest.mark.parametrize(
    ("kind", "parameters", "field"),
    [
        ("rules", {"layers": []}, "layers"),
        ("quantiles", {"shares": [0.5, 0.5, 0.5]}, ""),
        ("clusters", {"k": 0}, "k"),
        ("tiers", {"grace": 0}, "grace"),
    ],
)
def test_a_wrong_parameter_is_named(client: TestClient, kind: str, parameters: object, field: str) -> None:
    answer = client.post(f"{API}/preview", json={"kind": kind, "parameters": parameters})
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["details"]["field"]) == (400, "layering", field)


def test_what_data_are_missing_is_said(client: TestClient) -> None:
    answer = client.post(f"{API}/preview", json={"kind": "social"})
    assert answer.json()["code"] == "missing_data"


def test_a_made_layering_stands_in_the_list_under_its_name(own_client: TestClient) -> None:
    made = own_client.post(API, json=NEW)
    assert made.status_code == 201
    assert (made.json()["version"], made.json()["own"]) == (1, True)
    assert keys(own_client)[-1] == "big_ones"
    page = own_client.get(f"{API}/big_ones").json()
    assert page["summary"]["name"] == NEW["name"]
    assert [one["layer"]["key"] for one in page["layers"]] == ["big", "rest"]
    assert "大客分层" in own_client.get(f"{API}/big_ones/definition").json()["yaml"]


def test_a_made_layering_has_its_own_name_on_a_portrait(own_client: TestClient) -> None:
    own_client.post(API, json=NEW)
    portrait = own_client.get("/api/v1/customers/00003").json()
    assert {one["layering"]: one["name"] for one in portrait["layers"]}["big_ones"] == NEW["name"]


def test_the_same_call_again_makes_nothing_new_and_another_is_a_conflict(own_client: TestClient) -> None:
    first, again = (own_client.post(API, json=NEW) for _ in range(2))
    assert first.json() == again.json()
    other = own_client.post(API, json={**NEW, "kind": "clusters", "parameters": {}})
    assert (other.status_code, other.json()["code"]) == (409, "conflict")


@pytest.mark.parametrize("key", ["rfm", "new", "compare", "preview"])
def test_a_key_that_stands_for_something_is_taken(own_client: TestClient, key: str) -> None:
    assert own_client.post(API, json={**NEW, "key": key}).status_code == 409


@pytest.mark.parametrize("key", ["", "Big", "a/b", "../x", "大客"])
def test_a_key_that_can_name_no_file_is_refused(own_client: TestClient, key: str) -> None:
    assert own_client.post(API, json={**NEW, "key": key}).status_code == 400


def test_a_name_is_needed(own_client: TestClient) -> None:
    answer = own_client.post(API, json={**NEW, "name": {"zh": " ", "en": "x"}})
    assert answer.json()["details"]["field"] == "name"


def test_a_removed_layering_comes_back_as_it_was(own_client: TestClient) -> None:
    own_client.post(API, json=NEW)
    before = own_client.get(f"{API}/big_ones").json()
    assert own_client.delete(f"{API}/big_ones").status_code == 204
    assert own_client.get(f"{API}/big_ones").status_code == 404
    assert own_client.post(f"{API}/big_ones/restore").status_code == 200
    assert own_client.get(f"{API}/big_ones").json() == before


def test_one_made_again_under_the_key_of_a_removed_one_counts_on(own_client: TestClient) -> None:
    own_client.post(API, json=NEW)
    own_client.delete(f"{API}/big_ones")
    again = own_client.post(API, json={**NEW, "kind": "quantiles", "parameters": {}})
    assert again.json()["version"] == 2


def test_those_of_the_house_stay(own_client: TestClient) -> None:
    assert own_client.delete(f"{API}/rfm").status_code == 409
    assert own_client.delete(f"{API}/nothing").status_code == 404
    assert own_client.post(f"{API}/nothing/restore").status_code == 404


def test_kinds_come_with_an_example_that_makes_one(client: TestClient) -> None:
    kinds = {one["kind"]: one for one in client.get("/api/v1/kinds").json()}
    assert {"rules", "quantiles", "matrix", "cross", "inside", "tiers", "split", "clusters", "staged"} <= set(kinds)
    rules = kinds["rules"]
    assert not rules["ready"]
    asked = {"kind": "rules", "parameters": rules["parameters"]}
    told = client.post(f"{API}/preview", json=asked).json()
    assert [one["layer"]["key"] for one in told["layers"]] == [one["key"] for one in rules["parameters"]["layers"]]


def test_traits_are_told_by_the_name_that_rules_call_them(client: TestClient) -> None:
    traits = {one["key"]: one for one in client.get("/api/v1/traits").json()}
    assert traits["spend"]["unit"] == "money"
    assert all(name == one["trait"] for name, one in traits.items())


def test_a_history_says_its_fit_and_its_pace_and_begins_with_the_data(client: TestClient) -> None:
    told = client.get(f"{API}/rfm/history", params={"start": "1999-01-01", "every": "month"}).json()
    assert told["start"] == told["fit_as_of"] == told["days"][0]
    assert told["daily"]
    assert all(len(counts) == len(told["days"]) for counts in told["customers"])
    assert date.fromisoformat(told["start"]) > date(1999, 1, 1)


def test_the_stays_of_a_history_add_up_with_who_moved(client: TestClient) -> None:
    told = client.get(f"{API}/rfm/history").json()
    assert [one["layer"] for one in told["stays"]] == [one["key"] for one in told["layers"]]
    assert [one["already"] for one in told["stays"]] == [counts[0] for counts in told["customers"]]
    assert sum(one["came"] for one in told["stays"]) == sum(told["moved"])
    assert all(one["share"][:1] == [1.0] for one in told["stays"] if one["came"])


def test_the_movers_of_a_day_are_listed_and_saved(client: TestClient) -> None:
    told = client.get(f"{API}/rfm/history").json()
    count, day = max(zip(told["moved"], told["days"], strict=True))
    page = client.get(f"{API}/rfm/history/moves", params={"day": day, "limit": 1}).json()
    assert (page["total"], len(page["rows"]), page["next_cursor"] is None) == (count, 1, count == 1)
    saved = client.get(f"{API}/rfm/history/moves/export", params={"day": day})
    assert saved.headers["content-disposition"].endswith(f"rfm-moves-{day}.csv")
    assert len(saved.text.splitlines()) == count + 1


@pytest.mark.parametrize("query", [{}, {"day": "2001-01-01"}, {"day": "soon"}])
def test_movers_of_no_day_are_refused(client: TestClient, query: dict[str, str]) -> None:
    assert client.get(f"{API}/rfm/history/moves", params=query).status_code in (400, 422)


def test_the_history_of_one_customer_is_looked_up_by_month(client: TestClient) -> None:
    strip = client.get(f"{API}/lifecycle/history/customers/00003").json()
    placed = {one["layering"]: one["layer"]["key"] for one in client.get("/api/v1/customers/00003").json()["layers"]}
    assert strip["spans"][-1]["layer"] == placed["lifecycle"]
    assert strip["spans"][-1]["until"] == str(market.END)
    assert client.get(f"{API}/lifecycle/history/customers/nobody").status_code == 404
