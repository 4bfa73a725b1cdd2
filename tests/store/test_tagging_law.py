"""Whatever is tagged, untagged, merged and taken back in whatever order, the store holds what sets in Python hold."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from tests.store.test_tagged import AT, NAME, a_tag
from titian.domain.tag import TagGroup
from titian.store import tagged, tags
from titian.store.database import Store
from titian.store.tables import METADATA
from titian.store.tagged import Given, Merged, Stamp, TakenBack

GROUPS = {"gold": "level", "silver": "level", "bronze": "level", "loose": None, "tea": "taste", "coffee": "taste"}
EXCLUSIVE = frozenset({"level"})
people = st.lists(st.sampled_from("abc"), min_size=1, max_size=4)
keys = st.sampled_from(sorted(GROUPS))
deeds = st.lists(
    st.tuples(st.sampled_from(["give", "give", "take"]), keys, people)
    | st.tuples(st.just("give"), st.sampled_from(["gold", "silver", "tea", "coffee"]), people)
    | st.tuples(st.just("take"), keys, people)
    | st.tuples(st.just("merge"), keys, keys)
    | st.tuples(st.just("back"), st.integers(0, 20), st.none()),
    min_size=10,
    max_size=25,
)


@dataclass
class Model:
    """Who has which tag, by which batch; what each batch took away; which were taken back."""

    held: dict[str, dict[str, str]] = field(default_factory=lambda: {key: {} for key in GROUPS})
    took: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)
    back: set[str] = field(default_factory=set)

    def rivals(self, key: str) -> list[str]:
        group = GROUPS[key]
        return [one for one in self.held if one != key and group in EXCLUSIVE and GROUPS[one] == group]

    def give(self, key: str, who: list[str], batch: str) -> Given:
        new = set(who) - set(self.held[key])
        if new:
            self.took[batch] = {
                (one, c): self.held[one].pop(c) for one in self.rivals(key) for c in new & set(self.held[one])
            }
        self.held[key] |= dict.fromkeys(new, batch)
        return Given(len(new), len(set(who)) - len(new), len(self.took.get(batch, {})))

    def take(self, key: str, who: list[str], batch: str) -> frozenset[str]:
        had = set(who) & set(self.held[key])
        if had:
            self.took[batch] = {(key, c): self.held[key].pop(c) for c in had}
        return frozenset(had)

    def merge(self, key: str, into: str) -> Merged:
        coming = {c: batch for c, batch in self.held[key].items() if c not in self.held[into]}
        already, out = len(self.held[key]) - len(coming), 0
        for one in self.rivals(into):
            if one != key:
                out += len([self.held[one].pop(c) for c in coming if c in self.held[one]])
        self.held[into] |= coming
        del self.held[key]
        self.took = {b: {at: by for at, by in rows.items() if at[0] != key} for b, rows in self.took.items()}
        return Merged(len(coming), already, out)

    def take_back(self, batch: str) -> TakenBack:
        if batch in self.back:
            return TakenBack(0, 0, repeated=True)
        gone = [(key, c) for key, who in self.held.items() for c, by in who.items() if by == batch]
        for key, c in gone:
            del self.held[key][c]
        restored = 0
        for (key, c), by in self.took.pop(batch).items():
            if not any(c in self.held[one] for one in (key, *self.rivals(key))):
                self.held[key][c] = by
                restored += 1
        self.back.add(batch)
        return TakenBack(len(gone), restored, repeated=False)


def emptied(store: Store) -> None:
    """As if nothing was ever tagged; the tags are there."""
    with store.writing() as connection:
        for table in reversed(METADATA.sorted_tables):
            if table.name != "audit":
                connection.execute(delete(table))
        for key in ("level", "taste"):
            tags.add_group(connection, TagGroup(key=key, name=NAME, exclusive=key in EXCLUSIVE))
        for key, group in GROUPS.items():
            tags.add(connection, a_tag(key, group))


def held(store: Store) -> dict[str, dict[str, str]]:
    with store.reading() as connection:
        found = {one.tag.key: tagged.holders(connection, one.tag.key, None, 100) for one in tags.counted(connection)}
    return {key: {one.customer_id: one.batch for one in rows} for key, rows in found.items()}


def follow(store: Store, asked: list[tuple[str, object, object]]) -> None:
    """Do the same to the store and to the model, and compare what each says and holds."""
    model, numbers, opened = Model(), itertools.count(), []
    for deed, one, other in asked:
        batch = f"b{next(numbers)}"
        stamp = Stamp(batch=batch, by="wang", at=AT)
        with store.writing() as connection:
            if deed in ("give", "take") and one in model.held:
                mine, theirs = getattr(model, deed), getattr(tagged, deed)
                assert theirs(connection, one, other, stamp) == mine(one, other, batch)
                opened += [batch] if batch in model.took else []
            elif deed == "merge" and one != other and {one, other} <= set(model.held):
                assert tagged.merge(connection, one, other) == model.merge(one, other)  # type: ignore[arg-type]
                tags.remove(connection, one)  # type: ignore[arg-type]
            elif deed == "back" and opened:
                batch = opened[one % len(opened)]  # type: ignore[operator]
                assert tagged.take_back(connection, batch, AT) == model.take_back(batch)
        assert held(store) == model.held


@pytest.mark.full
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(asked=deeds)
@example(asked=[("give", "tea", ["a"]), ("give", "coffee", ["a"]), ("merge", "tea", "gold")])
def test_the_store_holds_what_sets_hold(store: Store, asked: list[tuple[str, object, object]]) -> None:
    emptied(store)
    follow(store, asked)
