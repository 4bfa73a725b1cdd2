"""Audiences are saved rules and lists; who is in them, who came and left and why, is as a plain count says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.app import bazaar, market
from titian.app import audience_life, audiences, overlaps, saving_audiences, selections, tag_making, tagging
from titian.app.answers.audiences import (
    AudienceChange,
    AudienceNow,
    NewAudience,
    OverlapAsked,
    SavedAudience,
    SnapshotAsked,
)
from titian.app.answers.selection import SelectionAsked
from titian.app.answers.tags import NewTag
from titian.app.definitions import unchecked
from titian.app.desk import Desk, Reading
from titian.domain.words import Words
from titian.errors import ConflictError, InputError, NotFoundError, UnknownNameError

NAME = Words(zh="人群", en="Audience")
RECENT = {"trait": "order_count_30d", "op": ">=", "value": 1}
SPENT = {"trait": "spend", "op": ">=", "value": 100}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A shop with the audiences recent, spent, both (of these two) and few (a list)."""
    with Desk(bazaar.made(tmp_path_factory.mktemp("audiences") / "shop")) as desk:
        with desk.reading() as reading:
            save(reading, "recent", rule=RECENT)
            save(reading, "spent", rule=SPENT)
            save(reading, "both", rule={"all": [{"audience": "recent"}, {"audience": "spent"}]})
            save(reading, "few", ids=tuple(ids(reading, SPENT)[:3]))
        yield desk


@pytest.fixture
def shop(made: Desk) -> Iterator[Reading]:
    with made.reading() as reading:
        yield reading


@pytest.fixture
def own(tmp_path: Path, made: Desk) -> Iterator[Reading]:
    """The same, for this test alone."""
    with Desk(market.copied(made.workspace, tmp_path / "own")) as desk, desk.reading() as reading:
        yield reading


def save(reading: Reading, key: str, **asked: Any) -> SavedAudience:
    return saving_audiences.create(reading, NewAudience(key=key, name=NAME, **asked))


def ids(reading: Reading, rule: dict[str, Any], day: date | None = None) -> list[str]:
    """Who meets a rule, as a selection tells one by one."""
    found = selections.selection(reading, SelectionAsked(rule=rule, as_of=day))
    return [str(one) for one in found.to_arrow().column("customer_id").to_pylist()]


def now(reading: Reading, key: str) -> AudienceNow:
    return audience_life.now(reading, key, None, None)


def test_each_is_counted_as_its_rule_counts(shop: Reading) -> None:
    found = audiences.listed(shop, None)
    counted = {one.key: one.customers for one in found.audiences}
    recent, spent = set(ids(shop, RECENT)), set(ids(shop, SPENT))
    assert counted == {"both": len(recent & spent), "few": 3, "recent": len(recent), "spent": len(spent)}
    assert found.everyone is not None
    assert all(one.share == (one.customers or 0) / found.everyone for one in found.audiences)


def test_rules_are_said_by_names(shop: Reading) -> None:
    assert {one.key: one.said.zh for one in audiences.listed(shop, None).audiences} == {
        "both": "在人群“人群”中 且 在人群“人群”中",
        "few": "固定名单",
        "recent": "近 30 天购买次数 ≥ 1 次",
        "spent": "消费金额 ≥ $100.00",
    }


@pytest.mark.parametrize("key", ["recent", "both", "few"])
def test_who_came_and_left_is_who_differs_between_the_days(shop: Reading, key: str) -> None:
    found = now(shop, key)
    day, before = found.period.as_of, found.period.compare
    assert before == day - timedelta(days=30)
    late, early = (set(ids(shop, {"audience": key}, at)) for at in (day, before))
    seen = set(ids(shop, {"any": [SPENT, {"not": SPENT}]}, before))
    assert (found.audience.customers, found.before) == (len(late), len(early))
    assert (found.entered, found.left) == (len(late - early), len(early - late))
    assert found.entered_new == len(late - early - seen)


def test_each_condition_says_for_how_many_it_changed(shop: Reading) -> None:
    save_key, rules = "both", {"recent": RECENT, "spent": SPENT}
    found = now(shop, save_key)
    day, before = found.period.as_of, found.period.compare
    late, early = ({key: set(ids(shop, rule, at)) for key, rule in rules.items()} for at in (day, before))
    everyone = set(ids(shop, {"any": [SPENT, {"not": SPENT}]}, before))
    inside, was = late["recent"] & late["spent"], early["recent"] & early["spent"]
    entered, left = (inside - was) & everyone, was - inside
    expected = sorted(
        (
            len(entered & (late[key] - early[key])),
            len(entered & (early[key] - late[key])),
            len(left & (late[key] - early[key])),
            len(left & (early[key] - late[key])),
        )
        for key in rules
    )
    told = [(one.entered_met, one.entered_unmet, one.left_met, one.left_unmet) for one in found.changes]
    assert sorted(told) == [row for row in expected if any(row)]
    assert [sum(row) for row in told] == sorted((sum(row) for row in told), reverse=True)


