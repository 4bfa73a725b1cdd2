"""Imports: guessed, confirmed, run, written down; what they changed is said."""

import threading
import time
from datetime import datetime
from pathlib import Path

import pytest

from tests.app import market
from titian.app import importing
from titian.app.answers.imports import ImportAsked, ImportRun
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.runs import ENDED
from titian.domain.mapping import Mapping
from titian.errors import ConflictError, InputError, NotFoundError, TitianError, UnknownNameError
from titian.warehouse.progress import silent

NEW = [
    market.Order("n1", "00003", datetime(2024, 12, 5), 900.0, "paid"),
    market.Order("n2", "fresh", datetime(2024, 12, 6), 5.0, "paid"),
]


def uploaded(desk: Desk, path: Path) -> str:
    upload = desk.uploads.begin(path.name)
    upload.path.write_bytes(path.read_bytes())
    return upload.id


def ended(desk: Desk, run: ImportRun) -> ImportRun:
    until = time.monotonic() + 60
    while (found := importing.run(desk, run.id)).state not in ENDED:
        assert time.monotonic() < until
        time.sleep(0.05)
    return found


def test_an_upload_is_guessed_loaded_and_removed(own_desk: Desk, tmp_path: Path) -> None:
    upload_id = uploaded(own_desk, market.write_orders(tmp_path / "新订单.csv", NEW))
    guess = importing.guess(own_desk, upload_id, None, None)
    assert (guess.file_name, guess.table, guess.confident) == ("新订单.csv", "orders", True)
    run = ended(own_desk, importing.start(own_desk, ImportAsked(upload_id=upload_id, mapping=guess.mapping), None))
    assert run.state == "done"
    assert run.result is not None
    assert (run.result.added, run.result.rejected, run.result.entered) == (2, 0, 1)
    assert sum(move.customers for move in run.result.moves) > 0
    with pytest.raises(NotFoundError):
        own_desk.uploads.get(upload_id)


def test_a_confirmed_mapping_is_remembered_for_the_next_file(own_desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("a,b,c\nx1,2024-12-01,3\n")
    said = Mapping(table="orders", columns={"customer_id": "a", "ordered_at": "b", "amount": "c"})
    importing.load(own_desk, SourceAsked(str(path)), said, strict=False, progress=silent)
    path.write_text("a,b,c\nx2,2024-12-02,4\n")
    again = importing.look(own_desk, SourceAsked(str(path)), None, None)
    assert (again.remembered, again.confident) == (True, True)
    assert dict(again.mapping.columns) == dict(said.columns)


def test_what_a_person_says_completes_a_guess(empty: Desk, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("who,when,a,b\nx1,2024-12-01,3.5,7.5\nx2,2024-12-03,4.5,8.5\n")
    said = importing.said_mapping(None, {"customer_id": "who", "amount": "b"}, {}, date_order=None, timezone=None)
    guess = importing.look(empty, SourceAsked(str(path)), "orders", said)
    assert guess.confident
    assert {k: guess.mapping.columns[k] for k in ("customer_id", "amount")} == {"customer_id": "who", "amount": "b"}


@pytest.mark.parametrize("columns", [{"customer_id": "nobody"}, {"shoe_size": "who"}])
def test_a_column_that_is_not_there_is_refused_with_those_that_are(
    empty: Desk, tmp_path: Path, columns: dict[str, str]
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("who,when,a\nx1,2024-12-01,3.5\n")
    said = importing.said_mapping("orders", columns, {}, date_order=None, timezone=None)
    with pytest.raises(UnknownNameError) as refused:
        importing.look(empty, SourceAsked(str(path)), "orders", said)
    assert refused.value.details["valid"]


def test_an_import_that_fails_is_written_down_and_changes_nothing(own_desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("order_id,customer_id,ordered_at,amount\n1,a,yesterday,3\n")
    version = own_desk.data_version()
    with pytest.raises(TitianError):
        importing.load(
            own_desk,
            SourceAsked(str(path)),
            Mapping(columns={n: n for n in market.COLUMNS[:4]}),
            strict=True,
            progress=silent,
        )
    run = importing.runs(own_desk, None, 1).runs[0]
    assert (run.state, run.file_name, own_desk.data_version()) == ("failed", "bad.csv", version)
    assert run.error is not None


def test_rejected_rows_are_kept_for_download(own_desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text("order_id,customer_id,ordered_at,amount\n1,a,2024-12-01,3\n2,b,2024-12-02,lots\n")
    mapping = Mapping(columns={n: n for n in market.COLUMNS[:4]})
    run = importing.load(own_desk, SourceAsked(str(path)), mapping, strict=False, progress=silent)
    assert run.result is not None
    assert (run.result.good, run.result.rejected, run.result.rejects[0].row) == (1, 1, 3)
    kept, name = importing.rejects(own_desk, run.id)
    assert "lots" in kept.read_text("utf-8-sig")
    assert name == "some-rejects.csv"


def test_the_same_key_gives_the_same_run(own_desk: Desk, tmp_path: Path) -> None:
    upload_id = uploaded(own_desk, market.write_orders(tmp_path / "a.csv", NEW))
    asked = ImportAsked(upload_id=upload_id, mapping=market.MAPPING)
    first = importing.start(own_desk, asked, "once")
    again = importing.start(own_desk, asked, "once")
    assert first.id == again.id
    ended(own_desk, first)
    assert importing.start(own_desk, asked, "once").id == first.id


def test_a_waiting_import_can_be_cancelled_and_an_ended_one_not(own_desk: Desk, tmp_path: Path) -> None:
    hold = threading.Event()
    own_desk.worker.submit("before", lambda _stop: hold.wait(10))  # type: ignore[arg-type,return-value]
    upload_id = uploaded(own_desk, market.write_orders(tmp_path / "a.csv", NEW))
    version = own_desk.data_version()
    run = importing.start(own_desk, ImportAsked(upload_id=upload_id, mapping=market.MAPPING), None)
    importing.cancel(own_desk, run.id)
    hold.set()
    assert ended(own_desk, run).state == "cancelled"
    assert own_desk.data_version() == version
    with pytest.raises(ConflictError):
        importing.cancel(own_desk, run.id)


def test_a_mapping_that_can_not_be_is_refused() -> None:
    with pytest.raises(InputError, match="date_order"):
        importing.said_mapping("orders", {}, {}, date_order="myd", timezone=None)


def test_a_mapping_file_reads_fixed_widths(empty: Desk, tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(
        "table: orders\ncolumns: {customer_id: id, ordered_at: day, amount: money}\nhas_header: false\n"
        "fixed_width: [{name: id, start: 0, end: 4}, {name: day, start: 4, end: 12}, {name: money, start: 12}]\n"
    )
    path = tmp_path / "fixed.txt"
    path.write_text("0001202401051250\n0002202401061300\n")
    mapping = importing.read_mapping(tmp_path / "map.yaml")
    run = importing.load(empty, SourceAsked(str(path)), mapping, strict=True, progress=silent)
    assert run.result is not None
    assert run.result.added == 2


@pytest.mark.parametrize(
    "text", ["[", "- a", "columns: 3", "columns: {}\nshoes: 1", "fixed_width: [{name: a, start: -1}]\ncolumns: {}"]
)
def test_a_mapping_file_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "map.yaml").write_text(text)
    with pytest.raises(InputError):
        importing.read_mapping(tmp_path / "map.yaml")
    with pytest.raises(InputError):
        importing.read_mapping(tmp_path / "gone.yaml")
