"""Who may call what: every role against every route of the OpenAPI document, and that the document names every route."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.app import market
from tests.server.people import login_of, settle, signed_in
from titian.app.desk import Desk
from titian.app.workspace import Workspace
from titian.domain.permission import MAY, NOT_FOR_KEYS, PERMISSION_WORDS, PERMISSIONS, ROLE_WORDS, ROLES, Role
from titian.server.needs import needed_by
from titian.server.openapi import document

ANYBODY = {"get_session", "set_up", "sign_in", "sign_in_elsewhere", "come_back"}
WHOEVER_IS_SIGNED_IN = {"sign_out", "change_password", "list_sessions", "end_sessions", "end_session"}
EVERYBODY = {
    *("get_workspace", "get_overview", "search", "get_health", "list_kinds", "list_traits", "list_samples"),
    *("list_layerings", "preview_layering", "get_layering", "get_layering_traits", "portray_layer"),
    *("export_layer_portrait", "get_layering_cuts", "get_layering_map", "get_layering_flows", "get_layering_history"),
    *("list_moves", "get_customer_history", "compare_layerings", "get_split_test", "try_layering", "get_definition"),
    *("list_customers", "get_customer", "list_tags", "list_tag_groups", "list_tag_customers", "list_customer_tags"),
    *("select_customers", "portray_selection", "export_selection_portrait", "count_funnel", "export_funnel"),
    *("list_audiences", "get_audience", "overlap_audiences", "get_audience_sizes", "portray_audience"),
    *(
        "export_audience_portrait",
        "list_definitions",
        "list_removed_definitions",
        "list_definition_versions",
        "get_definition_schema",
    ),
    *(
        "list_events",
        "export_events",
        "get_population",
        "preview_population",
        "get_coverage",
        "list_staff",
        "get_customer_staff",
    ),
}
NO_VIEWERS = {
    *("export_customers", "export_moves", "export_selection", "export_audience", "tag_customers", "untag_customers"),
    *("undo_tag_batch", "create_audience", "change_audience", "remove_audience", "restore_audience"),
    *("snapshot_audience", "create_tag", "change_tag", "remove_tag", "merge_tag", "refresh_tags", "create_tag_group"),
    *("change_tag_group", "remove_tag_group", "list_imports", "get_import", "list_api_keys", "make_api_key"),
    *("revoke_api_key", "charge_staff", "undo_charge_batch"),
}
ANALYSTS = {
    *("create_layering", "remove_layering", "restore_layering", "publish_definition", "change_meanings"),
    *("export_definitions", "get_plan", "apply_plan", "restore_definition", "change_population"),
}
OPERATORS = {
    *("list_notes", "list_customer_notes", "change_note", "remove_note", "add_customer_note", "upload", "guess_again"),
    *(
        "start_import",
        "get_rejects",
        "cancel_import",
        "load_sample",
        "get_customer_knowing",
        "say_of_customer",
        "undo_saying",
    ),
}
ADMINS = {
    *(
        "get_everything",
        "erase_customers",
        "list_erasures",
        "undo_import",
        "change_workspace",
        "list_audit",
        "export_audit",
    ),
    *("list_people", "add_person", "change_person", "reset_password", "remove_person"),
}
ALL_ROLES = frozenset(ROLES)
ALLOWED: dict[str, frozenset[str]] = (
    dict.fromkeys(ANYBODY | WHOEVER_IS_SIGNED_IN | EVERYBODY, ALL_ROLES)
    | dict.fromkeys(NO_VIEWERS, ALL_ROLES - {"viewer"})
    | dict.fromkeys(ANALYSTS, frozenset({"owner", "admin", "analyst"}))
    | dict.fromkeys(OPERATORS, frozenset({"owner", "admin", "operator"}))
    | dict.fromkeys(ADMINS, frozenset({"owner", "admin"}))
)
"""Which roles may call which route, written down by hand."""
OPERATIONS = {
    operation["operationId"]: (method, path, operation)
    for path, operations in json.loads(document())["paths"].items()
    for method, operation in operations.items()
}
NOT_CALLED = {"end_sessions", "sign_out", "upload"}
"""They end the session that calls, or need a form."""


@pytest.fixture(scope="module")
def everybody(shop: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Role, TestClient]]:
    own = market.copied(shop, tmp_path_factory.mktemp("everybody") / "shop")
    with Desk(own) as desk:
        settle(desk)
        yield {role: signed_in(desk, login_of(role)) for role in ROLES}


def test_every_route_is_in_the_table() -> None:
    assert set(OPERATIONS) == set(ALLOWED)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_the_document_says_what_the_table_says(name: str) -> None:
    needed = OPERATIONS[name][2]["x-permission"]
    if needed in ("nothing", "sign_in"):
        assert name in ANYBODY | WHOEVER_IS_SIGNED_IN
    else:
        assert {role for role in ROLES if needed in MAY[role]} == ALLOWED[name]


@pytest.mark.parametrize("name", sorted(set(OPERATIONS) - NOT_CALLED))
def test_a_route_answers_those_who_may_and_refuses_those_who_may_not(
    everybody: dict[Role, TestClient], name: str
) -> None:
    method, path, operation = OPERATIONS[name]
    address = path.replace("{", "no_").replace("}", "")
    body = {} if "requestBody" in operation else None
    least = [role for role in ROLES if role in ALLOWED[name]][-1]
    for role, client in everybody.items():
        if role in ALLOWED[name] and role != least:
            continue  # who may more has no other permission for it
        answer = client.request(method, address, json=body)
        refused = answer.status_code in (401, 403)
        assert refused is (role not in ALLOWED[name]), (role, answer.status_code, answer.text[:200])
        assert answer.status_code < 500


def test_a_refusal_names_the_permission_and_the_roles_that_have_it(everybody: dict[Role, TestClient]) -> None:
    answer = everybody["viewer"].get("/api/v1/audit").json()
    assert answer["details"] == {"permission": "audit.read", "roles": ["owner", "admin"]}
    assert "audit.read" in answer["detail"]
    assert "管理员" in answer["hint_zh"]


def test_a_route_that_says_nothing_can_not_be_served() -> None:
    from fastapi import APIRouter

    router = APIRouter()
    router.add_api_route("/x", lambda: None, name="x")
    with pytest.raises(LookupError, match="x does not say"):
        needed_by(router)


def test_roles_and_permissions_have_names() -> None:
    assert set(ROLE_WORDS) == set(ROLES) == set(MAY)
    assert set(PERMISSION_WORDS) == set(PERMISSIONS)
    assert all(words.zh and words.en for words in (*ROLE_WORDS.values(), *PERMISSION_WORDS.values()))


def test_whoever_may_more_may_all_that_others_may() -> None:
    assert MAY["viewer"] < MAY["analyst"] < MAY["admin"] == MAY["owner"] == set(PERMISSIONS)
    assert MAY["viewer"] < MAY["operator"] < MAY["admin"]
    assert set(PERMISSIONS) >= NOT_FOR_KEYS


def test_every_permission_is_needed_somewhere() -> None:
    needed = {operation["x-permission"] for _, _, operation in OPERATIONS.values()}
    assert needed - {"nothing", "sign_in"} == set(PERMISSIONS)