def test_a_list_never_moves(shop: Reading) -> None:
    found = now(shop, "few")
    assert (found.entered or 0) - (found.entered_new or 0) == found.left == 0
    assert found.rule is None


def test_sizes_are_those_of_each_day(shop: Reading) -> None:
    found = audience_life.sizes(shop, "recent", None, None, 14)
    assert [one.day for one in found.sizes] == sorted(one.day for one in found.sizes)
    assert found.sizes[-1].day == shop.day(None)
    for one in found.sizes[:2]:
        assert one.customers == len(ids(shop, RECENT, one.day))
    assert found.notes == ()


def test_sizes_say_what_is_known_only_as_it_is_now(own: Reading) -> None:
    tag_making.create(own.desk, NewTag(key="vip", name=NAME))
    save(own, "tagged", rule={"tag": "vip"})
    save(own, "above", rule={"any": [{"audience": "tagged"}, {"audience": "few"}]})
    for key in ("tagged", "few", "above"):
        assert audience_life.sizes(own, key, None, None, 28).notes == (audience_life.UNDATED,)


def test_too_many_days_are_refused(shop: Reading) -> None:
    with pytest.raises(InputError, match="at most 60"):
        audience_life.sizes(shop, "recent", date(1950, 1, 1), None, 1)


def test_an_overlap_counts_everybody_once(shop: Reading) -> None:
    found = overlaps.overlap(shop, OverlapAsked(audiences=("recent", "spent", "few", "recent")))
    sets = {key: set(ids(shop, {"audience": key})) for key in ("recent", "spent", "few")}
    assert sum(one.customers for one in found.intersections) == found.everyone
    for one in found.intersections:
        inside = [sets[key] for key in one.audiences]
        outside = set().union(*(sets[key] for key in sets if key not in one.audiences))
        if inside:
            assert one.customers == len(set.intersection(*inside) - outside)
    for pair in found.pairs:
        both = len(sets[pair.first] & sets[pair.second])
        assert pair.customers == both
        assert pair.share_of_first == both / len(sets[pair.first])
        expected = both / len(sets[pair.first]) / (len(sets[pair.second]) / found.everyone) * 100
        assert pair.tgi == pytest.approx(expected)


def test_a_change_is_the_next_version_and_the_same_again_is_none(own: Reading) -> None:
    asked = AudienceChange(base_version=1, name=NAME, rule={"trait": "spend", "op": ">=", "value": 5})
    assert saving_audiences.change(own, "spent", asked).audience.version == 2
    same = asked.model_copy(update={"base_version": 2})
    assert saving_audiences.change(own, "spent", same).audience.version == 2
    assert [one.version for one in now(own, "spent").versions] == [2, 1]
    with pytest.raises(ConflictError) as refused:
        saving_audiences.change(own, "spent", asked)
    assert refused.value.details["version"] == 2


def test_saving_under_a_key_that_is_there_changes_it(own: Reading) -> None:
    asked = NewAudience(key="spent", name=NAME, rule=RECENT)
    assert saving_audiences.save(own, asked).audience.version == 2
    assert saving_audiences.save(own, asked.model_copy(update={"key": "fresh"})).audience.version == 1


def test_what_others_name_stays_until_they_name_it_no_more(own: Reading) -> None:
    with pytest.raises(ConflictError, match="both") as refused:
        saving_audiences.remove(own, "recent")
    assert refused.value.details["used_by"] == ["audiences/both"]
    saving_audiences.remove(own, "both")
    saving_audiences.remove(own, "recent")
    assert saving_audiences.restore(own, "recent").customers == len(ids(own, RECENT))


def test_what_rests_on_something_that_is_gone_does_not_come_back(own: Reading) -> None:
    saving_audiences.remove(own, "both")
    saving_audiences.remove(own, "spent")
    with pytest.raises(ConflictError, match="spent"):
        saving_audiences.restore(own, "both")
    saving_audiences.restore(own, "spent")
    assert saving_audiences.restore(own, "both").version == 1


def test_a_snapshot_is_a_list_of_who_was_there(own: Reading) -> None:
    day = own.day(None) - timedelta(days=60)
    kept = saving_audiences.snapshot(own, "recent", SnapshotAsked(key="frozen", name=NAME, as_of=day))
    assert kept.audience.kind == "list"
    assert ids(own, {"audience": "frozen"}) == ids(own, RECENT, day)


