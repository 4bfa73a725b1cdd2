"""A funnel is told alike in Python, over HTTP and on the command line; who stopped somewhere is an audience by one rule."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

import titian as tt
from tests.app import market, tearoom
from tests.cli.calling import here
from tests.oracle.funnel import best, counted
from tests.server.application import client_of
from tests.server.people import login_of, settle, signed_in
from titian.app.desk import Desk
from titian.app.workspace import Workspace

API = "/api/v1/funnels"
PERIOD = {"start": str(tearoom.START), "end": str(tearoom.END)}
ASKED: dict[str, Any] = {"steps": tearoom.STEPS, "within_days": 7, **PERIOD}
BY_CITY = {"steps": tearoom.STEPS, "within_days": 7, **PERIOD, "by": "cities"}
Printed = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The tea room, with its cities as a layering of its own."""
    made = tearoom.made(tmp_path_factory.mktemp("tearoom") / "shop")
    with Desk(made) as desk, client_of(desk) as client:
        layering = {"key": "cities", "kind": "split", "parameters": {"trait": "city"}}
        client.post("/api/v1/layerings", json={**layering, "name": {"zh": "城市", "en": "cities"}}).raise_for_status()
    return made


@pytest.fixture(scope="module")
def client(room: Workspace) -> Iterator[TestClient]:
    with client_of(Desk(room)) as opened:
        yield opened


@pytest.fixture
def own(room: Workspace, tmp_path: Path) -> Iterator[TestClient]:
    with client_of(Desk(market.copied(room, tmp_path / "own"))) as opened:
        yield opened


def told(client: TestClient, **asked: Any) -> dict[str, Any]:
    answer = client.post(API, json={**ASKED, **asked})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def customers(part: dict[str, Any]) -> list[int]:
    return [step["customers"] for step in part["steps"]]


def test_all_three_say_the_same(client: TestClient, room: Workspace, capsys: Printed) -> None:
    page = told(client, by="cities")
    got = tt.funnel(tt.Dataset.open(room.path), **ASKED, by=tt.TraitSplit(key="cities", trait="city"))
    command = ["funnel", *tearoom.STEPS, "--from", PERIOD["start"], "--to", PERIOD["end"], "--within-days", "7"]
    printed = json.loads(here(capsys, *command, "--by", "cities", "--json", "-w", room.path).out)
    assert printed == page
    assert customers(page["everybody"]) == [step.customers for step in got.everybody.steps]
    assert [customers(part) for part in page["layers"]] == [[s.customers for s in p.steps] for p in got.layers]
    assert page["sentence"] == got.sentence.model_dump()
    assert customers(page["everybody"]) == counted(tearoom.LOGS, ASKED)[0]


def test_the_oddest_step_and_for_whom_is_named(client: TestClient) -> None:
    page = told(client, by="cities")
    drop = page["layer_drops"][0]
    assert (drop["layer"], drop["number"], drop["odd"]) == ("成都", 2, True)
    assert "“成都”" in page["sentence"]["zh"]
    assert "“成都” from cart to purchase" in page["sentence"]["en"]
    assert drop["low"] < drop["excess"] < drop["high"]


def selected(client: TestClient, rule: dict[str, Any]) -> int:
    answer = client.post("/api/v1/selections", json={"rule": rule})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["customers"])


def test_who_stopped_at_a_step_is_selected_by_its_rule(client: TestClient) -> None:
    page = told(client, by="cities", exclude=["complain"])
    for part in (page["everybody"], *page["layers"]):
        for step in part["steps"]:
            stopped = step["customers"] if step["lost"] is None else step["lost"]
            assert selected(client, step["stopped"]) == stopped, (part["name"], step["number"])


