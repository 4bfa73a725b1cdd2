"""A published definition: in force with the fit of its day, as its impact said, and as it was when restored."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from tests.answers.book import START, layers_of
from tests.answers.conftest import API
from tests.app import bazaar, market
from tests.oracle.matrix import rfm
from tests.server.conftest import client_of
from titian.app.desk import Desk
from titian.app.workspace import Workspace

PATH = f"{API}/layerings/rfm"
DEFINITION = f"{PATH}/definition"
BY_MEAN: dict[str, Any] = {"recency": "mean", "frequency": "mean", "monetary": "mean", "window_days": None}


@pytest.fixture
def own(bazaar_desk: Desk, tmp_path: Path) -> Iterator[TestClient]:
    """Calls the server of a bazaar that is this test's alone."""
    copied: Workspace = market.copied(bazaar_desk.workspace, tmp_path / "own")
    with client_of(Desk(copied)) as opened:
        yield opened


def publish(client: TestClient, base: int = 1, status: int = 200, **asked: object) -> Any:
    given = {"parameters": BY_MEAN, "base_version": base, **asked}
    answer = client.put(DEFINITION, json=given)
    assert answer.status_code == status, answer.text
    return answer.json()


def listed(client: TestClient, **asked: object) -> dict[str, str]:
    rows = client.get(f"{API}/customers", params={"limit": 500, "layering": "rfm", **asked}).json()["rows"]
    return {row["customer_id"]: row["layer"] for row in rows}


def by_mean(day: date, fitted_on: date) -> dict[str, str]:
    """What the oracle says of a day by the means of another."""
    model = rfm("mean", "mean", "mean", None)
    cuts = model.fit_at(bazaar.SHOP, bazaar.midnight(fitted_on))
    return bazaar.with_onlookers(model.assign(bazaar.SHOP, bazaar.midnight(day), cuts), day)


@pytest.mark.parametrize("fitted_on", [START, bazaar.END], ids=str)
def test_it_is_in_force_on_every_day_with_the_fit_of_the_day_it_was_tried_on(own: TestClient, fitted_on: date) -> None:
    publish(own, fit_as_of=str(fitted_on))
    for day in (START, bazaar.END):
        assert listed(own, as_of=day) == by_mean(day, fitted_on)
    assert own.get(PATH).json()["fit_as_of"] == str(fitted_on)


def test_what_the_impact_said_is_what_happens(own: TestClient) -> None:
    said = own.post(f"{PATH}/impact", json={"parameters": BY_MEAN}).json()
    before = listed(own)
    publish(own)
    after = listed(own)
    moves = {(m["source"], m["target"]): m["customers"] for m in said["moves"]}
    assert Counter((before[who], after[who]) for who in before) == moves
    assert said["moved"] == sum(before[who] != after[who] for who in before) > 0


def test_an_impact_changes_nothing(own: TestClient) -> None:
    before = own.get(DEFINITION).json()
    own.post(f"{PATH}/impact", json={"parameters": BY_MEAN})
    assert own.get(DEFINITION).json() == before
    assert listed(own) == layers_of("rfm", bazaar.END, bazaar.END)


def test_an_impact_of_what_is_in_force_moves_nobody(own: TestClient) -> None:
    publish(own, fit_as_of=str(bazaar.END))
    said = own.post(f"{PATH}/impact", json={"parameters": BY_MEAN, "as_of": str(bazaar.END)}).json()
    assert (said["moved"], said["before"]) == (0, said["after"])


def test_versions_are_kept_and_can_be_read(own: TestClient) -> None:
    publish(own)
    publish(own, base=2, parameters={"recency": 10})
    found = own.get(DEFINITION).json()
    assert (found["version"], found["versions"]) == (3, [1, 2, 3])
    older = {
        version: yaml.safe_load(own.get(DEFINITION, params={"version": version}).json()["yaml"])
        for version in (1, 2, 3)
    }
    assert [older[version]["parameters"]["recency"] for version in (1, 2, 3)] == ["median", "mean", 10]
    assert older[3]["parameters"]["frequency"] == "mean"


def test_an_earlier_version_is_restored_with_its_fit(own: TestClient) -> None:
    publish(own, fit_as_of=str(START))
    before = listed(own)
    publish(own, base=2, parameters={"recency": 3, "monetary": 1})
    assert listed(own) != before
    restored = publish(own, base=3, parameters={}, restore=2)
    assert restored["version"] == 4
    assert listed(own) == before


def test_the_first_version_restored_is_the_default_again(own: TestClient) -> None:
    publish(own, fit_as_of=str(START))
    publish(own, base=2, parameters={}, restore=1)
    for day in (START, bazaar.END):
        assert listed(own, as_of=day) == layers_of("rfm", day, day)


def test_of_two_who_publish_at_once_one_is_told_to_look_again(own: TestClient) -> None:
    codes: list[int] = []

    def put(recency: int) -> None:
        given = {"parameters": {"recency": recency}, "base_version": 1}
        codes.append(own.put(DEFINITION, json=given).status_code)

    threads = [threading.Thread(target=put, args=(days,)) for days in (10, 20, 30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [200, 409, 409]
    assert own.get(DEFINITION).json()["versions"] == [1, 2]


def test_a_conflict_says_both_versions_in_both_languages(own: TestClient) -> None:
    publish(own)
    problem = publish(own, base=1, status=409)
    assert problem["code"] == "conflict"
    assert (problem["details"]["base_version"], problem["details"]["version"]) == (1, 2)
    assert all("2" in problem[name] for name in ("detail", "detail_zh"))


@pytest.mark.parametrize(
    "wrong",
    [{"parameters": {"recency": "modus"}}, {"parameters": {"key": "x"}}, {"restore": 99}, {"fit_as_of": "1999-01-01"}],
    ids=str,
)
def test_what_is_wrong_is_not_published(own: TestClient, wrong: dict[str, object]) -> None:
    before = own.get(DEFINITION).json()
    answer = own.put(DEFINITION, json={"parameters": {}, "base_version": 1, **wrong})
    assert answer.status_code in (400, 404)
    assert own.get(DEFINITION).json() == before


def test_another_layering_does_not_notice(own: TestClient) -> None:
    before = own.get(f"{API}/layerings/rfm_score").json()
    publish(own)
    assert own.get(f"{API}/layerings/rfm_score").json() == before
