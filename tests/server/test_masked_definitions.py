"""What rests on personal data is told by its name alone to whom may not see these, wherever it appears; and is changed by them nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.server import hillside
from tests.server.hillside import API, MASKED, words
from titian.app.desk import Desk
from titian.domain.permission import Role
from titian.server.openapi import document

HIDDEN = {
    "layerings": list(hillside.LAYERINGS),
    "audiences": [*hillside.AUDIENCES, *hillside.LISTS],
    "tags": list(hillside.TAGS),
}
SHOWN = {"layerings": ["plain", "rfm"], "audiences": list(hillside.PLAIN), "tags": ["by_hand", "of_big"]}
PLACES = [f"{sort}/{key}" for sort, keys in HIDDEN.items() for key in keys]
SPAN = "day=2025-02-14&start=2025-02-01&end=2025-03-08"
Clients = dict[Role, TestClient]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with hillside.workspace(tmp_path_factory.mktemp("hill")) as opened:
        yield opened


@pytest.fixture(scope="module")
def clients(desk: Desk) -> Clients:
    return hillside.furnish(desk)


def masked(answer: Any) -> str:
    """What an answer says to be masked."""
    assert (answer.status_code, answer.json()["code"]) == (403, "masked"), answer.text
    return answer.json()["details"]["masked"]


def listed(client: TestClient, sort: str) -> dict[str, dict[str, Any]]:
    found = client.get(f"{API}/{sort}").raise_for_status().json()
    return {one["key"]: one for one in (found if sort == "layerings" else found[sort])}


def pages(sort: str) -> Iterator[str]:
    """All addresses below a key of this sort that only read."""
    for path, operations in json.loads(document())["paths"].items():
        if path.startswith(f"{API}/{sort}/{{key}}") and "get" in operations:
            yield path.removeprefix(f"{API}/{sort}/{{key}}")


@pytest.mark.parametrize(
    "sort", [pytest.param(sort, marks=() if sort == "audiences" else pytest.mark.full) for sort in HIDDEN]
)
def test_every_page_of_it_is_refused_and_says_why(clients: Clients, sort: str) -> None:
    for key in HIDDEN[sort]:
        for page in pages(sort):
            path = page.format(layer="older", other="rfm", customer_id="c1") + (f"?{SPAN}" if "moves" in page else "")
            assert masked(clients["analyst"].get(f"{API}/{sort}/{key}{path}")) == f"{sort}/{key}"


@pytest.mark.parametrize("role", MASKED)
def test_pages_of_the_others_are_there_for_all(clients: Clients, role: Role) -> None:
    for path in ("/layerings/plain", "/layerings/plain/cuts", "/audiences/best", "/tags/of_big/customers"):
        assert clients[role].get(API + path).status_code == 200, path


def test_it_is_said_in_both_languages_what_it_is_called_and_whom_to_ask(clients: Clients) -> None:
    told = clients["viewer"].get(f"{API}/layerings/ages").json()
    assert told["detail"] == "the layering ages rests on personal data, which you may not see"
    assert told["detail_zh"] == "没有权限查看分层“ages”：它依据个人信息"
    assert "admin" in told["hint"]
    assert "管理员" in told["hint_zh"]
    assert told["details"]["name"] == words("ages")


@pytest.mark.parametrize("role", MASKED)
def test_a_list_has_its_name_and_neither_what_it_says_nor_whom_it_holds(clients: Clients, role: Role) -> None:
    layerings, audiences, tags = (listed(clients[role], sort) for sort in HIDDEN)
    for one in (layerings[key] for key in HIDDEN["layerings"]):
        assert (one["masked"], one["name"]["en"], one["layers"], one["customers"], one["needs"]) == (
            (True, one["key"], [], None, [])
        )
    for one in (audiences[key] for key in HIDDEN["audiences"]):
        assert (one["masked"], one["customers"], one["share"], one["problem"]) == (True, None, None, None)
        assert one["said"] == {"zh": "依据个人信息，内容已打码", "en": "rests on personal data: masked"}
    for one in (tags[key] for key in HIDDEN["tags"]):
        assert (one["masked"], one["customers"], one["rule"]) == (True, None, None)


@pytest.mark.parametrize("role", MASKED)
def test_a_list_has_all_of_the_others(clients: Clients, role: Role) -> None:
    for sort, keys in SHOWN.items():
        theirs, ours = listed(clients[role], sort), listed(clients["operator"], sort)
        assert [theirs[key] for key in keys] == [ours[key] for key in keys]
        assert not any(theirs[key]["masked"] for key in keys)


def test_whoever_may_see_it_sees_it_all(clients: Clients) -> None:
    for sort, keys in HIDDEN.items():
        found = listed(clients["operator"], sort)
        assert not any(found[key]["masked"] for key in keys)
        assert all(found[key]["customers"] is not None for key in keys)
    assert {one["key"]: one["customers"] for one in listed(clients["operator"], "tags").values()}["old"] == 5


def test_a_customers_page_names_the_layerings_and_no_place_in_them(clients: Clients) -> None:
    told = clients["viewer"].get(f"{API}/customers/c2").json()
    assert [one["layering"] for one in told["masked"]] == sorted(HIDDEN["layerings"])
    assert not {one["layering"] for one in (*told["layers"], *told["strips"])} & set(HIDDEN["layerings"])
    assert "older" not in json.dumps(told)


def test_a_customers_tags_are_told_without_those_that_birthdays_gave(clients: Clients) -> None:
    def tags(role: Role, who: str) -> list[str]:
        return [one["tag"] for one in clients[role].get(f"{API}/customers/{who}/tags").json()]

    assert (tags("operator", "c4"), tags("viewer", "c4")) == (["of_big", "of_early", "old"], ["of_big"])
    assert (tags("operator", "c2"), tags("viewer", "c2")) == (["by_hand", "old"], ["by_hand"])


@pytest.mark.parametrize("role", MASKED)
def test_no_search_finds_its_layers(clients: Clients, role: Role) -> None:
    def found(role: Role, text: str) -> list[tuple[str, str]]:
        hits = clients[role].get(f"{API}/search", params={"q": text}).json()
        return [(hit["kind"], hit["key"]) for hit in hits if hit["kind"] != "customer"]

    assert ("layer", "older") in found("operator", "older")
    assert found(role, "older") == []
    assert found(role, "1990-02") == []
    assert ("layering", "ages") in found(role, "ages")


# What is asked


RULES: list[tuple[str, dict[str, Any]]] = [
    *((f"audiences/{key}", {"audience": key}) for key in HIDDEN["audiences"]),
    *((f"tags/{key}", {"tag": key}) for key in HIDDEN["tags"]),
    *((f"layerings/{key}", {"layering": key, "layers": ["older"]}) for key in HIDDEN["layerings"]),
    ("layerings/ages", {"moved": "ages", "target": ["older"], "since": "2025-02-01"}),
]


@pytest.mark.parametrize(("place", "rule"), RULES, ids=str)
def test_no_rule_may_name_it(clients: Clients, place: str, rule: dict[str, Any]) -> None:
    """Neither to be counted, to be narrowed to one customer, nor to be saved under another name."""
    one = {"all": [{"trait": "spend", "op": ">", "value": 1}, {"not": rule}]}
    analyst = clients["analyst"]
    for path in ("/selections", "/selections/export", "/selections/portrait", "/population/preview"):
        assert masked(analyst.post(API + path, json={"rule": one})) == place
    for path in ("/audiences", "/tags"):
        assert masked(analyst.post(API + path, json={"key": "sly", "name": words("sly"), "rule": one})) == place
    body = {"name": words("big"), "rule": one}
    assert masked(analyst.put(f"{API}/audiences/big", json=body | {"base_version": 1})) == place
    assert masked(analyst.put(f"{API}/tags/of_big", json=body | {"base_version": 1})) == place
    assert masked(analyst.put(f"{API}/population", json={"rule": one})) == place


@pytest.mark.parametrize("key", HIDDEN["audiences"])
def test_it_is_laid_over_no_other_and_nobody_is_put_in_charge_of_it(clients: Clients, key: str) -> None:
    for asked in ([key, "big"], ["big", "best", key]):
        answer = clients["analyst"].post(f"{API}/audiences/overlap", json={"audiences": asked})
        assert masked(answer) == f"audiences/{key}"
    charged = clients["analyst"].post(f"{API}/staff/charges", json={"staff": "Wang", "audience": key})
    assert masked(charged) == f"audiences/{key}"
    assert clients["owner"].get(f"{API}/customers?staff=Wang").json()["total"] == 0


@pytest.mark.parametrize("key", HIDDEN["layerings"])
def test_customers_are_not_listed_by_it(clients: Clients, key: str) -> None:
    for query in ("", "&layer=older", "&from_layer=older", "&sort=layer", "&min=spend:1"):
        for path in ("/customers", "/customers/export"):
            assert masked(clients["analyst"].get(f"{API}{path}?layering={key}{query}")) == f"layerings/{key}"
    assert masked(clients["analyst"].get(f"{API}/layerings/rfm/against/{key}")) == f"layerings/{key}"


# What is changed


def deeds(place: str) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
    """All that whoever may not see something might do to it, with what they can say of it."""
    sort, _, key = place.partition("/")
    if sort == "layerings":
        yield "DELETE", f"/{place}", None
        yield "PUT", f"/{place}/definition", {"parameters": {"trait": "spend"}, "base_version": 1}
        yield "POST", f"/{place}/impact", {"parameters": {}}
    elif sort == "audiences":
        yield "DELETE", f"/{place}", None
        yield "PUT", f"/{place}", {"name": words(key), "rule": hillside.BIG, "base_version": 1}
        yield "PUT", f"/{place}", {"name": words(key), "ids": ["c1"], "base_version": 1}
        yield "POST", f"/{place}/snapshot", {"key": "sly", "name": words("sly")}
    else:
        yield "DELETE", f"/{place}", None
        yield "PUT", f"/{place}", {"name": words(key), "rule": None, "base_version": 1}
        yield "PUT", f"/{place}", {"name": words(key), "rule": hillside.BIG, "base_version": 1}
    yield "POST", f"/definitions/{place}/restore", {"version": 1, "base_version": 1}
    if sort != "tags":
        yield "POST", f"/{place}/restore", None


@pytest.mark.parametrize("place", PLACES)
def test_who_may_not_see_it_does_not_change_it(clients: Clients, place: str) -> None:
    for method, path, body in deeds(place):
        answer = clients["analyst"].request(method, API + path, json=body)
        assert masked(answer) == place, (method, path)


@pytest.mark.parametrize("key", HIDDEN["tags"])
def test_a_tag_that_birthdays_give_is_neither_given_nor_merged_by_hand(clients: Clients, key: str) -> None:
    analyst = clients["analyst"]
    assert analyst.post(f"{API}/tags/{key}/customers", json={"ids": ["c1"]}).status_code == 409
    for one, into in ((key, "by_hand"), ("by_hand", key)):
        assert analyst.post(f"{API}/tags/{one}/merge", json={"into": into}).status_code == 409


def test_bringing_tags_into_step_tells_of_those_that_are_not_masked(clients: Clients) -> None:
    def told(role: Role) -> list[str]:
        return [one["tag"] for one in clients[role].post(f"{API}/tags/refresh").raise_for_status().json()]

    assert (told("analyst"), told("operator")) == (["of_big"], ["of_big", "of_early", "old"])


# Definitions, their versions and files


def test_what_it_names_is_not_told_and_that_it_is_used_is(clients: Clients) -> None:
    def told(role: Role) -> dict[str, dict[str, Any]]:
        found = clients[role].get(f"{API}/definitions").json()
        return {f"{one['sort']}/{one['key']}": one for one in found}

    ours, theirs = told("operator"), told("viewer")
    assert ours["audiences/nested"]["uses"] == ["audiences/early"]
    assert (theirs["audiences/nested"]["uses"], theirs["audiences/nested"]["masked"]) == ([], True)
    assert theirs["audiences/early"]["used_by"] == ours["audiences/early"]["used_by"]
    assert {place for place, one in theirs.items() if one["masked"]} == set(PLACES)


@pytest.mark.parametrize("place", PLACES)
def test_its_versions_are_told_without_what_they_say(clients: Clients, place: str) -> None:
    (only,) = clients["viewer"].get(f"{API}/definitions/{place}/versions").json()
    assert (only["yaml"], only["difference"], only["masked"], only["by"]) == ("", "", True, "owner@tea.example")
    (whole,) = clients["operator"].get(f"{API}/definitions/{place}/versions").json()
    assert whole["yaml"]
    assert not whole["masked"]


def test_the_log_says_no_more_than_what_was_done(clients: Clients) -> None:
    """How many came to a tag on the day of an import, too, is for those who may see birthdays."""
    permissions = ["audit.read", "numbers.read"]
    secret = clients["owner"].post(f"{API}/api-keys", json={"name": "log", "permissions": permissions}).json()["secret"]
    shows = {"authorization": f"Bearer {secret}"}
    program = TestClient(clients["viewer"].app, base_url=str(clients["viewer"].base_url), headers=shows)
    for path in ("/audit", "/audit?q=came", "/audit/export"):
        assert program.get(API + path).json()["details"]["permission"] == "customers.personal"
        text = clients["owner"].get(API + path).raise_for_status().text
        assert [word for word in ("1990-0", "starts_with", "age_years", "older") if word in text] == []
    assert "last digest" not in program.get(f"{API}/health").text
    assert "last digest" in clients["owner"].get(f"{API}/health").text
    assert masked(program.get(f"{API}/audiences/early")) == "audiences/early"
