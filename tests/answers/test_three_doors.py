"""Python, the command line and HTTP say the same of the same shop, as data and in both languages."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

import titian as tt
from tests.answers.book import KEYS, START, layers_of
from tests.answers.conftest import Asks
from tests.app import bazaar
from tests.cli.calling import here
from titian.app.desk import Desk

Printed = pytest.CaptureFixture[str]
every_layering = pytest.mark.parametrize("key", KEYS)
KINDS = {"rfm": tt.RFM, "rfm_score": tt.RFMScore, "value_levels": tt.ValueLevels, "matrix": tt.Matrix}


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TITIAN_LANG", "en")


@pytest.fixture(scope="module")
def data(bazaar_desk: Desk) -> tt.Dataset:
    return tt.Dataset.open(bazaar_desk.workspace.path)  # type: ignore[return-value]


def said(printed: Printed, desk: Desk, *arguments: str) -> Any:
    """What the command says to machines."""
    called = here(printed, *arguments, "--json", "-w", desk.workspace.path)
    assert called.code == 0, called.err
    return json.loads(called.out)


def shown(printed: Printed, desk: Desk, *arguments: str) -> str:
    """What the command says to people."""
    called = here(printed, *arguments, "-w", desk.workspace.path)
    assert called.code == 0, called.err
    return called.out


@every_layering
def test_python_puts_everyone_where_http_lists_them(data: tt.Dataset, ask: Asks, key: str) -> None:
    got = KINDS[key]().assign(data, as_of=str(bazaar.END))
    rows = ask("/customers", layering=key, limit=500)["rows"]
    frame = got.to_pandas()
    assert dict(zip(frame["customer_id"], frame["layer"], strict=True)) == {r["customer_id"]: r["layer"] for r in rows}
    assert list(got.counts()["customers"]) == [layer["customers"] for layer in ask(f"/layerings/{key}")["layers"]]


@every_layering
def test_the_page_of_the_command_line_is_that_of_http(capsys: Printed, bazaar_desk: Desk, ask: Asks, key: str) -> None:
    in_line = said(capsys, bazaar_desk, "layers", key, "--as-of", str(START))
    page = ask(f"/layerings/{key}", as_of=START)
    assert in_line["layers"] == page["layers"]
    assert in_line["cuts"] == page["cuts"]


@pytest.mark.parametrize("key", ["rfm", "value_levels"])
@pytest.mark.parametrize("refit", [False, True])
def test_flows_are_the_same_at_the_line(
    capsys: Printed, bazaar_desk: Desk, ask: Asks, data: tt.Dataset, key: str, refit: bool
) -> None:
    days = ["--from", str(START), "--to", str(bazaar.END), *(["--refit"] if refit else [])]
    in_line = said(capsys, bazaar_desk, "flows", key, *days)
    assert in_line == ask(f"/layerings/{key}/flows", start=START, end=bazaar.END, refit=refit)
    plain = tt.flows(KINDS[key](), data, start=str(START), end=str(bazaar.END), refit=refit)
    assert [in_line[way] for way in ("stayed", "up", "down", "across")] == [
        plain.stayed,
        plain.up,
        plain.down,
        plain.across,
    ]


def rounded(told: Any) -> Any:
    """An answer with nine digits of each number."""
    if isinstance(told, dict):
        return {name: rounded(value) for name, value in told.items()}
    if isinstance(told, list):
        return [rounded(value) for value in told]
    return float(f"{told:.9g}") if isinstance(told, float) else told


@pytest.mark.parametrize("key", ["rfm", "value_levels"])
@pytest.mark.parametrize("outcome", ["spend_90d", "part_of_day"])
def test_the_test_of_a_split_is_the_same_at_the_line(
    capsys: Printed, bazaar_desk: Desk, ask: Asks, data: tt.Dataset, key: str, outcome: str
) -> None:
    in_line = said(capsys, bazaar_desk, "split-test", key, "--outcome", outcome, "--as-of", str(START))
    # A variance is added up in whatever order the threads come: its last bits are not the same twice.
    assert rounded(in_line) == rounded(ask(f"/layerings/{key}/split-test", outcome=outcome, as_of=START))
    plain = tt.split_test(KINDS[key](), data, as_of=str(START), outcome=outcome)
    assert in_line["effect"] == pytest.approx(plain.effect_size)
    assert in_line["verdict"] == plain.verdict.key


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("outcome", ["spend_90d", "part_of_day"])
def test_the_test_for_people_says_the_verdict_and_every_layer(
    capsys: Printed, bazaar_desk: Desk, monkeypatch: pytest.MonkeyPatch, ask: Asks, language: str, outcome: str
) -> None:
    monkeypatch.setenv("TITIAN_LANG", language)
    out = shown(capsys, bazaar_desk, "split-test", "rfm", "--outcome", outcome).splitlines()
    found = ask("/layerings/rfm/split-test", outcome=outcome)
    assert found["verdict_words"][language] in out[0]
    assert out[1] == found["sentence"][language]
    for line in found["layers"]:
        (printed,) = (one for one in out if re.search(rf"\b{line['layer']['key']}\b", one))
        figures = [f"{count:,}" for count in line["counts"]] if found["values"] else [f"{line['mean'] or 0:,.2f}"]
        assert all(figure in printed.split() for figure in figures if line["valued"])
    assert [one[2:] for one in out if one.startswith("! ")] == [note["text"][language] for note in found["notes"]]


@pytest.mark.parametrize("who", ["b00", "b33"])
def test_a_portrait_is_the_same_at_the_line(
    capsys: Printed, bazaar_desk: Desk, ask: Asks, data: tt.Dataset, who: str
) -> None:
    in_line, page = said(capsys, bazaar_desk, "explain", who), ask(f"/customers/{who}")
    assert in_line["layers"] == page["layers"]
    assert in_line["timeline"] == page["timeline"]
    reasons = next(place["reasons"] for place in page["layers"] if place["layering"] == "rfm")
    plain = tt.RFM().assign(data, as_of=str(bazaar.END)).explain(who)
    assert [(r["value"], r["cut"], r["sentence"]["zh"]) for r in reasons] == [
        (r.value, r.cut, r.sentence.zh) for r in plain
    ]


@every_layering
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_for_people_holds_every_layer_and_count(
    capsys: Printed, bazaar_desk: Desk, monkeypatch: pytest.MonkeyPatch, ask: Asks, key: str, language: str
) -> None:
    monkeypatch.setenv("TITIAN_LANG", language)
    out = shown(capsys, bazaar_desk, "layers", key)
    for layer in ask(f"/layerings/{key}")["layers"]:
        (line,) = (line for line in out.splitlines() if re.search(rf"\b{layer['layer']['key']}\b", line))
        assert layer["layer"]["name"][language] in line
        assert f"{layer['customers']:,}" in line.split()
        assert f"{layer['share']:.1%}" in line.split()
        assert f"{layer['money']:,.2f}" in line.split()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_flows_for_people_hold_every_move(
    capsys: Printed, bazaar_desk: Desk, monkeypatch: pytest.MonkeyPatch, ask: Asks, language: str
) -> None:
    monkeypatch.setenv("TITIAN_LANG", language)
    out = shown(capsys, bazaar_desk, "flows", "rfm", "--from", str(START), "--to", str(bazaar.END))
    found = ask("/layerings/rfm/flows", start=START, end=bazaar.END)
    moves = [move for move in found["moves"] if move["direction"] != "stayed"]
    assert len(out.splitlines()) == len(moves) + 2
    for way in ("stayed", "up", "down", "across"):
        assert f"{found[way]:,}" in out.splitlines()[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_reasons_for_people_are_the_sentences_of_the_portrait(
    capsys: Printed, bazaar_desk: Desk, monkeypatch: pytest.MonkeyPatch, ask: Asks, language: str
) -> None:
    monkeypatch.setenv("TITIAN_LANG", language)
    out = shown(capsys, bazaar_desk, "explain", "b07")
    for place in ask("/customers/b07")["layers"]:
        assert place["layer"]["name"][language] in out
        assert all(reason["sentence"][language] in out for reason in place["reasons"])
        assert all(gap["sentence"][language] in out for gap in place["gaps"] if gap["gap"])


@pytest.mark.parametrize(
    ("options", "parameters"),
    [
        (["recency=30"], {"recency": 30}),
        (["window_days=null", "monetary=q0.8"], {"window_days": None, "monetary": "q0.8"}),
        (
            ["frequency=mean", "monetary=mean", "recency=mean"],
            {"frequency": "mean", "monetary": "mean", "recency": "mean"},
        ),
    ],
    ids=str,
)
def test_parameters_tried_at_each_door_give_the_same_layers(
    capsys: Printed, bazaar_desk: Desk, data: tt.Dataset, options: list[str], parameters: dict[str, Any]
) -> None:
    sets = [part for option in options for part in ("--set", option)]
    in_line = said(capsys, bazaar_desk, "layers", "rfm", *sets)
    counted = {layer["layer"]["key"]: layer["customers"] for layer in in_line["layers"]}
    plain = tt.RFM(**parameters).assign(data, as_of=str(bazaar.END)).counts()
    assert counted == dict(zip(plain["layer"], plain["customers"], strict=True))


def test_all_layerings_at_once_are_each_alone(data: tt.Dataset) -> None:
    together = tt.assign([kind() for kind in KINDS.values()], data, as_of=str(bazaar.END))
    for key in KEYS:
        found = dict(zip(together["customer_id"], together[key], strict=True))
        assert Counter(found.values()) == Counter(layers_of(key, bazaar.END, bazaar.END).values())
