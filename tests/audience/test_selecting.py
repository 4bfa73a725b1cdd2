"""Who meets a rule is who a plain walk over rules and raw rows says, whatever the rule asks of."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK
from tests.oracle.facts import counts
from tests.oracle.funnel import Doing
from tests.oracle.rules import holds
from tests.oracle.village import Village, handed
from tests.oracle.villages import village

TAGS = {"wholesale": ["c01", "c03", "c05", "nobody"], "staff": []}
LISTED = ["c02", "c03", "c04", "never seen"]
LEVELS = ["active", "potential", "at_risk", "churned", "none"]
EVENTS = ["view", "cart", "search", "home", "never done"]
FUNNELS: list[dict[str, Any]] = [
    {"steps": ["view", "cart", "purchase"], "within_days": 90},
    {"steps": ["view", {"orders": "paid"}, "view"], "exclude": ["search"]},
    {"steps": ["home", "view", {"orders": "paid", "value_from": 20}], "within_days": 30},
]
BEFORE = [0, 1, 7, 30, 31, 60, 90, 365]


def edges(seen: Village, end: datetime) -> st.SearchStrategy[Any]:
    """Dates, instants and days before the as_of, near what people did."""
    day = seen.shop.day(end)
    days = [str(day - timedelta(days=back)) for back in BEFORE]
    return st.one_of(st.sampled_from(days), st.sampled_from([f"{days[3]}T07:00"]), st.sampled_from(BEFORE).map(before))


def before(days: int) -> dict[str, int]:
    return {"days_before": days}


def did(seen: Village, end: datetime) -> st.SearchStrategy[dict[str, Any]]:
    said = {"did": st.sampled_from(EVENTS)}
    often = {"op": st.sampled_from([">=", "=", "<", "<=", ">", "!="]), "times": st.integers(0, 3)}
    spans = st.lists(edges(seen, end), min_size=2, max_size=2)
    return st.one_of(
        st.fixed_dictionaries(said, optional=often),
        st.fixed_dictionaries({**said, "within_days": st.sampled_from(BEFORE[1:])}, optional=often),
        st.fixed_dictionaries({**said, "between": spans}, optional=often),
    )


def went(seen: Village, end: datetime) -> st.SearchStrategy[dict[str, Any]]:
    asked = {"funnel": st.sampled_from(FUNNELS)}
    when = {"between": st.lists(edges(seen, end), min_size=2, max_size=2)}
    return st.one_of(
        st.fixed_dictionaries({**asked, "stopped_at": st.integers(1, 2)}, optional=when),
        st.fixed_dictionaries({**asked, "reached": st.integers(1, 3)}, optional=when),
    )


def layers() -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(LEVELS), min_size=1, max_size=3, unique=True)


def members(seen: Village, end: datetime) -> st.SearchStrategy[dict[str, Any]]:
    levels = {"layering": st.just("value_levels"), "layers": layers()}
    return st.one_of(
        st.sampled_from([{"tag": "wholesale"}, {"tag": "staff"}, {"audience": "listed"}, {"audience": "carts"}]),
        st.fixed_dictionaries(levels, optional={"as_of": st.just(then(seen, end))}),
        st.fixed_dictionaries(
            {"moved": st.just("value_levels"), "since": st.just(then(seen, end)), "target": layers()}
        ),
    )


def then(seen: Village, end: datetime) -> str:
    return str(seen.shop.day(end) - timedelta(days=30))


def rules(seen: Village, end: datetime) -> st.SearchStrategy[dict[str, Any]]:
    return st.recursive(
        st.one_of(did(seen, end), went(seen, end), members(seen, end)),
        lambda below: st.one_of(
            st.fixed_dictionaries({"not": below}),
            st.fixed_dictionaries({"all": st.lists(below, min_size=1, max_size=3)}),
            st.fixed_dictionaries({"any": st.lists(below, min_size=1, max_size=3)}),
        ),
        max_leaves=4,
    )


CARTS = {"all": [{"did": "cart"}, {"not": {"tag": "wholesale"}}]}
AUDIENCES: dict[str, Any] = {"listed": LISTED, "carts": CARTS}
SEEDS = [1, 4, 9]
VILLAGES = {seed: village(seed, 24) for seed in SEEDS}
DATA = {seed: handed(seen) for seed, (seen, _) in VILLAGES.items()}


def levels_of(seed: int, at: object, fitted: object = None) -> dict[str, str]:
    got = tt.ValueLevels().assign(DATA[seed], as_of=at, fitted=fitted).to_pandas()  # type: ignore[arg-type]
    return dict(zip(got["customer_id"], got["layer"], strict=True))


def is_in(rule: dict[str, Any], who: str, seed: int) -> bool:
    """Whether one customer is in what a condition names."""
    seen, end = VILLAGES[seed]
    if "tag" in rule:
        return who in TAGS[rule["tag"]]
    if "audience" in rule:
        return who in LISTED if rule["audience"] == "listed" else holds(CARTS, values(CARTS, who, seed), end, seen.zone)
    now = levels_of(seed, end)
    if "layering" in rule:
        return (levels_of(seed, rule["as_of"]) if "as_of" in rule else now).get(who) in rule["layers"]
    # Levels are of fixed days: the cuts of then are those of now.
    return levels_of(seed, rule["since"]).get(who) != now[who] and now[who] in rule["target"]


def values(rule: dict[str, Any], who: str, seed: int) -> dict[str, Any]:
    seen, end = VILLAGES[seed]
    named = [leaf for leaf in leaves(rule) if "did" not in leaf and "funnel" not in leaf]
    did = [(event.event, event.occurred_at) for event in seen.doings(who, end)]
    return {"did": did, "doings": doings(seen, who, end), "in": [leaf for leaf in named if is_in(leaf, who, seed)]}


def doings(seen: Village, who: str, end: datetime) -> list[Doing]:
    """All that a funnel may ask for."""
    bought = [order for order in seen.orders if order.customer_id == who and counts(seen.shop, order, end)]
    return [
        *(Doing(one.occurred_at, one.event, one.channel, one.product_id) for one in seen.doings(who, end)),
        *(Doing(one.ordered_at, "order", value=float(one.amount)) for one in bought),
    ]


def leaves(rule: dict[str, Any]) -> list[dict[str, Any]]:
    if "not" in rule:
        return leaves(rule["not"])
    below = rule.get("all", rule.get("any"))
    return [rule] if below is None else [leaf for one in below for leaf in leaves(one)]


def selected(rule: dict[str, Any], seed: int) -> tt.Selection:
    return tt.select(rule, DATA[seed], as_of=VILLAGES[seed][1], tags=TAGS, audiences=AUDIENCES)


@given(data=st.data(), seed=st.sampled_from(SEEDS))
@QUICK
def test_it_is_who_a_plain_walk_finds(data: st.DataObject, seed: int) -> None:
    seen, end = VILLAGES[seed]
    rule = data.draw(rules(seen, end))
    expected = [who for who in sorted(seen.everyone(end)) if holds(rule, values(rule, who, seed), end, seen.zone)]
    found = selected(rule, seed)
    assert list(found.to_pandas()["customer_id"]) == expected
    assert found.counts() == (len(expected), len(seen.everyone(end)))


@given(data=st.data(), seed=st.sampled_from(SEEDS))
@QUICK
def test_the_order_of_conditions_does_not_matter(data: st.DataObject, seed: int) -> None:
    rule = data.draw(rules(*VILLAGES[seed]))
    turned = shuffled(rule, Random(seed))
    assert list(selected(rule, seed).to_pandas()["customer_id"]) == list(
        selected(turned, seed).to_pandas()["customer_id"]
    )


def shuffled(rule: dict[str, Any], chance: Random) -> dict[str, Any]:
    for join in ("all", "any"):
        if join in rule:
            parts = [shuffled(one, chance) for one in rule[join]]
            chance.shuffle(parts)
            return {join: parts}
    return {"not": shuffled(rule["not"], chance)} if "not" in rule else rule


def test_moved_is_by_the_cuts_of_the_day_as_flows_are() -> None:
    seed = 4
    seen, end = VILLAGES[seed]
    since = then(seen, end)
    moved = tt.flows(tt.RFM(), DATA[seed], start=since, end=end).matrix
    sources, targets = [layer.key for layer in tt.RFM().assign(DATA[seed], as_of=end).fitted.layers], ["none"]
    for target in [*targets, "general_retain", "important_value"]:
        rule = {"moved": "rfm", "source": sources, "target": [target], "since": since}
        expected = sum(int(moved.loc[source, target]) for source in sources if source != target)
        assert selected(rule, seed).count() == expected, target


@pytest.mark.parametrize(
    ("rule", "said", "said_zh"),
    [
        ({"tag": "vip"}, "tag 'vip' is not known", "vip"),
        ({"audience": "lost"}, "audience 'lost' is not known", "lost"),
        ({"layering": "pyramid", "layers": ["top"]}, "layering 'pyramid' is not known", "pyramid"),
        ({"layering": "rfm", "layers": ["top"]}, "layer of rfm 'top' is not known", "top"),
        ({"audience": "round"}, "round → trip → round", "成环"),
        ({"all": [{"did": "cart", "times": -1}]}, "the rule: all.0.times", "all.0.times"),
        ({"not": {"did": "cart", "within_days": 3, "between": ["2024-01-01", "2024-01-02"]}}, "not both", "只能用一个"),
        ({"did": "cart", "between": ["soon", "2024-01-02"]}, "takes a date", "日期"),
        ({"moved": "rfm", "since": "2024-01-01"}, "source, target or both", "source 或 target"),
        ({"did": "car\0t"}, "NUL", "空字符"),
        ({"buys": "much"}, "each part of a rule", "规则的每一项"),
    ],
)
def test_what_can_not_be_asked_is_said_in_both_languages(rule: dict[str, Any], said: str, said_zh: str) -> None:
    audiences = {"round": {"audience": "trip"}, "trip": {"audience": "round"}}
    with pytest.raises(tt.TitianError) as refused:
        tt.select(rule, DATA[1], as_of=VILLAGES[1][1], audiences=audiences)
    assert said in refused.value.message
    assert said_zh in refused.value.zh


def test_audiences_too_deep_within_each_other_are_refused() -> None:
    audiences: dict[str, Any] = {f"a{n}": {"audience": f"a{n + 1}"} for n in range(20)} | {"a20": {"did": "cart"}}
    with pytest.raises(tt.TitianError, match="too deep"):
        tt.select({"audience": "a0"}, DATA[1], as_of=VILLAGES[1][1], audiences=audiences)


@pytest.mark.parametrize("direction", [1, -1], ids=["as they stand", "the deepest first"])
def test_how_deep_audiences_stand_does_not_depend_on_which_was_met_first(direction: int) -> None:
    audiences: dict[str, Any] = {f"a{n}": {"audience": f"a{n + 1}"} for n in range(7)} | {"a7": {"did": "cart"}}
    asked = [{"audience": f"a{n}"} for n in range(8)][::direction]
    found = tt.select({"any": asked}, DATA[4], as_of=VILLAGES[4][1], audiences=audiences)
    assert found.count() == tt.select({"did": "cart"}, DATA[4], as_of=VILLAGES[4][1]).count()
    below = {"over": {"any": asked}}
    with pytest.raises(tt.TitianError, match="too deep"):
        tt.select({"audience": "over"}, DATA[4], as_of=VILLAGES[4][1], audiences=audiences | below)


def test_audiences_that_name_the_same_ones_over_and_over_are_looked_up_once() -> None:
    audiences: dict[str, Any] = {f"a{n}": {"any": [{"audience": f"a{n + 1}"}] * 90} for n in range(6)}
    rule, cart = {"audience": "a0"}, {"did": "cart"}
    found = tt.select(rule, DATA[4], as_of=VILLAGES[4][1], audiences=audiences | {"a6": cart})
    assert found.count() == tt.select(cart, DATA[4], as_of=VILLAGES[4][1]).count()


def test_without_any_data_it_says_so() -> None:
    with pytest.raises(tt.TitianError, match="there are none yet"):
        tt.select({"tag": "x"}, tt.Dataset(), as_of="2024-01-01", tags={"x": []})


@pytest.mark.parametrize("kind", ["tag", "audience"])
def test_as_many_lists_as_a_rule_can_name_are_no_harder_than_one(kind: str) -> None:
    seen, end = VILLAGES[4]
    everyone = sorted(seen.everyone(end))
    lists = {f"l{number}": [everyone[number % len(everyone)]] for number in range(60)}
    rule = {"any": [{kind: key} for key in lists]}
    found = tt.select(rule, DATA[4], as_of=end, **{f"{kind}s": lists})  # type: ignore[arg-type]
    assert list(found.to_pandas()["customer_id"]) == everyone


def test_what_a_selection_rests_on_stays_while_others_are_asked() -> None:
    held = selected({"all": [{"tag": "wholesale"}, {"audience": "listed"}]}, 4)
    for number in range(40):
        tt.select({"tag": "x"}, DATA[4], as_of=VILLAGES[4][1], tags={"x": [str(number)]}).count()
    assert list(held.to_pandas()["customer_id"]) == ["c03"]
