"""An engineer's round: make a workspace, load, look, explain, back up, restore, rebuild."""

import csv
import json
import os
import pty
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from tests.app import market
from tests.cli.calling import command, here, titian
from titian.app.workspace import Workspace


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("work")
    assert titian("init", "shop", folder=folder).code == 0
    path = market.write_orders(folder / "我的 订单.csv", list(market.orders()))
    called = titian("load", path, "--workspace", folder / "shop", "--json")
    assert called.code == 0, called.err
    assert json.loads(called.out)["result"]["good"] == 400
    return folder / "shop"


def test_loading_the_same_again_changes_nothing(made: Path) -> None:
    called = titian("load", made.parent / "我的 订单.csv", TITIAN_WORKSPACE=str(made))
    assert called.code == 0
    assert "0 added, 0 updated, 400 unchanged" in called.out


def test_layers_count_everyone_and_write_them_out(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    called = here(capsys, "layers", "rfm", "--out", tmp_path / "rfm.csv", "--json", "-w", made)
    page = json.loads(called.out)
    rows = list(csv.DictReader((tmp_path / "rfm.csv").open(encoding="utf-8-sig")))
    counts = {layer["layer"]["key"]: layer["customers"] for layer in page["layers"] if layer["customers"]}
    assert {key: sum(row["layer"] == key for row in rows) for key in counts} == counts
    assert len(rows) == page["customers"]


def test_parameters_of_the_call_are_used(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = json.loads(
        here(capsys, "layers", "rfm", "--set", "recency=30", "--set", "window_days=null", "--json", "-w", made).out
    )
    assert (page["parameters"]["recency"], page["parameters"]["window_days"]) == (30, None)


@pytest.mark.full
def test_tables_for_people_are_in_their_language(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "重要价值客户" in titian("layers", "rfm", "-w", made, TITIAN_LANG="zh").out
    assert "Champions" in here(capsys, "layers", "rfm", "-w", made).out


def test_flows_conserve(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(
        here(capsys, "flows", "rfm", "--from", "2024-06-01", "--to", "2024-11-01", "--json", "-w", made).out
    )
    through = sum(found[name] for name in ("stayed", "up", "down", "across"))
    assert found["start_customers"] == through + sum(found["left"].values())


def test_explain_gives_reasons(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Value (RFM)" in here(capsys, "explain", "00003", "-w", made).out


@pytest.mark.full
def test_a_backup_is_restored_rebuilt_and_healthy(made: Path, tmp_path: Path) -> None:
    assert titian("backup", tmp_path / "b.tar", "-w", made).code == 0
    assert titian("restore", tmp_path / "b.tar", tmp_path / "again").code == 0
    assert titian("rebuild", "-w", tmp_path / "again").code == 0
    assert titian("doctor", "-w", tmp_path / "again").code == 0
    first, second = (titian("layers", "rfm", "--json", "-w", folder).out for folder in (made, tmp_path / "again"))
    assert json.loads(first)["layers"] == json.loads(second)["layers"]


def test_an_unsure_guess_stops_with_the_mapping_to_complete(own_shop: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("x,y,z\na1,03/04/2024,5\na2,05/06/2024,6\n")
    called = titian("load", path, "--table", "orders", "-w", own_shop.path)
    assert (called.code, called.out) == (2, "")
    assert "titian load" in called.err.splitlines()[1]
    said = titian(
        "load", path, "--table", "orders", "--map", "customer_id=x", "--map", "ordered_at=y", "--map", "amount=z",
        "--date-order", "dmy", "--json", "-w", own_shop.path,
    )  # fmt: skip
    assert said.code == 0, said.err
    assert json.loads(said.out)["result"]["added"] == 2


def test_bad_rows_go_to_the_reject_file_and_strict_loads_nothing(own_shop: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    good = "".join(f"q{n},a{n},2024-12-{n:02d},{n}.5\n" for n in range(1, 9))
    path.write_text(f"order_id,customer_id,ordered_at,amount\n{good}q9,b,never,4\n")
    rejects = tmp_path / "bad rows.csv"
    strict = titian("load", path, "--strict", "--reject-file", rejects, "-w", own_shop.path)
    assert strict.code == 1
    assert "never" in rejects.read_text("utf-8-sig")
    rejects.unlink()
    called = titian("load", path, "--reject-file", rejects, "-w", own_shop.path)
    assert called.code == 0
    assert "8 good, 1 rejected" in called.out
    assert "never" in rejects.read_text("utf-8-sig")


def test_at_a_terminal_the_guess_is_shown_and_confirmed(own_shop: Workspace, tmp_path: Path) -> None:
    path = market.write_orders(tmp_path / "new.csv", [market.Order("n1", "new", datetime(2024, 12, 5), 9.0, "paid")])
    ours, theirs = pty.openpty()
    os.write(ours, b"\n")
    ran = subprocess.run(
        command("load", path, "-w", own_shop.path), stdin=theirs, stderr=theirs, stdout=subprocess.PIPE,
        env={**os.environ, "TITIAN_LANG": "zh", "TERM": "dumb"}, check=False, timeout=120,
    )  # fmt: skip
    shown = os.read(ours, 100_000).decode("utf-8", "replace")
    assert "这样导入吗" in shown
    assert "新增 1" in ran.stdout.decode()


def test_the_demo_is_loaded_once_and_starts_again_with_it(tmp_path: Path) -> None:
    first = titian("demo", "--workspace", tmp_path / "demo", "--no-serve", "--json")
    assert (first.code, json.loads(first.out)["customers"]) == (0, 4372)
    again = titian("demo", "--workspace", tmp_path / "demo", "--no-serve", "--json")
    assert again.out == first.out
    assert "CC BY 4.0" in again.err


@pytest.mark.full
def test_the_demo_shows_the_tea_house_when_asked(tmp_path: Path) -> None:
    called = titian(
        "demo", "--data", "tea", "--customers", 30, "-w", tmp_path / "tea", "--no-serve", "--json", TITIAN_LANG="zh"
    )
    assert (called.code, json.loads(called.out)["customers"]) == (0, 30)
    assert "茶舍" in called.err


def test_the_demo_refuses_a_shop_of_three(tmp_path: Path) -> None:
    called = titian("demo", "--data", "tea", "--customers", 3, "-w", tmp_path / "tea", "--no-serve")
    assert called.code == 2
    assert "20 to 10,000,000" in called.err