def test_a_list_says_what_was_read_of_it(own: Reading) -> None:
    one, two = ids(own, SPENT)[:2]
    saved = save(own, "pasted", ids=(one, " ", one), text=f"{two}\n\nnobody")
    assert saved.read is not None
    read = saved.read
    assert (read.asked, read.blank, read.repeated, read.unknown, read.kept) == (6, 2, 1, 1, 2)
    assert read.unknown_ids == ("nobody",)
    assert ids(own, {"audience": "pasted"}) == sorted([one, two])


def test_a_tag_that_went_is_told_where_it_is_missed(own: Reading) -> None:
    tag_making.create(own.desk, NewTag(key="vip", name=NAME))
    tagging.give(own, "vip", ids(own, SPENT)[:2])
    save(own, "tagged", rule={"tag": "vip"})
    assert now(own, "tagged").audience.customers == 2
    own.desk.tags.remove("vip", check=unchecked)
    listed = {one.key: one for one in audiences.listed(own, None).audiences}
    assert (listed["tagged"].customers, listed["recent"].customers) == (None, len(ids(own, RECENT)))
    assert listed["tagged"].problem is not None
    assert "vip" in listed["tagged"].problem.zh


WRONG: dict[str, tuple[type[Exception], dict[str, Any]]] = {
    "neither rule nor list": (InputError, {}),
    "both": (InputError, {"rule": SPENT, "ids": ("c1",)}),
    "itself": (InputError, {"rule": {"not": {"audience": "new_one"}}}),
    "an unknown tag": (UnknownNameError, {"rule": {"tag": "nothing"}}),
    "an unknown layering": (UnknownNameError, {"rule": {"layering": "nothing", "layers": ["a"]}}),
    "an unknown move": (UnknownNameError, {"rule": {"moved": "no", "target": ["a"], "since": {"days_before": 1}}}),
    "no rule": (InputError, {"rule": {"sql": "DROP TABLE customers"}}),
}


@pytest.mark.parametrize("why", WRONG)
def test_what_says_nothing_that_can_be_asked_is_not_saved(shop: Reading, why: str) -> None:
    error, asked = WRONG[why]
    before = shop.desk.audiences.numbers()
    with pytest.raises(error):
        save(shop, "new_one", **asked)
    assert shop.desk.audiences.numbers() == before


def test_a_circle_through_another_is_refused(own: Reading) -> None:
    asked = AudienceChange(base_version=1, name=NAME, rule={"audience": "both"})
    with pytest.raises(InputError, match="circle"):
        saving_audiences.change(own, "recent", asked)


@pytest.mark.parametrize("key", ["new", "Ärger", "a b", "../x", ""])
def test_an_impossible_key_is_refused(shop: Reading, key: str) -> None:
    with pytest.raises(InputError):
        save(shop, key, rule=SPENT)


CALLS: dict[str, Callable[[Reading], object]] = {
    "looked at": lambda reading: now(reading, "nothing"),
    "sized": lambda reading: audience_life.sizes(reading, "nothing", None, None, 7),
    "removed": lambda reading: saving_audiences.remove(reading, "nothing"),
    "restored": lambda reading: saving_audiences.restore(reading, "nothing"),
    "laid over others": lambda reading: overlaps.overlap(reading, OverlapAsked(audiences=("recent", "nothing"))),
}


@pytest.mark.parametrize("deed", CALLS)
def test_what_is_not_there_can_not_be(shop: Reading, deed: str) -> None:
    with pytest.raises((UnknownNameError, NotFoundError), match="nothing"):
        CALLS[deed](shop)


GOLD = {"layering": "rfm", "layers": ["gold"]}
FROM_GOLD = {"not": {"moved": "rfm", "source": ["gold"], "since": {"days_before": 30}}}


@pytest.mark.parametrize("rule", [GOLD, FROM_GOLD], ids=["in it", "moved from it"])
def test_a_layer_that_its_layering_has_not_is_told_when_it_is_saved(shop: Reading, rule: dict[str, Any]) -> None:
    with pytest.raises(UnknownNameError, match="gold") as refused:
        save(shop, "odd", rule=rule)
    assert "important_value" in refused.value.details["valid"]
    assert "odd" not in shop.desk.audiences.current()


def test_a_workspace_without_data_has_audiences_without_counts(empty: Desk) -> None:
    with empty.reading() as reading:
        saved = save(reading, "recent", rule=RECENT)
        (one,) = audiences.listed(reading, None).audiences
    assert saved.audience.customers is one.customers is one.share is one.problem is None
