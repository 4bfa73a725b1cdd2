"""Tags that follow rules: after every refresh exactly those have them who meet the rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app import filing, market
from titian.app import (
    applying,
    auditing,
    following,
    importing,
    planning,
    rule_tags,
    saving_audiences,
    selections,
    tag_making,
    tagging,
)
from titian.app.answers.audiences import AudienceChange, NewAudience
from titian.app.answers.selection import SelectionAsked
from titian.app.answers.tags import NewTag, NewTagGroup, TagChange, TagGroupChange, TagInfo
from titian.app.desk import Desk, Reading
from titian.app.importing import SourceAsked
from titian.domain.words import Words
from titian.errors import ConflictError, InputError, UnknownNameError
from titian.rules.reading import read
from titian.warehouse.progress import silent

NAME = Words(zh="标签", en="Tag")
RECENT = {"trait": "order_count_30d", "op": ">=", "value": 1}
SPENT = {"trait": "spend", "op": ">=", "value": 100}


@pytest.fixture
def shop(own_desk: Desk) -> Iterator[Reading]:
    with own_desk.reading() as reading:
        yield reading


def make(reading: Reading, key: str, rule: dict[str, Any] | None, **more: Any) -> TagInfo:
    return rule_tags.save_new(reading, NewTag(key=key, name=NAME, rule=rule, **more))


def change(reading: Reading, key: str, **asked: Any) -> TagInfo:
    base = reading.desk.defined("tags").numbers()[key]
    return rule_tags.save_change(reading, key, TagChange(base_version=base, name=NAME, **asked))


def meet(reading: Reading, rule: dict[str, Any]) -> list[str]:
    found = selections.selection(reading, SelectionAsked(rule=rule))
    return [str(one) for one in found.to_arrow().column("customer_id").to_pylist()]


def who(desk: Desk, key: str) -> list[str]:
    return sorted(desk.tags.customers(key))


def test_whoever_meets_the_rule_has_the_tag_at_once(shop: Reading) -> None:
    made = make(shop, "recent", RECENT)
    assert who(shop.desk, "recent") == meet(shop, RECENT)
    assert (made.customers, made.rule) == (len(meet(shop, RECENT)), RECENT)
    assert {one.source for one in tagging.holders(shop.desk, "recent", None, 500).customers} == {"rule"}


def test_another_rule_brings_others_and_who_stays_keeps_since_when(shop: Reading) -> None:
    make(shop, "spent", SPENT)
    before = {one.customer_id: one.since for one in tagging.holders(shop.desk, "spent", None, 500).customers}
    wider = {"any": [SPENT, RECENT]}
    change(shop, "spent", rule=wider)
    after = {one.customer_id: one.since for one in tagging.holders(shop.desk, "spent", None, 500).customers}
    assert sorted(after) == meet(shop, wider)
    assert {one: since for one, since in after.items() if one in before} == before


def test_a_refresh_with_nothing_new_changes_nothing_and_leaves_no_line(shop: Reading) -> None:
    make(shop, "recent", RECENT)
    lines = auditing.lines(shop.desk).found
    (told,) = rule_tags.refresh(shop)
    assert (told.came, told.gone, told.problem) == (0, 0, None)
    assert auditing.lines(shop.desk).found == lines


def test_new_data_bring_tags_into_step_by_themselves(shop: Reading, tmp_path: Path) -> None:
    make(shop, "recent", RECENT)
    desk, before = shop.desk, meet(shop, RECENT)
    late = next(one for one in sorted(market.customers()) if one not in before)
    order = market.Order("late", late, datetime(market.END.year, market.END.month, market.END.day), 5.0, "paid")
    source = SourceAsked(str(market.write_orders(tmp_path / "late.csv", [order])))
    importing.load(desk, source, market.MAPPING, strict=False, progress=silent)
    with desk.reading() as reading:
        assert who(desk, "recent") == meet(reading, RECENT)
    assert late in who(desk, "recent")


def test_tags_that_rest_on_each_other_are_brought_into_step_in_order(shop: Reading) -> None:
    make(shop, "z_first", RECENT)
    make(shop, "a_second", {"all": [{"tag": "z_first"}, SPENT]})
    saving_audiences.create(shop, NewAudience(key="between", name=NAME, rule={"tag": "a_second"}))
    make(shop, "third", {"not": {"audience": "between"}})
    change(shop, "z_first", rule={"not": RECENT})
    rule_tags.refresh(shop)
    second = meet(shop, {"all": [{"not": RECENT}, SPENT]})
    assert who(shop.desk, "a_second") == second
    everyone = meet(shop, {"any": [SPENT, {"not": SPENT}]})
    assert who(shop.desk, "third") == sorted(set(everyone) - set(second))


@pytest.mark.parametrize(
    ("rules", "audiences", "steps"),
    [
        ({"a": {"tag": "b"}, "b": {"tag": "c"}, "c": SPENT}, {}, [("c",), ("b",), ("a",)]),
        ({"a": {"tag": "hand"}, "b": SPENT}, {}, [("a", "b")]),
        ({"a": {"audience": "x"}, "b": SPENT}, {"x": {"audience": "y"}, "y": {"tag": "b"}}, [("b",), ("a",)]),
        ({}, {"x": {"tag": "b"}}, []),
    ],
)
def test_those_on_which_others_rest_come_first(rules: Any, audiences: Any, steps: list[tuple[str, ...]]) -> None:
    said = ({key: read(rule) for key, rule in given.items()} for given in (rules, audiences))
    assert following.levels(*said) == steps


@given(
    edges=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12),
)
def test_steps_hold_every_tag_once_and_only_circles_are_refused(edges: list[tuple[int, int]]) -> None:
    names = {f"t{number}": [SPENT] for number in range(7)}
    for above, below in edges:
        names[f"t{above}"].append({"tag": f"t{below}"})  # type: ignore[dict-item]
    rules = {key: read({"all": parts}) for key, parts in names.items()}
    below_of = {above: {below for one, below in edges if one == above} for above in range(7)}
    reach = {one: set(below) for one, below in below_of.items()}
    for _ in range(7):
        reach = {one: below | {far for near in below for far in reach[near]} for one, below in reach.items()}
    if any(one in below for one, below in reach.items()):
        with pytest.raises(InputError, match="circle"):
            following.levels(rules, {})
        return
    steps = following.levels(rules, {})
    place = {key: number for number, step in enumerate(steps) for key in step}
    assert sorted(place) == sorted(rules)
    assert all(place[f"t{below}"] < place[f"t{above}"] for above, below in edges)


def test_a_circle_of_tags_and_audiences_is_refused_from_both_sides(shop: Reading) -> None:
    make(shop, "loop", SPENT)
    saving_audiences.create(shop, NewAudience(key="around", name=NAME, rule={"tag": "loop"}))
    with pytest.raises(InputError, match="circle"):
        change(shop, "loop", rule={"audience": "around"})
    make(shop, "other", {"audience": "around"})
    with pytest.raises(InputError, match="circle"):
        saving_audiences.change(shop, "around", AudienceChange(base_version=1, name=NAME, rule={"tag": "other"}))
    with pytest.raises(InputError, match="circle"):
        change(shop, "loop", rule={"tag": "loop"})


def test_what_a_rule_decides_is_not_done_by_hand(shop: Reading) -> None:
    make(shop, "recent", RECENT)
    someone = meet(shop, RECENT)[0]
    for deed in (tagging.give, tagging.take):
        with pytest.raises(ConflictError, match="follows a rule"):
            deed(shop, "recent", [someone])
    change(shop, "recent")
    assert tagging.take(shop, "recent", [someone]).untagged == 1


def test_a_rule_in_a_group_that_allows_one_is_refused(shop: Reading) -> None:
    tag_making.create_group(shop.desk, NewTagGroup(key="level", name=NAME, exclusive=True))
    with pytest.raises(InputError, match="allows one"):
        make(shop, "gold", SPENT, group="level")
    assert [one.tag.key for one in shop.desk.tags.all()[0]] == []
    tag_making.create_group(shop.desk, NewTagGroup(key="kinds", name=NAME))
    make(shop, "rich", SPENT, group="kinds")
    with pytest.raises(ConflictError, match="follows a rule"):
        tag_making.change_group(shop.desk, "kinds", TagGroupChange(base_version=1, name=NAME, exclusive=True))


@pytest.mark.parametrize(
    "rule", [{"tag": "nothing"}, {"audience": "no"}, {"layering": "no", "layers": ["a"]}, {"x": 1}]
)
def test_a_rule_that_can_not_be_asked_makes_no_tag(shop: Reading, rule: dict[str, Any]) -> None:
    with pytest.raises((InputError, UnknownNameError)):
        make(shop, "new", rule)
    assert shop.desk.tags.all()[0] == []


def test_a_tag_that_rules_name_stays(shop: Reading) -> None:
    make(shop, "recent", RECENT)
    make(shop, "both", {"all": [{"tag": "recent"}, SPENT]})
    saving_audiences.create(shop, NewAudience(key="chosen", name=NAME, rule={"tag": "recent"}))
    with pytest.raises(ConflictError) as refused:
        tag_making.remove(shop.desk, "recent")
    assert refused.value.details["used_by"] == ["audiences/chosen", "tags/both"]
    tag_making.remove(shop.desk, "both")


def test_what_a_rule_decides_is_neither_merged_nor_merged_into(shop: Reading) -> None:
    make(shop, "recent", RECENT)
    make(shop, "hand", None)
    make(shop, "asks", {"tag": "hand"})
    for key, into in (("recent", "hand"), ("hand", "recent"), ("hand", "asks")):
        with pytest.raises(ConflictError, match="follows a rule"):
            tag_making.merge(shop.desk, key, into)
    make(shop, "free", None)
    with pytest.raises(ConflictError, match="tags/asks"):
        tag_making.merge(shop.desk, "hand", "free")
    assert who(shop.desk, "recent") == meet(shop, RECENT)


def test_a_layer_that_its_layering_has_not_makes_no_tag(shop: Reading) -> None:
    with pytest.raises(UnknownNameError, match="gold"):
        make(shop, "odd", {"layering": "rfm", "layers": ["gold"]})
    assert "odd" not in {one.tag.key for one in shop.desk.tags.all()[0]}


def test_what_a_tag_by_rule_names_is_not_pruned(shop: Reading) -> None:
    saving_audiences.create(shop, NewAudience(key="chosen", name=NAME, rule=SPENT))
    make(shop, "asks", {"audience": "chosen"})
    applying.export(shop.desk)
    filing.path_of(shop.desk, "audiences/chosen").unlink()
    with pytest.raises(ConflictError, match="tags/asks"):
        planning.plan(shop, prune=True)


def test_a_refresh_of_many_asks_the_engine_once_for_all_of_them(shop: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        make(shop, f"t{number}", {"trait": "spend", "op": ">=", "value": number * 50})
    asked: list[int] = []
    real = following.select_together
    monkeypatch.setattr(following, "select_together", lambda *given: asked.append(len(given[0])) or real(*given))
    rule_tags.refresh(shop)
    assert asked == [6]
    for number in range(6):
        assert who(shop.desk, f"t{number}") == meet(shop, {"trait": "spend", "op": ">=", "value": number * 50})


def test_one_whose_rule_can_not_be_asked_any_more_says_why_and_keeps_its_customers(shop: Reading) -> None:
    make(shop, "recent", RECENT)
    make(shop, "core", {"all": [{"layering": "value_levels", "layers": ["active"]}, SPENT]})
    before = who(shop.desk, "core")
    core = shop.desk.defined("tags").current()["core"]
    away = {"rule": {"layering": "value_levels", "layers": ["moved_away"]}}
    shop.desk.defined("tags").publish(core.model_copy(update={"parameters": away}), core)
    told = {one.tag: one for one in rule_tags.refresh(shop)}
    assert told["core"].problem is not None
    assert "moved_away" in told["core"].problem.zh
    assert (who(shop.desk, "core"), told["recent"].problem) == (before, None)


def test_lines_of_the_log_tell_figures_and_no_customers(shop: Reading) -> None:
    make(shop, "recent", RECENT)
    line = auditing.lines(shop.desk).lines[0]
    assert (line.action, line.subject) == ("tag.follow", "recent")
    assert line.details == {"recent": {"came": len(meet(shop, RECENT)), "gone": 0}}
    assert line.said.zh != line.action != line.said.en


def test_without_data_a_tag_waits_for_them(empty: Desk) -> None:
    with empty.reading() as reading:
        assert make(reading, "recent", RECENT).customers == 0
        assert rule_tags.refresh(reading) == []


def test_a_tag_says_when_it_was_last_in_step(shop: Reading) -> None:
    made = make(shop, "recent", RECENT)
    assert made.followed_at is not None
    assert made.followed_at >= made.made_at
    rule_tags.refresh(shop)
    again = tag_making.one(shop.desk, "recent").followed_at
    assert again is not None
    assert again > made.followed_at
    assert make(shop, "by_hand", None).followed_at is None


def test_another_rule_that_could_not_be_asked_yet_was_never_in_step(empty: Desk) -> None:
    with empty.reading() as reading:
        made = make(reading, "recent", RECENT)
        assert (made.followed_at, made.customers) == (None, 0)
        empty.tags.follow({"recent": ()})
        assert tag_making.one(empty, "recent").followed_at is not None
        named = change(reading, "recent", colour="red", rule=RECENT)
        assert named.followed_at is not None
        assert change(reading, "recent", rule=SPENT).followed_at is None


def test_a_customer_s_tag_says_whether_it_follows_a_rule_however_it_was_given(shop: Reading) -> None:
    make(shop, "recent", None)
    who = meet(shop, RECENT)[0]
    tagging.give(shop, "recent", [who])
    assert [one.by_rule for one in tagging.of_customer(shop, who)] == [False]
    change(shop, "recent", rule=RECENT)
    (held,) = tagging.of_customer(shop, who)
    assert (held.by_rule, held.source) == (True, "hand")
