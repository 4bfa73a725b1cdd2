"""Lists of customers go into files and come back as they were, whatever the ids look like and however many they are."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.acceptance.product import QUICK
from tests.app import filing
from titian.app import applying, importing, saving_audiences, stepping
from titian.app import workspace as workspaces
from titian.app.answers.audiences import NewAudience, SnapshotAsked
from titian.app.definition import Definition
from titian.app.desk import Desk, Reading
from titian.app.importing import SourceAsked
from titian.app.named_customers import in_file
from titian.app.settings import WorkspaceSettings
from titian.domain.audience import list_name
from titian.domain.mapping import Mapping
from titian.domain.words import Words
from titian.store import lists
from titian.warehouse.progress import silent

NAME = Words(zh="名单", en="List")
ORDERS = Mapping(table="orders", columns={"order_id": "o", "customer_id": "c", "ordered_at": "t", "amount": "a"})
PLAIN = [
    "007",
    "7",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@x",
    "客户一",
    "😀",
    "a;b",
    "1e5",
    "0x10",
    "true",
    "null",
    "a'b",
    "A",
    'a"b',
    "a，b",
]


@pytest.fixture
def reading(bare: Desk) -> Iterator[Reading]:
    with bare.reading() as opened:
        yield opened
    for path in bare.workspace.definitions.glob("audiences/*"):
        path.unlink()
    for key in bare.audiences.numbers():
        bare.audiences.remove(key)


def keep(desk: Desk, key: str, ids: list[str]) -> None:
    """Save a list as the console does once it knows who is known."""
    made = Definition(kind="list", key=key, name=NAME, parameters={"customers": list_name(ids)})
    desk.audiences.create(made, beside=lambda connection: lists.keep(connection, ids, datetime.now(UTC)))


def test_ids_that_a_spreadsheet_would_change_come_back_as_they_were(reading: Reading) -> None:
    keep(reading.desk, "odd", PLAIN)
    applying.export(reading.desk)
    assert filing.deeds(reading) == {}
    (step,) = stepping.steps(reading.desk, prune=False)
    assert step.filed is not None
    assert sorted(step.filed.customers or ()) == sorted(PLAIN)


@pytest.mark.parametrize("odd", ["a,b", '"a"'], ids=["a comma", "a quote in front"])
def test_ids_that_a_csv_has_to_quote_come_back_as_they_were(reading: Reading, odd: str) -> None:
    keep(reading.desk, "quoted", ["a", odd])
    applying.export(reading.desk)
    assert filing.deeds(reading) == {}


def test_a_list_of_nobody_comes_back_as_it_was(reading: Reading) -> None:
    keep(reading.desk, "nobody", [])
    applying.export(reading.desk)
    assert filing.deeds(reading) == {}


def test_a_customer_who_is_called_like_the_heading_stays(reading: Reading) -> None:
    keep(reading.desk, "heading", ["customer_id", "z"])
    applying.export(reading.desk)
    assert filing.deeds(reading) == {}


def test_lists_that_differ_have_names_that_differ() -> None:
    assert list_name(["a\nb"]) != list_name(["a", "b"])


def test_the_order_blanks_and_repeats_of_a_file_change_nothing(reading: Reading) -> None:
    filing.put_list(reading.desk, "same", "customer_id\nc2\nc1\n")
    filing.apply(reading)
    for text in ("c1\nc2\n", "客户编号\r\nc1\r\n\r\nc2\r\nc1", "c2\n c1 \n\n\n", '"c1"\n"c2"\n'):
        filing.put_list(reading.desk, "same", text)
        assert filing.deeds(reading) == {}, text


def test_a_changed_list_is_a_change_though_its_definition_reads_the_same(reading: Reading) -> None:
    filing.put_list(reading.desk, "mine", "c1\nc2\n")
    filing.apply(reading)
    filing.put_list(reading.desk, "mine", "c1\nc3\n")
    assert filing.deeds(reading) == {"audiences/mine": "change"}
    filing.apply(reading)
    assert filing.listed(reading.desk, "mine") == ["c1", "c3"]
    assert reading.desk.audiences.versions("mine") == (1, 2)


def test_an_older_version_of_a_list_keeps_its_customers(reading: Reading) -> None:
    for text in ("c1\nc2\n", "c3\n"):
        filing.put_list(reading.desk, "aged", text)
        filing.apply(reading)
    first = reading.desk.audiences.version("aged", 1)
    assert sorted(reading.desk.listed(str(first.parameters["customers"]))) == ["c1", "c2"]


ID = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"], exclude_characters='",，'), min_size=1, max_size=8
)


@given(ids=st.lists(ID, min_size=1, max_size=8, unique=True), heading=st.booleans())
@QUICK
def test_a_file_of_plain_ids_holds_these_ids(ids: list[str], heading: bool) -> None:
    text = "".join(f"{one}\n" for one in (["customer_id"] if heading else []) + ids)
    expected = ids[1:] if not heading and ids[0].lower() in {"customer_id", "客户id", "客户编号"} else ids
    assert in_file(text) == expected


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    """A shop of 60,000 customers, c0 … c59999, and three with odd ids; an order each, all of one day."""
    folder = tmp_path_factory.mktemp("crowd")
    ids = [f"c{number}" for number in range(60_000)] + ["007", "=1+1", '"a,b"']
    rows = (f"o{number},{one},2024-05-01 12:00:00,10\n" for number, one in enumerate(ids))
    (folder / "orders.csv").write_text("o,c,t,a\n" + "".join(rows))
    with Desk(workspaces.init(folder / "shop", WorkspaceSettings())) as desk:
        importing.load(desk, SourceAsked(str(folder / "orders.csv")), ORDERS, strict=True, progress=silent)
        with desk.reading() as reading:
            yield reading


def test_a_hundred_thousand_pasted_ids_are_read_quickly_and_told_apart(crowd: Reading) -> None:
    known = [f"c{number}" for number in range(60_000)]
    lines = known + known[:15_000] + [f"nobody{number}" for number in range(15_000)] + [""] * 10_000
    Random(7).shuffle(lines)
    began = time.monotonic()
    saved = saving_audiences.create(crowd, NewAudience(key="pasted", name=NAME, text="\n".join(lines)))
    assert time.monotonic() - began < 10
    assert saved.read is not None
    read = saved.read
    assert (read.asked, read.blank, read.repeated) == (100_000, 10_000, 15_000)
    assert (read.unknown, read.kept, len(read.unknown_ids)) == (15_000, 60_000, 100)
    assert read.asked == read.blank + read.repeated + read.unknown + read.kept
    assert saved.audience.customers == 60_000


def test_ids_are_the_text_that_they_were_pasted_as(crowd: Reading) -> None:
    saved = saving_audiences.create(crowd, NewAudience(key="texts", name=NAME, text="7 07 007 =1+1\nC1 c01 c1"))
    assert saved.read is not None
    assert saved.read.unknown_ids == ("7", "07", "C1", "c01")
    assert filing.listed(crowd.desk, "texts") == ["007", "=1+1", "c1"]


def test_an_id_with_a_comma_can_be_handed_in_by_itself(crowd: Reading) -> None:
    saved = saving_audiences.create(crowd, NewAudience(key="comma", name=NAME, ids=("a,b", "c1\n", "\tc1")))
    assert (saved.audience.customers, saved.read and saved.read.repeated) == (2, 1)
    assert filing.listed(crowd.desk, "comma") == ["a,b", "c1"]


def test_a_snapshot_of_nobody_is_a_list_of_nobody(crowd: Reading) -> None:
    rule = {"trait": "spend", "op": ">", "value": 1_000_000}
    saving_audiences.create(crowd, NewAudience(key="rich", name=NAME, rule=rule))
    kept = saving_audiences.snapshot(crowd, "rich", SnapshotAsked(key="frozen", name=NAME))
    assert (kept.audience.kind, kept.audience.customers) == ("list", 0)


def test_a_list_of_unknown_ids_only_is_a_list_of_nobody(crowd: Reading) -> None:
    saved = saving_audiences.create(crowd, NewAudience(key="strangers", name=NAME, ids=("x", "y")))
    assert (saved.audience.kind, saved.audience.customers, saved.audience.share) == ("list", 0, 0)
