"""Erasing: as if the customer had never been in any file, whatever is rebuilt or loaded afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.shop import LINE_HEADER, LINES, csv, orders_csv, put, rows
from titian.domain.mapping import Mapping
from titian.domain.words import Words
from titian.warehouse.erased import Erased
from titian.warehouse.erasing import erase, scrubbed, wipe_lines
from titian.warehouse.lake import Lake
from titian.warehouse.undoing import undo

ITEMS = Mapping(table="order_items", columns={name: name for name in ("item_id", "order_id", "product_id")})
LINKS = Mapping(table="links", columns={name: name for name in ("link_id", "from_id", "to_id", "kind")})
KEPT = ("order_id", "customer_id", "ordered_at", "amount", "status")


def held(lake: Lake) -> list[tuple[Any, ...]]:
    return rows(lake, "orders", *KEPT)


def texts(folder: Path) -> str:
    """All that stands in the files of a folder, cells of Parquet files among it."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".parquet":
            cells = duckdb.sql(f"SELECT * FROM read_parquet('{path}')").fetchall()
            found.append(repr(cells))
        elif path.is_file():
            found.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(found)


def test_their_rows_go_and_all_others_stay(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,zoe9,2020-01-01,1", "2,bob,2020-01-02,2", "3,zoe9,2020-01-03,3"))
    wiped = erase(lake, ["zoe9"])
    assert [row[:2] for row in held(lake)] == [("2", "bob")]
    assert list(wiped.rows.values()) == [(0, 2)]
    assert (wiped.orders, wiped.batches) == (frozenset({"1", "3"}), 1)
    assert "zoe9" not in texts(lake.workspace)


def test_a_second_time_finds_nothing(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,zoe9,2020-01-01,1", "2,bob,2020-01-02,2"))
    erase(lake, ["zoe9"])
    before = held(lake)
    assert (erase(lake, ["zoe9"]).rows, held(lake)) == ({}, before)


def test_what_is_of_their_orders_goes_too(lake: Lake, tmp_path: Path) -> None:
    put(lake, csv(tmp_path / "items.csv", "item_id,order_id,product_id", "i1,1,tea", "i2,2,cup"), ITEMS)
    put(lake, orders_csv(tmp_path / "a.csv", "1,zoe9,2020-01-01,1", "2,bob,2020-01-02,2"))
    erase(lake, ["zoe9"])
    assert rows(lake, "order_items", "item_id", "order_id") == [("i2", "2")]


def test_lines_of_an_order_go_with_the_line_that_names_them(lake: Lake, tmp_path: Path) -> None:
    lines = ("1,tea,1,2020-01-01,5,zoe9", "1,cup,1,2020-01-01,6,zoe9", "2,tea,1,2020-01-02,7,bob")
    put(lake, csv(tmp_path / "lines.csv", LINE_HEADER, *lines), LINES)
    erase(lake, ["zoe9"])
    assert [row[0] for row in rows(lake, "orders", "order_id")] == ["2"]
    assert len(rows(lake, "order_items")) == 1


def test_links_go_from_both_sides(lake: Lake, tmp_path: Path) -> None:
    lines = ("l1,zoe9,bob,follow", "l2,bob,zoe9,follow", "l3,bob,cy,follow")
    put(lake, csv(tmp_path / "links.csv", "link_id,from_id,to_id,kind", *lines), LINKS)
    erase(lake, ["zoe9"])
    assert rows(lake, "links", "link_id") == [("l3",)]


def test_a_batch_that_was_taken_back_is_emptied_too(lake: Lake, tmp_path: Path) -> None:
    batch = put(lake, orders_csv(tmp_path / "a.csv", "1,zoe9,2020-01-01,1", "2,bob,2020-01-02,2")).batch_id
    undo(lake, str(batch))
    assert list(erase(lake, ["zoe9"]).rows) == [batch]
    assert "zoe9" not in texts(lake.workspace)


def test_rejected_rows_of_theirs_go_and_others_stay(lake: Lake, tmp_path: Path) -> None:
    lines = ("1,zoe9,never,1", "2,bob,never,2", "3,bob,2020-01-03,3")
    report = put(lake, orders_csv(tmp_path / "a.csv", *lines))
    assert erase(lake, ["zoe9"]).rejected == 1
    assert report.rejects_path is not None
    assert [line.split(",")[1] for line in report.rejects_path.read_text("utf-8").splitlines()[1:]] == ["3"]


def test_a_refused_file_keeps_no_line_of_theirs(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "bad.csv", "1,zoe9,never,1", "2,bob,never,2"))
    assert erase(lake, ["zoe9"]).rejected == 1
    assert "zoe9" not in texts(lake.landing.path)


def test_no_file_brings_them_back(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,zoe9,2020-01-01,1", "2,bob,2020-01-02,2"))
    erase(lake, ["zoe9"])
    report = put(lake, orders_csv(tmp_path / "b.csv", "3,zoe9,2020-01-03,1", "1,cy,2020-01-01,1", "4,cy,2020-01-04,4"))
    assert (report.rows, report.good, report.rejected, report.added) == (1, 1, 0, 1)
    assert any("2 rows" in note.en for note in report.notes)
    assert [row[:2] for row in held(lake)] == [("2", "bob"), ("4", "cy")]
    assert "zoe9" not in texts(lake.workspace)
    before = held(lake)
    lake.rebuild()
    assert held(lake) == before


def test_a_file_of_them_alone_lands_nothing(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,zoe9,2020-01-01,1", "2,bob,2020-01-02,2"))
    erase(lake, ["zoe9"])
    before = held(lake)
    put(lake, orders_csv(tmp_path / "b.csv", "3,zoe9,2020-01-03,1"))
    assert held(lake) == before
    assert "zoe9" not in texts(lake.workspace)


def test_which_number_is_the_day_stays_as_it_was_read(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,zoe9,25/12/2020,1", "2,bob,03/04/2020,2"))
    before = [row for row in held(lake) if row[1] == "bob"]
    erase(lake, ["zoe9"])
    assert held(lake) == before
    lake.rebuild()
    assert held(lake) == before


def test_a_crash_in_between_is_made_good_by_a_second_call(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,zoe9,2020-01-01,1", "2,bob,2020-01-02,2"))
    put(lake, csv(tmp_path / "items.csv", "item_id,order_id,product_id", "i1,1,tea", "i2,2,cup"), ITEMS)
    with monkeypatch.context() as broken:
        broken.setattr(Lake, "renew", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            erase(lake, ["zoe9"])
    erase(lake, ["zoe9"])
    assert rows(lake, "order_items", "item_id") == [("i2",)]
    assert "zoe9" not in texts(lake.workspace)


def test_a_damaged_warehouse_that_was_moved_aside_goes(lake: Lake, tmp_path: Path) -> None:
    put(lake, orders_csv(tmp_path / "a.csv", "1,zoe9,2020-01-01,1"))
    aside = lake.workspace / "warehouse.damaged-20200101"
    aside.mkdir()
    (aside / "old.txt").write_text("zoe9")
    erase(lake, ["zoe9"])
    assert not aside.exists()


@pytest.mark.full
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(st.tuples(st.sampled_from("123456"), st.sampled_from(["zoe9", "bob", "cy"])), min_size=1, max_size=8),
    cut=st.integers(0, 8),
    gone=st.sampled_from(["zoe9", "bob"]),
)
def test_it_is_as_if_they_had_never_been(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, str]], cut: int, gone: str
) -> None:
    """Orders that ever were theirs go with them; all else is as loaded without these lines."""
    folder = tmp_path_factory.mktemp("law")
    theirs = {order for order, who in said if who == gone}

    def loaded(name: str, parts: list[list[tuple[str, str]]]) -> Lake:
        made = Lake.open(folder / name)
        for number, part in enumerate(parts):
            if part:
                rows_said = (f"{order},{who},2020-01-0{order},{order}" for order, who in part)
                put(made, orders_csv(folder / f"{name}{number}.csv", *rows_said))
        return made

    parts = [said[:cut], said[cut:]]
    with loaded("whole", parts) as whole:
        erase(whole, [gone])
        without = [[line for line in part if line[0] not in theirs] for part in parts]
        with loaded("without", without) as other:
            assert held(whole) == held(other)


def test_digests_name_nobody_and_are_of_one_workspace_only(tmp_path: Path) -> None:
    one, other = (Erased().with_more(["ann"], ["1"]) for _ in range(2))
    assert one.customers != other.customers
    one.write(tmp_path)
    assert "ann" not in (tmp_path / "erased.json").read_text()
    assert Erased.read(tmp_path) == one
    assert Erased.read(tmp_path / "nowhere") is None


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("orders of ann went to bob", "orders of (erased) went to bob"),
        ("anna and ann-2 stay", "anna and ann-2 stay"),
        ("ann", "(erased)"),
        ("‘ann’, ann.", "‘(erased)’, (erased)."),
    ],
)
def test_a_remark_names_them_no_more(said: str, left: str) -> None:
    assert scrubbed(Words(zh="", en=said), ["ann", "a"]).en == left


def test_only_lines_that_name_them_go(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text('customer_id,remark\nann,x\n" ann ",y\nanna,ann of the house\n', "utf-8")
    assert wipe_lines(file, {"ann"}) == 2
    assert file.read_text("utf-8") == "customer_id,remark\nanna,ann of the house\n"
    assert wipe_lines(file, {"ann"}) == 0
