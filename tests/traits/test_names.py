"""Names of traits: what a window, an event and a column are called, and names that are nearly one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import titian as tt
from tests.layering.stories import did, told
from tests.oracle.village import Event, Village, handed
from tests.shops import by_customer, shop
from titian.errors import InputError, TitianError, UnknownNameError
from titian.traits.catalogue import CATALOGUE, trait


@pytest.mark.parametrize("name", [name for name, found in CATALOGUE.items() if found.windowed])
def test_a_window_is_part_of_the_name_and_the_name_leads_back(name: str) -> None:
    found = trait(f"{name}_30d")
    assert (found.column, found.window_days, trait(found.column)) == (f"{name}_30d", 30, found)
    assert found.within(None) == trait(name)
    assert "30" in found.title.zh
    assert "30" in found.title.en


@pytest.mark.parametrize("name", [name for name, found in CATALOGUE.items() if not found.windowed])
def test_what_is_always_over_all_history_has_no_window(name: str) -> None:
    with pytest.raises(InputError, match="always over all history") as refused:
        trait(f"{name}_30d")
    assert name in refused.value.hint
    assert refused.value.zh != refused.value.message


@pytest.mark.parametrize(("days", "said"), [(1, "in 1 day"), (2, "in 2 days"), (99999, "in 99,999 days")])
def test_the_title_counts_the_days_in_words(days: int, said: str) -> None:
    title = trait(f"spend_{days}d").title.en
    assert title.replace(",", "").endswith(said.replace(",", ""))


@pytest.mark.parametrize("event", ["view", "看货", "a_b", "promo_30d", "x_count", "=1+1", 'say "hi"', "O'Brien"])
def test_an_event_by_any_name_is_counted_in_a_column_of_its_name(event: str) -> None:
    data = told([*did("a", (3, event), (40, event)), *did("b", (3, "other"))])
    names = [f"{event}_count", f"{event}_count_30d"]
    found = tt.traits(names, data, as_of="2024-07-01")
    assert [by_customer(found, name)["a"] for name in names] == [2, 1]
    assert [by_customer(found, name)["b"] for name in names] == [0, 0]


@pytest.mark.parametrize(
    "name", ["spend_0d", "spend_007d", "spend_100000d", "spend_30D", "Spend", "spend ", "_count", ""]
)
def test_a_name_that_is_nearly_one_is_none(name: str) -> None:
    with pytest.raises(UnknownNameError, match="not known"):
        trait(name)


@pytest.mark.parametrize("name", ["spend_30d_7d", "view_count_30d_7d"])
def test_a_name_with_two_windows_is_none(name: str) -> None:
    with pytest.raises(UnknownNameError, match=name):
        tt.traits([name], shop(("a", "2024-01-01", 1)), as_of="2024-02-01")


def test_no_two_traits_of_the_catalogue_share_a_column_or_a_name() -> None:
    for said in (lambda one: one.column, lambda one: one.words.zh, lambda one: one.words.en):
        names = [said(one) for one in CATALOGUE.values()]
        assert len(set(names)) == len(names)


SPANS = {
    "view_count_between_2024-06-01_2024-06-10": 2,
    "view_count_between_2024-06-10_2024-06-10": 1,
    "view_count_between_2024-06-01_2024-06-10T00:00": 1,
    "view_count_between_-30d_-21d": 1,
    "view_count_between_-30d_-20d": 2,
    "view_count_between_-21d_2024-06-30": 2,
    "view_count_between_2024-06-18_2024-06-01": 0,
    "spend_between_2024-06-01_2024-06-30": 0,
}
"""Views on the third, tenth and twenty-eighth of June, at noon, seen from the first of July."""


@pytest.mark.parametrize("name", SPANS)
def test_a_span_counts_what_lies_in_it_and_the_name_leads_back(name: str) -> None:
    found = trait(name)
    assert (found.column, trait(found.column), found.window_days) == (name, found, None)
    views = [Event("a", "view", datetime(2024, 6, day, 12, tzinfo=UTC)) for day in (3, 10, 28)]
    data = handed(Village("UTC", events=tuple(views)))
    assert by_customer(tt.traits([name], data, as_of="2024-07-01"), name)["a"] == SPANS[name]


@pytest.mark.parametrize(
    "name", ["recency_days_between_-3d_-1d", "first_order_at_between_-3d_-1d", "aov_between_-3d_-1d"]
)
def test_what_has_no_window_has_no_span_either(name: str) -> None:
    with pytest.raises(TitianError):
        trait(name)


@pytest.mark.parametrize(("name", "day"), [("first_view_at", 3), ("last_view_at", 28)])
def test_every_event_has_a_first_and_a_last_time(name: str, day: int) -> None:
    views = [Event("a", "view", datetime(2024, 6, at, 12, tzinfo=UTC)) for at in (10, 3, 28)]
    found = tt.traits([name], handed(Village("UTC", events=tuple(views))), as_of="2024-07-01")
    assert by_customer(found, name)["a"].day == day
