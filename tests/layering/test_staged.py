"""Staged: signals, windows, the highest stage, and what lacks for the next."""

from __future__ import annotations

import json

import pytest

import titian as tt
from tests.layering.stories import AS_OF, ago, bought, codes, did, layer_of, sentences, told
from tests.oracle.village import Invite, Village, handed
from titian.errors import MissingDataError
from titian.layering.contract import LayeringError


def stage(key: str, **signal: object) -> tt.Stage:
    return tt.Stage(key=key, name=tt.Words(zh=f"阶段 {key}", en=f"Stage {key}"), signals=(tt.Signal(**signal),))


TWO = tt.Staged(
    stages=(stage("looked", events="view", window_days=10), stage("talked", events=["comment", "reply"], least=2))
)


@pytest.mark.parametrize(
    ("doings", "layer"),
    [
        ([], "none"),
        ([(10, "view")], "looked"),
        ([(10.001, "view")], "none"),
        ([(300, "comment"), (200, "reply")], "talked"),
        ([(300, "comment"), (1, "view")], "looked"),
        ([(3, "comment"), (2, "reply"), (1, "view")], "talked"),
    ],
    ids=["nothing", "at the window's edge", "before it", "without a window", "one is too few", "the highest wins"],
)
def test_the_highest_stage_that_is_reached_wins(doings: list[tuple[float, str]], layer: str) -> None:
    assert layer_of(TWO, told(did("a", (400, "home"), *doings))) == layer


def test_stages_rank_from_the_last_to_the_first_and_none_stands_outside() -> None:
    layers = TWO.assign(told(did("a", (1, "view"))), as_of=AS_OF).fitted.layers
    assert [(layer.key, layer.rank) for layer in layers] == [("talked", 1), ("looked", 2), ("none", None)]


def test_days_count_once_whatever_was_done_on_them() -> None:
    often = tt.Staged(stages=(stage("s", events=["view", "search"], counted="days", least=2),))
    assert layer_of(often, told(did("a", (1.2, "view"), (1.3, "search"), (1.4, "view")))) == "none"
    assert layer_of(often, told(did("a", (1.2, "view"), (2.3, "search")))) == "s"


def test_without_a_name_any_event_counts() -> None:
    times = tt.Staged(stages=(stage("s", least=2),))
    days = tt.Staged(stages=(stage("s", counted="days", least=2),))
    data = told([*did("a", (1.1, "x"), (1.2, "y")), *did("b", (1, "x"), (3, "x"))])
    assert [layer_of(model, data, who) for model in (times, days) for who in "ab"] == ["s", "s", "none", "s"]


def test_days_of_local_clocks_are_counted() -> None:
    events = tuple(did("a", (1.05, "view"), (0.95, "view")))
    twice = tt.Staged(stages=(stage("s", events="view", counted="days", least=2),))
    zoned = {zone: handed(Village(zone, events)) for zone in ("UTC", "Asia/Shanghai")}
    assert {zone: layer_of(twice, data) for zone, data in zoned.items()} == {"UTC": "s", "Asia/Shanghai": "none"}


def test_purchases_are_counted_by_days() -> None:
    twice = tt.Staged(stages=(stage("s", counted="purchase_days", least=2, window_days=30),))
    orders = [*bought("a", 1.1, 1.2), *bought("b", 1, 3), *bought("c", 1, 31), *bought("d", 1, 3, status="unpaid")]
    assert [layer_of(twice, told(orders=orders), who) for who in "abcd"] == ["none", "s", "none", "none"]


def test_people_brought_are_others_who_joined_once_each() -> None:
    two = tt.Staged(stages=(stage("s", counted="brought", least=2),))
    invites = [
        *(Invite("a", friend, ago(9), ago(3)) for friend in "xy"),
        *(Invite("b", "x", ago(9), ago(day)) for day in (3, 2)),
        *(Invite("c", friend, ago(9), joined) for friend, joined in (("c", ago(3)), ("x", ago(-1)), ("y", None))),
    ]
    data = told(did("a", (9, "home")) + did("b", (9, "home")) + did("c", (9, "home")), invites=invites)
    assert [layer_of(two, data, who) for who in "abc"] == ["s", "none", "none"]


