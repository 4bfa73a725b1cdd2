"""The server keeps to its own description, whatever it is called with: schemathesis makes the calls."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.app import market
from tests.server.conftest import client_of
from tests.server.people import login_of, signed_in
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.settings import WorkspaceSettings
from titian.app.workspace import Workspace
from titian.errors import TitianError
from titian.server.openapi import document
from titian.server.problems import MEDIA_TYPE

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PHASES = [Phase.explicit, Phase.generate]
QUICK, DEEP = (
    settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES, derandomize=True
    )
    for examples in (4, 100)
)


def described(*, boundaries: bool) -> schemathesis.BaseSchema:
    """The server's own document; with `boundaries` every value at and beyond each bound is called too."""
    phases = {"coverage": {"enabled": boundaries}, "stateful": {"enabled": False}}
    config = SchemathesisConfig.from_dict({"phases": phases})
    schema = schemathesis.openapi.from_dict(json.loads(document()), config=config)
    # A form with a file is called with real files elsewhere; after a first owner nothing else would be let in.
    return schema.exclude(operation_id=["upload", "set_up"])


API, WHOLE_API = described(boundaries=False), described(boundaries=True)
OF_PEOPLE = (
    described(boundaries=True).include(tag=["session", "people"]).exclude(operation_id=["sign_out", "end_sessions"])
)


@dataclass(frozen=True)
class Known:
    """Names and days that the shop has, so that calls get beyond the door."""

    key: str
    customer_id: str
    as_of: str
    compare: str
    start: str
    layer: str


known = st.builds(
    Known,
    key=st.sampled_from(["rfm", "rfm_score", "value_levels", "matrix"]),
    customer_id=st.sampled_from(["00003", "00017", "00060"]),
    as_of=st.dates(market.FIRST.date().replace(month=3), market.END).map(str),
    compare=st.dates(market.FIRST.date(), market.FIRST.date().replace(month=2)).map(str),
    start=st.dates(market.FIRST.date().replace(day=9), market.FIRST.date().replace(month=2)).map(str),
    layer=st.sampled_from(["none", "active", "s3", "important_value", "high_high"]),
)


@pytest.fixture(scope="module")
def trial(shop: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Calls the server of a shop that may be changed at will."""
    own = market.copied(shop, tmp_path_factory.mktemp("trial") / "shop")
    with client_of(Desk(own)) as opened:
        yield opened


@pytest.fixture(scope="module")
def locked(settled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The owner of a workspace in which one has to sign in."""
    with Desk(workspaces.init(tmp_path_factory.mktemp("locked") / "shop", WorkspaceSettings())) as desk:
        shutil.copyfile(settled, desk.workspace.path / settled.name)
        yield signed_in(desk, login_of("owner"))


def kinds(error: type[TitianError] = TitianError) -> Iterator[type[TitianError]]:
    """Every class of the tree of errors."""
    yield error
    for below in error.__subclasses__():
        yield from kinds(below)


CODES = {kind.code for kind in kinds()} | {"unreadable", "not_found", "method_not_allowed", "too_large"}


def sent(client: TestClient, case: schemathesis.Case) -> httpx.Response:
    """What the server answers to a call."""
    call = case.as_transport_kwargs(base_url=str(client.base_url))
    return client.request(**{name: value for name, value in call.items() if name != "cookies"})


def look_at(case: schemathesis.Case, answer: httpx.Response) -> None:
    """The answer is as described; a refusal is a problem with a code of the tree, said in both languages."""
    case.validate_response(answer, checks=CHECKS)
    if answer.status_code >= 400 and case.method != "HEAD":
        problem = answer.json()
        assert answer.headers["content-type"] == MEDIA_TYPE
        assert problem["status"] == answer.status_code
        assert problem["code"] in CODES
        assert all(problem[name].strip() for name in ("type", "title", "detail", "hint", "detail_zh", "hint_zh"))


def let_in(case: schemathesis.Case, lucky: Known) -> None:
    """Replace what the call names by names that there are."""
    for place in (case.path_parameters, case.query):
        for name in place:
            if hasattr(lucky, name):
                place[name] = getattr(lucky, name)


@API.parametrize()
@QUICK
def test_whatever_is_called_the_answer_is_as_described(case: schemathesis.Case, trial: TestClient) -> None:
    look_at(case, sent(trial, case))


@API.given(lucky=known)
@API.parametrize()
@QUICK
def test_calls_with_names_of_the_shop_are_answered_as_described(
    case: schemathesis.Case, trial: TestClient, lucky: Known
) -> None:
    let_in(case, lucky)
    look_at(case, sent(trial, case))


@OF_PEOPLE.parametrize()
@QUICK
def test_people_and_sessions_are_answered_as_described(case: schemathesis.Case, locked: TestClient) -> None:
    look_at(case, sent(locked, case))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(name=st.text(max_size=30), raw=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_whatever_is_uploaded_is_guessed_or_refused_with_words(trial: TestClient, name: str, raw: bytes) -> None:
    answer = trial.post("/api/v1/uploads", files={"file": (name or "x", raw)})
    assert answer.status_code in (201, 400)
    if answer.status_code == 400:
        assert answer.json()["code"] in CODES
        assert answer.json()["detail_zh"] != answer.json()["detail"]


@pytest.mark.full
@WHOLE_API.given(lucky=known)
@WHOLE_API.parametrize()
@DEEP
def test_at_every_bound_the_answer_is_as_described(case: schemathesis.Case, trial: TestClient, lucky: Known) -> None:
    let_in(case, lucky)
    look_at(case, sent(trial, case))
