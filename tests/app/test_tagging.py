"""Customers are tagged and untagged, one or a hundred thousand, and each deed is told without naming them."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from tests.app import market
from titian.app import auditing, importing, tag_making, tagging
from titian.app.answers.audit import AuditLine
from titian.app.answers.tags import (
    NewTag,
    NewTagGroup,
    TagChange,
    TaggedReport,
    TagGroupChange,
    UntaggedReport,
)
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.domain.mapping import Mapping
from titian.domain.words import Words
from titian.errors import ConflictError, InputError, NotFoundError, UnknownNameError
from titian.warehouse.progress import silent

PEOPLE = sorted(market.customers())
NAME = Words(zh="重要客户", en="VIP")
ODD = ["<img src=x onerror=alert(1)>", "'; DROP TABLE tagged; --", "a\0b", "x" * 501, "\ud800", "%s", "😀"]


@pytest.fixture
def shop(own_desk: Desk) -> Desk:
    """A shop of the test's own with the tags vip, gold and silver; the latter two are of an exclusive group."""
    tag_making.create_group(own_desk, NewTagGroup(key="level", name=NAME, exclusive=True))
    for key, group in (("vip", None), ("gold", "level"), ("silver", "level")):
        tag_making.create(own_desk, NewTag(key=key, name=NAME, group=group))
    return own_desk


def give(desk: Desk, key: str, *customers: str, why: str = "") -> TaggedReport:
    with desk.reading() as reading:
        return tagging.give(reading, key, customers, why)


def take(desk: Desk, key: str, *customers: str) -> UntaggedReport:
    with desk.reading() as reading:
        return tagging.take(reading, key, customers)


def who(desk: Desk, key: str) -> set[str]:
    return {one.customer_id for one in tagging.holders(desk, key, None, 500).customers}


def newest(desk: Desk) -> AuditLine:
    return auditing.lines(desk).lines[0]


def lines(desk: Desk) -> int:
    return auditing.lines(desk).found


def test_a_report_says_what_became_of_everyone_who_was_named(shop: Desk) -> None:
    ann, bob, cid = PEOPLE[:3]
    give(shop, "vip", ann)
    told = give(shop, "vip", ann, bob, "", bob, cid, "nobody", " ")
    assert (told.asked, told.blank, told.repeated, told.unknown) == (7, 2, 1, 1)
    assert (told.already, told.tagged, told.taken_out, told.unknown_ids) == (1, 2, 0, ("nobody",))
    assert who(shop, "vip") == {ann, bob, cid}


def test_the_same_again_changes_nothing_and_leaves_no_line(shop: Desk) -> None:
    give(shop, "vip", *PEOPLE)
    before = lines(shop)
    again = give(shop, "vip", *PEOPLE)
    assert (again.tagged, again.already, again.batch) == (0, len(PEOPLE), None)
    assert (take(shop, "gold", *PEOPLE).batch, lines(shop)) == (None, before)


def test_everyone_ever_seen_can_be_tagged_and_nobody_else(shop: Desk) -> None:
    told = give(shop, "vip", *PEOPLE, *ODD)
    assert (told.tagged, told.unknown) == (len(PEOPLE), len(ODD))
    assert who(shop, "vip") == set(PEOPLE)
    assert all(one.encode() for one in told.unknown_ids), "what is listed can be sent"


def test_of_an_exclusive_group_a_customer_keeps_the_last(shop: Desk) -> None:
    give(shop, "silver", *PEOPLE[:4])
    assert give(shop, "gold", *PEOPLE[2:6]).taken_out == 2
    assert (who(shop, "silver"), who(shop, "gold")) == (set(PEOPLE[:2]), set(PEOPLE[2:6]))


def test_untagging_tells_who_did_not_have_it(shop: Desk) -> None:
    give(shop, "vip", *PEOPLE[:2])
    told = take(shop, "vip", PEOPLE[1], PEOPLE[2], "nobody", "", PEOPLE[1], *ODD)
    assert (told.asked, told.blank, told.repeated) == (5 + len(ODD), 1, 1)
    assert (told.untagged, told.without, told.unknown) == (1, 1, 1 + len(ODD))
    assert who(shop, "vip") == {PEOPLE[0]}


