"""Of how many customers the four things are known: the same that their own pages say, one by one."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.app.test_knowing import of, say, small
from tests.copying import copied
from titian.app import charging, coverage, customers, exporting, knowing
from titian.app import workspace as workspaces
from titian.app.answers.staff import ChargeAsked
from titian.app.customers import CustomerQuery
from titian.app.desk import Desk
from titian.domain.things import KEYS

__all__ = ["small"]


@pytest.fixture
def shop(small: Path, tmp_path: Path) -> Desk:
    """The small shop for one test; the team knows why bob ordered and whom he can bring."""
    desk = Desk(workspaces.read(copied(small, tmp_path / "shop")))
    say(desk, "bob", "why_ordered", "gift", "=for a friend")
    say(desk, "bob", "can_bring", "nobody")
    return desk


@pytest.mark.parametrize("day", [None, date(2024, 3, 4), date(2024, 2, 2)])
def test_counts_are_those_of_the_pages_added_up(shop: Desk, day: date | None) -> None:
    with shop as desk, desk.reading() as reading:
        counted = coverage.coverage(reading, day)
        pages = [knowing.of_customer(reading, who, day) for who in ("ann", "bob", "cid")]
    assert counted.customers == 3
    assert counted.whole == sum(not page.unknown for page in pages)
    for one in counted.things:
        things = [thing for page in pages for thing in page.things if thing.key == one.key]
        assert one.known == sum(thing.known for thing in things)
        assert one.by_team == sum(thing.said is not None for thing in things)
        assert one.by_data == sum(bool(thing.data) for thing in things)
        assert one.share == one.known / 3


def test_who_was_not_seen_yet_counts_nowhere(shop: Desk) -> None:
    with shop as desk:
        desk.sayings.say("stranger", "judgement", None, "who?", None)
        with desk.reading() as reading:
            assert [one.by_team for one in coverage.coverage(reading).things] == [0, 1, 0, 1]


def test_what_was_cleared_is_known_of_nobody(shop: Desk) -> None:
    with shop as desk:
        say(desk, "bob", "why_ordered")
        with desk.reading() as reading:
            assert coverage.coverage(reading).things[1].known == 0


def test_all_four_of_a_customer_count_as_whole(shop: Desk) -> None:
    with shop as desk:
        say(desk, "ann", "why_ordered", "habit")
        with desk.reading() as reading:
            assert coverage.coverage(reading).whole == 1
        assert all(one.known for one in of(desk, "ann").values())


def exported(desk: Desk, **asked: object) -> dict[str, dict[str, str]]:
    with desk.reading() as reading:
        chunks = exporting.export(reading, CustomerQuery(**asked), "csv").chunks  # type: ignore[arg-type]
        text = b"".join(chunks).decode("utf-8-sig")
    return {row["customer_id"]: row for row in csv.DictReader(io.StringIO(text))}


def test_a_file_of_customers_says_what_is_known_and_who_is_in_charge(shop: Desk) -> None:
    with shop as desk:
        with desk.reading() as reading:
            charging.put(reading, ChargeAsked(staff="王芳", ids=("ann",)))
        rows = exported(desk)
    told = {who: {name: row[name] for name in ("staff", *KEYS)} for who, row in rows.items()}
    assert told == {
        "ann": {
            "staff": "王芳",
            "where_from": "channel:live",
            "why_ordered": "",
            "judgement": "last_score:4.5",
            "can_bring": "people_brought:1",
        },
        "bob": {
            "staff": "",
            "where_from": "",
            "why_ordered": "gift: =for a friend",
            "judgement": "answers_given:1",
            "can_bring": "nobody",
        },
        "cid": {"staff": "", "where_from": "invited_by:ann", "why_ordered": "", "judgement": "", "can_bring": ""},
    }


def test_what_a_spreadsheet_would_run_is_neutralised(shop: Desk) -> None:
    with shop as desk:
        say(desk, "cid", "judgement", text="=1+1")
        assert exported(desk)["cid"]["judgement"] == "'=1+1"


def test_a_parquet_file_has_the_same_columns(shop: Desk, tmp_path: Path) -> None:
    with shop as desk, desk.reading() as reading:
        exporting.write(reading, CustomerQuery(), tmp_path / "all.parquet")
    found = pq.read_table(tmp_path / "all.parquet")
    assert found.column_names[-5:] == ["staff", *KEYS]
    assert found.column("can_bring").to_pylist() == ["people_brought:1", "nobody", None]


def test_the_list_shows_and_filters_by_who_is_in_charge(shop: Desk) -> None:
    with shop as desk, desk.reading() as reading:
        charging.put(reading, ChargeAsked(staff="王芳", ids=("ann",)))
        charging.put(reading, ChargeAsked(staff="Li", ids=("bob",)))
        shown: dict[tuple[str, ...], dict[str, str | None]] = {}
        for staff in ((), ("王芳",), ("王芳", "Li"), ("",), ("", "Li"), ("nobody so called", "\ud800")):
            page = customers.page(reading, CustomerQuery(staff=staff), None, 10)
            shown[staff] = {row.customer_id: row.staff for row in page.rows}
            assert page.total == len(page.rows)
    assert shown == {
        (): {"ann": "王芳", "bob": "Li", "cid": None},
        ("王芳",): {"ann": "王芳"},
        ("王芳", "Li"): {"ann": "王芳", "bob": "Li"},
        ("",): {"cid": None},
        ("", "Li"): {"bob": "Li", "cid": None},
        ("nobody so called", "\ud800"): {},
    }
