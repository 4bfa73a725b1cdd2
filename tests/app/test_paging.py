"""Pages go on after the last row that was seen, in any order, with gaps and ties."""

from __future__ import annotations

import base64
import random

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from titian.app import paging
from titian.app.paging import Place
from titian.errors import InputError

ODD = [None, -0.0, 0.1, 1 / 3, 1e-12, 12345678.9012, 1e300, -7.25]


def rows_of(values: list[float | None]) -> list[dict[str, object]]:
    return [{"customer_id": f"c{place:03}", "sorted_by": value} for place, value in enumerate(values)]


def walked(
    rows: list[dict[str, object]], size: int, *, descending: bool, sort: str = "spend", kind: str = "float64"
) -> list[str]:
    """The ids in the order in which page after page shows them, each page asked for by the cursor of the last."""
    connection = ibis.duckdb.connect()
    table = connection.create_table("rows", ibis.memtable(rows, schema={"customer_id": "str", "sorted_by": kind}))
    seen: list[str] = []
    cursor = None
    while True:
        place = paging.read(cursor, sort, descending)
        found = paging.after(table, place, descending=descending).limit(size).to_pyarrow().to_pylist()
        if not found:
            return seen
        seen += [row["customer_id"] for row in found]
        cursor = paging.written(found[-1], sort, descending)


def sorted_plainly(rows: list[dict[str, object]], *, descending: bool) -> list[str]:
    """The same order by Python's own sort: valueless rows last, equals by id."""
    known = [row for row in rows if row["sorted_by"] is not None]
    known.sort(key=lambda row: (row["sorted_by"] * (-1 if descending else 1), row["customer_id"]))  # type: ignore[operator]
    return [str(row["customer_id"]) for row in [*known, *(row for row in rows if row["sorted_by"] is None)]]


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("size", [1, 3, 50])
def test_pages_of_any_size_meet_everyone_once_in_order(size: int, descending: bool) -> None:
    chance = random.Random(7)
    rows = rows_of([chance.choice(ODD) for _ in range(12)])
    assert walked(rows, size, descending=descending) == sorted_plainly(rows, descending=descending)


@pytest.mark.parametrize("value", [None, 0.1, 1 / 3, -2.5, 1e300])
def test_a_cursor_holds_the_very_value(value: float | None) -> None:
    cursor = paging.written({"sorted_by": value, "customer_id": "客户/1"}, "spend", True)
    assert paging.read(cursor, "spend", True) == Place(value, "客户/1")


def test_a_cursor_of_ids_holds_text() -> None:
    cursor = paging.written({"sorted_by": "00007", "customer_id": "00007"}, "customer_id", False)
    assert paging.read(cursor, "customer_id", False) == Place("00007", "00007")


def test_a_cursor_can_stand_in_an_address() -> None:
    cursor = paging.written({"sorted_by": 1.5, "customer_id": "?/&=+ ÿÿ"}, "spend", True)
    assert set(cursor).isdisjoint("?/&=+ ")


def test_no_cursor_is_the_first_page() -> None:
    assert paging.read(None, "spend", True) is None


@pytest.mark.parametrize(("sort", "descending"), [("spend", False), ("order_count", True), ("customer_id", True)])
def test_a_cursor_of_another_order_is_refused(sort: str, descending: bool) -> None:
    cursor = paging.written({"sorted_by": 1.0, "customer_id": "a"}, "spend", True)
    with pytest.raises(InputError):
        paging.read(cursor, sort, descending)


@pytest.mark.parametrize("text", ["[]", "{}", "3", '["spend", true, "x", "a"]', '["spend", true, 1, 2]', "[1,2,3,4,5]"])
def test_a_made_up_cursor_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        paging.read(base64.urlsafe_b64encode(text.encode()).decode(), "spend", True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f'["spend", true, 1{"0" * 400}, "a"]', id="a number beyond all doubles"),
        pytest.param("[" * 5000, id="as deep as no cursor"),
    ],
)
def test_a_cursor_that_python_can_not_read_is_refused_as_well(text: str) -> None:
    with pytest.raises(InputError):
        paging.read(base64.urlsafe_b64encode(text.encode()).decode(), "spend", True)


@pytest.mark.parametrize("cursor", ["é", "%%%", "a", "====", "客户", "\0"])
def test_a_text_that_is_no_base64_is_refused(cursor: str) -> None:
    with pytest.raises(InputError):
        paging.read(cursor, "spend", True)


ids = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=4)


@pytest.mark.parametrize("descending", [True, False])
@given(found=st.lists(ids, unique=True, max_size=8))
@settings(max_examples=8, deadline=None)
def test_pages_by_customer_go_through_all_ids_in_whatever_letters(found: list[str], descending: bool) -> None:
    rows: list[dict[str, object]] = [{"customer_id": who, "sorted_by": who} for who in found]
    expected = sorted(found, reverse=descending)
    assert walked(rows, 2, descending=descending, sort="customer_id", kind="str") == expected


def test_a_row_that_came_between_two_pages_is_seen_once_or_not_at_all() -> None:
    rows = rows_of([5.0, 4.0, 3.0])
    connection = ibis.duckdb.connect()
    schema = {"customer_id": "str", "sorted_by": "float64"}
    first = connection.create_table("first", ibis.memtable(rows, schema=schema))
    page = paging.after(first, None, descending=True).limit(2).to_pyarrow().to_pylist()
    place = paging.read(paging.written(page[-1], "spend", True), "spend", True)
    late = [{"customer_id": "early", "sorted_by": 4.5}, {"customer_id": "tie", "sorted_by": 4.0}]
    then = connection.create_table("then", ibis.memtable([*rows, *late], schema=schema))
    after = paging.after(then, place, descending=True).to_pyarrow().to_pylist()
    assert [row["customer_id"] for row in page] == ["c000", "c001"]
    assert [row["customer_id"] for row in after] == ["tie", "c002"], (
        "what is greater than was seen is not gone back for"
    )