def test_a_batch_is_taken_back_by_its_report(shop: Desk) -> None:
    give(shop, "silver", *PEOPLE[:3])
    told = give(shop, "gold", *PEOPLE)
    undone = tagging.take_back(shop, str(told.batch))
    assert (undone.removed, undone.restored, undone.repeated) == (len(PEOPLE), 3, False)
    assert (who(shop, "silver"), who(shop, "gold")) == (set(PEOPLE[:3]), set())
    before = lines(shop)
    assert (tagging.take_back(shop, str(told.batch)).repeated, lines(shop)) == (True, before)
    with pytest.raises(NotFoundError):
        tagging.take_back(shop, "nothing")


def test_the_tags_of_a_customer_say_how_they_came_to_be(shop: Desk) -> None:
    give(shop, "vip", PEOPLE[0], why=" answered ")
    give(shop, "gold", *PEOPLE[:2])
    with shop.reading() as reading:
        gold, vip = tagging.of_customer(reading, PEOPLE[0])
        assert tagging.of_customer(reading, PEOPLE[5]) == []
        for nobody in ("nobody", *ODD):
            with pytest.raises(NotFoundError):
                tagging.of_customer(reading, nobody)
    assert ([gold.tag, gold.source, gold.group], [vip.tag, vip.source, vip.why]) == (
        ["gold", "batch", "level"],
        ["vip", "hand", "answered"],
    )
    assert (vip.by, vip.since.utcoffset()) == ("python", shop.workspace.zone.utcoffset(vip.since.replace(tzinfo=None)))


def test_who_has_a_tag_is_paged(shop: Desk) -> None:
    give(shop, "vip", *PEOPLE)
    found, cursor = [], None
    while True:
        page = tagging.holders(shop, "vip", cursor, 7)
        found += [one.customer_id for one in page.customers]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert (found, page.total) == (PEOPLE, len(PEOPLE))
    for wrong in ("", "x", "W10", "WyJhIiwiYiJd", "é"):
        with pytest.raises(InputError):
            tagging.holders(shop, "vip", wrong, 7)


def test_a_line_tells_figures_and_keys_and_nobody(shop: Desk) -> None:
    give(shop, "silver", PEOPLE[0])
    told = give(shop, "gold", *PEOPLE[:3], "nobody", why="secret")
    line = newest(shop)
    assert (line.action, line.subject) == ("tag.give", "gold")
    assert line.details == {"tagged": 3, "already": 0, "taken_out": 1, "batch": told.batch}
    take(shop, "gold", PEOPLE[0])
    assert (newest(shop).action, newest(shop).details["untagged"]) == ("tag.take", 1)
    every = "".join(one.model_dump_json() for one in auditing.lines(shop).lines)
    assert not [one for one in (*PEOPLE, "nobody", "secret") if f'"{one}"' in every]


