"""Names, days and parameters that there are none of: the answer lists those there are, at every door."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

import pytest
from fastapi.testclient import TestClient

import titian as tt
from tests.badinput.doors import API, Told, problem
from tests.cli.calling import here
from titian.app.desk import Desk
from titian.app.workspace import Workspace

Printed = pytest.CaptureFixture[str]
KINDS = ["matrix", "rfm", "rfm_score", "value_levels"]


@dataclass(frozen=True)
class Wrong:
    """A call that names what is not there, in the words of the command line and of HTTP."""

    label: str
    arguments: tuple[str, ...]
    path: str
    valid: tuple[str, ...]
    """What the answer must offer instead."""
    body: dict[str, object] | None = None
    status: int = 400
    given: str = ""
    """What the sentence must repeat."""
    only: tuple[str, ...] = field(default=("line", "http"))

    def __str__(self) -> str:
        return self.label


WRONG = (
    Wrong("layering", ("layers", "rmf"), "/layerings/rmf", tuple(KINDS), status=404, given="rmf"),
    Wrong("layering of flows", ("flows", "rmf"), "/layerings/rmf/flows", tuple(KINDS), status=404, given="rmf"),
    Wrong("parameter", ("layers", "rfm", "--set", "speed=3"), "/layerings/rfm/impact",
          ("recency", "frequency", "monetary", "window_days"), {"parameters": {"speed": 3}}, given="speed"),
    Wrong("cut", ("layers", "rfm", "--set", "recency=modus"), "/layerings/rfm/impact",
          ("mean", "median", "q0.8"), {"parameters": {"recency": "modus"}}, given="recency"),
    Wrong("quantile", ("layers", "rfm", "--set", "monetary=q1.8"), "/layerings/rfm/impact",
          ("mean", "median", "q0.8"), {"parameters": {"monetary": "q1.8"}}, given="monetary"),
    Wrong("window", ("layers", "rfm", "--set", "window_days=-1"), "/layerings/rfm/impact",
          ("window_days",), {"parameters": {"window_days": -1}}, given="window_days"),
    Wrong("cuts the wrong way round", ("layers", "social", "--set", "creator=1", "--set", "contributor=2"),
          "/layerings/social/impact", ("weights", "window_days", "creator", "contributor"),
          {"parameters": {"creator": 1, "contributor": 2}}, given="2"),
    Wrong("bands of a text", ("layers", "split", "--set", "trait=city", "--set", "bands=[1,2]"),
          "/layerings/split/impact", ("trait", "bands", "most"),
          {"parameters": {"trait": "city", "bands": [1, 2]}}, given="city"),
    Wrong("a number without bands", ("layers", "split", "--set", "trait=age_years"),
          "/layerings/split/impact", ("trait", "bands"), {"parameters": {"trait": "age_years"}}, given="age_years"),
    Wrong("a trait that is none", ("layers", "split", "--set", "trait=shoe_size"),
          "/layerings/split/impact", ("city", "favourite_category"), {"parameters": {"trait": "shoe_size"}}, given="shoe_size"),
    Wrong("kol below koc", ("layers", "influence", "--set", "kol=1", "--set", "koc=2"),
          "/layerings/influence/impact", ("kol", "koc"), {"parameters": {"kol": 1, "koc": 2}}, given="2"),
    Wrong("day before all data", ("layers", "rfm", "--as-of", "1999-01-01"), "/layerings/rfm?as_of=1999-01-01",
          ("2024-01-06", "2024-01-09"), given="1999-01-01"),
    Wrong("day far ahead", ("layers", "rfm", "--as-of", "9999-01-01"), "/layerings/rfm?as_of=9999-01-01",
          ("2024-01-09",), given="9999-01-01"),
    Wrong("customer", ("explain", "nobody"), "/customers/nobody", (), status=404, given="nobody"),
)  # fmt: skip
every_wrong_call = pytest.mark.parametrize("wrong", WRONG, ids=str)
pytestmark = pytest.mark.usefixtures("nothing_lost")


def offers(told: Told, wrong: Wrong) -> None:
    """What was given is repeated, and what may be given is listed, in both languages."""
    for what, mend in ((told.what, told.mend), (told.what_zh, told.mend_zh)):
        assert wrong.given in what
        assert all(name in what + mend + json.dumps(told.details, default=str) for name in wrong.valid)
        assert mend.strip()
    assert told.what != told.what_zh


@every_wrong_call
def test_the_command_line_lists_what_is_valid(capsys: Printed, corner: Workspace, wrong: Wrong) -> None:
    called = here(capsys, *wrong.arguments, "--json", "-w", corner.path)
    assert (called.code, called.out) == (2, "")
    error = json.loads(called.err)["error"]
    offers(Told(error["error"], error["hint"], error["error_zh"], error["hint_zh"], error["code"], error["details"]), wrong)  # fmt: skip


@every_wrong_call
def test_http_lists_what_is_valid(corner_client: TestClient, wrong: Wrong) -> None:
    method = "GET" if wrong.body is None else "POST"
    answer = corner_client.request(method, f"{API}{wrong.path}", json=wrong.body)
    assert answer.status_code == wrong.status
    offers(problem(answer.json()), wrong)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_people_read_two_lines(
    capsys: Printed, corner: Workspace, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("TITIAN_LANG", language)
    called = here(capsys, "layers", "rmf", "-w", corner.path)
    what, mend = called.err.splitlines()
    assert what.startswith({"en": "error: ", "zh": "错误："}[language])
    assert mend.startswith({"en": "mend:  ", "zh": "处理："}[language])
    assert all(kind in mend for kind in KINDS)


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        (tt.RFM, {"recency": "modus"}),
        (tt.RFM, {"colour": "red"}),
        (tt.RFM, {"window_days": 0}),
        (tt.RFM, {"frequency": float("nan")}),
        (tt.RFMScore, {"recency_weight": 0.9}),
        (tt.RFMScore, {"recency_bounds": (1, 2, 3)}),
        (tt.ValueLevels, {"warning_days": "soon"}),
        (tt.ValueLevels, {"warning_days": 90, "churn_days": 30}),
        (tt.Matrix, {"dimensions": []}),
        (tt.Matrix, {"dimensions": ["shoe_size"]}),
        (tt.Matrix, {"dimensions": ["spend"] * 6}),
    ],
    ids=lambda given: given.__name__ if isinstance(given, type) else str(given),
)
def test_python_refuses_a_parameter_with_both_languages_and_a_mend(
    kind: type[tt.Layering], parameters: dict[str, object]
) -> None:
    with pytest.raises(tt.TitianError) as raised:
        kind(**parameters)
    error = raised.value
    assert any(name in error.message + str(error.details) for name in (*parameters, "shoe_size"))
    assert error.hint
    assert error.hint_zh
    assert error.zh != error.message


@pytest.mark.parametrize("target", ["vip", "none", ""])
def test_a_gap_to_a_layer_that_can_not_be_aimed_at_lists_those_that_can(corner: Workspace, target: str) -> None:
    got = tt.RFM().assign(tt.Dataset.open(corner.path), as_of=date(2024, 1, 9).isoformat())
    with pytest.raises(tt.TitianError) as raised:
        got.gap(target=target)
    assert "important_value" in raised.value.details["valid"]


@pytest.mark.parametrize("who", ["nobody", "", "'; drop table orders; --"])
def test_nobodys_reasons_are_refused(corner: Workspace, who: str) -> None:
    got = tt.RFM().assign(tt.Dataset.open(corner.path), as_of="2024-01-09")
    with pytest.raises(tt.TitianError) as raised:
        got.explain(who)
    assert raised.value.zh != raised.value.message


@pytest.mark.parametrize("name", ["spending", "spend_d", "spend_-3d", "", "SPEND"])
def test_a_trait_that_is_none_is_refused_with_those_there_are(corner_desk: Desk, name: str) -> None:
    with pytest.raises(tt.TitianError) as raised:
        tt.traits([name], tt.Dataset.open(corner_desk.workspace.path), as_of="2024-01-09")
    assert "spend" in raised.value.details["valid"]


@pytest.mark.parametrize("as_of", ["yesterday", "2024-13-01", "", "01/02/2024"])
def test_a_day_that_is_none_is_refused(corner: Workspace, as_of: str) -> None:
    with pytest.raises(tt.TitianError) as raised:
        tt.RFM().assign(tt.Dataset.open(corner.path), as_of=as_of)
    assert raised.value.hint
