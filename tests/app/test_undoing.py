"""What was loaded, taken back through the workspace."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.app import market
from titian.app import importing, undoing
from titian.app.answers.imports import ImportRun
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.errors import ConflictError, NotFoundError
from titian.warehouse.progress import silent


def loaded(desk: Desk, path: Path, *orders: market.Order) -> ImportRun:
    source = SourceAsked(str(market.write_orders(path, list(orders))))
    return importing.load(desk, source, market.MAPPING, strict=False, progress=silent)


def order(order_id: str, customer: str, amount: float = 5.0) -> market.Order:
    return market.Order(order_id, customer, datetime(2024, 12, 5), amount, "paid")


def test_an_import_taken_back_says_when_and_its_rows_are_gone(empty: Desk, tmp_path: Path) -> None:
    first = loaded(empty, tmp_path / "a.csv", order("1", "ann"))
    second = loaded(empty, tmp_path / "b.csv", order("1", "bob"), order("2", "bob"))
    taken_back = undoing.undo_import(empty, second.id)
    assert taken_back.undone_at is not None
    assert empty.present().data.execute(empty.present().data.table("orders").select("order_id", "customer_id")) == [
        {"order_id": "1", "customer_id": "ann"}
    ]
    assert [run.undone_at for run in importing.runs(empty, None, 10).runs] == [taken_back.undone_at, None]
    assert importing.run(empty, second.id) == taken_back
    assert importing.run(empty, first.id).undone_at is None


def test_batches_are_listed_the_newest_first_with_what_became_of_them(empty: Desk, tmp_path: Path) -> None:
    first = loaded(empty, tmp_path / "a.csv", order("1", "ann"))
    loaded(empty, tmp_path / "b.csv", order("2", "bob"), order("3", "bob"))
    undone = undoing.undo(empty, str(first.batch_id))
    assert (undone.removed, undone.restored, undone.repeated) == (1, 0, False)
    listed = undoing.batches(empty).batches
    assert [(one.file_name, one.good, one.undone_at is None) for one in listed] == [
        ("b.csv", 2, True),
        ("a.csv", 1, False),
    ]
    assert undoing.batch(empty, str(first.batch_id)) == undone.batch == listed[1]


def test_taken_back_twice_or_put_again(empty: Desk, tmp_path: Path) -> None:
    run = loaded(empty, tmp_path / "a.csv", order("1", "ann"))
    before = undoing.undo_import(empty, run.id)
    assert undoing.undo_import(empty, run.id) == before
    again = loaded(empty, tmp_path / "a.csv", order("1", "ann"))
    assert (again.batch_id != run.batch_id, again.undone_at, again.result and again.result.added) == (True, None, 1)
    assert importing.run(empty, run.id) == before


def test_what_landed_nothing_can_not_be_taken_back(empty: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("order_id,customer_id,ordered_at,amount,status\n1,ann,soon,1,paid\n")
    run = importing.load(empty, SourceAsked(str(path)), market.MAPPING, strict=False, progress=silent)
    with pytest.raises(ConflictError, match="loaded nothing"):
        undoing.undo_import(empty, run.id)
    with pytest.raises(NotFoundError):
        undoing.batch(empty, "00000007-000000000000")


def test_the_result_counts_what_changed_hands_and_what_is_after_today(empty: Desk, tmp_path: Path) -> None:
    loaded(empty, tmp_path / "a.csv", order("1", "ann"))
    late = market.Order("2", "ann", datetime(2090, 1, 1), 1.0, "paid")
    result = loaded(empty, tmp_path / "b.csv", order("1", "bob"), late).result
    assert result is not None
    assert (result.reassigned, result.after_today) == (1, 1)
    assert sum("titian undo" in note.en for note in result.notes) == 2
