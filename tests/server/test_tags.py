"""/tags, /tag-groups and /tag-batches."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from tests.app import market
from tests.server.test_sent_again import KEY

API = "/api/v1"
PEOPLE = sorted(market.customers())
NAME = {"zh": "重要客户", "en": "VIP"}
ODD = ["<img src=x onerror=alert(1)>", "'; DROP TABLE tagged; --", "a\0b", "x" * 10_000, "😀", " "]


@pytest.fixture
def tagging(own_client: TestClient) -> TestClient:
    """A client of a shop with the tags vip, gold and silver; the latter two are of an exclusive group."""
    own_client.post(f"{API}/tag-groups", json={"key": "level", "name": NAME, "exclusive": True}).raise_for_status()
    for key, group in (("vip", None), ("gold", "level"), ("silver", "level")):
        own_client.post(f"{API}/tags", json={"key": key, "name": NAME, "group": group}).raise_for_status()
    return own_client


def give(client: TestClient, key: str, *ids: str, **headers: str) -> Response:
    return client.post(f"{API}/tags/{key}/customers", json={"ids": ids, "why": "asked"}, headers=headers)


def take(client: TestClient, key: str, *ids: str) -> Response:
    return client.request("DELETE", f"{API}/tags/{key}/customers", json={"ids": ids})


def customers(client: TestClient) -> dict[str, int]:
    return {one["key"]: one["customers"] for one in client.get(f"{API}/tags").json()["tags"]}


def test_tags_are_made_and_listed(tagging: TestClient) -> None:
    told = tagging.get(f"{API}/tags").json()
    assert [(one["key"], one["group"], one["made_by"]) for one in told["tags"]] == [
        ("gold", "level", "console"),
        ("silver", "level", "console"),
        ("vip", None, "console"),
    ]
    assert told["groups"] == tagging.get(f"{API}/tag-groups").json()
    assert [one["exclusive"] for one in told["groups"]] == [True]
    assert "red" in told["colours"]


def test_customers_are_tagged_and_the_report_adds_up(tagging: TestClient) -> None:
    told = give(tagging, "vip", *PEOPLE[:3], "", PEOPLE[0], "nobody").json()
    assert (told["asked"], told["blank"], told["repeated"], told["unknown"], told["tagged"]) == (6, 1, 1, 1, 3)
    text = f"{PEOPLE[0]} {PEOPLE[3]},\n{PEOPLE[4]}"
    told = tagging.post(f"{API}/tags/vip/customers", json={"text": text}).json()
    assert (told["asked"], told["blank"], told["already"], told["tagged"]) == (4, 1, 1, 2)
    assert customers(tagging)["vip"] == 5


def test_of_an_exclusive_group_one_is_kept_and_the_batch_is_taken_back(tagging: TestClient) -> None:
    give(tagging, "silver", *PEOPLE[:2])
    told = give(tagging, "gold", *PEOPLE[:3]).json()
    assert (told["taken_out"], customers(tagging)) == (2, {"gold": 3, "silver": 0, "vip": 0})
    undone = tagging.post(f"{API}/tag-batches/{told['batch']}/undo").json()
    assert (undone["removed"], undone["restored"]) == (3, 2)
    assert tagging.post(f"{API}/tag-batches/{told['batch']}/undo").json()["repeated"] is True
    assert customers(tagging) == {"gold": 0, "silver": 2, "vip": 0}


def test_customers_are_untagged(tagging: TestClient) -> None:
    give(tagging, "vip", *PEOPLE[:2])
    told = take(tagging, "vip", PEOPLE[1], PEOPLE[2], "nobody").json()
    assert (told["untagged"], told["without"], told["unknown"]) == (1, 1, 1)
    assert customers(tagging)["vip"] == 1


def test_a_customer_s_tags_and_a_tag_s_customers(tagging: TestClient) -> None:
    give(tagging, "vip", *PEOPLE)
    (one,) = tagging.get(f"{API}/customers/{PEOPLE[0]}/tags").json()
    assert (one["tag"], one["by"], one["why"], one["source"]) == ("vip", "console", "asked", "batch")
    first = tagging.get(f"{API}/tags/vip/customers", params={"limit": 40}).json()
    rest = tagging.get(f"{API}/tags/vip/customers", params={"limit": 40, "cursor": first["next_cursor"]}).json()
    assert [one["customer_id"] for page in (first, rest) for one in page["customers"]] == PEOPLE
    assert (first["total"], rest["next_cursor"]) == (len(PEOPLE), None)
    assert tagging.get(f"{API}/customers/{PEOPLE[0]}").status_code == 200, "the portrait is where it was"


def test_a_tag_is_changed_merged_and_removed(tagging: TestClient) -> None:
    give(tagging, "vip", *PEOPLE[:3])
    asked = {"name": {"zh": "", "en": "regulars"}, "colour": "red", "base_version": 1}
    changed = tagging.put(f"{API}/tags/vip", json=asked).json()
    assert (changed["name"], changed["colour"]) == ({"zh": "regulars", "en": "regulars"}, "red")
    assert changed["version"] == 2
    merged = tagging.post(f"{API}/tags/vip/merge", json={"into": "gold"}).json()
    assert (merged["moved"], merged["tag"]["key"], merged["tag"]["customers"]) == (3, "gold", 3)
    assert tagging.delete(f"{API}/tags/gold").json()["tag"]["customers"] == 3
    assert customers(tagging) == {"silver": 0}


def test_a_group_is_changed_and_removed(tagging: TestClient) -> None:
    assert tagging.put(f"{API}/tag-groups/level", json={"name": NAME, "base_version": 1}).json()["version"] == 2
    for key in ("gold", "silver"):
        give(tagging, key, PEOPLE[0])
    refused = tagging.put(f"{API}/tag-groups/level", json={"name": NAME, "exclusive": True, "base_version": 2})
    assert (refused.status_code, refused.json()["details"]["customers"]) == (409, 1)
    assert tagging.delete(f"{API}/tag-groups/level").json()["tags"] == 2


CALLS = [
    ("PUT", "/tags/nothing", {"name": NAME, "base_version": 1}),
    ("DELETE", "/tags/nothing", None),
    ("POST", "/tags/nothing/merge", {"into": "vip"}),
    ("GET", "/tags/nothing/customers", None),
    ("POST", "/tags/nothing/customers", {"ids": ["a"]}),
    ("DELETE", "/tags/nothing/customers", {"ids": ["a"]}),
    ("PUT", "/tag-groups/nothing", {"name": NAME, "base_version": 1}),
    ("DELETE", "/tag-groups/nothing", None),
    ("POST", "/tag-batches/nothing/undo", None),
    ("GET", "/customers/nobody/tags", None),
]


@pytest.mark.parametrize(("method", "path", "body"), CALLS, ids=lambda one: str(one))
def test_what_is_not_there_is_not_found(tagging: TestClient, method: str, path: str, body: object) -> None:
    refused = tagging.request(method, f"{API}{path}", json=body)
    assert refused.status_code == 404
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["detail_zh"] != refused.json()["detail"]


def test_a_key_is_taken_once(tagging: TestClient) -> None:
    for path in ("tags", "tag-groups"):
        key = {"tags": "vip", "tag-groups": "level"}[path]
        refused = tagging.post(f"{API}/{path}", json={"key": key, "name": {"zh": "x", "en": "x"}})
        assert (refused.status_code, refused.json()["code"]) == (409, "conflict")


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "A"},
        {"name": {"zh": "", "en": ""}},
        {"name": {"zh": "a\0", "en": "a"}},
        {"group": "x"},
        {"description": "x" * 1001},
    ],
    ids=str,
)
def test_a_tag_that_can_t_be_is_refused(tagging: TestClient, wrong: dict[str, object]) -> None:
    refused = tagging.post(f"{API}/tags", json={"key": "new", "name": NAME, **wrong})
    assert refused.status_code == 400
    assert tagging.post(f"{API}/tags", json={"key": "new", "name": NAME, "colour": "#123456"}).status_code == 422


def test_a_change_from_an_old_version_is_a_conflict_and_writes_over_nothing(tagging: TestClient) -> None:
    for path in ("tags/vip", "tag-groups/level"):
        first, late, unsaid = ({"name": {"zh": "一", "en": name}} for name in ("first", "late", "unsaid"))
        assert tagging.put(f"{API}/{path}", json={**first, "base_version": 1}).json()["version"] == 2
        refused = tagging.put(f"{API}/{path}", json={**late, "base_version": 1})
        assert (refused.status_code, refused.json()["details"]["version"]) == (409, 2)
        assert refused.json()["detail_zh"] != refused.json()["detail"]
        assert tagging.put(f"{API}/{path}", json=unsaid).status_code == 422
    told = tagging.get(f"{API}/tags").json()
    assert {one["name"]["en"] for one in (*told["groups"], *told["tags"])} == {"VIP", "first"}


def test_tags_and_groups_have_versions_that_are_laid_against_each_other_and_come_back(tagging: TestClient) -> None:
    tagging.put(f"{API}/tags/gold", json={"name": NAME, "colour": "red", "base_version": 1}).raise_for_status()
    newest, first = tagging.get(f"{API}/definitions/tags/gold/versions").json()
    assert {"-  group: level", "+  colour: red"} <= set(newest["difference"].splitlines())
    back = tagging.post(f"{API}/definitions/tags/gold/restore", json={"version": 1, "base_version": 2}).json()
    assert (back["version"], back["yaml"]) == (3, first["yaml"].replace("version: 1", "version: 3"))
    told = {f"{one['sort']}/{one['key']}": one for one in tagging.get(f"{API}/definitions").json()}
    assert told["tag_groups/level"]["used_by"] == ["tags/gold", "tags/silver"]
    tagging.delete(f"{API}/tags/gold").raise_for_status()
    (gone,) = tagging.get(f"{API}/definitions/removed").json()
    assert (gone["sort"], gone["key"], gone["version"], gone["by"]) == ("tags", "gold", 3, "console")


def test_odd_ids_tag_nobody_and_break_nothing(tagging: TestClient) -> None:
    told = give(tagging, "vip", *ODD).json()
    assert (told["unknown"], told["blank"], told["tagged"], told["batch"]) == (5, 1, 0, None)
    assert take(tagging, "vip", *ODD).json()["untagged"] == 0


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("tags/vip/customers", '{"ids": ["\\ud800"]}', 200),
        ("tags", '{"key": "\\ud800", "name": {"zh": "a", "en": "a"}}', 400),
        ("tags", '{"key": "new", "name": {"zh": "\\ud800", "en": "a"}}', 400),
        ("tags", '{"key": "new", "name": {"zh": "a", "en": "a"}, "group": "\\ud800"}', 400),
        ("tags", '{"key": "new", "name": {"zh": "a", "en": "a"}, "group": "a\\u0000"}', 400),
        ("tags/vip/merge", '{"into": "\\ud800"}', 400),
        ("tag-groups", '{"key": "new", "name": {"zh": "\\ud800", "en": "a"}}', 400),
        (f"customers/{PEOPLE[0]}/notes", '{"text": "\\ud800"}', 400),
    ],
)
def test_half_characters_are_refused_and_break_nothing(tagging: TestClient, path: str, body: str, status: int) -> None:
    told = tagging.post(f"{API}/{path}", content=body, headers={"content-type": "application/json"})
    assert told.status_code == status


def test_nobody_named_is_refused(tagging: TestClient) -> None:
    assert give(tagging, "vip").status_code == 400
    assert take(tagging, "vip").status_code == 400


def test_a_hundred_thousand_ids_are_more_than_other_calls_may_send(tagging: TestClient) -> None:
    told = give(tagging, "vip", *PEOPLE, *(f"somebody-{number:06d}" for number in range(100_000)))
    assert (told.status_code, told.json()["tagged"], told.json()["unknown"]) == (200, len(PEOPLE), 100_000)
    long = "x" * (2 << 20)
    assert (
        tagging.put(f"{API}/tags/vip", json={"name": NAME, "description": long, "base_version": 1}).status_code == 413
    )


def test_a_call_sent_again_under_its_key_does_nothing_more(tagging: TestClient) -> None:
    first = give(tagging, "vip", *PEOPLE, **KEY).json()
    take(tagging, "vip", PEOPLE[0])
    assert give(tagging, "vip", *PEOPLE, **KEY).json() == first
    assert customers(tagging)["vip"] == len(PEOPLE) - 1
    assert give(tagging, "gold", *PEOPLE, **KEY).status_code == 409
    made = tagging.post(f"{API}/tags", json={"key": "new", "name": NAME}, headers={"Idempotency-Key": "new"}).json()
    tagging.delete(f"{API}/tags/new")
    again = tagging.post(f"{API}/tags", json={"key": "new", "name": NAME}, headers={"Idempotency-Key": "new"})
    assert (again.json(), "new" in customers(tagging)) == (made, False)


def test_a_tag_follows_a_rule(tagging: TestClient) -> None:
    rule = {"trait": "spend", "op": ">=", "value": 100}
    made = tagging.post(f"{API}/tags", json={"key": "rich", "name": NAME, "rule": rule}).json()
    counted = tagging.post(f"{API}/selections", json={"rule": rule}).json()["customers"]
    assert (made["rule"], made["customers"]) == (rule, counted)
    assert tagging.post(f"{API}/tags/refresh").json() == [
        {"tag": "rich", "came": 0, "gone": 0, "customers": counted, "problem": None}
    ]
    assert give(tagging, "rich", PEOPLE[0]).status_code == 409
    wrong = tagging.put(f"{API}/tags/vip", json={"name": NAME, "rule": {"tag": "vip"}, "base_version": 1})
    assert (wrong.status_code, wrong.json()["details"]["field"]) == (400, "rule")
