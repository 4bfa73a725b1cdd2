"""Laws of plans: what is applied is in force, twice is once, and everybody who moves is counted out and in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.app import filing, market
from titian.app import applying, audiences, layerings, planning, saving_audiences, selections
from titian.app.answers.audiences import NewAudience
from titian.app.answers.plan import PlannedMove
from titian.app.answers.selection import SelectionAsked
from titian.app.desk import Desk, Reading
from titian.app.workspace import Workspace
from titian.domain.words import Words

pytestmark = pytest.mark.full

NAME = Words(zh="人群", en="Audience")
MANY = {"trait": "order_count", "op": ">=", "value": 2}
LEVELS = {"layering": "value_levels", "layers": ["churned", "at_risk"]}


@pytest.fixture(scope="module")
def saved(shop: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A shop with the audiences many, levels, both (of these two) and few (a list), exported."""
    with Desk(market.copied(shop, tmp_path_factory.mktemp("laws") / "shop")) as desk, desk.reading() as reading:
        save(reading, "many", rule=MANY)
        save(reading, "levels", rule=LEVELS)
        save(reading, "both", rule={"all": [{"audience": "many"}, {"audience": "levels"}]})
        save(reading, "few", ids=tuple(sorted(market.customers())[:4]))
        applying.export(desk)
    return desk.workspace


@pytest.fixture
def own(saved: Workspace, tmp_path: Path) -> Iterator[Reading]:
    """The same, for this test alone."""
    with Desk(market.copied(saved, tmp_path / "own")) as desk, desk.reading() as reading:
        yield reading


def save(reading: Reading, key: str, **asked: Any) -> None:
    saving_audiences.create(reading, NewAudience(key=key, name=NAME, **asked))


def counted(reading: Reading) -> dict[str, int | None]:
    return {one.key: one.customers for one in audiences.listed(reading, None).audiences}


def layers(reading: Reading, key: str) -> Counter[str]:
    return Counter({one.layer.key: one.customers for one in layerings.now(reading, key, None, None).layers})


def balance(moves: tuple[PlannedMove, ...], place: str) -> int:
    """Who comes into a place less who leaves it."""
    return sum(one.customers * ((one.target == place) - (one.source == place)) for one in moves)


CHANGES: dict[str, dict[str, Any]] = {
    "narrower": {"trait": "order_count", "op": ">=", "value": 3},
    "the others": {"not": MANY},
    "nobody": {"trait": "order_count", "op": ">=", "value": 10_000},
}


@pytest.mark.parametrize("how", CHANGES)
def test_who_was_in_it_and_who_comes_less_who_leaves_is_who_is_in_it(own: Reading, how: str) -> None:
    before = counted(own)
    filing.put_rule(own.desk, "many", CHANGES[how])
    plan = filing.apply(own)
    after = counted(own)
    moves = {one.key: one.moves for one in plan.definitions if one.moved is not None}
    assert set(moves) == {"many", "both"}
    for key in moves:
        assert (before[key] or 0) + balance(moves[key], "in") == after[key]
    assert planning.plan(own).changes == 0


def test_the_layers_of_a_changed_layering_are_those_before_and_who_moved(own: Reading) -> None:
    before = layers(own, "value_levels")
    parameters = {"churn_days": 50, "warning_days": 15}
    filing.put(own.desk, "layerings/value_levels", kind="value_levels", parameters=parameters)
    plan = filing.apply(own)
    (moved,) = [one for one in plan.definitions if one.key == "value_levels"]
    after = layers(own, "value_levels")
    assert moved.moved == sum(one.customers for one in moved.moves)
    assert sum(before.values()) == sum(after.values())
    for layer in {*before, *after}:
        assert before[layer] + balance(moved.moves, layer) == after[layer], layer
    assert all(one.source != one.target for one in moved.moves)
    assert [one.customers for one in moved.moves] == sorted((one.customers for one in moved.moves), reverse=True)


def test_a_new_layering_is_entered_by_everyone_and_a_removed_one_left_by_everyone(own: Reading) -> None:
    path = filing.put(
        own.desk, "layerings/mine", kind="value_levels", parameters={"churn_days": 80, "warning_days": 40}
    )
    (made,) = [one for one in filing.apply(own).definitions if one.key == "mine"]
    now = layers(own, "mine")
    assert {(one.source, one.target): one.customers for one in made.moves} == {
        (None, k): n for k, n in now.items() if n
    }
    path.unlink()
    (gone,) = [one for one in planning.plan(own, prune=True).definitions if one.key == "mine"]
    assert {one.source: one.customers for one in gone.moves} == {k: n for k, n in now.items() if n}
    assert {one.target for one in gone.moves} == {None}


def test_samples_are_the_first_of_those_who_move(own: Reading) -> None:
    filing.put_rule(own.desk, "many", {"not": MANY})
    (found,) = [one for one in planning.plan(own).definitions if one.key == "many"]
    for move, rule in ((one, MANY if one.source == "in" else {"not": MANY}) for one in found.moves):
        ids = selections.selection(own, SelectionAsked(rule=rule)).to_arrow().column("customer_id").to_pylist()
        assert list(move.sample) == sorted(ids)[:5]
        assert move.customers == len(ids)


def test_files_may_name_each_other_in_whatever_order_they_are_read(own: Reading) -> None:
    filing.put_rule(own.desk, "aa", {"audience": "zz"})
    filing.put_rule(own.desk, "zz", {"audience": "mm"})
    filing.put_rule(own.desk, "mm", {"layering": "zzz", "layers": ["churned"]})
    filing.put(own.desk, "layerings/zzz", kind="value_levels", parameters={"churn_days": 80, "warning_days": 40})
    assert filing.apply(own).changes == 4
    assert counted(own)["aa"] == layers(own, "zzz")["churned"]


def test_two_who_name_each_other_in_turn_can_swap_in_one_plan(own: Reading) -> None:
    filing.put_rule(own.desk, "both", MANY)
    filing.put_rule(own.desk, "many", {"audience": "both"})
    before = counted(own)["many"]
    filing.apply(own)
    assert counted(own)["both"] == counted(own)["many"] == before


def test_the_day_of_a_fit_is_what_the_file_says_and_its_change_a_change(own: Reading) -> None:
    filing.put(own.desk, "layerings/rfm", kind="rfm", fit_as_of=date(2024, 3, 1))
    filing.apply(own)
    assert own.desk.definitions.current()["rfm"].fit_as_of == date(2024, 3, 1)
    early = layers(own, "rfm")
    filing.put(own.desk, "layerings/rfm", kind="rfm", fit_as_of="2024-11-01", base_version=2)
    (found,) = [one for one in planning.plan(own).definitions if one.key == "rfm"]
    assert "-fit_as_of: '2024-03-01'" in found.difference
    assert "+fit_as_of: '2024-11-01'" in found.difference
    filing.apply(own)
    late = layers(own, "rfm")
    assert all(early[layer] + balance(found.moves, layer) == late[layer] for layer in {*early, *late})
