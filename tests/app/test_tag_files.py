"""Files of tags and groups: who would gain and lose a tag is told first, then all of it holds or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.app import filing, market, tagged
from tests.app.tagged import NAME, RECENT, SPENT, change, give, make, meet, moves, planned, put, put_group, who
from titian.app import applying, importing, planning, registered, saving_audiences, tag_making
from titian.app.answers.audiences import NewAudience
from titian.app.answers.plan import ApplyAsked
from titian.app.desk import Desk, Reading
from titian.app.importing import SourceAsked
from titian.errors import ConflictError, InputError, TitianError
from titian.warehouse.progress import silent

PEOPLE = sorted(market.customers())
GOLD = {"colour": "gold"}
IN_LEVEL = {"group": "level"}


@pytest.fixture
def shop(own_desk: Desk) -> Iterator[Reading]:
    with own_desk.reading() as reading:
        yield reading


@pytest.fixture
def filed(shop: Reading) -> Reading:
    """The shop with the group level, gold and silver in it, and rich by a rule, their files written."""
    tagged.group(shop.desk, "level", exclusive=True)
    for key in ("gold", "silver"):
        make(shop, key, group="level")
    make(shop, "rich", SPENT)
    applying.export(shop.desk)
    return shop


def test_a_file_of_a_tag_by_rule_says_who_would_have_it_and_gives_it_to_them(shop: Reading) -> None:
    put(shop.desk, "rich", SPENT, GOLD)
    found = planned(shop)["tags/rich"]
    rich = meet(shop, SPENT)
    assert (found.deed, found.moved, moves(found)) == ("create", len(rich), {(None, "in"): len(rich)})
    assert list(found.moves[0].sample) == rich[:5]
    filing.apply(shop)
    assert (who(shop.desk, "rich"), tag_making.one(shop.desk, "rich").colour) == (rich, "gold")
    assert planned(shop)["tags/rich"].deed == "same"


def test_another_rule_says_who_would_gain_and_who_would_lose_it(filed: Reading) -> None:
    rule = {"trait": "spend", "op": "<", "value": 150}
    before, after = set(who(filed.desk, "rich")), set(meet(filed, rule))
    put(filed.desk, "rich", rule)
    found = planned(filed)["tags/rich"]
    gained, lost = sorted(after - before), sorted(before - after)
    assert moves(found) == {(None, "in"): len(gained), ("in", None): len(lost)}
    assert {move.target: list(move.sample) for move in found.moves} == {"in": gained[:5], None: lost[:5]}
    filing.apply(filed)
    assert set(who(filed.desk, "rich")) == after
    assert [one.origin for one in registered.versions(filed.desk, "tags", "rich")] == ["file", "here"]


def test_a_tag_from_a_file_is_kept_in_step_as_data_come_in(shop: Reading, tmp_path: Path) -> None:
    put(shop.desk, "recent", RECENT)
    filing.apply(shop)
    desk, before = shop.desk, who(shop.desk, "recent")
    late = next(one for one in PEOPLE if one not in before)
    order = market.Order("late", late, datetime(market.END.year, market.END.month, market.END.day), 5.0, "paid")
    source = SourceAsked(str(market.write_orders(tmp_path / "late.csv", [order])))
    importing.load(desk, source, market.MAPPING, strict=False, progress=silent)
    with desk.reading() as reading:
        assert who(desk, "recent") == meet(reading, RECENT) != before


def test_a_tag_by_hand_that_follows_a_rule_now_goes_to_others(filed: Reading) -> None:
    make(filed, "vip")
    give(filed, "vip", *PEOPLE[:8])
    put(filed.desk, "vip", SPENT)
    expected = set(meet(filed, SPENT))
    lost, gained = len(set(PEOPLE[:8]) - expected), len(expected - set(PEOPLE[:8]))
    assert moves(planned(filed)["tags/vip"]) == {
        pair: n for pair, n in ((("in", None), lost), ((None, "in"), gained)) if n
    }
    filing.apply(filed)
    assert set(who(filed.desk, "vip")) == expected


def test_a_tag_that_follows_its_rule_no_more_stays_with_those_who_have_it(filed: Reading) -> None:
    put(filed.desk, "rich")
    found = planned(filed)["tags/rich"]
    assert (found.deed, found.moved) == ("change", 0)
    filing.apply(filed)
    assert who(filed.desk, "rich") == meet(filed, SPENT)
    give(filed, "rich", *PEOPLE[:1])


def test_another_name_colour_or_group_moves_nobody(filed: Reading) -> None:
    give(filed, "gold", *PEOPLE[:4])
    put(filed.desk, "gold", look={"colour": "red"}, name={"zh": "金", "en": "Gold"}, base_version=1)
    found = planned(filed)["tags/gold"]
    assert (found.deed, found.moved) == ("change", None)
    filing.apply(filed)
    told = tag_making.one(filed.desk, "gold")
    assert (told.name.zh, told.colour, told.group, told.customers, told.version) == ("金", "red", None, 4, 2)


def test_a_tag_that_is_pruned_says_who_loses_it(filed: Reading) -> None:
    give(filed, "gold", *PEOPLE[:7])
    for key in ("gold", "rich"):
        filing.path_of(filed.desk, f"tags/{key}").unlink()
    found = planned(filed, prune=True)
    assert moves(found["tags/gold"]) == {("in", None): 7}
    assert moves(found["tags/rich"]) == {("in", None): len(meet(filed, SPENT))}
    filing.apply(filed, prune=True)
    assert sorted(filed.desk.defined("tags").numbers()) == ["silver"]
    assert tagged.in_step_with_definitions(filed.desk)


def test_tags_are_not_pruned_where_none_was_ever_kept_in_a_file(filed: Reading) -> None:
    for sort in ("tags", "tag_groups"):
        folder = filed.desk.workspace.definitions / sort
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    assert planning.plan(filed, prune=True).changes == 0
    (filed.desk.workspace.definitions / "tags").mkdir()
    gone = {key for key, one in planned(filed, prune=True).items() if one.deed == "remove"}
    assert gone == {"tags/gold", "tags/rich", "tags/silver"}


def test_what_rests_on_a_tag_moves_with_it_and_so_on(filed: Reading) -> None:
    saving_audiences.create(filed, NewAudience(key="poor", name=NAME, rule={"not": {"tag": "rich"}}))
    make(filed, "calm", {"all": [{"audience": "poor"}, {"not": RECENT}]})
    before = {"poor": set(meet(filed, {"audience": "poor"})), "calm": set(who(filed.desk, "calm"))}
    put(filed.desk, "rich", {"trait": "spend", "op": ">=", "value": 150})
    found = planned(filed) | {f"{one.sort}/{one.key}": one for one in planning.plan(filed).definitions}
    filing.apply(filed)
    after = {"poor": set(meet(filed, {"audience": "poor"})), "calm": set(who(filed.desk, "calm"))}
    for place, key in (("audiences/poor", "poor"), ("tags/calm", "calm")):
        assert found[place].deed == "unfiled"
        came, went = len(after[key] - before[key]), len(before[key] - after[key])
        assert came > 0
        assert moves(found[place]) == {pair: n for pair, n in (((None, "in"), came), (("in", None), went)) if n}


def test_a_tag_that_rests_on_a_changed_layering_is_brought_into_step(filed: Reading) -> None:
    rule = {"layering": "value_levels", "layers": ["churned"]}
    make(filed, "gone", rule)
    before = set(who(filed.desk, "gone"))
    filing.put(
        filed.desk, "layerings/value_levels", kind="value_levels", parameters={"churn_days": 50, "warning_days": 20}
    )
    found = next(one for one in planning.plan(filed).definitions if one.key == "gone")
    filing.apply(filed)
    after = set(who(filed.desk, "gone"))
    assert sorted(after) == meet(filed, rule)
    assert found.moved == len(before ^ after) > 0


def test_files_may_name_each_other_and_their_group_in_whatever_order_they_are_read(shop: Reading) -> None:
    put_group(shop.desk, "zz_group")
    put(shop.desk, "aa", {"all": [{"tag": "zz"}, {"audience": "both"}]}, {"group": "zz_group"})
    put(shop.desk, "zz", SPENT)
    filing.put_rule(shop.desk, "both", {"any": [{"tag": "zz"}, RECENT]})
    assert filing.apply(shop).changes == 4
    assert who(shop.desk, "aa") == who(shop.desk, "zz") == meet(shop, SPENT)
    assert tagged.in_step_with_definitions(shop.desk)


def test_who_is_left_out_by_the_same_files_has_no_tag_by_rule(shop: Reading) -> None:
    put(shop.desk, "rich", SPENT)
    filing.put(shop.desk, "population/population", kind="population", parameters={"exclude": RECENT})
    filing.apply(shop)
    with shop.desk.reading() as reading:
        assert who(shop.desk, "rich") == meet(reading, SPENT)
    assert len(who(shop.desk, "rich")) < len(meet(shop, SPENT))


def test_a_change_made_here_meanwhile_is_a_conflict_and_nothing_is_applied(filed: Reading) -> None:
    change(filed, "rich", rule=RECENT)
    put(filed.desk, "rich", {"not": SPENT}, base_version=1)
    put(filed.desk, "fresh", RECENT)
    found = planned(filed)["tags/rich"]
    assert (found.deed, found.base_version, found.version) == ("conflict", 1, 2)
    assert "-    trait: order_count_30d" in found.difference
    with pytest.raises(ConflictError) as refused:
        filing.apply(filed)
    assert refused.value.details["conflicts"] == ["tags/rich"]
    assert (who(filed.desk, "rich"), "fresh" in filed.desk.defined("tags").numbers()) == (meet(filed, RECENT), False)
    put(filed.desk, "rich", {"not": SPENT}, base_version=2)
    filing.apply(filed)
    assert who(filed.desk, "rich") == meet(filed, {"not": SPENT})


def test_what_was_merged_or_removed_here_does_not_come_back_by_its_old_file(filed: Reading) -> None:
    tag_making.remove_group(filed.desk, "level")
    tag_making.merge(filed.desk, "silver", "gold")
    found = planned(filed)
    gone = {key: (one.deed, one.version) for key, one in found.items() if one.deed == "conflict"}
    assert gone == {
        "tag_groups/level": ("conflict", None),
        "tags/gold": ("conflict", 2),
        "tags/silver": ("conflict", None),
    }
    assert "+kind: hand" in found["tags/silver"].difference
    with pytest.raises(ConflictError, match="removed in the workspace"):
        filing.apply(filed)
    filing.path_of(filed.desk, "tag_groups/level").unlink()
    put(filed.desk, "gold", name={"zh": NAME.zh, "en": NAME.en}, base_version=2)
    put(filed.desk, "silver", description="anew")
    assert {key: one.deed for key, one in planned(filed).items() if one.deed != "same"} == {"tags/silver": "create"}
    filing.apply(filed)
    assert (filed.desk.defined("tags").numbers()["silver"], who(filed.desk, "silver")) == (3, [])


def test_an_export_leaves_an_edit_that_was_not_applied_alone(filed: Reading) -> None:
    put(filed.desk, "gold", look=GOLD, description="mine", base_version=1)
    change(filed, "silver", colour="red", group="level")
    told = applying.export(filed.desk)
    assert (told.written, told.left_alone) == (("tags/silver.yaml",), ("tags/gold.yaml",))


def test_a_failure_in_the_middle_leaves_all_as_it_was(filed: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    put(filed.desk, "gold", look={"colour": "red"}, base_version=1)
    put(filed.desk, "rich", RECENT, base_version=1)
    before = (filed.desk.tags.all(), filing.told(filed.desk))
    with monkeypatch.context() as patch:
        patch.setattr("titian.store.audit.append", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            filing.apply(filed)
    assert (filed.desk.tags.all(), filing.told(filed.desk)) == before
    assert tagged.in_step_with_definitions(filed.desk)


def test_what_was_applied_stands_though_tags_can_not_be_brought_into_step(
    filed: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(filed.desk, "rich", RECENT, base_version=1)
    with monkeypatch.context() as patch:
        patch.setattr("titian.app.rule_tags.meeting", lambda *_: (_ for _ in ()).throw(broken()))
        filing.apply(filed)
    told = tag_making.one(filed.desk, "rich")
    assert (told.version, told.followed_at, told.customers) == (2, None, len(meet(filed, SPENT)))


def broken() -> TitianError:
    return InputError("the engine is away", "wait", zh="引擎不可用", hint_zh="请稍后")


def test_tags_change_places_in_a_group_that_allows_one_in_one_plan(filed: Reading) -> None:
    make(filed, "bronze")
    give(filed, "bronze", *PEOPLE[:3])
    give(filed, "gold", *PEOPLE[:3])
    put(filed.desk, "bronze", look=IN_LEVEL)
    with pytest.raises(ConflictError, match="3 customers have several tags of the group level"):
        planning.plan(filed)
    put(filed.desk, "gold", base_version=1)
    filing.apply(filed)
    assert [one.group for one in tag_making.listed(filed.desk).tags] == ["level", None, None, "level"]


def test_who_is_tagged_between_plan_and_apply_keeps_a_group_from_allowing_one(
    filed: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(filed.desk, "rich", look=IN_LEVEL, base_version=1)
    make(filed, "bronze")
    put(filed.desk, "bronze", look=IN_LEVEL)
    real, digest = planning.told, planning.plan(filed).digest

    def meanwhile(*given: Any) -> Any:
        found = real(*given)
        give(filed, "bronze", *PEOPLE)
        return found

    monkeypatch.setattr(planning, "told", meanwhile)
    with pytest.raises(ConflictError, match="several tags of the group level"):
        applying.apply(filed.desk, ApplyAsked(digest=digest))
    assert filed.desk.defined("tags").numbers()["bronze"] == 1


def test_a_group_goes_with_all_of_its_tags_and_not_before(filed: Reading) -> None:
    filing.path_of(filed.desk, "tag_groups/level").unlink()
    with pytest.raises(ConflictError, match="tags/gold, tags/silver"):
        planning.plan(filed, prune=True)
    filing.path_of(filed.desk, "tags/gold").unlink()
    put(filed.desk, "silver", base_version=1)
    filing.apply(filed, prune=True)
    assert filed.desk.defined("tag_groups").numbers() == {}
    assert filed.desk.defined("tags").numbers() == {"rich": 1, "silver": 2}
    assert tagged.in_step_with_definitions(filed.desk)


def test_what_a_rule_names_is_not_pruned(filed: Reading) -> None:
    make(filed, "poor", {"not": {"tag": "rich"}})
    applying.export(filed.desk)
    filing.path_of(filed.desk, "tags/rich").unlink()
    with pytest.raises(ConflictError, match="tags/poor"):
        planning.plan(filed, prune=True)


def test_without_data_tags_are_defined_and_wait_for_them(empty: Desk) -> None:
    put(empty, "rich", SPENT)
    with empty.reading() as reading:
        found = planned(reading)["tags/rich"]
        filing.apply(reading)
    assert (found.deed, found.moved) == ("create", None)
    assert tag_making.one(empty, "rich").followed_at is None


def test_a_rule_that_asks_for_data_that_are_not_there_moves_nobody_yet_and_keeps_no_other_from_being_told(
    shop: Reading,
) -> None:
    put(shop.desk, "carts", {"did": "cart", "within_days": 30})
    put(shop.desk, "rich", SPENT)
    found = planned(shop)
    filing.apply(shop)
    assert found["tags/rich"].moved == len(meet(shop, SPENT))
    assert (found["tags/carts"].deed, found["tags/carts"].moved, who(shop.desk, "carts")) == ("create", None, [])
