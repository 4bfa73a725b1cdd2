"""Taking a batch back: as if it had never been loaded."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.shop import LINE_HEADER, LINES, ORDERS, csv, orders_csv, put, rows
from titian.domain.mapping import Mapping
from titian.errors import BusyError, NotFoundError
from titian.warehouse.lake import Lake
from titian.warehouse.undoing import Undone, undo

ITEMS = Mapping(table="order_items", columns={name: name for name in ("item_id", "order_id", "product_id")})
KEPT = ("order_id", "customer_id", "ordered_at", "amount", "status")
KEPT_ITEMS = ("item_id", "order_id", "product_id", "quantity", "unit_price")


def held(lake: Lake) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    return rows(lake, "orders", *KEPT), rows(lake, "order_items", *KEPT_ITEMS)


def two(lake: Lake, folder: Path) -> str:
    """Two batches, of which the second adds one order and replaces another; its id."""
    put(lake, orders_csv(folder / "a.csv", "1,ann,2020-01-01,1", "2,bob,2020-01-02,2"))
    return str(put(lake, orders_csv(folder / "b.csv", "2,cy,2020-01-02,9", "3,dan,2020-01-03,3")).batch_id)


def told(undone: Undone) -> tuple[int, int, bool]:
    return undone.removed, undone.restored, undone.repeated


def test_its_rows_go_and_those_it_replaced_return(lake: Lake, tmp_path: Path) -> None:
    batch = two(lake, tmp_path)
    assert told(undo(lake, batch)) == (1, 1, False)
    assert rows(lake, "orders", "order_id", "customer_id") == [("1", "ann"), ("2", "bob")]


def test_a_batch_that_only_added_goes_alone(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1"))
    before = rows(lake)
    batch = put(lake, orders_csv(tmp_path / "b.csv", "2,bob,2020-01-01,1", "3,bob,2020-01-01,1")).batch_id
    assert told(undo(lake, str(batch))) == (2, 0, False)
    assert rows(lake) == before


def test_an_earlier_batch_leaves_what_later_ones_said(lake: Lake, tmp_path: Path) -> None:
    first = put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1", "2,bob,2020-01-02,2")).batch_id
    put(lake, orders_csv(tmp_path / "b.csv", "2,bob,2020-01-02,2", "3,dan,2020-01-03,3"))
    assert told(undo(lake, str(first))) == (1, 1, False)
    assert rows(lake, "orders", "order_id") == [("2",), ("3",)]


def test_taking_back_twice_changes_nothing(lake: Lake, tmp_path: Path) -> None:
    batch = two(lake, tmp_path)
    undo(lake, batch)
    before, version = rows(lake), lake.version()
    assert told(undo(lake, batch)) == (0, 0, True)
    assert (rows(lake), lake.version()) == (before, version)


def test_the_landing_keeps_it_marked_and_a_rebuild_gives_the_same(lake: Lake, tmp_path: Path) -> None:
    batch = two(lake, tmp_path)
    undo(lake, batch)
    before = rows(lake)
    kept = lake.landing.find(batch)
    assert kept is not None
    assert (kept.state, kept.undone_at is not None, lake.landing.rows_path(kept).exists()) == ("undone", True, True)
    assert lake.rebuild() == 1
    assert rows(lake) == before


def test_it_can_be_put_again(lake: Lake, tmp_path: Path) -> None:
    batch = two(lake, tmp_path)
    before = held(lake)
    undo(lake, batch)
    report = put(lake, tmp_path / "b.csv")
    assert (report.repeated, report.added, report.updated) == (False, 1, 1)
    assert held(lake) == before
    assert report.batch_id != batch


def test_the_only_batch_leaves_an_empty_table_that_a_new_opening_finds_sound(tmp_path: Path) -> None:
    with Lake.open(tmp_path / "shop") as lake:
        undo(lake, str(put(lake, orders_csv(tmp_path / "a.csv", "1,ann,2020-01-01,1")).batch_id))
    with Lake.open(tmp_path / "shop") as lake:
        assert (rows(lake), lake.notice) == ([], None)


def test_items_of_lines_return_with_their_order(lake: Lake, tmp_path: Path) -> None:
    put(lake, csv(tmp_path / "a.csv", LINE_HEADER, "1,a,1,2020-01-01,2,ann", "1,b,-1,2020-01-01,2,ann"), LINES)
    before = held(lake)
    batch = put(lake, csv(tmp_path / "b.csv", LINE_HEADER, "1,c,5,2020-01-01,2,ann"), LINES).batch_id
    assert held(lake) != before
    undo(lake, str(batch))
    assert held(lake) == before


def test_items_from_a_file_of_their_own_return_too(lake: Lake, tmp_path: Path) -> None:
    put(lake, csv(tmp_path / "i.csv", "item_id,order_id,product_id", "x,1,p"), ITEMS)
    before = held(lake)
    batch = put(lake, csv(tmp_path / "b.csv", LINE_HEADER, "1,a,1,2020-01-01,2,ann"), LINES).batch_id
    undo(lake, str(batch))
    assert held(lake) == before


def test_an_unknown_batch_is_refused_with_those_there_are(lake: Lake, tmp_path: Path) -> None:
    batch = two(lake, tmp_path)
    for wrong in ("00000009-000000000000", "../landing", ""):
        with pytest.raises(NotFoundError, match="no batch") as error:
            undo(lake, wrong)
        assert batch in error.value.hint


def test_another_writer_is_waited_for(lake: Lake, tmp_path: Path) -> None:
    batch = two(lake, tmp_path)
    with Lake.open(tmp_path / "shop") as other, other.write_lock("loading"), pytest.raises(BusyError):
        undo(lake, batch, timeout=0.1)


ORDER = st.tuples(st.sampled_from("1234"), st.sampled_from(["ann", "bob", ""]), st.integers(-3, 3))
BATCH = st.lists(ORDER, min_size=1, max_size=5)


def put_orders(lake: Lake, folder: Path, name: str, batch: list[tuple[str, str, int]], lines: bool) -> str:
    if lines:
        listed = [f"{order},p{amount},{amount},2020-01-01,2,ann" for order, _, amount in batch]
        report = put(lake, csv(folder / f"{name}.csv", LINE_HEADER, *listed), LINES)
    else:
        listed = [f"{order},{who},2020-01-01,{amount}" for order, who, amount in batch]
        report = put(lake, orders_csv(folder / f"{name}.csv", *listed), ORDERS)
    return str(report.batch_id)


@pytest.mark.full
@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(BATCH, st.booleans()), min_size=1, max_size=4, unique_by=repr), st.data())
def test_loads_and_one_taken_back_are_the_others_alone(
    batches: list[tuple[list[tuple[str, str, int]], bool]], data: st.DataObject
) -> None:
    gone = data.draw(st.integers(0, len(batches) - 1))
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with Lake.open(folder / "all") as lake, Lake.open(folder / "others") as others:
            ids = [put_orders(lake, folder, str(i), *batch) for i, batch in enumerate(batches)]
            for i, batch in enumerate(batches):
                if i != gone:
                    put_orders(others, folder, str(i), *batch)
            undo(lake, ids[gone])
            assert held(lake) == held(others)
            lake.rebuild()
            assert held(lake) == held(others)


CODE = """
import os, signal, sys
from pathlib import Path
from titian.warehouse import landing, undoing
from titian.warehouse.lake import Lake