def test_in_one_click_they_are_an_audience_that_can_be_a_tag_and_a_layer(own: TestClient) -> None:
    part = next(one for one in told(own, by="cities")["layers"] if one["layer"] == "成都")
    step = part["steps"][1]
    named = {"zh": "成都止于加购", "en": "stopped at the cart"}
    made = own.post("/api/v1/audiences", json={"key": "stopped", "name": named, "rule": step["stopped"]})
    assert made.status_code == 201, made.text
    assert made.json()["audience"]["customers"] == step["lost"]
    assert "停在第 2 步“加购”" in made.json()["audience"]["said"]["zh"]
    tag = own.post("/api/v1/tags", json={"key": "stopped", "name": named, "rule": step["stopped"]})
    assert tag.status_code == 201, tag.text
    whole = {"funnel": step["stopped"]["all"][0]["funnel"], "stopped_at": 2}
    layers = [{"key": "stopped", "name": named, "rule": whole}, {"key": "rest", "name": named}]
    layering = {"key": "own", "kind": "rules", "name": named, "parameters": {"layers": layers}}
    assert own.post("/api/v1/layerings", json=layering).status_code == 201
    shown = own.get("/api/v1/layerings/own").json()["layers"]
    lost = told(own)["everybody"]["steps"][1]["lost"]
    assert [one["customers"] for one in shown] == [lost, len(tearoom.CUSTOMERS) - lost]
    own.delete("/api/v1/audiences/stopped").raise_for_status()
    assert own.post("/api/v1/audiences/stopped/restore").status_code == 200, "taken back, and back again"


def test_an_audience_and_its_rule_count_the_same(own: TestClient) -> None:
    rule = {"trait": "city", "value": "杭州"}
    made = {"key": "hangzhou", "name": {"zh": "杭州", "en": "Hangzhou"}, "rule": rule}
    own.post("/api/v1/audiences", json=made).raise_for_status()
    by_key, by_rule = told(own, audience="hangzhou"), told(own, rule=rule)
    assert by_key["everybody"]["steps"][0]["customers"] == by_rule["everybody"]["steps"][0]["customers"] == 80
    assert by_key["within"] == made["name"]
    assert by_rule["within"]["en"].startswith("city =")
    assert selected(own, by_key["everybody"]["steps"][1]["stopped"]) == by_key["everybody"]["steps"][1]["lost"]


def test_unless_said_tries_had_all_their_time(client: TestClient) -> None:
    page = client.post(API, json={"steps": tearoom.STEPS, "within_days": 7}).json()
    assert (page["start"], page["end"], page["as_of"]) == ("2024-03-25", "2024-04-24", str(tearoom.AS_OF))
    assert "still_open" not in [note["code"] for note in page["notes"]]


def test_another_day_knows_less(client: TestClient) -> None:
    page = told(client, as_of="2024-03-15")
    logs = {who: [one for one in log if one.at.isoformat() < "2024-03-15"] for who, log in tearoom.LOGS.items()}
    assert customers(page["everybody"]) == counted(logs, ASKED)[0]
    assert "still_open" in [note["code"] for note in page["notes"]]


def test_conditions_and_exclusions_arrive(client: TestClient) -> None:
    steps = [{"event": "view", "channel": ["app"]}, {"event": "cart", "value_from": 10, "value_to": 40}]
    page = told(client, steps=steps, exclude=["complain"])
    expected, out = counted(tearoom.LOGS, {"steps": steps, "within_days": 7, "exclude": ["complain"]})
    assert (customers(page["everybody"]), page["everybody"]["taken_out"]) == (expected, out)
    assert "channel app" in page["name"]["en"]


def test_who_is_left_out_of_the_workspace_is_in_no_step(own: TestClient) -> None:
    rule = {"trait": "city", "value": "上海"}
    own.put("/api/v1/population", json={"rule": rule, "base_version": None}).raise_for_status()
    page = told(own, by="cities")
    assert (page["everybody"]["steps"][0]["customers"], page["excluded"]) == (160, 80)
    assert selected(own, page["everybody"]["steps"][0]["stopped"]) == page["everybody"]["steps"][0]["lost"]


def test_one_store_is_a_funnel_of_its_own(client: TestClient) -> None:
    answer = client.post(API, params={"store_id": "nowhere"}, json=ASKED)
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_name")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_files_hold_a_line_per_layer_and_step(client: TestClient, kind: str) -> None:
    answer = client.post(f"{API}/export", params={"kind": kind}, json=BY_CITY)
    assert answer.status_code == 200
    assert f"funnel-2024-03-01-2024-04-01.{kind}" in answer.headers["content-disposition"]
    page = told(client, by="cities")
    lines = 3 * (1 + len(page["layers"]))
    if kind == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        assert len(rows) == lines
        assert [int(row["customers"]) for row in rows[:3]] == customers(page["everybody"])
    if kind == "parquet":
        assert pq.read_table(io.BytesIO(answer.content)).num_rows == lines


