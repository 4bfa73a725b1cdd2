"""A portrait is what a plain walk over the customers says, and keeps its laws."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from random import Random

import pytest

import titian as tt
from tests.oracle import portrait as oracle
from tests.oracle.village import Village, handed
from tests.oracle.villages import village
from tests.shops import community, shop, spread
from titian.measure.portrait import portrait

NUMBERS = ["view_count", "event_count_30d", "active_days", "signed_up_at"]
WORDS = ["city", "gender"]
CITIES = ["杭州", "上海", " 上海 ", "", None, "other", *(f"town {n}" for n in range(30))]
EVERYBODY = {"trait": "order_count", "op": ">=", "value": 0}


def peopled(seed: int) -> tuple[Village, datetime]:
    """A village whose people say where they live and who they are."""
    seen, end = village(seed, 90)
    chance = Random(seed)
    people = [
        replace(
            one, city=chance.choice(CITIES[: chance.choice([4, 36])]), gender=chance.choice(["female", "male", None])
        )
        for one in seen.people
    ]
    return replace(seen, people=tuple(people)), end


@pytest.fixture(scope="module", params=range(6))
def drawn(request: pytest.FixtureRequest) -> tuple[Village, datetime, set[str], tt.Portrait]:
    """A village, a random group of its people, and the portrait."""
    seen, end = peopled(request.param)
    everyone = sorted(seen.everyone(end))
    group = Random(request.param).sample(everyone, len(everyone) * (request.param + 1) // 8)
    found = tt.portrait({"tag": "drawn"}, handed(seen), as_of=end, traits=NUMBERS + WORDS, tags={"drawn": group})
    return seen, end, set(group), found


def test_bins_are_those_of_a_plain_walk(drawn: tuple[Village, datetime, set[str], tt.Portrait]) -> None:
    seen, end, group, found = drawn
    assert (found.inside, found.everyone) == (len(group), len(seen.everyone(end)))
    for one in found.traits:
        values = oracle.values_of(one.trait.column, seen, end)
        bins = [(part.kind, part.value, part.low, part.high, part.inside, part.everyone) for part in one.bins]
        assert bins == oracle.bins(values, group, one.trait.column in NUMBERS), one.trait.column


def test_means_and_medians_are_those_of_a_plain_walk(drawn: tuple[Village, datetime, set[str], tt.Portrait]) -> None:
    seen, end, group, found = drawn
    for one in found.traits:
        values = oracle.values_of(one.trait.column, seen, end) if one.trait.column in NUMBERS else {}
        assert (one.inside.mean, one.inside.median) == pytest.approx(oracle.middle(values, group))
        assert (one.everyone.mean, one.everyone.median) == pytest.approx(oracle.middle(values, values))


def test_shares_of_a_trait_sum_to_one(drawn: tuple[Village, datetime, set[str], tt.Portrait]) -> None:
    for one in drawn[3].traits:
        assert sum(part.share for part in one.bins) == pytest.approx(1)
        assert sum(part.share_inside for part in one.bins) == pytest.approx(1)
        assert sum(part.tgi * part.share for part in one.bins) == pytest.approx(100)


def test_what_sets_apart_more_comes_first(drawn: tuple[Village, datetime, set[str], tt.Portrait]) -> None:
    effects = [one.effect.v or 0 for one in drawn[3].traits]
    assert effects == pytest.approx(sorted(effects, reverse=True))


def test_the_order_of_rows_does_not_matter() -> None:
    seen, end = peopled(3)
    order = list(range(len(seen.events)))
    Random(1).shuffle(order)
    rule = {"did": "view", "within_days": 60}
    one, other = (
        tt.portrait(rule, handed(seen, rows), as_of=end, traits=NUMBERS + WORDS).to_arrow() for rows in (None, order)
    )
    assert one.equals(other)


def test_of_everybody_each_tgi_is_100() -> None:
    found = tt.portrait(EVERYBODY, spread(), as_of="2024-12-01")
    assert {(part.tgi, part.tgi_low, part.tgi_high) for one in found.traits for part in one.bins} == {(100, 100, 100)}
    assert "everybody_inside" in [note.code for note in found.notes]
    assert not any(one.apart for one in found.traits)


def test_of_nobody_shares_are_not_said_and_everybody_still_is() -> None:
    found = tt.portrait({"not": EVERYBODY}, spread(), as_of="2024-12-01", traits=["spend"])
    (one,) = found.traits
    assert {(part.inside, part.share_inside, part.tgi, part.tgi_low) for part in one.bins} == {(0, None, None, None)}
    assert sum(part.share for part in one.bins) == pytest.approx(1)
    assert (one.inside.mean, one.everyone.mean) == (None, pytest.approx(183.33, abs=0.01))
    assert [note.code for note in found.notes] == ["nobody_inside"]


def test_a_group_of_one_has_all_its_numbers() -> None:
    found = tt.portrait({"tag": "me"}, spread(), as_of="2024-12-01", traits=["spend"], tags={"me": ["c03"]})
    (held,) = (part for part in found.traits[0].bins if part.inside)
    assert held.share_inside == 1
    assert held.tgi_low < held.tgi == 300 < held.tgi_high < 1200
    assert held.few


def test_before_all_customers_nothing_is_said() -> None:
    found = tt.portrait(EVERYBODY, spread(), as_of="2001-01-01", traits=["spend"])
    assert (found.inside, found.everyone, found.traits[0].bins) == (0, 0, ())


def big(bought: int) -> tt.Dataset:
    """200 customers of whom every fifth bought the second time."""
    first = [(f"c{who:03}", "2024-01-05", 10.0) for who in range(200)]
    return shop(*first, *((f"c{who:03}", "2024-05-20", 90.0) for who in range(0, 200, bought)))


def test_a_sentence_says_how_many_and_how_many_times_the_share_of_all() -> None:
    rule = {"trait": "recency_days", "op": "<", "value": 60}
    found = tt.portrait(rule, big(5), as_of="2024-06-01", traits=["spend_30d", "order_count"])
    spent, ordered = found.traits
    assert spent.sentence.zh == "近 30 天消费金额 ¥90.00 的占 100.0%，是全体的 5.0 倍。"
    assert spent.sentence.en == "Spend in 30 days ¥90.00: 100.0% of them, 5.0 times the share among everybody."
    assert ordered.sentence.zh == "购买次数 2 次的占 100.0%，是全体的 5.0 倍。"
    assert spent.apart


def test_what_does_not_set_apart_says_so() -> None:
    tags = {"odd": [f"c{who:03}" for who in range(0, 200, 2)]}
    found = tt.portrait({"tag": "odd"}, big(1), as_of="2024-06-01", traits=["spend"], tags=tags)
    assert found.traits[0].sentence.zh == "消费金额与全体没有明显差别。"
    assert not found.traits[0].apart


def test_traits_that_the_group_was_drawn_by_are_marked() -> None:
    found = tt.portrait((tt.RFM(), "important_value"), community(), as_of="2024-08-01")
    drawn = {one.trait.key for one in found.traits if one.drawn_by}
    assert drawn >= {"recency_days", "order_count", "spend", "average_order_value"}
    assert "part_of_day" not in drawn


def test_layers_together_are_the_sum_of_each() -> None:
    layers = ["important_value", "general_value"]
    of = [
        tt.portrait((tt.RFM(), asked), community(), as_of="2024-08-01", traits=["spend"]) for asked in (*layers, layers)
    ]
    one, other, both = (sum(part.inside for part in found.traits[0].bins) for found in of)
    assert one + other == both > 0


def test_usual_traits_are_those_of_which_there_are_data() -> None:
    found = tt.portrait(EVERYBODY, spread(), as_of="2024-12-01")
    keys = {one.trait.column for one in found.traits}
    assert {"spend", "order_count_30d", "part_of_week"} <= keys
    assert not keys & {"gender", "session_count_30d", "people_brought"}


def test_usual_traits_without_a_value_are_left_out_and_named() -> None:
    found = tt.portrait(EVERYBODY, community(), as_of="2024-08-01")
    (note,) = (note for note in found.notes if note.code == "without_values")
    assert "性别" in note.text.zh
    assert "gender" not in {one.trait.column for one in found.traits}


def test_traits_of_the_profile_say_that_they_have_no_dates() -> None:
    found = tt.portrait(EVERYBODY, community(), as_of="2024-08-01", traits=["city", "spend"])
    assert next(note.text.zh for note in found.notes if note.code == "undated").endswith("城市。")


def test_a_trait_that_is_not_there_is_refused() -> None:
    with pytest.raises(tt.TitianError, match="spendd"):
        tt.portrait(EVERYBODY, spread(), as_of="2024-12-01", traits=["spendd"])


def test_a_trait_without_its_table_is_refused() -> None:
    with pytest.raises(tt.TitianError, match="customers"):
        tt.portrait(EVERYBODY, spread(), as_of="2024-12-01", traits=["gender"])


def test_a_layer_that_is_not_there_is_refused() -> None:
    with pytest.raises(tt.TitianError, match="best"):
        tt.portrait((tt.RFM(), "best"), spread(), as_of="2024-12-01")


def test_frames_have_a_row_for_each_bin() -> None:
    found = tt.portrait(EVERYBODY, spread(), as_of="2024-12-01")
    rows = sum(len(one.bins) for one in found.traits)
    assert len(found.to_pandas()) == len(found.to_polars()) == found.to_arrow().num_rows == rows
    assert list(found.to_pandas().columns) == found.to_arrow().column_names
    assert repr(found) == f"<Portrait of 12 of 12 by {len(found.traits)} traits>"


def test_a_trait_that_is_not_looked_at_changes_nothing_of_the_others(
    drawn: tuple[Village, datetime, set[str], tt.Portrait],
) -> None:
    """Not even the p-values, which are corrected for as many as are looked at."""
    seen, end, group, _ = drawn
    data = handed(seen)
    everyone = data.table("orders").select("customer_id").distinct()
    rows = everyone.mutate(inside=everyone.customer_id.isin(sorted(group) or [""]))
    fewer = portrait(rows, data, end, [*NUMBERS, *WORDS], only=lambda one: one.key not in WORDS)
    asked = portrait(rows, data, end, NUMBERS)
    assert [(one.trait, one.p, one.effect) for one in fewer.traits] == [
        (one.trait, one.p, one.effect) for one in asked.traits
    ]
