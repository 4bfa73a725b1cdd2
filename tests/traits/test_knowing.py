"""What is known of a customer: profiles, dated changes of them, and ages."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.acceptance.product import differences
from tests.layering.stories import AS_OF, ago, did
from tests.oracle import known
from tests.oracle.communities import community
from tests.oracle.village import Change, Person, Village, handed
from tests.traits.test_tasting import values

SEEN = {seed: community(seed) for seed in (5, 7)}
every_community = pytest.mark.parametrize(("seen", "end"), SEEN.values(), ids=SEEN)


@every_community
@pytest.mark.parametrize("name", ["city", "profession", "gender"])
def test_attributes_are_those_of_the_last_change(seen: Village, end: datetime, name: str) -> None:
    expected = {who: known.attribute(seen, who, name, end) for who in seen.everyone(end)}
    assert differences(values(handed(seen), name, end), expected) == {}


@every_community
def test_ages_are_birthdays_that_have_been(seen: Village, end: datetime) -> None:
    expected = {who: known.age(seen, who, end) for who in seen.everyone(end)}
    assert differences(values(handed(seen), "age_years", end), expected) == {}


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (datetime(2023, 2, 28), {"leap day": 22, "july 1": 22, "july 2": 22, "today": None, "never": None}),
        (datetime(2023, 3, 1), {"leap day": 23, "july 1": 22, "july 2": 22, "today": None, "never": None}),
        (datetime(2024, 7, 1), {"leap day": 24, "july 1": 24, "july 2": 23, "today": 0, "never": None}),
    ],
)
def test_nobody_is_a_year_older_before_the_day(today: datetime, years: dict[str, int | None]) -> None:
    born = [date(2000, 2, 29), date(2000, 7, 1), date(2000, 7, 2), date(2024, 7, 1), None]
    people = tuple(Person(who, birth_date=day) for who, day in zip(years, born, strict=True))
    end = today.replace(tzinfo=AS_OF.tzinfo)
    assert values(handed(Village("UTC", tuple(did("never", (900, "home"))), people=people)), "age_years", end) == years


def living_in(city: str | None, *changes: tuple[float, str | None]) -> object:
    """The city of a customer whose profile says `city`, with changes so many days ago."""
    dated = tuple(Change("a", "city", value, ago(days)) for days, value in changes)
    found = Village("UTC", tuple(did("b", (1, "home"))), people=(Person("a", city=city),), changes=dated)
    return values(handed(found), "city")["a"]


def test_a_change_counts_from_its_day_on() -> None:
    assert living_in("Ulm", (30, "Bonn"), (3, "Ulm")) == "Ulm"
    assert living_in("Ulm", (30, "Bonn"), (-3, "Ulm")) == "Bonn"
    assert living_in("Ulm", (0, "Ulm")) is None


def test_what_was_taken_out_of_the_profile_is_not_known() -> None:
    assert living_in(None, (30, "Bonn"), (3, None)) is None
    assert living_in(None, (30, None), (3, "Bonn")) == "Bonn"


def test_of_two_changes_at_one_instant_the_greater_counts() -> None:
    assert living_in("x", (3, "Bonn"), (3, "Ulm"), (3, None)) == "Ulm"
