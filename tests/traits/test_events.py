"""Event traits are what a plain count of the rows gives, for every event, window and customer."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

import titian as tt
from tests.shops import by_customer
from titian.errors import InputError
from titian.traits.catalogue import trait

AS_OF = datetime(2024, 6, 1, tzinfo=UTC)
NAMES = ("login", "tip", "watch_video")
PEOPLE = ("a", "b", "c", "梯")


@dataclass(frozen=True)
class Done:
    who: str | None
    event: str
    at: datetime
    duration_s: float | None
    value: float | None


def _done(chance: random.Random) -> Done:
    at = AS_OF - timedelta(days=chance.choice([-1, 0, 1, 7, 29, 30, 31, 200]), hours=chance.choice([0, 0, 3]))
    much = chance.choice([None, 0.0, 2.5, 60.0])
    return Done(chance.choice([*PEOPLE, None]), chance.choice(NAMES[:2]), at, much, chance.choice([None, 1.25, -3.0]))


ROWS = [_done(random.Random(seed)) for seed in range(120)]


@pytest.fixture(scope="module")
def data() -> tt.Dataset:
    frame = pd.DataFrame([vars(row) for row in ROWS]).rename(columns={"who": "customer_id", "at": "occurred_at"})
    frame.insert(0, "event_id", [f"e{number}" for number in range(len(frame))])
    return tt.Dataset(events=frame, timezone="UTC")


def counted(who: str, event: str, days: int | None = None) -> list[Done]:
    """The customer's rows of an event before the day, in the window."""
    first = datetime.min.replace(tzinfo=UTC) if days is None else AS_OF - timedelta(days=days)
    return [row for row in ROWS if row.who == who and row.event == event and first <= row.at < AS_OF]


def said(data: tt.Dataset, name: str) -> dict[str, object]:
    found = by_customer(tt.traits([name], data, as_of=AS_OF), name)
    return {who: None if value != value else value for who, value in found.items()}


@pytest.mark.parametrize("days", [None, 1, 30, 365])
@pytest.mark.parametrize("event", NAMES[:2])
def test_counts_are_the_rows_in_the_window(data: tt.Dataset, event: str, days: int | None) -> None:
    name = f"{event}_count" + (f"_{days}d" if days else "")
    assert said(data, name) == {who: len(counted(who, event, days)) for who in PEOPLE}


@pytest.mark.parametrize("days", [None, 30])
@pytest.mark.parametrize("what", ["duration_s", "value"])
def test_sums_leave_out_what_is_not_known(data: tt.Dataset, what: str, days: int | None) -> None:
    name = f"tip_{what}" + (f"_{days}d" if days else "")
    expected = {who: sum(getattr(row, what) or 0.0 for row in counted(who, "tip", days)) for who in PEOPLE}
    assert said(data, name) == pytest.approx(expected)


@pytest.mark.parametrize("event", NAMES[:2])
def test_days_since_are_those_to_the_last_row(data: tt.Dataset, event: str) -> None:
    last = {who: max((row.at for row in counted(who, event)), default=None) for who in PEOPLE}
    expected = {who: at and (AS_OF.date() - at.date()).days for who, at in last.items()}
    assert said(data, f"days_since_{event}") == expected


def test_an_event_that_nobody_did_counts_nothing_and_has_no_last(data: tt.Dataset) -> None:
    assert set(said(data, "watch_video_count").values()) == {0}
    assert set(said(data, "days_since_watch_video").values()) == {None}


def test_days_since_have_no_window() -> None:
    with pytest.raises(InputError, match="all history"):
        trait("days_since_login_30d").within(30)


def test_several_events_come_in_one_table(data: tt.Dataset) -> None:
    together = tt.traits(["login_count", "tip_value_30d", "days_since_tip"], data, as_of=AS_OF)
    assert list(together.columns) == ["customer_id", "login_count", "tip_value_30d", "days_since_tip"]
    for name in ("login_count", "tip_value_30d"):
        assert by_customer(together, name) == said(data, name)


@pytest.mark.parametrize("name", ["login_count", "login_count_7d", "login_duration_s", "days_since_login"])
def test_an_event_trait_says_its_event_in_both_languages(name: str) -> None:
    found = trait(name)
    assert "登录" in found.title.zh
    assert "login" in found.title.en
    assert found.column == name
