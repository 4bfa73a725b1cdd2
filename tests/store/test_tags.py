"""Tags and their groups: made, changed, removed."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.store.test_tagged import AT, NAME, a_tag
from titian.domain.tag import COLOURS, TagGroup
from titian.domain.words import Words
from titian.errors import ConflictError, UnknownNameError
from titian.store import tagged, tags
from titian.store.database import Store
from titian.store.tagged import Stamp

ODD = ["<script>alert(1)</script>", "'; DROP TABLE tags; --", "%s :name {0}", "\\", "客户 😀"]


@pytest.mark.parametrize("odd", ODD)
def test_a_tag_is_what_was_said(store: Store, odd: str) -> None:
    name = Words(zh=odd, en=odd)
    made = a_tag("vip").model_copy(update={"name": name, "description": odd, "colour": COLOURS[-1], "made_by": odd})
    with store.writing() as connection:
        tags.add(connection, made)
        assert tags.tag(connection, "vip") == made
        assert [one.tag for one in tags.counted(connection)] == [made]


def test_tags_are_listed_by_key_with_their_customers(store: Store) -> None:
    with store.writing() as connection:
        for key in ("vip", "a_b", "ab"):
            tags.add(connection, a_tag(key))
        tagged.give(connection, "vip", ["ann", "bob"], Stamp(batch="1", by="wang", at=AT))
        assert [(one.tag.key, one.customers) for one in tags.counted(connection)] == [("a_b", 0), ("ab", 0), ("vip", 2)]
        assert tags.count(connection, "vip") == 2


def test_a_key_is_taken_once(store: Store) -> None:
    with store.writing() as connection:
        tags.add(connection, a_tag("vip"))
        tags.add_group(connection, TagGroup(key="vip", name=NAME))
        with pytest.raises(ConflictError):
            tags.add(connection, a_tag("vip"))
        with pytest.raises(ConflictError):
            tags.add_group(connection, TagGroup(key="vip", name=NAME))


def test_a_change_leaves_who_made_it(store: Store) -> None:
    with store.writing() as connection:
        tags.add(connection, a_tag("vip"))
        tags.put(connection, a_tag("vip").model_copy(update={"colour": "red", "made_by": "li"}))
        assert (tags.tag(connection, "vip").colour, tags.tag(connection, "vip").made_by) == ("red", "wang")


def test_what_is_not_there_is_named(store: Store) -> None:
    with store.writing() as connection:
        tags.add(connection, a_tag("vip"))
        for call in (tags.tag, tags.remove, tags.group, tags.remove_group):
            with pytest.raises(UnknownNameError):
                call(connection, "nothing")
        with pytest.raises(UnknownNameError):
            tags.put_group(connection, TagGroup(key="nothing", name=NAME))
        for given in (a_tag("nothing"), a_tag("vip", "nothing")):
            with pytest.raises(UnknownNameError):
                tags.put(connection, given)
        with pytest.raises(UnknownNameError):
            tags.add(connection, a_tag("other", "nothing"))


def test_the_tags_of_an_exclusive_group_are_rivals_until_they_leave_it(store: Store) -> None:
    with store.writing() as connection:
        tags.add_group(connection, TagGroup(key="level", name=NAME, exclusive=True))
        tags.add_group(connection, TagGroup(key="kind", name=NAME))
        for key, group in (("gold", "level"), ("silver", "level"), ("tea", "kind")):
            tags.add(connection, a_tag(key, group))
        assert (tags.rivals(connection, "gold"), tags.exclusive(connection)) == (
            ["silver"],
            {"level": ["gold", "silver"]},
        )
        for key in ("gold", "silver"):
            tags.put(connection, a_tag(key))
        tags.remove_group(connection, "level")
        assert (tags.tag(connection, "gold").group, tags.rivals(connection, "gold")) == (None, [])


def test_a_group_that_tags_are_in_is_not_lost(store: Store) -> None:
    with store.writing() as connection:
        tags.add_group(connection, TagGroup(key="level", name=NAME))
        tags.add(connection, a_tag("gold", "level"))
    with pytest.raises(IntegrityError), store.writing() as connection:
        tags.remove_group(connection, "level")
    with store.reading() as connection:
        assert tags.tag(connection, "gold").group == "level"


def test_tags_and_groups_say_which_version_they_are(store: Store) -> None:
    with store.writing() as connection:
        tags.add_group(connection, TagGroup(key="level", name=NAME))
        tags.add(connection, a_tag("vip"))
        tags.put_group(connection, TagGroup(key="level", name=NAME, version=2))
        tags.put(connection, a_tag("vip").model_copy(update={"version": 7}))
        assert (tags.group(connection, "level").version, tags.tag(connection, "vip").version) == (2, 7)


def test_a_group_that_is_not_exclusive_has_no_rivals(store: Store) -> None:
    with store.writing() as connection:
        tags.add_group(connection, TagGroup(key="level", name=NAME))
        for key in ("gold", "silver"):
            tags.add(connection, a_tag(key, "level"))
            tagged.give(connection, key, ["ann"], Stamp(batch=key, by="wang", at=AT))
        assert [one.tag for one in tagged.of_customer(connection, "ann")] == ["gold", "silver"]
        assert tags.exclusive(connection) == {}
        tags.check_one_each(connection, "level", ["gold"])
        tags.check_one_each(connection, "level", [])
        with pytest.raises(ConflictError, match="1 customers"):
            tags.check_one_each(connection, "level", ["gold", "silver"])
