"""Tiers: rising, falling after grace, reviews on fixed days, and what the reasons say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import titian as tt
from tests.layering.own import tier
from tests.shops import by_customer, orders, shop
from titian.layering.contract import LayeringError
from titian.layering.reviews import Calendar

GOLD = tier(
    "gold",
    {"trait": "spend_30d", "op": ">=", "value": 100},
    {"trait": "spend_30d", "op": ">=", "value": 50},
)
SILVER = tier("silver", {"trait": "order_count", "op": ">=", "value": 2})
PLAIN = tier("plain")


def club(*tiers: dict[str, object], **parameters: object) -> tt.Tiers:
    """Reviews every first of a month of 2024, unless said otherwise; one failed keep review costs a tier."""
    usual = {"tiers": tiers or (GOLD, SILVER, PLAIN), "review_months": 1, "start_at": "2024-01-01", "grace": 1}
    return tt.Tiers(**{**usual, **parameters})


def tiers_over(definition: tt.Tiers, data: tt.Dataset, *days: str) -> list[object]:
    """The tier of customer a as of each day."""
    return [by_customer(definition.assign(data, as_of=day).to_pandas(), "layer").get("a") for day in days]


SPENT = shop(("a", "2024-01-20", 120), ("a", "2024-02-10", 60), ("b", "2024-01-01", 1))


def test_nobody_rises_between_reviews() -> None:
    assert tiers_over(club(), SPENT, "2024-01-31", "2024-02-01") == ["plain", "gold"]


def test_a_milder_keep_rule_holds_the_tier() -> None:
    assert tiers_over(club(), SPENT, "2024-03-01", "2024-04-01") == ["gold", "silver"]


@pytest.mark.parametrize(
    ("grace", "expected"),
    [(1, ["gold", "silver", "silver"]), (2, ["gold", "gold", "silver"]), (3, ["gold", "gold", "gold"])],
)
def test_grace_puts_off_the_fall(grace: int, expected: list[str]) -> None:
    assert tiers_over(club(grace=grace), SPENT, "2024-03-01", "2024-04-01", "2024-05-01") == expected


def test_a_kept_review_forgives_failed_ones() -> None:
    data = shop(("a", "2024-01-20", 120), ("a", "2024-03-20", 60), ("b", "2024-01-01", 1))
    got = club(grace=2).assign(data, as_of="2024-04-01")
    assert (got.row("a")["layer"], got.row("a")["failed_reviews"]) == ("gold", 0)
    assert club(grace=2).assign(data, as_of="2024-03-01").row("a")["failed_reviews"] == 1


def test_a_fall_is_one_step_at_a_time() -> None:
    once = [GOLD, tier("silver", {"trait": "spend_30d", "op": ">=", "value": 80}), PLAIN]
    data = shop(("a", "2024-01-20", 120), ("b", "2024-01-01", 1))
    assert tiers_over(club(*once), data, "2024-02-01", "2024-03-01", "2024-04-01") == ["gold", "silver", "plain"]


def test_who_is_new_begins_at_the_bottom() -> None:
    data = shop(("b", "2024-01-01", 1), ("a", "2024-02-01", 500))
    assert tiers_over(club(), data, "2024-02-01", "2024-02-02", "2024-03-01") == [None, "plain", "gold"]


def test_reviews_are_at_midnights_of_the_workspace() -> None:
    line = orders(("a", "2024-01-31T16:30:00Z", 500), ("b", "2024-01-01T00:00:00Z", 1))
    shanghai = tt.Dataset(orders=line, timezone="Asia/Shanghai")
    utc = tt.Dataset(orders=line, timezone="UTC")
    assert tiers_over(club(), shanghai, "2024-02-15") == ["plain"]
    assert tiers_over(club(), utc, "2024-02-15") == ["gold"]


def test_the_state_says_since_when_and_when_next() -> None:
    row = club().assign(SPENT, as_of="2024-04-20").row("a")
    assert (row["since"], row["rose"], row["next_review"]) == (date(2024, 4, 1), False, date(2024, 5, 1))
    assert (row["spend_30d"], row["spend_30d_then"]) == (0, 0)
    row = club().assign(SPENT, as_of="2024-02-20").row("a")
    assert (row["since"], row["rose"], row["spend_30d"], row["spend_30d_then"]) == (date(2024, 2, 1), True, 60, 120)


def test_reasons_are_of_the_review_and_of_today() -> None:
    said = [reason.sentence.en for reason in club().assign(SPENT, as_of="2024-03-20").explain("a")]
    assert said == [
        "promoted to gold at the review of 2024-02-01: spend in 30 days ¥120.00, meets “≥ ¥100.00”",
        "to stay at the review of 2024-04-01: spend in 30 days ¥0.00, does not meet “≥ ¥50.00”",
    ]


def test_reasons_of_a_fall_name_the_rule_that_failed() -> None:
    zh = [reason.sentence.zh for reason in club(grace=2).assign(SPENT, as_of="2024-05-02").explain("a")]
    assert zh[0] == "2024-05-01 评定降为“级silver”，连续 2 次未达保级：近 30 天消费金额 ¥0.00，不符合“≥ ¥50.00”"
    assert zh[-1].startswith("升为“级gold”：")


def test_a_keep_rule_stricter_than_the_entry_is_a_note() -> None:
    strict = tier(
        "gold", {"trait": "spend", "op": ">=", "value": 100}, {"trait": "spend_30d", "op": ">=", "value": 900}
    )
    got = club(strict, PLAIN).assign(SPENT, as_of="2024-05-01")
    (note,) = [note for note in got.notes if note.code == "keep_stricter:gold"]
    assert "1 customers" in note.text.en
    assert "保级规则" in note.text.zh
    assert got.row("a")["layer"] == "plain"


def test_before_the_first_review_everyone_is_at_the_bottom_and_it_is_said() -> None:
    got = club(start_at="2024-06-01").assign(SPENT, as_of="2024-05-01")
    assert set(got.to_pandas()["layer"]) == {"plain"}
    assert [note.code for note in got.notes] == ["no_review"]
    assert got.row("a")["next_review"] == date(2024, 6, 1)


def test_without_a_start_reviews_begin_with_the_year_of_the_data() -> None:
    got = club(start_at=None).assign(SPENT, as_of="2024-04-20")
    assert got.fitted.found["start_at"] == "2024-01-01"
    assert got.row("a")["layer"] == "silver"


def test_the_longest_history_is_bounded() -> None:
    with pytest.raises(LayeringError, match="400 reviews") as refused:
        club(review_days=1).assign(SPENT, as_of="2025-06-01")
    assert "start_at" in refused.value.hint
    assert "400" in refused.value.zh


@pytest.mark.parametrize(
    "reviews",
    [1, pytest.param(8, marks=pytest.mark.full), 9, pytest.param(17, marks=pytest.mark.full)],
    ids="after {} reviews".format,
)
def test_a_long_way_is_the_same_as_one_review_at_a_time(reviews: int) -> None:
    """States are kept at every eighth review; where the way is cut makes no difference."""
    lines = [("a", "2022-12-01", 1.0), *(("a", f"2023-{month:02}-15", 60.0 * (month % 3)) for month in range(1, 13))]
    definition = club(review_days=14, start_at="2023-01-01")
    days = [str(date(2023, 1, 1) + timedelta(days=14 * number)) for number in range(reviews)]
    stepped, fresh = shop(*lines), shop(*lines)
    rows = [definition.assign(stepped, as_of=day).row("a") for day in days]
    assert rows[-1] == definition.assign(fresh, as_of=days[-1]).row("a")


def test_days_take_the_place_of_months() -> None:
    calendar = Calendar(date(2024, 1, 1), 10, 1)
    assert calendar.until(date(2024, 1, 21)) == [date(2024, 1, 1), date(2024, 1, 11), date(2024, 1, 21)]
    assert calendar.after(date(2024, 1, 21)) == date(2024, 1, 31)


def test_the_flows_of_tiers_conserve() -> None:
    got = tt.flows(club(), SPENT, start="2024-02-01", end="2024-04-01")
    assert (got.down, got.stayed, got.entered) == (1, 1, 0)


def test_history_of_tiers_turns_on_review_days_only() -> None:
    from titian.layering.history import history

    found = history(club(), SPENT, "2024-01-30", "2024-04-03").to_pandas()
    mine = found[found["customer_id"] == "a"]
    assert list(mine["layer"]) == ["plain", "gold", "silver"]
    assert [str(day)[:10] for day in mine["valid_from"]] == ["2024-01-30", "2024-02-01", "2024-04-01"]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"tiers": (GOLD,)}, "at least 2"),
        ({"tiers": (GOLD, SILVER)}, "add one without a rule"),
        ({"tiers": (PLAIN, tier("last"))}, "needs an entry rule"),
        ({"tiers": (GOLD, tier("gold"))}, "its own key"),
        ({"grace": 0}, "greater than 0"),
        ({"review_days": 0}, "greater than 0"),
        ({"start_at": "soon"}, "date"),
    ],
)
def test_wrong_ladders_are_refused_in_both_languages(parameters: dict[str, object], said: str) -> None:
    with pytest.raises(LayeringError, match=said) as refused:
        tt.Tiers(**parameters)
    assert refused.value.hint
    assert refused.value.zh