def test_it_asks_for_any_table_that_its_signals_read() -> None:
    orders = tt.Dataset(orders=told(orders=bought("a", 1)).table("orders").to_pyarrow())
    assert layer_of(tt.Staged(), orders) == "ordered"
    with pytest.raises(MissingDataError, match="events"):
        TWO.assign(orders, as_of=AS_OF)


def test_why_says_what_was_enough_and_what_lacks_for_the_next() -> None:
    data = told(did("a", (3, "comment"), (1, "view"), (1, "view")))
    assert sentences(TWO, data) == [
        "view count in 10 days: 2, enough for “Stage looked”, which takes 1",
        "times of comment, reply: 1, 1 short of the 2 that “Stage talked” takes",
    ]
    assert sentences(TWO, data, language="zh")[1] == "评论、回复的次数：1 次，距“阶段 talked”所需的 2 次还差 1 次"


def test_in_no_stage_it_says_what_lacks_for_the_first_and_on_top_nothing_lacks() -> None:
    data = told([*did("a", (99, "view")), *did("b", (9, "reply"), (8, "reply"))])
    assert sentences(TWO, data) == ["view count in 10 days: 0, 1 short of the 1 that “Stage looked” takes"]
    assert len(sentences(TWO, data, "b")) == 1


def test_a_stage_that_nobody_reaches_is_named() -> None:
    assert codes(TWO, told(did("a", (1, "view")))) == {"empty_layers"}
    assert codes(TWO, told(did("a", (1, "view")) + did("b", (1, "reply"), (1, "reply")))) == set()


def test_each_layer_has_a_play_towards_the_next() -> None:
    looked = TWO.assign(told(did("a", (1, "view"))), as_of=AS_OF).fitted.layer("looked")
    assert "Stage talked" in looked.play.aim.en
    assert looked.meaning.zh == "近 10 天浏览次数至少 1"


def test_events_with_names_that_join_alike_are_told_apart() -> None:
    one, other = (tt.Signal(events=events).trait().column for events in (("a_b", "c"), ("a", "b_c")))
    assert one != other


def raw(key: str = "a", signals: tuple[dict[str, object], ...] = ({},)) -> list[dict[str, object]]:
    """One stage as JSON brings it."""
    return [{"key": key, "name": {"zh": "甲", "en": "A"}, "signals": list(signals)}]


@pytest.mark.parametrize(
    ("stages", "what", "zh"),
    [
        ([], "stages", "至少要有 1 项"),
        (raw(signals=()), "signals", "至少要有 1 项"),
        (raw() * 2, "a key of its own", "只能用一次"),
        (raw("none"), "other than none", "不能是 none"),
        (raw(signals=({"counted": "brought", "events": "view"},)), "names no events", "不需要 events"),
        (raw(signals=({"events": [" "]},)), "has a name", "不能为空"),
        (raw(signals=({"least": 0},)), "least", "应大于 0"),
        (raw("A b"), "key", "只能用小写字母"),
    ],
    ids=["no stage", "no signal", "a key twice", "none", "events of people", "no name", "nothing", "a wrong key"],
)
def test_stages_that_make_no_sense_are_refused_in_both_languages(stages: object, what: str, zh: str) -> None:
    with pytest.raises(LayeringError, match=what) as refused:
        tt.Staged(stages=stages)
    assert zh in refused.value.zh
    assert "stages" in refused.value.hint


def test_stages_survive_json() -> None:
    assert tt.Staged(**json.loads(json.dumps(TWO.parameters))) == TWO


@pytest.mark.parametrize(
    ("doings", "layer"),
    [
        ([(20, "view")], "low"),
        ([(20, "search")], "medium"),
        ([(3, "view"), (3, "view"), (3, "view")], "medium"),
        ([(10, "add_to_cart")], "high"),
        ([(3, "view"), (4, "view"), (5, "search")], "high"),
        ([(20, "purchase")], "ordered"),
        ([(40, "purchase")], "none"),
    ],
)
def test_the_preset_of_intent(doings: list[tuple[float, str]], layer: str) -> None:
    assert layer_of(tt.PRESETS["intent"], told(did("a", *doings))) == layer
