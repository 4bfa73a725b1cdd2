"""Who has which tag: what the databases hold is what sets in Python say."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from titian.domain.tag import Tag, TagGroup
from titian.domain.words import Words
from titian.errors import ConflictError, InputError, NotFoundError, UnknownNameError
from titian.store import audit, tagged, tags
from titian.store.database import Store
from titian.store.tagged import Given, Merged, Stamp, TakenBack

AT = datetime(2026, 11, 28, 13, tzinfo=UTC)
NAME = Words(zh="名", en="name")
numbers = itertools.count()


def a_tag(key: str, group: str | None = None) -> Tag:
    return Tag(key=key, name=NAME, group=group, made_by="wang", made_at=AT)


@pytest.fixture
def level(store: Store) -> Store:
    """A store with the tags loose, and gold and silver, of which a customer has one at most."""
    with store.writing() as connection:
        tags.add_group(connection, TagGroup(key="level", name=NAME, exclusive=True))
        for key, group in (("loose", None), ("gold", "level"), ("silver", "level")):
            tags.add(connection, a_tag(key, group))
    return store


def stamp(why: str = "") -> Stamp:
    return Stamp(batch=f"b{next(numbers)}", by="wang", at=AT, why=why, source="batch")


def give(store: Store, key: str, customers: Iterable[str], stamped: Stamp | None = None) -> Given:
    with store.writing() as connection:
        audit.wait_for_others(connection)
        return tagged.give(connection, key, customers, stamped or stamp())


def take(store: Store, key: str, customers: Iterable[str], stamped: Stamp | None = None) -> frozenset[str]:
    with store.writing() as connection:
        return tagged.take(connection, key, customers, stamped or stamp())


def take_back(store: Store, batch: str) -> TakenBack:
    with store.writing() as connection:
        return tagged.take_back(connection, batch, AT)


def who(store: Store, key: str) -> list[str]:
    with store.reading() as connection:
        return [one.customer_id for one in tagged.holders(connection, key, None, 1000)]


def test_tagging_is_told_and_a_second_time_changes_nothing(level: Store) -> None:
    assert give(level, "loose", ["ann", "bob", "ann"]) == Given(tagged=2, already=0, taken_out=0)
    assert give(level, "loose", ["ann", "bob"]) == Given(tagged=0, already=2, taken_out=0)
    assert give(level, "loose", ["bob", "cid"]) == Given(tagged=1, already=1, taken_out=0)
    assert who(level, "loose") == ["ann", "bob", "cid"]


def test_of_an_exclusive_group_a_customer_keeps_the_last(level: Store) -> None:
    give(level, "silver", ["ann", "bob"])
    give(level, "loose", ["ann"])
    assert give(level, "gold", ["ann", "cid"]) == Given(tagged=2, already=0, taken_out=1)
    assert (who(level, "gold"), who(level, "silver"), who(level, "loose")) == (["ann", "cid"], ["bob"], ["ann"])


def test_who_has_it_since_when_by_whom_and_why(level: Store) -> None:
    stamped = stamp("answered the survey")
    give(level, "gold", ["ann"], stamped)
    give(level, "gold", ["ann"], stamp("again"))
    with level.reading() as connection:
        (one,) = tagged.of_customer(connection, "ann")
    assert (one.tag, one.since, one.by, one.why) == ("gold", AT, "wang", "answered the survey")
    assert (one.source, one.batch) == ("batch", stamped.batch)


def test_untagging_says_who_had_it(level: Store) -> None:
    give(level, "loose", ["ann", "bob"])
    assert take(level, "loose", ["bob", "cid"]) == {"bob"}
    assert take(level, "loose", ["bob", "cid"]) == frozenset()
    assert who(level, "loose") == ["ann"]


def test_a_batch_is_taken_back_once_and_what_it_took_returns(level: Store) -> None:
    give(level, "silver", ["ann", "bob"])
    give(level, "gold", ["ann", "cid"], made := stamp())
    assert take_back(level, made.batch) == TakenBack(removed=2, restored=1, repeated=False)
    assert (who(level, "gold"), who(level, "silver")) == ([], ["ann", "bob"])
    assert take_back(level, made.batch) == TakenBack(removed=0, restored=0, repeated=True)


def test_untagging_is_taken_back_too(level: Store) -> None:
    give(level, "loose", ["ann", "bob"])
    take(level, "loose", ["ann"], made := stamp())
    assert take_back(level, made.batch) == TakenBack(removed=0, restored=1, repeated=False)
    assert who(level, "loose") == ["ann", "bob"]


def test_what_was_said_since_stays_when_a_batch_is_taken_back(level: Store) -> None:
    give(level, "silver", ["ann"])
    give(level, "gold", ["ann"], first := stamp())
    take(level, "gold", ["ann"])
    give(level, "gold", ["ann"])
    assert take_back(level, first.batch) == TakenBack(removed=0, restored=0, repeated=False)
    assert (who(level, "gold"), who(level, "silver")) == (["ann"], [])


def test_nobody_s_batch_is_not_found(level: Store) -> None:
    with pytest.raises(NotFoundError, match="nothing"):
        take_back(level, "nothing")


def test_a_merge_leaves_the_other_with_the_customers_of_both(level: Store) -> None:
    give(level, "loose", ["ann", "bob", "cid"])
    give(level, "gold", ["ann"])
    give(level, "silver", ["bob"])
    with level.writing() as connection:
        assert tagged.merge(connection, "loose", "gold") == Merged(moved=2, already=1, taken_out=1)
        assert tags.remove(connection, "loose") == 1, "who had both"
    assert (who(level, "gold"), who(level, "silver")) == (["ann", "bob", "cid"], [])


def test_two_of_one_exclusive_group_are_merged(level: Store) -> None:
    give(level, "silver", ["ann"])
    give(level, "gold", ["bob"])
    with level.writing() as connection:
        assert tagged.merge(connection, "silver", "gold") == Merged(moved=1, already=0, taken_out=0)
    assert who(level, "gold") == ["ann", "bob"]


def test_a_tag_is_not_merged_into_itself_or_nothing(level: Store) -> None:
    give(level, "loose", ["ann"])
    with level.writing() as connection, pytest.raises(InputError):
        tagged.merge(connection, "loose", "loose")
    with level.writing() as connection, pytest.raises(UnknownNameError, match="lose"):
        tagged.merge(connection, "loose", "lose")
    assert who(level, "loose") == ["ann"]


def test_unknown_tags_are_named_with_the_known(level: Store) -> None:
    for call in (give, take):
        with pytest.raises(UnknownNameError) as refused:
            call(level, "gld", ["ann"])
        assert refused.value.details["valid"] == ["gold", "loose", "silver"]


def test_all_or_nothing(level: Store) -> None:
    give(level, "silver", ["ann"])
    with pytest.raises(ZeroDivisionError), level.writing() as connection:
        print(tagged.give(connection, "gold", ["ann", "bob"], stamp()).tagged / 0)
    assert (who(level, "gold"), who(level, "silver")) == ([], ["ann"])
    assert give(level, "gold", ["ann"]).tagged == 1, "and the next call is not in its way"


def test_removing_a_tag_counts_who_had_it_and_forgets_what_was_taken(level: Store) -> None:
    give(level, "gold", ["ann", "bob"])
    take(level, "gold", ["bob"], made := stamp())
    with level.writing() as connection:
        assert tags.remove(connection, "gold") == 1
        tags.add(connection, a_tag("gold"))
    assert take_back(level, made.batch).restored == 0


def test_a_tag_does_not_come_into_a_group_that_allows_one_while_customers_have_several(level: Store) -> None:
    give(level, "loose", ["ann", "bob"])
    give(level, "gold", ["ann"])
    with level.writing() as connection:
        tags.put(connection, a_tag("loose", "level"))
        with pytest.raises(ConflictError) as refused:
            tags.check_one_each(connection, "level", tags.exclusive(connection)["level"])
    assert refused.value.details["customers"] == 1
    take(level, "loose", ["ann"])
    with level.writing() as connection:
        tags.put(connection, a_tag("loose", "level"))
    assert give(level, "gold", ["bob"]).taken_out == 1


def test_holders_are_paged_in_the_order_of_characters(level: Store) -> None:
    ids = ["a", "B", "_", "Z", "é", "客户", "a b", "😀"]
    give(level, "loose", ids)
    found: list[str] = []
    with level.reading() as connection:
        while page := tagged.holders(connection, "loose", found[-1] if found else None, 3):
            found += [one.customer_id for one in page]
    assert found == sorted(ids)


@pytest.mark.parametrize("odd", ["<img src=x onerror=alert(1)>", "'; DROP TABLE tagged; --", "%s :a {0}", "x" * 500])
def test_odd_ids_are_ids(level: Store, odd: str) -> None:
    assert give(level, "loose", [odd]).tagged == 1
    assert who(level, "loose") == [odd]


def test_a_hundred_thousand_are_tagged_in_a_few_seconds(level: Store) -> None:
    ids = [f"customer-{number:06d}" for number in range(100_000)]
    give(level, "silver", ids[:50_000])
    began = time.perf_counter()
    assert give(level, "gold", ids) == Given(tagged=100_000, already=0, taken_out=50_000)
    assert time.perf_counter() - began < 5


def test_a_later_instant_is_later(level: Store) -> None:
    give(level, "loose", ["ann"])
    give(level, "loose", ["bob"], Stamp(batch="later", by="li", at=AT + timedelta(microseconds=1)))
    with level.reading() as connection:
        ann, bob = tagged.holders(connection, "loose", None, 2)
    assert bob.since - ann.since == timedelta(microseconds=1)


def test_a_tag_that_follows_is_of_exactly_those_and_who_stays_keeps_since_when(store: Store) -> None:
    early, late = Stamp("one", "wang", AT, source="rule"), Stamp("two", "li", AT.replace(year=2030), source="rule")
    with store.writing() as connection:
        tags.add(connection, a_tag("vip"))
        assert tagged.follow(connection, "vip", ["a", "b"], early) == tagged.Followed(2, 0)
        assert tagged.follow(connection, "vip", ["b", "c", "c"], late) == tagged.Followed(1, 1)
        held = {one.customer_id: (one.batch, one.source) for one in tagged.holders(connection, "vip", None, 9)}
        assert held == {"b": ("one", "rule"), "c": ("two", "rule")}
        assert tagged.follow(connection, "vip", ["b", "c"], late) == tagged.Followed(0, 0)
        assert tagged.follow(connection, "vip", [], late) == tagged.Followed(0, 2)