def test_where_no_line_can_be_written_nobody_is_tagged(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("titian.store.audit.append", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            give(shop, "vip", *PEOPLE)
    assert who(shop, "vip") == set()


def test_a_hundred_thousand_are_tagged_in_a_few_seconds(empty: Desk, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["customer_id"], *([f"c{number}"] for number in range(60_000))])
    mapping = Mapping(table="customers", columns={"customer_id": "customer_id"})
    importing.load(empty, SourceAsked(str(path)), mapping, strict=False, progress=silent)
    tag_making.create(empty, NewTag(key="vip", name=NAME))
    named = [f"c{number}" for number in range(80_000)] + [""] * 5_000 + [f"c{number}" for number in range(15_000)]
    began = time.perf_counter()
    told = give(empty, "vip", *named)
    assert time.perf_counter() - began < 5
    assert (told.asked, told.blank, told.repeated) == (100_000, 5_000, 15_000)
    assert (told.unknown, told.tagged) == (20_000, 60_000)
    assert told.unknown_ids == tuple(f"c{number}" for number in range(60_000, 60_100))


def test_without_data_nobody_is_known(empty: Desk) -> None:
    tag_making.create(empty, NewTag(key="vip", name=NAME))
    assert give(empty, "vip", "ann").unknown == 1


def test_a_tag_is_made_once_and_again_is_the_same(shop: Desk) -> None:
    before, asked = lines(shop), NewTag(key="vip", name=NAME)
    assert tag_making.create(shop, asked).key == "vip"
    assert lines(shop) == before
    with pytest.raises(ConflictError):
        tag_making.create(shop, asked.model_copy(update={"colour": "red"}))


@pytest.mark.parametrize("key", ["", "VIP", "1a", "a-b", "a b", "é", "a" * 61, "a\0", "../a", "a\n"])
def test_a_key_that_is_none_is_refused(shop: Desk, key: str) -> None:
    with pytest.raises(InputError):
        tag_making.create(shop, NewTag(key=key, name=NAME))
    with pytest.raises(InputError):
        tag_making.create_group(shop, NewTagGroup(key=key, name=NAME))


@pytest.mark.parametrize("name", ["", " ", "a\0b", "x" * 101, "\ud800"])
def test_a_name_that_can_t_be_kept_is_refused(shop: Desk, name: str) -> None:
    with pytest.raises(InputError):
        tag_making.create(shop, NewTag(key="new", name=Words(zh=name, en=name)))
    with pytest.raises(InputError):
        tag_making.change(shop, "vip", TagChange(base_version=1, name=Words(zh=name, en=name)))


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "'; DROP TABLE tags; --", "客户 😀"])
def test_odd_names_are_names(shop: Desk, name: str) -> None:
    made = tag_making.create(shop, NewTag(key="new", name=Words(zh="", en=name), description=name))
    assert (made.name, made.description) == (Words(zh=name, en=name), name)


def test_a_tag_is_changed_and_keeps_its_customers(shop: Desk) -> None:
    give(shop, "vip", *PEOPLE[:2])
    asked = TagChange(base_version=1, name=Words(zh="老客", en="regulars"), colour="red", group="level")
    changed = tag_making.change(shop, "vip", asked)
    assert (changed.name.en, changed.colour, changed.group, changed.customers) == ("regulars", "red", "level", 2)
    before = lines(shop)
    tag_making.change(shop, "vip", asked.model_copy(update={"base_version": changed.version}))
    assert lines(shop) == before


def test_tags_are_merged_and_removed_and_counted(shop: Desk) -> None:
    give(shop, "vip", *PEOPLE[:3])
    give(shop, "gold", *PEOPLE[2:5])
    merged = tag_making.merge(shop, "vip", "gold")
    assert (merged.moved, merged.already, merged.taken_out, merged.tag.customers) == (2, 1, 0, 5)
    assert newest(shop).details == {"into": "gold", "moved": 2, "already": 1, "taken_out": 0}
    assert tag_making.remove(shop, "gold").tag.customers == 5
    assert (newest(shop).action, newest(shop).details) == ("tag.remove", {"version": 1, "customers": 5})
    assert [one.key for one in tag_making.listed(shop).tags] == ["silver"]


def test_groups_are_changed_and_removed(shop: Desk) -> None:
    give(shop, "gold", PEOPLE[0])
    tag_making.change_group(shop, "level", TagGroupChange(base_version=1, name=NAME))
    give(shop, "silver", PEOPLE[0])
    with pytest.raises(ConflictError):
        tag_making.change_group(shop, "level", TagGroupChange(base_version=2, name=NAME, exclusive=True))
    assert tag_making.remove_group(shop, "level").tags == 2
    assert [one.group for one in tag_making.listed(shop).tags] == [None] * 3


def test_what_is_not_there_is_named_with_what_is(shop: Desk) -> None:
    for call in (tag_making.remove, tag_making.remove_group):
        with pytest.raises(UnknownNameError):
            call(shop, "nothing")
    with pytest.raises(UnknownNameError, match="nothing"):
        tag_making.create(shop, NewTag(key="new", name=NAME, group="nothing"))
    with pytest.raises(UnknownNameError, match="nothing"):
        give(shop, "nothing", PEOPLE[0])


def test_every_deed_has_words(shop: Desk) -> None:
    tagging.take_back(shop, str(give(shop, "vip", PEOPLE[0]).batch))
    tag_making.change_group(shop, "level", TagGroupChange(base_version=1, name=NAME))
    tag_making.remove_group(shop, "level")
    assert all(line.said.zh != line.action != line.said.en for line in auditing.lines(shop).lines)