REFUSED: dict[str, tuple[dict[str, Any], int]] = {
    "no steps": ({"steps": []}, 400),
    "one step": ({"steps": ["view"]}, 400),
    "too many": ({"steps": ["view"] * 11}, 400),
    "a step of nothing": ({"steps": ["view", {}]}, 400),
    "a step with more": ({"steps": ["view", {"event": "cart", "city": "x"}]}, 400),
    "a number": ({"steps": ["view", 3]}, 422),
    "no time": ({"within_days": 0}, 422),
    "an end before the start": ({"end": PERIOD["start"]}, 400),
    "no such layering": ({"by": "nothing"}, 400),
    "no such audience": ({"audience": "nobody"}, 400),
    "an audience and a rule": ({"audience": "a", "rule": {"did": "view"}}, 400),
    "a rule that says nothing": ({"rule": {"x": 1}}, 400),
    "what is not asked": ({"shop": 1}, 422),
}


@pytest.mark.parametrize(("asked", "status"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_asked_is_refused_in_both_languages(
    client: TestClient, asked: dict[str, Any], status: int
) -> None:
    answer = client.post(API, json={**ASKED, **asked})
    assert answer.status_code == status, answer.text
    problem = answer.json()
    assert problem["detail"]
    assert problem.get("detail_zh") or problem.get("title_zh") or problem.get("hint_zh")


ATTACKS = ["'; DROP TABLE events; --", '" OR 1=1 --', "<script>alert(1)</script>", "{{7*7}}", "%00", "💥" * 60]


@pytest.mark.parametrize("text", ATTACKS)
def test_texts_stay_texts_wherever_they_stand(client: TestClient, text: str) -> None:
    for steps in (
        [text, "cart"],
        ["view", {"event": "cart", "channel": [text]}],
        [{"event": "view", "product_id": text}, text],
    ):
        page = told(client, steps=steps, exclude=[text])
        assert customers(page["everybody"])[-1] == 0
    assert customers(told(client)["everybody"])[0] == len(tearoom.CUSTOMERS), "everything is still there"


def test_without_data_it_says_what_to_load(empty: Desk) -> None:
    with client_of(empty) as client:
        answer = client.post(API, json={"steps": tearoom.STEPS})
    assert (answer.status_code, answer.json()["code"]) == (409, "missing_data")


def test_a_viewer_sees_figures_but_asks_by_nothing_personal(room: Workspace, tmp_path: Path) -> None:
    with Desk(market.copied(room, tmp_path / "closed")) as desk:
        settle(desk)
        viewer = signed_in(desk, login_of("viewer"))
        assert viewer.post(API, json=ASKED).status_code == 200
        refused = viewer.post(API, json={**ASKED, "rule": {"trait": "birth_date", "op": "is_known"}})
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


def test_the_command_says_it_in_words_and_writes_a_file(room: Workspace, capsys: Printed, tmp_path: Path) -> None:
    steps = ["view", '{"event": "cart", "value_from": 1}', "purchase"]
    out = tmp_path / "funnel.csv"
    period = ["--from", PERIOD["start"], "--to", PERIOD["end"], "--exclude", "complain"]
    called = here(capsys, "funnel", *steps, *period, "--by", "cities", "--out", out, "-w", room.path)
    assert called.code == 0, called.err
    assert "view → cart (value ≥ 1) → purchase without complain" in called.out
    assert "It stands out for “成都”" in called.out
    assert "more were taken out" in called.err
    assert len(out.read_text("utf-8").splitlines()) == 1 + 3 * 5


@pytest.mark.parametrize("steps", [["view"], ["view", "{"], ["view", '{"event": 3}']])
def test_a_wrong_call_ends_with_two_and_one_line_how_to_mend_it(
    room: Workspace, capsys: Printed, steps: list[str]
) -> None:
    called = here(capsys, "funnel", *steps, "-w", room.path)
    assert (called.code, called.err.count("mend:")) == (2, 1)


def test_no_customer_is_in_it_twice(client: TestClient) -> None:
    page = told(client)
    tries = [one for log in tearoom.LOGS.values() if (one := best(log, ASKED)) is not None]
    assert customers(page["everybody"])[0] == len(tries) == len(tearoom.CUSTOMERS)
