"""Who is left out is as if they had never been loaded: in every fit, count, layer, flow and history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import titian as tt
from tests.acceptance.product import QUICK
from tests.audience.test_selecting import AUDIENCES, DATA, SEEDS, TAGS, VILLAGES, did, values
from tests.oracle.left_out import without
from tests.oracle.rules import holds
from tests.oracle.village import Village, handed
from titian.audience.excluding import Excluding
from titian.audience.known import Listed, Named
from titian.domain.rule import Rule
from titian.rules.reading import read
from titian.traits.counted import counted

KNOWN = Named(
    tags={key: Listed(ids) for key, ids in TAGS.items()},
    audiences={key: Listed(said) if isinstance(said, list) else read(said) for key, said in AUDIENCES.items()},
)
NAMED: list[dict[str, Any]] = [{"tag": "wholesale"}, {"tag": "staff"}, {"audience": "listed"}, {"audience": "carts"}]
LAYERINGS = [tt.RFM(), tt.ValueLevels(), tt.Lifecycle(), tt.AIPL()]
TRAITS = [
    "order_count",
    "people_brought",
    "invitations_sent",
    "influence",
    "invite_reach",
    "bought_days",
    "active_days",
]


def rules(seen: Village, end: datetime) -> st.SearchStrategy[dict[str, Any]]:
    """Rules by which somebody can be left out: of what was done, and of tags and audiences."""
    leaf = st.one_of(did(seen, end), st.sampled_from(NAMED))
    joined = st.fixed_dictionaries({"all": st.lists(leaf, min_size=2, max_size=3)})
    return st.one_of(leaf, joined, st.fixed_dictionaries({"not": leaf}))


def excluding(rule: Rule | dict[str, Any], seed: int) -> Any:
    return DATA[seed].excluding(Excluding(read(rule), KNOWN))


def out_of(rule: dict[str, Any], seed: int) -> list[str]:
    """Who meets the rule, by a plain walk."""
    seen, end = VILLAGES[seed]
    return [who for who in sorted(seen.everyone(end)) if holds(rule, values(rule, who, seed), end, seen.zone)]


def assigned(data: Any, end: datetime) -> pd.DataFrame:
    return tt.assign(LAYERINGS, data, as_of=end).sort_values("customer_id", ignore_index=True)


def in_order(got: Any) -> pd.DataFrame:
    return got.to_pandas().sort_values("customer_id", ignore_index=True)


def traits(data: Any, end: datetime) -> pd.DataFrame:
    return tt.traits(TRAITS, data, as_of=end).sort_values("customer_id", ignore_index=True)


def moves(data: Any, end: datetime) -> pd.DataFrame:
    return tt.flows(tt.RFM(), data, start=end - timedelta(days=40), end=end).matrix


def told(data: Any, end: datetime) -> pd.DataFrame:
    return tt.history(tt.ValueLevels(), data, start=end - timedelta(days=20), end=end).to_pandas()


def crossed(data: Any, end: datetime) -> pd.DataFrame:
    return tt.cross(tt.RFM(), tt.ValueLevels(), data, as_of=end).to_pandas()


def portrayed(data: Any, end: datetime) -> pd.DataFrame:
    return tt.portrait({"did": "view"}, data, as_of=end, traits=["order_count", "active_days"]).to_pandas()


@pytest.mark.parametrize("rule", [{"audience": "carts"}, {"not": {"did": "cart"}}])
def test_it_is_as_if_their_rows_had_never_been_loaded(rule: dict[str, Any]) -> None:
    seen, end = VILLAGES[4]
    ours, theirs = excluding(rule, 4), handed(without(seen, out_of(rule, 4)))
    pd.testing.assert_frame_equal(assigned(ours, end), assigned(theirs, end))


@pytest.mark.full
@given(data=st.data(), seed=st.sampled_from(SEEDS))
@QUICK
def test_it_is_so_by_whatever_rule_and_for_flows_and_histories_too(data: st.DataObject, seed: int) -> None:
    seen, end = VILLAGES[seed]
    rule = data.draw(rules(seen, end))
    out = out_of(rule, seed)
    left = without(seen, out)
    assume(left.orders and left.events and left.people)
    ours, theirs = excluding(rule, seed), handed(left)
    for asked in (assigned, traits, moves, told):
        pd.testing.assert_frame_equal(asked(ours, end), asked(theirs, end))
    assert counted(ours, end).excluded == len(out)


@pytest.mark.parametrize("asked", [crossed, portrayed])
def test_what_is_made_of_layers_and_rules_leaves_them_out_too(asked: Callable[..., pd.DataFrame]) -> None:
    seen, end = VILLAGES[4]
    rule = {"any": [{"did": "cart", "times": 2}, {"tag": "wholesale"}]}
    ours, theirs = excluding(rule, 4), handed(without(seen, out_of(rule, 4)))
    pd.testing.assert_frame_equal(asked(ours, end), asked(theirs, end))


def test_one_who_is_out_on_the_last_day_of_a_flow_has_not_left_by_it() -> None:
    _, end = VILLAGES[4]
    got = tt.flows(tt.RFM(), excluding({"did": "view", "within_days": 30}, 4), start=end - timedelta(days=40), end=end)
    assert got.left == 0


def test_where_nobody_is_out_the_data_are_themselves() -> None:
    _, end = VILLAGES[4]
    assert counted(DATA[4], end) is DATA[4]
    assert counted(excluding({"tag": "staff"}, 4), end).version == DATA[4].version


def test_the_same_customers_are_the_same_part_on_every_day_and_by_every_rule() -> None:
    _, end = VILLAGES[4]
    parts = [
        counted(excluding({"audience": "listed"}, 4), end),
        counted(excluding({"any": [{"audience": "listed"}]}, 4), end),
        counted(excluding({"audience": "listed"}, 4), end - timedelta(hours=1)),
    ]
    assert len({part.version for part in parts}) == 1
    assert counted(excluding({"tag": "wholesale"}, 4), end).version != parts[0].version


def test_many_are_out_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, end = VILLAGES[9]
    rule = {"did": "view"}
    few = assigned(excluding(rule, 9), end)
    monkeypatch.setattr("titian.audience.excluding.FEW", 1)
    pd.testing.assert_frame_equal(assigned(excluding(rule, 9), end), few)
    assert len(few) == len(seen.everyone(end)) - len(out_of(rule, 9))


def test_a_tag_that_somebody_gets_leaves_them_out_of_the_next_question() -> None:
    _, end = VILLAGES[4]
    held: list[str] = ["c01"]
    data = DATA[4].excluding(Excluding(read({"tag": "staff"}), Named(tags={"staff": Listed(held)})))
    before = counted(data, end).excluded
    held.append("c02")
    assert counted(data, end).excluded == before + 1


@pytest.mark.parametrize(
    "rule",
    [
        {"layering": "rfm", "layers": ["none"]},
        {"moved": "rfm", "since": "2024-01-01", "target": ["none"]},
        {"audience": "layered"},
    ],
)
def test_a_rule_that_rests_on_layers_is_refused_for_it_would_go_round_in_a_circle(rule: dict[str, Any]) -> None:
    known = Named(audiences={"layered": read({"layering": "rfm", "layers": ["none"]})})
    with pytest.raises(tt.TitianError, match="can't rest on the layering rfm") as refused:
        tt.RFM().assign(DATA[4].excluding(Excluding(read(rule), known)), as_of=VILLAGES[4][1])
    assert "不能使用分层“rfm”" in refused.value.zh


def test_frames_are_handed_in_with_a_rule_or_a_list() -> None:
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2", "3", "4"],
            "customer_id": ["ann", "bob", "cy", "shop"],
            "ordered_at": pd.to_datetime(["2024-01-02", "2024-01-03", "2024-02-03", "2024-02-04"]),
            "amount": [10, 20, 30, 9000],
        }
    )
    by_rule = tt.Dataset(orders=orders, exclude={"trait": "spend", "op": ">", "value": 1000})
    by_list = tt.Dataset(orders=orders, exclude=["shop", "nobody"])
    expected = tt.RFM().assign(tt.Dataset(orders=orders[:3]), as_of="2024-03-01")
    for data in (by_rule, by_list):
        got = tt.RFM().assign(data, as_of="2024-03-01")
        pd.testing.assert_frame_equal(in_order(got), in_order(expected))
        assert got.data.excluded == 1
    early = tt.RFM().assign(by_rule, as_of="2024-02-04")
    assert (len(early.to_pandas()), early.data.excluded) == (3, 0)
