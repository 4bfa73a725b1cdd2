"""layers, flows, explain: what they print is what the use cases answer."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.app import bazaar
from tests.cli.calling import here
from titian.app import changes, histories, layerings, portraits
from titian.app.desk import Desk, Reading
from titian.app.workspace import Workspace

KEYS = ["rfm", "rfm_score", "value_levels", "matrix"]
Printed = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def folder(bazaar_desk: Desk) -> Path:
    return bazaar_desk.workspace.path


@pytest.mark.parametrize("key", KEYS)
def test_layers_for_machines_are_the_answer_of_the_page(
    capsys: Printed, folder: Path, market_day: Reading, key: str
) -> None:
    called = here(capsys, "layers", key, "--json", "-w", folder)
    assert (called.code, called.err) == (0, "")
    expected = layerings.now(market_day, key, None, None).model_dump(mode="json")
    assert json.loads(called.out) == expected


@pytest.mark.parametrize("key", ["rfm", "value_levels"])
def test_layers_for_people_name_every_layer_with_its_customers(
    capsys: Printed, folder: Path, market_day: Reading, key: str
) -> None:
    lines = here(capsys, "layers", key, "-w", folder).out.splitlines()
    for layer in layerings.now(market_day, key, None, None).layers:
        (line,) = (line for line in lines if f" {layer.layer.key} " in f"{line} " and layer.layer.name.en in line)
        assert f" {layer.customers:,} " in line


def test_layers_are_named_in_chinese_where_that_is_spoken(capsys: Printed, folder: Path, chinese: None) -> None:
    out = here(capsys, "layers", "value_levels", "-w", folder).out
    assert all(word in out for word in ("层级", "客户数", "切分", "流失"))


def test_cuts_and_notes_are_printed_below_the_table(capsys: Printed, folder: Path, market_day: Reading) -> None:
    out = here(capsys, "layers", "rfm", "-w", folder).out
    page = layerings.now(market_day, "rfm", None, None)
    assert all(f"cut {cut.trait}: {cut.rule} = {cut.value:,.2f}" in out for cut in page.cuts)
    assert [line[2:] for line in out.splitlines() if line.startswith("! ")] == [note.text.en for note in page.notes]


@pytest.mark.parametrize("day", ["2024-01-01", "2024-06-16"])
def test_the_day_is_the_asked_one(capsys: Printed, folder: Path, day: str) -> None:
    page = json.loads(here(capsys, "layers", "rfm", "--as-of", day, "--json", "-w", folder).out)
    assert page["period"]["as_of"] == day
    assert page["customers"] == len(bazaar.everyone(date.fromisoformat(day)))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_everyone_is_written_to_the_file_and_it_is_said_where(
    capsys: Printed, folder: Path, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / f"all.{kind}"
    called = here(capsys, "layers", "rfm", "--out", out, "-w", folder)
    assert called.code == 0
    assert str(out) in called.out
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_a_file_that_can_not_be_written_fails_the_work(capsys: Printed, folder: Path, tmp_path: Path) -> None:
    called = here(capsys, "layers", "rfm", "--out", tmp_path / "no" / "folder.csv", "-w", folder)
    assert called.code == 1
    assert called.err.startswith("error: cannot write")


@pytest.mark.parametrize("refit", [False, True])
def test_flows_for_machines_are_the_answer_of_the_page(
    capsys: Printed, folder: Path, market_day: Reading, refit: bool
) -> None:
    asked = ["flows", "rfm", "--from", "2024-02-01", "--to", "2024-06-01", "--json", "-w", str(folder)]
    called = here(capsys, *asked, *(["--refit"] if refit else []))
    expected = changes.flows(market_day, "rfm", date(2024, 2, 1), date(2024, 6, 1), refit)
    assert json.loads(called.out) == expected.model_dump(mode="json")


@pytest.mark.parametrize("refit", [False, True])
def test_flows_for_people_say_the_sums_and_every_move(
    capsys: Printed, folder: Path, market_day: Reading, refit: bool
) -> None:
    asked = ["flows", "rfm", "--from", "2024-02-01", "--to", "2024-06-01", "-w", str(folder)]
    out = here(capsys, *asked, *(["--refit"] if refit else [])).out
    found = changes.flows(market_day, "rfm", date(2024, 2, 1), date(2024, 6, 1), refit)
    assert f"stayed {found.stayed}, up {found.up}, down {found.down}, across {found.across}" in out
    assert ("only because the cut moved" in out) is refit
    moves = [move for move in found.moves if move.direction != "stayed"]
    assert len(out.splitlines()) == 2 + refit + len(moves)


def test_flows_speak_chinese(capsys: Printed, folder: Path, chinese: None) -> None:
    out = here(capsys, "flows", "value_levels", "-w", folder).out
    assert all(word in out for word in ("未变", "上升", "下降", "平移", "新进", "离开"))


def test_history_for_machines_is_the_answer_of_the_page(capsys: Printed, folder: Path, market_day: Reading) -> None:
    asked = [
        "history",
        "rfm",
        "--from",
        "2024-05-01",
        "--to",
        "2024-06-01",
        "--every",
        "week",
        "--json",
        "-w",
        str(folder),
    ]
    expected = histories.sizes(market_day, histories.Asked("rfm", date(2024, 5, 1), date(2024, 6, 1), "week"))
    assert json.loads(here(capsys, *asked).out) == expected.model_dump(mode="json")


def test_history_for_people_shows_some_of_many_days_and_the_last(
    capsys: Printed, folder: Path, market_day: Reading
) -> None:
    out = here(capsys, "history", "rfm", "--from", "2024-05-01", "--to", "2024-06-01", "-w", folder).out
    found = histories.sizes(market_day, histories.Asked("rfm", date(2024, 5, 1), date(2024, 6, 1)))
    days = [line.split()[0] for line in out.splitlines() if line.startswith("2024")]
    assert (days[:3], days[-1]) == (["2024-05-01", "2024-05-03", "2024-05-05"], "2024-06-01")
    assert f"of 32 days are shown; {sum(found.moved)} moves in all" in out


def test_a_portrait_for_machines_is_the_answer_of_the_page(capsys: Printed, folder: Path, market_day: Reading) -> None:
    called = here(capsys, "explain", "b10", "--json", "-w", folder)
    assert json.loads(called.out) == portraits.portrait(market_day, "b10", None, None).model_dump(mode="json")


def test_a_portrait_for_people_gives_every_reason_and_open_gap(
    capsys: Printed, folder: Path, market_day: Reading
) -> None:
    out = here(capsys, "explain", "b10", "-w", folder).out
    for place in portraits.portrait(market_day, "b10", None, None).layers:
        assert f"{place.name.en}: {place.layer.name.en} ({place.layer.key})" in out
        assert all(f"{'▲' if why.high else '▽'} {why.sentence.en}" in out for why in place.reasons)
        assert all((f"→ {gap.sentence.en}" in out) is bool(gap.gap) for gap in place.gaps)


def test_reasons_are_given_in_chinese(capsys: Printed, folder: Path, chinese: None) -> None:
    out = here(capsys, "explain", "b01", "-w", folder).out
    assert "李 雷" in out
    assert "距上次购买" in out


@pytest.mark.parametrize("command", [["layers", "rfm"], ["flows", "rfm"], ["explain", "a"]], ids=lambda c: c[0])
def test_without_orders_the_way_to_some_is_said(capsys: Printed, empty: Desk, command: list[str]) -> None:
    called = here(capsys, *command, "-w", empty.workspace.path)
    assert (called.code, called.out) == (1, "")
    assert "titian load" in called.err.splitlines()[1]


@pytest.mark.parametrize(
    ("given", "code"),
    [(["--set", "recency=[1, 2"], "layering"), (["--set", "recency=1", "--set", "recency=2"], "input")],
    ids=["no yaml", "twice"],
)
def test_a_wrong_parameter_is_named_for_machines(capsys: Printed, shop: Workspace, given: list[str], code: str) -> None:
    called = here(capsys, "layers", "rfm", *given, "--json", "-w", shop.path)
    assert (called.code, called.out) == (2, "")
    error = json.loads(called.err)["error"]
    assert error["code"] == code
    assert all(error[name] for name in ("error", "hint", "error_zh", "hint_zh"))
