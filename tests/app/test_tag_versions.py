"""A tag made or changed in the workspace is a version of a definition, as a layering or an audience is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.app import filing, market, tagged
from tests.app.tagged import NAME, RECENT, SPENT, change, change_group, give, make, meet, who
from titian.app import applying, auditing, registered, returning, saving_audiences, tag_making
from titian.app.acting import acting
from titian.app.answers.audiences import NewAudience
from titian.app.answers.plan import RestoreAsked
from titian.app.definition import Sort
from titian.app.desk import Desk, Reading
from titian.domain.words import Words
from titian.errors import ConflictError, InputError, NotFoundError, UnknownNameError

PEOPLE = sorted(market.customers())


@pytest.fixture
def shop(own_desk: Desk) -> Iterator[Reading]:
    """A shop with the tags gold and silver of a group that allows one, and rich by a rule."""
    with own_desk.reading() as reading:
        tagged.group(own_desk, "level", exclusive=True)
        make(reading, "gold", group="level", colour="gold")
        make(reading, "silver", group="level")
        make(reading, "rich", SPENT)
        yield reading


def numbers(desk: Desk) -> dict[str, int]:
    return desk.defined("tag_groups").numbers() | desk.defined("tags").numbers()


def restore(reading: Reading, sort: Sort, key: str, version: int | None = None) -> None:
    base = reading.desk.defined(sort).numbers().get(key)
    returning.restore(reading, sort, key, RestoreAsked(version=version, base_version=base))


def test_what_is_made_here_has_a_first_version(shop: Reading) -> None:
    assert numbers(shop.desk) == {"gold": 1, "level": 1, "rich": 1, "silver": 1}
    told = {f"{one.sort}/{one.key}": one for one in registered.in_force(shop.desk)}
    gold = told["tags/gold"]
    assert (gold.kind, gold.origin, gold.name, gold.uses) == ("hand", "here", NAME, ("tag_groups/level",))
    assert told["tag_groups/level"].used_by == ("tags/gold", "tags/silver")
    assert told["tags/rich"].kind == "rule"
    assert tagged.in_step_with_definitions(shop.desk)


def test_a_change_is_a_version_with_what_it_changed_and_who_has_it_stays(shop: Reading) -> None:
    give(shop, "gold", *PEOPLE[:3])
    changed = change(shop, "gold", name=Words(zh="金卡", en="Gold card"), colour="orange", group="level")
    newest, first = registered.versions(shop.desk, "tags", "gold")
    assert (changed.version, newest.version, first.version) == (2, 2, 1)
    assert {"+  en: Gold card", "+  colour: orange", "-  colour: gold"} <= set(newest.difference.splitlines())
    assert who(shop.desk, "gold") == PEOPLE[:3]
    assert tagged.in_step_with_definitions(shop.desk)


def test_a_change_from_an_old_version_is_refused_with_both_numbers(shop: Reading) -> None:
    change(shop, "gold", colour="red")
    with pytest.raises(ConflictError) as refused:
        change(shop, "gold", base=1, colour="blue")
    assert (refused.value.details["base_version"], refused.value.details["version"]) == (1, 2)
    change_group(shop.desk, "level")
    with pytest.raises(ConflictError):
        change_group(shop.desk, "level", base=9)
    assert tag_making.one(shop.desk, "gold").colour == "red"


def test_the_same_again_makes_no_version(shop: Reading) -> None:
    lines = auditing.lines(shop.desk).found
    make(shop, "gold", group="level", colour="gold")
    change(shop, "silver", group="level")
    change_group(shop.desk, "level", exclusive=True)
    assert set(numbers(shop.desk).values()) == {1}
    assert auditing.lines(shop.desk).found == lines


def test_a_file_of_each_is_written_and_says_all_of_it(shop: Reading) -> None:
    told = applying.export(shop.desk)
    assert {"tag_groups/level.yaml", "tags/gold.yaml", "tags/rich.yaml"} <= set(told.written)
    said = {
        key: yaml.safe_load(filing.path_of(shop.desk, f"tags/{key}").read_text("utf-8")) for key in ("gold", "rich")
    }
    name = {"zh": NAME.zh, "en": NAME.en}
    assert said["gold"] == {
        "kind": "hand",
        "base_version": 1,
        "key": "gold",
        "name": name,
        "parameters": {"colour": "gold", "group": "level"},
    }
    assert (said["rich"]["kind"], said["rich"]["parameters"]) == ("rule", {"colour": "grey", "rule": SPENT})
    assert filing.deeds(shop) == {}


def test_who_has_a_tag_is_in_no_file(shop: Reading) -> None:
    give(shop, "gold", *PEOPLE)
    applying.export(shop.desk)
    written = b"".join(filing.files(shop.desk).values())
    assert not [one for one in PEOPLE if f"'{one}'".encode() in written or f" {one}\n".encode() in written]


def test_an_earlier_version_comes_back_and_the_tag_is_in_step_with_it(shop: Reading) -> None:
    change(shop, "rich", rule=RECENT)
    assert who(shop.desk, "rich") == meet(shop, RECENT)
    restore(shop, "tags", "rich", 1)
    assert who(shop.desk, "rich") == meet(shop, SPENT)
    assert (numbers(shop.desk)["rich"], tagged.in_step_with_definitions(shop.desk)) == (3, True)
    assert filing.told(shop.desk)[-2:] == ["tag.publish rich", "tag.follow rich"]


def test_a_removed_tag_comes_back_with_nobody_or_whoever_meets_its_rule(shop: Reading) -> None:
    give(shop, "gold", *PEOPLE[:3])
    for key in ("gold", "rich"):
        tag_making.remove(shop.desk, key)
    assert [one.key for one in registered.removed(shop.desk)] == ["gold", "rich"]
    for key in ("gold", "rich"):
        restore(shop, "tags", key)
    assert (who(shop.desk, "gold"), who(shop.desk, "rich")) == ([], meet(shop, SPENT))
    assert (numbers(shop.desk)["gold"], tagged.in_step_with_definitions(shop.desk)) == (1, True)


def test_a_key_that_is_used_again_counts_on(shop: Reading) -> None:
    tag_making.remove(shop.desk, "gold")
    assert make(shop, "gold").version == 2
    assert shop.desk.defined("tags").versions("gold") == (1, 2)


def test_a_tag_whose_group_is_gone_does_not_come_back(shop: Reading) -> None:
    tag_making.remove(shop.desk, "gold")
    tag_making.remove_group(shop.desk, "level")
    with pytest.raises(UnknownNameError, match="level"):
        restore(shop, "tags", "gold")


def test_a_group_that_goes_leaves_its_tags_a_version_in_none(shop: Reading) -> None:
    assert tag_making.remove_group(shop.desk, "level").tags == 2
    assert numbers(shop.desk) == {"gold": 2, "rich": 1, "silver": 2}
    assert tagged.defined(shop.desk, "tags")["gold"].parameters == {"colour": "gold"}
    assert tagged.in_step_with_definitions(shop.desk)
    restore(shop, "tag_groups", "level")
    assert tag_making.one(shop.desk, "gold").group is None


def test_a_group_does_not_come_back_as_one_that_its_tags_do_not_fit(shop: Reading) -> None:
    change_group(shop.desk, "level")
    give(shop, "gold", *PEOPLE[:2])
    give(shop, "silver", *PEOPLE[1:3])
    with pytest.raises(ConflictError, match="1 customers"):
        restore(shop, "tag_groups", "level", 1)
    change(shop, "silver", rule=RECENT)
    make(shop, "often", RECENT, group="level")
    with pytest.raises(InputError, match="can't follow a rule"):
        restore(shop, "tag_groups", "level", 1)
    assert numbers(shop.desk)["level"] == 2


def test_a_merged_tag_is_removed_by_whom_and_can_come_back(shop: Reading) -> None:
    make(shop, "vip")
    give(shop, "vip", *PEOPLE[:3])
    before = acting.set("wang")
    tag_making.merge(shop.desk, "vip", "gold")
    acting.reset(before)
    (gone,) = registered.removed(shop.desk)
    assert (gone.sort, gone.key, gone.by) == ("tags", "vip", "wang")
    restore(shop, "tags", "vip")
    assert (who(shop.desk, "vip"), who(shop.desk, "gold")) == ([], PEOPLE[:3])


def test_what_rules_name_is_neither_removed_nor_merged(shop: Reading) -> None:
    make(shop, "vip")
    make(shop, "not_gold", {"not": {"tag": "gold"}})
    saving_audiences.create(shop, NewAudience(key="chosen", name=NAME, rule={"tag": "gold"}))
    users = ["audiences/chosen", "tags/not_gold"]
    for deed in (lambda: tag_making.remove(shop.desk, "gold"), lambda: tag_making.merge(shop.desk, "gold", "vip")):
        with pytest.raises(ConflictError) as refused:
            deed()
        assert refused.value.details["used_by"] == users


def test_what_is_named_while_it_is_removed_stays(shop: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: Any) -> tuple[str, ...]:
        saving_audiences.save(shop, NewAudience(key="chosen", name=NAME, rule={"tag": "gold"}))
        return ()

    monkeypatch.setattr("titian.app.usage.users", nobody)
    with pytest.raises(ConflictError, match="audiences/chosen"):
        tag_making.remove(shop.desk, "gold")
    assert "gold" in numbers(shop.desk)


def test_what_never_was_does_not_come_back(shop: Reading) -> None:
    with pytest.raises(NotFoundError):
        restore(shop, "tags", "nothing")


def test_every_deed_has_words_in_both_languages(shop: Reading) -> None:
    change(shop, "gold", colour="red")
    change_group(shop.desk, "level")
    tag_making.remove(shop.desk, "gold")
    restore(shop, "tags", "gold")
    tag_making.remove_group(shop.desk, "level")
    restore(shop, "tag_groups", "level")
    told = auditing.lines(shop.desk).lines
    deeds = {"create", "publish", "remove", "restore"}
    assert {f"{sort}.{deed}" for sort in ("tag", "tag_group") for deed in deeds} <= {one.action for one in told}
    assert all(one.said.zh != one.action != one.said.en for one in told)