def die(*given, **named):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(*{
    "before": (landing.Landing, "leave", die),
    "during": (undoing, "_change", die),
    "after": (landing.Landing, "take_back", die),
}[sys.argv[3]])
with Lake.open(Path(sys.argv[1])) as lake:
    undoing.undo(lake, sys.argv[2])
"""


@pytest.mark.parametrize(
    "when", [pytest.param("before", marks=pytest.mark.full), "during", pytest.param("after", marks=pytest.mark.full)]
)
def test_killed_half_way_it_is_all_or_nothing(tmp_path: Path, when: str) -> None:
    with Lake.open(tmp_path / "shop") as lake:
        batch = two(lake, tmp_path)
        whole = rows(lake)
    ended = subprocess.run([sys.executable, "-c", CODE, str(tmp_path / "shop"), batch, when], check=False)
    assert ended.returncode == -9
    with Lake.open(tmp_path / "shop") as lake:
        assert lake.notice is None
        assert (rows(lake) == whole) is (when != "after")
        assert told(undo(lake, batch)) == ((0, 0, True) if when == "after" else (1, 1, False))
        assert rows(lake, "orders", "order_id", "customer_id") == [("1", "ann"), ("2", "bob")]


@pytest.mark.parametrize("when", ["during", pytest.param("after", marks=pytest.mark.full)])
def test_a_rebuild_after_a_kill_gives_what_was_there(tmp_path: Path, when: str) -> None:
    with Lake.open(tmp_path / "shop") as lake:
        batch = two(lake, tmp_path)
    subprocess.run([sys.executable, "-c", CODE, str(tmp_path / "shop"), batch, when], check=False)
    with Lake.open(tmp_path / "shop") as lake:
        before = rows(lake)
        lake.rebuild()
        assert rows(lake) == before
