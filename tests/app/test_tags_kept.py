"""Tags and notes outlive what happens to a workspace: a new process, a rebuild, a backup, customers who go."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.app import market
from titian.app import backup, importing, noting, tag_making, tagging, undoing
from titian.app.answers.notes import NoteAsked
from titian.app.answers.tags import CustomersAsked, NewTag
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.maintenance import rebuild
from titian.domain.words import Words
from titian.warehouse.progress import silent

PEOPLE = sorted(market.customers())
ANN = PEOPLE[0]
NAME = Words(zh="", en="VIP")


@pytest.fixture
def shop(own_desk: Desk) -> Desk:
    """A shop in which ann is vip and has a note."""
    said(own_desk)
    return own_desk


def said(desk: Desk, customer: str = ANN) -> None:
    tag_making.create(desk, NewTag(key="vip", name=NAME))
    with desk.reading() as reading:
        tagging.give(reading, "vip", [customer])
        noting.add(reading, customer, NoteAsked(text="tea"))


def held(desk: Desk, customer: str = ANN) -> tuple[list[str], list[str]]:
    """The tags and the notes of a customer."""
    with desk.reading() as reading:
        tags = [one.tag for one in tagging.of_customer(reading, customer)]
        return tags, [one.text for one in noting.of_customer(reading, customer, None, 9).notes]


def test_another_process_sees_them(shop: Desk) -> None:
    with Desk(shop.workspace) as other:
        assert held(other) == (["vip"], ["tea"])


def test_a_rebuild_leaves_them(shop: Desk) -> None:
    rebuild(shop, silent)
    assert held(shop) == (["vip"], ["tea"])


def test_a_backup_carries_them(shop: Desk, tmp_path: Path) -> None:
    backup.backup(shop, tmp_path / "shop.tar", silent)
    with Desk(backup.restore(tmp_path / "shop.tar", tmp_path / "again", silent)) as again:
        assert held(again) == (["vip"], ["tea"])


def test_who_is_no_longer_in_the_data_keeps_them_and_can_lose_them(empty: Desk, tmp_path: Path) -> None:
    rows = list(market.orders())[:3]
    customer = rows[0].customer_id
    source = SourceAsked(str(market.write_orders(tmp_path / "a.csv", rows)))
    run = importing.load(empty, source, market.MAPPING, strict=False, progress=silent)
    said(empty, customer)
    undoing.undo_import(empty, run.id)
    assert held(empty, customer) == (["vip"], ["tea"])
    with empty.reading() as reading:
        assert tagging.take(reading, "vip", [customer]).untagged == 1
        assert tagging.give(reading, "vip", [customer]).unknown == 1


def test_a_call_names_customers_in_a_list_a_text_or_both() -> None:
    assert tagging.asked(CustomersAsked(ids=("a b",), text="c, d")) == ["a b", "c", "d"]


def test_neither_the_command_line_nor_the_server_loads_a_database_before_it_is_needed() -> None:
    program = "import sys, titian.cli.main, titian.server.app; print({'sqlalchemy', 'alembic'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "set()"
