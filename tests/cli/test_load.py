"""load: what is said of a file, what is asked, and what is done with it."""

import io
import json
import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests.app import market
from tests.cli.calling import Called, here
from titian.app import importing
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.cli.confirming import confirmed
from titian.errors import InputError

Printed = pytest.CaptureFixture[str]
ORDERS = [market.Order(f"q{n}", f"c{n % 3}", datetime(2024, 12, 1 + n), 10.0 + n, "paid") for n in range(6)]
ODD = "x,y,z\na1,03/04/2024,5\na2,05/06/2024,6\n"
SAID = ["--map", "customer_id=x", "--map", "ordered_at=y", "--map", "amount=z"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return market.write_orders(tmp_path / "订单 1.csv", ORDERS)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "odd.csv"
    path.write_text(ODD)
    return path


def load(capsys: Printed, desk: Desk, source: object, *options: object) -> Called:
    return here(capsys, "load", str(source), *map(str, options), "-w", desk.workspace.path)


def test_a_load_for_machines_is_the_run_that_was_written_down(capsys: Printed, empty: Desk, file: Path) -> None:
    run = json.loads(load(capsys, empty, file, "--json").out)
    assert run == importing.runs(empty, None, 1).runs[0].model_dump(mode="json")
    assert (run["state"], run["file_name"], run["result"]["added"]) == ("done", "订单 1.csv", 6)


def test_a_load_for_people_says_what_was_done_in_their_language(
    capsys: Printed, empty: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "6 rows, 6 good, 0 rejected; 6 added, 0 updated, 0 unchanged" in load(capsys, empty, file).out
    monkeypatch.setenv("TITIAN_LANG", "zh")
    assert "读取 6 行，合格 6，拒绝 0；新增 0，更新 0，未变 6" in load(capsys, empty, file).out


def test_orders_of_nobody_are_said(capsys: Printed, empty: Desk, tmp_path: Path) -> None:
    rows = [*ORDERS, market.Order("q9", "", datetime(2024, 12, 9), 1.0, "paid")]
    out = load(capsys, empty, market.write_orders(tmp_path / "a.csv", rows)).out
    assert "1 without a customer" in out


def test_what_the_values_do_not_tell_is_asked_with_the_command_to_complete(
    capsys: Printed, empty: Desk, odd: Path, chinese: None
) -> None:
    called = load(capsys, empty, odd, "--table", "orders", "--json")
    error = json.loads(called.err)["error"]
    assert (called.code, called.out) == (2, "")
    assert error["details"]["columns"] == ["x", "y", "z"]
    assert set(error["details"]["missing"]) <= {"customer_id", "ordered_at", "amount"}
    assert "补全后运行：titian load" in error["hint_zh"]


def test_what_is_said_is_taken_as_said(capsys: Printed, empty: Desk, odd: Path) -> None:
    run = json.loads(load(capsys, empty, odd, "--table", "orders", *SAID, "--date-order", "dmy", "--json").out)
    assert run["result"]["added"] == 2
    with empty.reading() as reading:
        held = reading.data.execute(reading.data.table("orders").order_by("ordered_at"))
    local = [row["ordered_at"].isoformat() for row in held]  # type: ignore[union-attr]
    assert local == ["2024-04-02T16:00:00", "2024-06-04T16:00:00"]


def test_times_are_of_the_zone_that_was_said(capsys: Printed, empty: Desk, odd: Path) -> None:
    load(capsys, empty, odd, "--table", "orders", *SAID, "--date-order", "mdy", "--timezone", "UTC")
    with empty.reading() as reading:
        held = reading.data.execute(reading.data.table("orders").order_by("ordered_at"))
    assert [row["ordered_at"].isoformat() for row in held] == ["2024-03-04T00:00:00", "2024-05-06T00:00:00"]  # type: ignore[union-attr]


def test_status_words_are_read_as_said(capsys: Printed, empty: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "order_id,customer_id,ordered_at,amount,status\n1,a,2024-01-01,3,gelukt\n2,b,2024-01-02,4,mislukt\n"
    )
    said = ["--status", "gelukt=paid", "--status", "mislukt=cancelled"]
    assert load(capsys, empty, path, *said, "--json").code == 0
    with empty.reading() as reading:
        held = {row["order_id"]: row["status"] for row in reading.data.execute(reading.data.table("orders"))}
    assert held == {"1": "paid", "2": "cancelled"}


@pytest.mark.parametrize(
    "options",
    [
        ["--map", "shoe=x"],
        ["--map", "customer_id=nobody"],
        ["--table", "shoes"],
        ["--date-order", "myd"],
        ["--map", "x"],
    ],
    ids=" ".join,
)
def test_what_can_not_be_is_refused_and_nothing_is_loaded(
    capsys: Printed, empty: Desk, odd: Path, options: list[str]
) -> None:
    called = load(capsys, empty, odd, *options)
    assert (called.code, called.out) == (2, "")
    assert called.err.startswith("error: ")
    assert importing.runs(empty, None, 1).runs == ()


def test_a_file_of_bad_rows_only_fails_the_work(capsys: Printed, empty: Desk, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("order_id,customer_id,ordered_at,amount\n1,a,2024-01-01,lots\n2,b,2024-01-02,many\n")
    mapping = tmp_path / "map.yaml"
    names = ("order_id", "customer_id", "ordered_at", "amount")
    mapping.write_text(f"table: orders\ncolumns: {json.dumps({name: name for name in names})}\n")
    called = load(capsys, empty, path, "--mapping-file", mapping)
    assert called.code == 1
    assert "lots" in called.err


def test_rejected_rows_are_shown_and_written_where_asked(capsys: Printed, empty: Desk, tmp_path: Path) -> None:
    good = "".join(f"{n},c{n},2024-01-0{n},5\n" for n in range(1, 9))
    (tmp_path / "a.csv").write_text(f"order_id,customer_id,ordered_at,amount\n{good}9,x,2024-01-09,lots\n")
    called = load(capsys, empty, tmp_path / "a.csv", "--reject-file", tmp_path / "bad.csv")
    assert called.code == 0
    assert "row 10 amount = 'lots'" in called.err
    assert "lots" in (tmp_path / "bad.csv").read_text("utf-8-sig")


def answering(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def asked(desk: Desk, path: Path) -> dict[str, str]:
    """The columns that the person at the terminal agreed to."""
    source = SourceAsked(str(path))
    return dict(confirmed(desk, source, importing.look(desk, source, "orders", None)).columns)


def test_enter_takes_a_confident_guess(empty: Desk, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "")
    assert asked(empty, file) == dict(market.MAPPING.columns)


@pytest.mark.parametrize("no", ["n", "No", "q", "否"])
def test_no_loads_nothing(empty: Desk, file: Path, monkeypatch: pytest.MonkeyPatch, no: str) -> None:
    answering(monkeypatch, no)
    with pytest.raises(InputError, match="nothing was loaded"):
        asked(empty, file)


def test_a_column_can_be_said_otherwise_before_it_is_agreed_to(
    empty: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("order_id,customer_id,ordered_at,amount,price\n1,a,2024-01-01,3,5\n2,b,2024-01-02,4,6\n")
    answering(monkeypatch, "amount = price", "y")
    assert asked(empty, path)["amount"] == "price"


def test_the_end_of_the_input_stops_it(empty: Desk, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        asked(empty, file)


def test_the_guess_is_shown_with_samples_before_it_is_asked(
    capsys: Printed, empty: Desk, file: Path, monkeypatch: pytest.MonkeyPatch, chinese: None
) -> None:
    answering(monkeypatch, "是")
    asked(empty, file)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert all(word in shown.err for word in ("订单 1.csv", "字段", "customer_id *", "2024-12-01", "这样导入吗"))
